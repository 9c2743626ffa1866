//! Comparing a decision with what the server shows: before sending, and after an answer that proved nothing.

mod settings;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::decision::Decision;
use crate::outbox::{Event, Hold};
use crate::review::Review;
use crate::separation::{DecidedSeparation, Seen};

pub use settings::{after_uncertain_settings, before_sending_settings, judge_settings};

/// What the review, read now, says about a decision that has not been sent yet.
///
/// `basis` is the fingerprint of what the admin saw ([`basis_of`]); a review that is still open but has other
/// contacts or values behind it is not the one that was decided.
pub fn before_sending(decision: &Decision, basis: &str, op_id: &str, now: &Review) -> Event {
    if now.status.is_resolved() {
        return resolved(decision, op_id, now);
    }
    if basis_of(now) == basis { Event::Unchanged } else { Event::Changed }
}

/// What the review, read now, says about a decision that may have been sent.
///
/// Positive evidence counts at once. A review that is still open is negative evidence: the caller acts on
/// [`Event::Unsent`] only after the quarantine and a second reading that agrees, and treats it as
/// [`Event::Unknown`] until then.
pub fn after_uncertainty(decision: &Decision, op_id: &str, now: &Review) -> Event {
    if now.status.is_resolved() {
        return resolved(decision, op_id, now);
    }
    Event::Unsent(Hold::None)
}

/// What both contacts, read now, say about a separation that may have been sent.
///
/// Both as planned is positive evidence, unless a third contact may look the same; [`proof_waits`] says when it counts.
/// Everything else is acted on only after the quarantine and a second reading that agrees: the contact as it was is sent
/// again where the server itself would refuse a second copy, and otherwise a person decides. So does one where `touched`
/// tells that the contact is as it was and was changed all the same ([`touched`]): it may have been separated, and put
/// together again, which frees the number that would refuse the second copy.
pub fn after_uncertain_separation(decided: &DecidedSeparation, seen: Seen, touched: bool) -> Event {
    match seen {
        Seen::After if decided.can_be_proven() => Event::Confirmed,
        Seen::Before if decided.guard().is_guarded() && !touched => Event::Unsent(Hold::None),
        Seen::Before | Seen::After | Seen::Neither => Event::Missing,
    }
}

/// Whether positive evidence of a separation counts only after the quarantine of its last request.
///
/// Nothing tells which request made what is seen: an earlier one that a person had sent again, or another admin's. Where
/// the server would not refuse the last one too, it is not over while that one may be on its way.
pub fn proof_waits(decided: &DecidedSeparation) -> bool {
    !decided.guard().is_guarded()
}

/// Whether a contact was changed between two readings, by the time of its last change. A server that does not show that
/// time tells nothing.
pub fn touched(then: Option<&str>, now: Option<&str>) -> bool {
    let (Some(then), Some(now)) = (then, now) else { return false };
    match (then.parse::<Timestamp>(), now.parse::<Timestamp>()) {
        (Ok(then), Ok(now)) => then != now,
        _ => then != now,
    }
}

/// A resolved review is ours if it carries our operation id, agrees if somebody reached the same outcome, and
/// contradicts us otherwise.
fn resolved(decision: &Decision, op_id: &str, now: &Review) -> Event {
    if now.resolved_op_id.as_deref() == Some(op_id) {
        Event::Confirmed
    } else if decision.intended_status().as_ref() == Some(&now.status) {
        Event::AlreadySo
    } else {
        Event::Changed
    }
}

/// Whether an outcome that agrees with the decision may be this decision's own work: a request of it may have reached
/// the server, and the resolution carries no mark at all. A server may leave out the mark that it was sent, so nobody
/// can tell whose outcome that is. Another's mark says that it is another's.
pub fn may_be_ours(event: Event, maybe_sent: bool, now: &Review) -> bool {
    event == Event::AlreadySo && maybe_sent && now.resolved_op_id.is_none()
}

