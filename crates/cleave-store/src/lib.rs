//! SQLite: outbox.db (precious) and cache.db (disposable); every method is one transaction.
