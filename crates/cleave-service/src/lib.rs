//! The local API service: axum and SQLite, the documented contract and its published neighbours.
