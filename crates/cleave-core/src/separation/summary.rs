//! The six counters that the server should answer with.

use serde::{Deserialize, Serialize};

use super::cut::CutPreview;
use super::kind::ChildKind;
use super::preview::{ChildPreview, ChildSide};
use super::subject::Subject;
use crate::readings;

/// The predicted `summary` of a separation. A difference to the server's is shown to the admin with both numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PredictedSummary {
    /// `conversationsMoved`: whole conversations, and cut ones by [`readings::CUT_COUNTS_AS_MOVED`].
    pub conversations_moved: u64,
    /// `applicationsMoved`.
    pub applications_moved: u64,
    /// `notesMoved`.
    pub notes_moved: u64,
    /// `remindersMoved`.
    pub reminders_moved: u64,
    /// `trainingSnapshotsMoved`.
    pub training_snapshots_moved: u64,
    /// `messagesReassigned`; `None` while the messages of a conversation that moves are neither read nor counted.
    pub messages_reassigned: Option<u64>,
}

pub(super) fn predict(subject: &Subject, children: &[ChildPreview], cuts: &[CutPreview]) -> PredictedSummary {
    let moved = |kind| {
        let gone = children.iter().filter(|child| child.kind == kind && child.side == ChildSide::New);
        u64::try_from(gone.count()).unwrap_or(u64::MAX)
    };
    let cut = if readings::CUT_COUNTS_AS_MOVED { u64::try_from(cuts.len()).unwrap_or(u64::MAX) } else { 0 };
    PredictedSummary {
        conversations_moved: moved(ChildKind::Conversation).saturating_add(cut),
        applications_moved: moved(ChildKind::Application),
        notes_moved: moved(ChildKind::Note),
        reminders_moved: moved(ChildKind::Reminder),
        training_snapshots_moved: moved(ChildKind::TrainingSnapshot),
        messages_reassigned: messages(subject, children, cuts),
    }
}

/// The moved part of cut conversations and, by [`readings::WHOLE_CONVERSATIONS_COUNT_MESSAGES`], all messages of
/// conversations that move as a whole.
fn messages(subject: &Subject, children: &[ChildPreview], cuts: &[CutPreview]) -> Option<u64> {
    let mut sum: u64 = cuts.iter().map(|cut| cut.halves.new.count).sum();
    if readings::WHOLE_CONVERSATIONS_COUNT_MESSAGES {
        // Conversations lead the list of children, in the subject's order.
        for (conversation, child) in subject.conversations.iter().zip(children) {
            if child.side == ChildSide::New {
                sum = sum.saturating_add(conversation.count()?);
            }
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::super::{preview, samples};
    use super::*;

    #[test]
    fn all_six_counters() {
        let (mut subject, plan) = (samples::subject(), samples::plan());
        // `sms` of 5 is cut at 2, `web` of 3 moves, the note and the reminder move.
        let expected = PredictedSummary {
            conversations_moved: 1,
            applications_moved: 0,
            notes_moved: 1,
            reminders_moved: 1,
            training_snapshots_moved: 0,
            messages_reassigned: Some(6),
        };
        assert_eq!(preview(&subject, &plan).summary, expected);
        subject.conversations[1].messages = None;
        assert_eq!(preview(&subject, &plan).summary.messages_reassigned, None);
        subject.conversations[1].message_count = Some(3);
        assert_eq!(preview(&subject, &plan).summary, expected);
    }
}
