//! The five kinds of child record.

use serde::{Deserialize, Serialize};

/// A kind of child record, by its key in `SeparateContactChildRecordAssignment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChildKind {
    /// Conversations, the only kind that can be cut.
    #[serde(rename = "conversations")]
    Conversation,
    /// Applications.
    #[serde(rename = "applications")]
    Application,
    /// Notes. The request says `contactNotes`, the summary `notesMoved`.
    #[serde(rename = "contactNotes")]
    Note,
    /// Reminders.
    #[serde(rename = "reminders")]
    Reminder,
    /// Training snapshots.
    #[serde(rename = "trainingSnapshots")]
    TrainingSnapshot,
}

impl ChildKind {
    /// All five, in the order of the request.
    pub const ALL: [ChildKind; 5] = [
        ChildKind::Conversation,
        ChildKind::Application,
        ChildKind::Note,
        ChildKind::Reminder,
        ChildKind::TrainingSnapshot,
    ];

    /// The key of the kind in a request.
    pub fn key(self) -> &'static str {
        match self {
            ChildKind::Conversation => "conversations",
            ChildKind::Application => "applications",
            ChildKind::Note => "contactNotes",
            ChildKind::Reminder => "reminders",
            ChildKind::TrainingSnapshot => "trainingSnapshots",
        }
    }

    /// One of the kind, in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            ChildKind::Conversation => "conversation",
            ChildKind::Application => "application",
            ChildKind::Note => "note",
            ChildKind::Reminder => "reminder",
            ChildKind::TrainingSnapshot => "training snapshot",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_words_are_the_keys_of_the_request() {
        for kind in ChildKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
        }
    }
}
