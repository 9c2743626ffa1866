//! A separation as it was decided: everything that sending and judging it later needs, without the editor.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::expected::{Expected, Seen};
use super::guard::Guard;
use super::plan::SeparationPlan;
use super::rebase::{drift_in_words, rebase};
use super::subject::Subject;
use super::summary::PredictedSummary;

/// A separation that an admin decided, as the outbox keeps it.
///
/// Made when the separation is queued and never changed after: what was previewed is what is sent.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedSeparation {
    /// The plan.
    pub plan: SeparationPlan,
    /// The plan as the documented request, whose bytes are sent.
    pub request: Value,
    /// What the admin saw: the contact with everything that hangs on it, by [`Subject::kept_for`] the plan.
    pub subject: Subject,
    /// The states to look for on the server, before and after.
    pub expected: Expected,
    /// The counters that the server should answer with.
    pub predicted: PredictedSummary,
}

impl DecidedSeparation {
    /// Whether the server itself would refuse a second copy.
    pub fn guard(&self) -> Guard {
        Guard::of(&self.plan)
    }

    /// What about the contact, read now, is not what the admin decided about, as a clause that counts it and holds no
    /// value; `None` where nothing of it matters. The conversations that are cut must have been read.
    pub fn changed_since(&self, now: &Subject) -> Option<String> {
        let mut now = now.kept_for(&self.plan);
        if self.subject.documents.is_none() {
            // The request says nothing of documents that nobody had seen.
            now.documents = None;
        }
        let (_, drift) = rebase(self.plan.clone(), &self.subject, &now);
        drift_in_words(&drift).or_else(|| {
            let untouched = self.expected.compare(&now, None) == Seen::Before;
            (!untouched).then(|| "messages of a conversation that is cut are others".to_owned())
        })
    }

    /// Whether less is known of the contact now than when this was decided: a reading that judges nothing.
    pub fn knew_more_than(&self, now: &Subject) -> bool {
        (self.subject.documents.is_some() && now.documents.is_none())
            || !now.incomplete.is_subset(&self.subject.incomplete)
    }

    /// Whether seeing both contacts as planned proves that it was done. Where the plan takes nothing from the original
    /// contact and gives the new one no number of its own, a third contact may look the same.
    pub fn can_be_proven(&self) -> bool {
        self.expected.leaves_trace() || self.guard().is_guarded()
    }
}

private_debug!(DecidedSeparation);

#[cfg(test)]
mod tests {
    use super::super::kind::ChildKind;
    use super::super::samples;
    use super::super::subject::{Document, MessageHead};
    use super::*;

    #[test]
    fn what_was_decided_about_is_known_again_and_what_is_not_is_named() {
        let decided = samples::decided();
        let told = |change: fn(&mut Subject)| {
            let mut now = samples::subject();
            change(&mut now);
            decided.changed_since(&now)
        };
        assert_eq!(told(|_| {}), None);
        assert_eq!(
            told(|now| now.conversations[0].messages.as_mut().unwrap().push(MessageHead::default())),
            None
        );
        let other = "messages of a conversation that is cut are others";
        let early =
            told(|now| now.conversations[0].messages.as_mut().unwrap().insert(0, MessageHead::default()));
        assert_eq!(early.as_deref(), Some(other));
        let lost = told(|now| drop(now.conversations[0].messages.as_mut().unwrap().remove(0)));
        assert_eq!(lost.as_deref(), Some(other));
        assert_eq!(told(|now| now.notes.clear()).as_deref(), Some("1 note is gone"));
    }

    #[test]
    fn documents_that_nobody_had_seen_are_not_new() {
        let mut decided = samples::decided();
        decided.subject.documents = None;
        let mut now = samples::subject();
        assert_eq!(decided.changed_since(&now), None);
        assert!(!decided.knew_more_than(&now));
        now.documents = Some(vec![Document::default()]);
        decided.subject.documents = Some(Vec::new());
        assert_eq!(decided.changed_since(&now).as_deref(), Some("1 document is new"));
        now.documents = None;
        assert!(decided.knew_more_than(&now));
        let mut now = samples::subject();
        now.incomplete.insert(ChildKind::Reminder);
        assert!(decided.knew_more_than(&now));
        decided.subject.incomplete.insert(ChildKind::Reminder);
        assert!(!decided.knew_more_than(&now));
    }
}
