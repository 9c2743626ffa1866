//! SQLite: `outbox.db` (precious) and `cache.db` (disposable); every method is one transaction.
//!
//! # What it promises
//!
//! * A decision is on the disk before [`Store::insert_decision`] answers, and a draft before [`Store::put_draft`] does:
//!   `synchronous=FULL`, `fullfsync` on macOS.
//! * A state changes only by a step of `cleave_core::outbox`, as a compare-and-set on operation id, state and
//!   revision that changes exactly one row, with its transition in the same transaction.
//! * No decision in the outbox is deleted, by any path; triggers in the schema refuse it too. A draft goes by the
//!   person's word, or with the decision it became. A newer schema is not touched, an older one is backed up before it
//!   is migrated.
//! * The cache may be lost at any time. What it says about decisions made here is derived from the outbox and made
//!   good on every open.
//! * One process has a store open at a time ([`StoreError::AlreadyOpen`]).
//! * Files are readable by their owner only.
//!
//! # What it does not do yet
//!
//! The files are not encrypted, a damaged outbox is refused and not salvaged row by row, and settings have no kind of
//! entry.
//!
//! All methods block for the time of their transaction; async callers run them where blocking is allowed.

mod cache;
mod connection;
mod error;
mod local;
mod lock;
mod outbox;
mod search;
mod store;
mod time;

pub use cache::{
    CachedContact, CachedReview, CachedSubject, ChildKind, ChildList, Children, ContactUpdate, Fullness,
    QueueCounts, QueueFilter, QueuePage, QueueQuery, QueueRow, QueueSort, Support, sync_state,
};
pub use error::{Database, Result, StoreError};
pub use local::Local;
pub use outbox::{
    Advanced, Attempt, AttemptEnd, Difference, DraftHead, Effects, Entry, EntryHead, Evidence, HistoryQuery,
    Inserted, NewEntry, OutboxCounts, Predicted, StoredDraft, Superseding, Transition, Written,
};
pub use store::Store;
