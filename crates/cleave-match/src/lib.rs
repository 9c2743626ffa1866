//! Finds and scores duplicates under fuzzy-merge settings. Pure compute.
