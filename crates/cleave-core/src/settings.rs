//! Fuzzy-merge settings: the model, its defaults and its validation against the merged configuration.
