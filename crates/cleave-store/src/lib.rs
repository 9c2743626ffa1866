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
//! * One process writes at a time. A second one reads ([`Store::open_or_read`]), as does a build that is older than the
//!   outbox; what would write answers [`StoreError::OpenToRead`].
//! * An error means that nothing was changed, and the next call starts afresh. After [`StoreError::Io`] alone, what was
//!   refused may be found done after a restart: the disk failed while it was asked to keep it.
//! * A damaged outbox is neither opened nor touched. [`Store::salvage`] carries over what can be read, when somebody
//!   says so, and keeps the damaged file.
//! * Files are readable by their owner only.
//!
//! # What it does not do yet
//!
//! The files are not encrypted, and settings have no kind of entry.
//!
//! All methods block for the time of their transaction; async callers run them where blocking is allowed.

mod access;
mod cache;
mod connection;
mod error;
mod local;
mod lock;
mod outbox;
#[cfg(feature = "planted-faults")]
pub mod planted;
mod salvage;
mod search;
mod store;
mod time;

pub use access::{Access, ReadOnlyReason};
pub use cache::{
    CachedContact, CachedReview, CachedSubject, ChildKind, ChildList, Children, ContactRead, ContactReading,
    ContactUpdate, DueContact, Fullness, QueueCounts, QueueFilter, QueuePage, QueueQuery, QueueRow,
    QueueSort, ReadSettings, Support, sync_state,
};
pub use error::{Database, Result, StoreError};
pub use local::Local;
pub use outbox::{
    Advanced, Ahead, Attempt, AttemptEnd, Course, Difference, Discarded, DraftHead, Effects, Entry,
    EntryHead, Evidence, HistoryQuery, Inserted, NewEntry, OutboxCounts, Predicted, StoredDraft, Superseding,
    Transition, Written, may_have_been_sent,
};
pub use salvage::{Salvage, SalvagedTable};
pub use store::Store;
