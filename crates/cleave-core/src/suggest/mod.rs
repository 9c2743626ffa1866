//! Suggestions for a separation: whose each child record is, where a shared conversation passes from one person to
//! the other, and who the second person may be. Each comes with its evidence quoted.
//!
//! Promises: pure and offline, from what a [`Subject`] holds; nothing is applied; quotes are exact pieces of the
//! record, at most [`MAX_QUOTE_BYTES`] long; the work is linear in the messages (times a logarithm for sorting), and
//! bounded for each however long it is; any script and any text is taken without a failure. The measurement
//! (`cargo run --release -p cleave-core --example suggestions`) prints how often they are right.
//!
//! Two rounds: first each child is read by itself ([`rule`]), then children whose side is believed speak for the
//! others ([`derived`]). Clues are weighed in nats and told as a confidence.
//!
//! Not done here: learning from the admin's answers, nicknames that are no beginning of the name, languages other
//! than English, German, French and Spanish in greetings and introductions.

mod case;
mod cut;
mod derived;
mod evidence;
mod hypothesis;
mod language;
mod name;
mod people;
mod quote;
mod record;
mod rule;
mod text;
mod thread;
mod weigh;

pub use cut::{CutProposal, OFFERED, cuts};
pub use evidence::{Evidence, EvidenceKind};
pub use hypothesis::{PersonGuess, hypothesis};
pub use people::People;
pub use quote::MAX_QUOTE_BYTES;

use case::Case;
use thread::Thread;

use crate::separation::{ChildKind, Subject, Target};

/// From this score of its best cut on, a conversation is taken to be two people's: its cuts are offered, and no side.
pub const SHARED_FROM: f64 = 0.5;

/// A side proposed for a child record.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The kind of the child.
    pub kind: ChildKind,
    /// The id of the child.
    pub id: String,
    /// The side.
    pub target: Target,
    /// From 0.6 to 0.99: the estimated probability that the side is right.
    pub confidence: f64,
    /// What speaks for it, the strongest first, then what speaks against it. Never empty.
    pub evidence: Vec<Evidence>,
}

/// Everything that can be suggested for a subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// At most one for a child; none where nothing speaks for either side, where both sides are even, or where a
    /// conversation is shared.
    pub children: Vec<Suggestion>,
    /// The best cuts of each conversation that two people seem to share; those of one conversation stand together,
    /// the best first. [`cuts`] answers for any conversation.
    pub cuts: Vec<CutProposal>,
}

/// Suggests a side for each child and cuts for shared conversations, by what is known of the two people.
pub fn suggest(subject: &Subject, people: &People) -> Suggestions {
    let threads: Vec<Thread<'_>> =
        subject.conversations.iter().map(|one| Thread::read(one, people)).collect();
    let mut offered = Vec::new();
    let mut cases = Vec::new();
    for (number, thread) in threads.iter().enumerate() {
        let cuts = cut::find(thread);
        let shared = cuts.first().is_some_and(|best| best.score >= SHARED_FROM);
        if shared {
            offered.extend(cuts);
        }
        cases.push(Case::conversation(number, thread, shared, people));
    }
    let records = ChildKind::ALL.into_iter().flat_map(|kind| subject.children(kind));
    cases.extend(records.map(|child| Case::record(child, people)));
    derived::add(&mut cases, &threads);
    Suggestions { children: cases.into_iter().filter_map(suggestion).collect(), cuts: offered }
}

fn suggestion(case: Case<'_>) -> Option<Suggestion> {
    if case.shared {
        return None;
    }
    let (target, confidence) = case.scale.verdict()?;
    let evidence = case.scale.evidence(target);
    Some(Suggestion { kind: case.kind, id: case.id.to_owned(), target, confidence, evidence })
}