/// Fingerprint of what an admin sees of a review: the pair, and every value of both as far as it is known.
///
/// Two readings of an unchanged review give the same text. It holds no readable value: only a digest leaves this
/// function, so that it can be stored and sent back by the window.
pub fn basis_of(review: &Review) -> String {
    let mut digest = Sha256::new();
    let mut eat = |text: &str| {
        digest.update(text.len().to_le_bytes());
        digest.update(text);
    };
    for party in [&review.source, &review.candidate] {
        eat(&party.id);
        if let Some(contact) = &party.contact {
            for path in contact.paths() {
                eat(path.as_str());
                eat(&contact.text(path.as_str()).unwrap_or_default());
            }
        }
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::review::{Party, ReviewKind, ReviewStatus};
    use serde_json::json;

    fn review(status: ReviewStatus, op: Option<&str>, email: &str) -> Review {
        let party = |id: &str| Party {
            id: id.into(),
            contact: Some(Contact {
                id: id.into(),
                values: [("email".into(), json!(email))].into(),
                ..Contact::default()
            }),
            snapshot: None,
        };
        Review {
            id: "r".into(),
            organization_id: None,
            source: party("s"),
            candidate: party("c"),
            kind: ReviewKind::FuzzyMatch,
            status,
            score: None,
            breakdown: vec![],
            thresholds: vec![],
            conflict_phone: None,
            resolved_op_id: op.map(str::to_owned),
            resolved_by: None,
            resolved_at: None,
            created_at: None,
            updated_at: None,
        }
    }

    #[test]
    fn the_table_of_evidence() {
        use ReviewStatus::{KeptSeparate, Merged, NeedsReview};
        let merge = Decision::Merge { choices: [].into(), note: None };
        let open = review(NeedsReview, None, "a@x.com");
        let basis = basis_of(&open);
        let cases = [
            (open.clone(), Event::Unchanged, Event::Unsent(Hold::None)),
            (review(NeedsReview, None, "b@x.com"), Event::Changed, Event::Unsent(Hold::None)),
            (review(Merged, Some("op1"), "a@x.com"), Event::Confirmed, Event::Confirmed),
            (review(Merged, Some("op2"), "a@x.com"), Event::AlreadySo, Event::AlreadySo),
            (review(Merged, None, "a@x.com"), Event::AlreadySo, Event::AlreadySo),
            (review(KeptSeparate, None, "a@x.com"), Event::Changed, Event::Changed),
        ];
        for (now, before, after) in cases {
            assert_eq!(before_sending(&merge, &basis, "op1", &now), before, "{:?}", now.status);
            assert_eq!(after_uncertainty(&merge, "op1", &now), after, "{:?}", now.status);
        }
    }

    #[test]
    fn only_an_outcome_without_any_mark_after_a_send_may_be_ours() {
        let unmarked = review(ReviewStatus::Merged, None, "a@x.com");
        let marked = review(ReviewStatus::Merged, Some("op2"), "a@x.com");
        assert!(may_be_ours(Event::AlreadySo, true, &unmarked));
        assert!(!may_be_ours(Event::AlreadySo, false, &unmarked), "nothing was sent");
        assert!(!may_be_ours(Event::AlreadySo, true, &marked), "somebody else's mark");
        assert!(!may_be_ours(Event::Changed, true, &unmarked), "not what was decided");
    }

    #[test]
    fn only_a_guarded_separation_is_ever_sent_again_without_a_person() {
        let guarded = crate::separation::samples::decided();
        let mut unguarded = guarded.clone();
        unguarded.plan.fields.phone_number.new = None;
        let mut untold = unguarded.clone();
        untold.expected.after.original = untold.expected.before.clone();
        untold.expected.before.halves.clear();
        let cases = [
            (&guarded, Seen::After, false, Event::Confirmed),
            (&guarded, Seen::After, true, Event::Confirmed),
            (&guarded, Seen::Before, false, Event::Unsent(Hold::None)),
            (&guarded, Seen::Before, true, Event::Missing),
            (&guarded, Seen::Neither, false, Event::Missing),
            (&unguarded, Seen::After, false, Event::Confirmed),
            (&unguarded, Seen::Before, false, Event::Missing),
            (&unguarded, Seen::Neither, false, Event::Missing),
            (&untold, Seen::After, false, Event::Missing),
            (&untold, Seen::Before, false, Event::Missing),
        ];
        for (at, (decided, seen, touched, expected)) in cases.into_iter().enumerate() {
            assert_eq!(after_uncertain_separation(decided, seen, touched), expected, "{at}");
        }
        assert!(!proof_waits(&guarded) && proof_waits(&unguarded) && proof_waits(&untold));
    }

    #[test]
    fn a_change_is_told_by_its_time_however_it_is_written() {
        let at = Some("2026-03-01T09:00:00.000Z");
        for (then, now, expected) in [
            (at, at, false),
            (at, Some("2026-03-01T09:00:00Z"), false),
            (at, Some("2026-03-01T10:00:00+01:00"), false),
            (at, Some("2026-03-01T09:00:00.001Z"), true),
            (at, None, false),
            (None, at, false),
            (Some("yesterday"), Some("yesterday"), false),
            (Some("yesterday"), at, true),
        ] {
            assert_eq!(touched(then, now), expected, "{then:?} {now:?}");
        }
    }

    #[test]
    fn a_fingerprint_tells_changes_and_no_values() {
        let (a, b) = (
            review(ReviewStatus::NeedsReview, None, "a@x.com"),
            review(ReviewStatus::NeedsReview, None, "b@x.com"),
        );
        assert_ne!(basis_of(&a), basis_of(&b));
        assert_eq!(basis_of(&a), basis_of(&a.clone()));
        assert_eq!(basis_of(&a).len(), 64);
    }
}
