//! What the editor sends.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::ipc::ChildKind;

/// One of the two contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeparationSide {
    /// The contact that is there.
    Original,
    /// The contact that the separation makes.
    New,
}

/// Where a child record goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChildPlace {
    /// Nobody has said.
    Undecided,
    /// It stays.
    Original,
    /// It moves.
    New,
    /// A conversation that is cut: one half each. Only shown, never sent.
    Cut,
}

/// A child record by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildRef {
    /// Its kind; never a document, which is a line.
    pub kind: ChildKind,
    /// Its id.
    pub id: String,
}

/// One change of the plan, and one step of undo.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(tag = "edit", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SeparationEdit {
    /// Sets the text of one side of a line, as typed; blank is nothing.
    Set {
        /// `path` of the line: a name, a value or a key of `misc`.
        path: String,
        /// Whose.
        side: SeparationSide,
        /// The text.
        text: String,
    },
    /// Gives what the contact has in a line to one side, and nothing to the other.
    Give {
        /// `path` of the line.
        path: String,
        /// To whom.
        to: SeparationSide,
    },
    /// Gives what the contact has in a line to both sides. Only where `both` of the line says so.
    Share {
        /// `path` of the line.
        path: String,
    },
    /// Says where child records go. A conversation that is cut loses its divider by it.
    Assign {
        /// Which.
        children: Vec<ChildRef>,
        /// Where to; not `cut`.
        to: ChildPlace,
    },
    /// Cuts a conversation, or moves its cut.
    Divide {
        /// Which conversation.
        conversation_id: String,
        /// The first message after the cut.
        message_id: String,
        /// Whose are the messages before it.
        before: SeparationSide,
    },
    /// Moves the cut of a conversation by so many messages, later where positive, at most to the ends.
    MoveDivider {
        /// Which conversation.
        conversation_id: String,
        /// By how many messages.
        by: i32,
    },
    /// Takes the cut of a conversation away; it is undecided then.
    Undivide {
        /// Which conversation.
        conversation_id: String,
    },
    /// Sets up the conversation that a cut makes; `None` leaves a part to the server.
    Describe {
        /// The conversation that is cut.
        conversation_id: String,
        /// Ids of the users who work on the new one.
        assignees: Option<Vec<String>>,
        /// Its status.
        status: Option<String>,
    },
}

/// What is typed may be personal data: nothing of it is printed.
impl std::fmt::Debug for SeparationEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SeparationEdit(..)")
    }
}
