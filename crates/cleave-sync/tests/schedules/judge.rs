//! What must be true at the end of a schedule: what the outbox says, against what the ledger knows.

use cleave_core::outbox::{Hold, State};
use cleave_store::{EntryHead, Written};

use crate::decisions::{Kind, Op};
use crate::double::Ledger;
use crate::schedule::{NOT_HAPPENED, Play};

/// A broken promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Neither settled nor before a person.
    Lost,
    /// Took effect more often than once and than a person said, or was sent where only a person may.
    Doubled,
    /// The outbox says what is not so.
    Misreported,
    /// A person is asked after one fault that passes.
    NeedlesslyAsked,
}

pub fn judge(play: &Play<'_>, ledger: &Ledger, rested: bool) -> Vec<Fault> {
    let entries = play.entries();
    let asked = entries.iter().any(|(_, entry)| entry.state.needs_person());
    let mut found = Vec::new();
    for (op, entry) in &entries {
        let story = play.story.get(&op.id).cloned().unwrap_or_default();
        let effects = ledger.effects(&op.id);
        let behind = entry.state == State::Queued(Hold::Dependency) && asked;
        if !(rested && (entry.state.is_final() || entry.state.needs_person() || behind)) {
            found.push(Fault::Lost);
        }
        let attempts = play.process().store.attempts(&op.id).expect("the attempts are read");
        let open = attempts.iter().filter(|attempt| attempt.written == Written::MaybeWritten).count();
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        let sent_again = op.kind.is_unguarded() && open > 1 + story.retried;
        let most = if op.kind.is_about_review() { 1 } else { 1 + story.excused };
        if effects > most || sent_again {
            found.push(Fault::Doubled);
        }
        if story.acted_late || !is_true(play, op, entry, ledger) {
            found.push(Fault::Misreported);
        }
        let may_ask = op.kind.is_unguarded();
        if play.is_gentle() && !may_ask && entry.state.needs_person() {
            found.push(Fault::NeedlesslyAsked);
        }
    }
    found
}

fn is_true(play: &Play<'_>, op: &Op, entry: &EntryHead, ledger: &Ledger) -> bool {
    let story = play.story.get(&op.id).cloned().unwrap_or_default();
    let effects = ledger.effects(&op.id);
    let settings = &ledger.world().settings;
    let is_so = || match ledger.world().reviews.get(&op.subject) {
        Some(review) => review.status == op.kind.status(),
        None if op.kind == Kind::Settings => effects > 0 || play.twins.contains(&op.id),
        None => effects > 0 || play.twins.contains(&op.subject),
    };
    match entry.state {
        State::Applied if op.kind.is_about_review() => effects == 1 || story.by_word,
        State::Applied => is_so() || story.by_word,
        State::AppliedElsewhere => is_so(),
        // It may have been done, and undone by somebody since; it must not be what is there.
        State::Conflict if op.kind == Kind::Settings => {
            effects == 0 || story.retried > 0 || !op.is_shown_by(settings)
        }
        // A check that is stale may be contradicted by the decision's own work, once a person had it sent again.
        State::Refused | State::Conflict => effects == 0 || story.retried > 0,
        State::Withdrawn | State::Superseded => !story.taken_back || effects == 0,
        State::NeedsPerson => !entry.reason.starts_with(NOT_HAPPENED) || effects == 0,
        _ => true,
    }
}
