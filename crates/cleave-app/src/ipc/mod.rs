//! The types that cross to the window and to the CLI's `--json`.
//!
//! This crate owns them; the shell only passes them on, and `ui/src/ipc/bindings.ts` is generated from them. Ids are
//! strings, counts `u32`, times RFC 3339 strings, and every value is ready to be shown: the window formats nothing
//! that a rule depends on. Field names are camelCase on both sides.

/// Prints of a type with personal data only what is none.
macro_rules! discreet {
    ($($type:ident { $($field:ident),* })*) => {$(
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    )*};
}

mod account;
mod changes;
mod conflict;
mod contact;
mod decide;
mod error;
mod files;
mod history;
mod leave;
mod outbox;
mod plan_file;
mod queue;
mod rehearsal;
mod review;
mod separation;
mod settings;
mod taking;

pub use account::{AccountView, Capability, ConnectRequest, Credential, Support};
pub use changes::{Changes, Connection, Counts, Opened, StatusView};
pub use conflict::{Anew, ConflictRow, ConflictView};
pub use contact::{ContactHit, ContactSearch, ContactsFound};
pub use decide::{DecideAnswer, DecideRequest, DecisionInput, FieldPick};
pub use error::{AppError, ErrorCode};
pub use files::{DamagedView, FilesView, SalvagedView};
pub use history::{HistoryPage, HistoryRequest};
pub use leave::{ExportedFile, LeaveHow, PendingWork, QuitHow};
pub use outbox::{AttemptView, EntryLink, OutboxEntry, OutboxHold, OutboxState};
pub use plan_file::{PlannedSeparation, SeparatedByPlan, SeparationRecords};
pub use queue::{LocalState, QueueFilter, QueuePage, QueueRequest, QueueRow, QueueSort, ReviewKindView};
pub use rehearsal::{REHEARSED_AT_ONCE, Rehearsed, RehearsedView};
pub use review::{
    BreakdownRow, CascadeView, ChildGroup, ChildItem, ChildKind, FieldReason, FieldRow, FieldSameness,
    MergePreview, PhoneConflictView, Problem, ProtectionView, ReviewView, ScoreView, SegmentView, SideName,
    SideView, ValueView,
};
pub use separation::{
    ChildCard, ChildPlace, ChildPlaceView, ChildRef, Choice, CounterView, CutProposalView, CutView,
    DriftView, EvidenceView, GuessView, HalfView, LineKind, MessagePage, MessageView, ReceiptRow,
    ReceiptView, SeparateAnswer, SeparateRequest, SeparationEdit, SeparationProblem, SeparationSheet,
    SeparationSide, SeparationState, SeparationView, SplitLine, SplitOption, SplitValue, SuggestionView,
    SuggestionsView, UnslottedView,
};
pub use settings::{SettingsAnswer, SettingsChange, SettingsIssue, SettingsRequest, SettingsView};
pub use taking::{TakeRequest, TakeSize, TakingView};
