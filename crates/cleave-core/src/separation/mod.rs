//! One contact separated into two: what the admin decides, what would come of it, and what is wrong with it.
//!
//! A [`Subject`] is the contact with everything that hangs on it. A [`SeparationPlan`] says where each part goes;
//! it is changed by [`Edit`]s, each of which answers with the edit that takes it back. [`preview()`] computes both
//! resulting contacts, the side of every child, both halves of every cut conversation, the six counters that the
//! server should answer with, and every problem with its place. [`rebase()`] carries a plan over to a contact that
//! changed underneath, and names what changed.
//!
//! Where the contract is silent, [`crate::readings`] says what is assumed.
//!
//! Not here: the request and its encoding (`cleave-wire`), suggestions for undecided children.

/// Personal data: a type's name is all that `Debug` prints of it.
macro_rules! private_debug {
    ($($name:ident),+ $(,)?) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        })+
    };
}

mod check;
mod cut;
mod decided;
mod edit;
mod expected;
mod fields;
mod guard;
mod kind;
mod misc;
mod phones;
mod plain;
mod plan;
mod preview;
mod problem;
mod prune;
mod rebase;
pub mod receipt;
mod result;
mod subject;
mod summary;
mod target;
mod turn;
mod unslotted;

pub use cut::{CutPreview, Half, MessageMark};
pub use decided::DecidedSeparation;
pub use edit::{Edit, EditRefused, NamePart, OptionalField};
pub use expected::{Expected, HalfMark, Inventory, Seen, Sighting, SplitValues};
pub use fields::{FieldSplit, TargetField};
pub use guard::Guard;
pub use kind::ChildKind;
pub use phones::phone_key;
pub use plain::PlainValue;
pub use plan::{Direction, Divider, NewConversationMeta, SeparationPlan};
pub use preview::{ChildPreview, ChildSide, Preview, preview};
pub use problem::{Place, Problem, ProblemCode, Severity};
pub use prune::Gone;
pub use rebase::{Drift, drift_in_words, rebase};
pub use receipt::{AnsweredSummary, Receipt, ReceiptItem, ReceiptLine};
pub use result::ResultingContact;
pub use subject::{Child, Conversation, Document, MessageHead, Protection, Subject};
pub use summary::PredictedSummary;
pub use target::{Assignment, Pair, Target};
pub use unslotted::Unslotted;

#[cfg(test)]
pub(crate) mod samples;
