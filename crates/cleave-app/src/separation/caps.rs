//! How much a window may ask for at once.

use super::translate::invalid;
use crate::ipc::{AppError, SeparationEdit};

/// Longest text of a value, in characters.
const TEXT: usize = 2_000;
/// Longest id or path, in characters. Keys of `misc` are the server's, and may be long.
pub(crate) const ID: usize = 1_000;
/// Most edits, and children in them, of one call.
const EDITS: usize = 20_000;
/// Most assignees of a conversation.
const ASSIGNEES: usize = 500;
/// Longest text that is looked for, in characters.
pub(crate) const FIND: usize = 200;
/// Most messages of a page.
pub(crate) const PAGE: u32 = 500;

/// Refuses what no person does.
///
/// # Errors
/// `Invalid`.
pub(super) fn edits(edits: &[SeparationEdit]) -> Result<(), AppError> {
    let size: usize = edits.iter().map(size).sum();
    if size > EDITS {
        return Err(invalid(&format!("These are {size} changes at once; {EDITS} are the most.")));
    }
    edits.iter().try_for_each(edit)
}

fn size(edit: &SeparationEdit) -> usize {
    match edit {
        SeparationEdit::Assign { children, .. } => children.len().max(1),
        _ => 1,
    }
}

fn edit(edit: &SeparationEdit) -> Result<(), AppError> {
    match edit {
        SeparationEdit::Set { path, text, .. } => {
            id(path)?;
            within(text, TEXT, "The text").map_err(|error| error.at(path))
        }
        SeparationEdit::Give { path, .. } | SeparationEdit::Share { path } => id(path),
        SeparationEdit::Assign { children, .. } => children.iter().try_for_each(|child| id(&child.id)),
        SeparationEdit::Divide { conversation_id, message_id, .. } => {
            id(conversation_id)?;
            id(message_id)
        }
        SeparationEdit::MoveDivider { conversation_id, .. }
        | SeparationEdit::Undivide { conversation_id } => id(conversation_id),
        SeparationEdit::Describe { conversation_id, assignees, status } => {
            id(conversation_id)?;
            let assignees = assignees.as_deref().unwrap_or_default();
            if assignees.len() > ASSIGNEES {
                return Err(invalid(&format!("{ASSIGNEES} people are the most.")));
            }
            assignees.iter().try_for_each(|user| id(user))?;
            status.as_deref().map_or(Ok(()), |status| within(status, TEXT, "The status"))
        }
    }
}

fn id(text: &str) -> Result<(), AppError> {
    within(text, ID, "The name of what it is about")
}

/// Refuses a text that is too long.
///
/// # Errors
/// `Invalid`.
pub(crate) fn within(text: &str, most: usize, what: &str) -> Result<(), AppError> {
    // Counting characters takes time with a text that is far too long; bytes are never fewer.
    if text.len() <= most || (text.len() <= most.saturating_mul(4) && text.chars().count() <= most) {
        return Ok(());
    }
    Err(invalid(&format!("{what} is too long; {most} characters are the most.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::{ChildKind, ChildPlace, ChildRef, SeparationSide};

    #[test]
    fn what_no_person_does_is_refused() {
        let set =
            |text: String| SeparationEdit::Set { path: "email".into(), side: SeparationSide::New, text };
        let child = ChildRef { kind: ChildKind::Note, id: "n".into() };
        let assign =
            |count| SeparationEdit::Assign { children: vec![child.clone(); count], to: ChildPlace::New };
        assert!(edits(&[set("ä".repeat(TEXT)), assign(EDITS - 1)]).is_ok());
        assert_eq!(edits(&[set("ä".repeat(TEXT + 1))]).unwrap_err().field.as_deref(), Some("email"));
        assert!(edits(&[set(String::new()), assign(EDITS)]).is_err());
        assert!(edits(&[SeparationEdit::Share { path: "x".repeat(ID + 1) }]).is_err());
        assert!(within(&"x".repeat(10_000_000), FIND, "It").is_err());
    }
}
