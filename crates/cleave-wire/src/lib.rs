//! The API as plain serde types, and their conversion to and from core. No logic.
