//! Proposals with their evidence.

use cleave_core::separation::Subject;
use cleave_core::suggest::{CutProposal, Evidence, EvidenceKind, PersonGuess, Suggestion};

use super::side::{counted, kind_view, side};
use crate::ipc::{CutProposalView, EvidenceView, GuessView, SuggestionView};

/// A side that is proposed.
pub(crate) fn suggestion(proposed: &Suggestion) -> SuggestionView {
    SuggestionView {
        kind: kind_view(proposed.kind),
        id: proposed.id.clone(),
        side: side(proposed.target),
        percent: percent(proposed.confidence),
        evidence: proposed.evidence.iter().map(evidence).collect(),
    }
}

/// A cut that is proposed.
pub(crate) fn cut(proposed: &CutProposal, subject: &Subject) -> CutProposalView {
    let messages = subject.conversation(&proposed.conversation_id).and_then(|one| one.messages.as_ref());
    let first = messages.and_then(|messages| messages.get(proposed.before));
    CutProposalView {
        conversation_id: proposed.conversation_id.clone(),
        message_id: proposed.message_id.clone(),
        index: u32::try_from(proposed.before).unwrap_or(u32::MAX),
        at: first.and_then(|message| message.created_at.clone()),
        before: side(proposed.direction.before()),
        percent: percent(proposed.score),
        evidence: proposed.evidence.iter().map(evidence).collect(),
    }
}

/// Who the second person may be.
pub(crate) fn guess(guess: &PersonGuess) -> GuessView {
    GuessView {
        first_name: guess.first_name.clone(),
        last_name: guess.last_name.clone(),
        phone: guess.phone.clone(),
        email: guess.email.clone(),
        percent: percent(guess.confidence),
        evidence: guess.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(found: &Evidence) -> EvidenceView {
    EvidenceView {
        label: label(found.kind),
        quote: found.quote.clone(),
        side: side(found.speaks_for),
        message_id: found.message_id.clone(),
    }
}

fn label(kind: EvidenceKind) -> String {
    let words = match kind {
        EvidenceKind::Number => "on their number",
        EvidenceKind::Address => "on their address",
        EvidenceKind::Greeting => "greeted by name",
        EvidenceKind::Introduction => "says their name",
        EvidenceKind::Signature => "signed",
        EvidenceKind::Mention => "named",
        EvidenceKind::Denial => "says it is not the other",
        EvidenceKind::Relative => "speaks of the other as family",
        EvidenceKind::NumberInText => "their number in the text",
        EvidenceKind::AddressInText => "their address in the text",
        EvidenceKind::NamedInRecord => "named in the record",
        EvidenceKind::SameNumber => "same number as others of theirs",
        EvidenceKind::Language => "language that only they write",
        EvidenceKind::Time => "from the time they were in touch",
        EvidenceKind::Colleague => "made by the colleague who deals with them",
        EvidenceKind::Silence(seconds) => return silence(seconds),
        EvidenceKind::Hours => "other hours of the day",
        EvidenceKind::NewNumber => "speaks of a new number",
        EvidenceKind::WrongPerson => "reached the wrong person",
    };
    words.to_owned()
}

fn silence(seconds: u64) -> String {
    const HOUR: u64 = 3600;
    let (count, units) = match seconds {
        seconds if seconds >= 48 * HOUR => (seconds / (24 * HOUR), ("day", "days")),
        seconds if seconds >= 2 * HOUR => (seconds / HOUR, ("hour", "hours")),
        seconds => (seconds / 60, ("minute", "minutes")),
    };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    format!("{} of silence", counted(count, units))
}

/// A probability in percent.
fn percent(share: f64) -> u32 {
    (share * 100.0).round().clamp(0.0, 100.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_silences_are_read_as_people_say_them() {
        assert_eq!([-1.0, 0.005, 0.876, 2.0, f64::NAN].map(percent), [0, 1, 88, 100, 0]);
        let table = [(90, "1 minute"), (7200, "2 hours"), (172_800, "2 days"), (11_059_200, "128 days")];
        for (seconds, words) in table {
            assert_eq!(silence(seconds), format!("{words} of silence"));
        }
    }
}
