//! From what the window says to edits of the plan.

use cleave_core::normalise;
use cleave_core::separation::{
    Assignment, ChildKind, Conversation, Direction, Divider, Edit, FieldSplit, NamePart, NewConversationMeta,
    OptionalField, Pair, SeparationPlan, Subject, Target,
};
use serde_json::Value;

use super::line::Line;
use crate::ipc::{AppError, ChildPlace, ErrorCode, SeparationEdit, SeparationSide};
use crate::view::separation::side::{kind, target};

/// The edit of this plan that is meant.
///
/// # Errors
/// `Invalid`, with the path of the line where there is one: no such line, record or message, or a step that the line
/// does not take.
pub(crate) fn translate(
    subject: &Subject,
    plan: &SeparationPlan,
    edit: SeparationEdit,
) -> Result<Edit, AppError> {
    match edit {
        SeparationEdit::Set { path, side, text } => set(subject, plan, &path, target(side), text),
        SeparationEdit::Give { path, to } => {
            let to = target(to);
            give(subject, &path, |side| side == to, Some(to))
        }
        SeparationEdit::Share { path } => match line(&path)? {
            Line::Name(_)
            | Line::Value(OptionalField::Email | OptionalField::DateOfBirth)
            | Line::Misc(_) => give(subject, &path, |_| true, None),
            _ => Err(invalid("This can be with one contact only.").at(path)),
        },
        SeparationEdit::Assign { children, to } => {
            let to = match to {
                ChildPlace::Undecided => Assignment::Undecided,
                ChildPlace::Original => Assignment::Original,
                ChildPlace::New => Assignment::New,
                ChildPlace::Cut => {
                    return Err(invalid("A conversation is cut at a message, not by giving it away."));
                }
            };
            let mut edits = Vec::with_capacity(children.len());
            for child in children {
                let kind = kind(child.kind)
                    .ok_or_else(|| invalid("A document is a line of the contact, not a record."))?;
                if kind == ChildKind::Conversation && plan.dividers.contains_key(&child.id) {
                    edits.push(Edit::Divide { conversation: child.id.clone(), divider: None });
                }
                edits.push(Edit::Assign { kind, id: child.id, to });
            }
            Ok(Edit::Batch { edits })
        }
        SeparationEdit::Divide { conversation_id, message_id, before } => {
            let conversation = read(subject, &conversation_id)?;
            if !conversation.messages.iter().flatten().any(|message| message.id == message_id) {
                return Err(invalid("This message is not in the conversation any more."));
            }
            let divider = Divider { message_id, direction: direction(before) };
            Ok(Edit::Divide { conversation: conversation_id, divider: Some(divider) })
        }
        SeparationEdit::MoveDivider { conversation_id, by } => moved(subject, plan, conversation_id, by),
        SeparationEdit::Undivide { conversation_id } => {
            Ok(Edit::Divide { conversation: conversation_id, divider: None })
        }
        SeparationEdit::Describe { conversation_id, assignees, status } => {
            let status = status.filter(|status| !status.trim().is_empty());
            let meta = NewConversationMeta { assignees, status };
            Ok(Edit::Describe { conversation: conversation_id, meta })
        }
    }
}

pub(super) fn invalid(message: &str) -> AppError {
    AppError::new(ErrorCode::Invalid, message)
}

fn line(path: &str) -> Result<Line, AppError> {
    Line::of(path).ok_or_else(|| invalid("A contact has no such line.").at(path))
}

fn direction(before: SeparationSide) -> Direction {
    match before {
        SeparationSide::Original => Direction::BeforeToOriginal,
        SeparationSide::New => Direction::BeforeToNew,
    }
}

fn set(
    subject: &Subject,
    plan: &SeparationPlan,
    path: &str,
    side: Target,
    text: String,
) -> Result<Edit, AppError> {
    match line(path)? {
        Line::Name(part) => Ok(Edit::Name { part, side, value: text }),
        Line::Value(OptionalField::PhoneNumber) => {
            let value = Some(dialled(subject, &text));
            Ok(Edit::Value { field: OptionalField::PhoneNumber, side, value })
        }
        Line::Value(field) => Ok(Edit::Value { field, side, value: Some(text.trim().to_owned()) }),
        Line::Misc(key) => {
            let misc = &plan.fields.misc;
            let was = subject.misc.iter().flatten().find(|(known, _)| **known == key).map(|(_, value)| value);
            let was = was.or_else(|| misc.original.get(&key)).or_else(|| misc.new.get(&key));
            let was = was.ok_or_else(|| invalid("The contact has no such field.").at(path))?;
            let value = like(was, text).ok_or_else(|| {
                invalid("This value has parts of its own: it can be given to a side, not edited.").at(path)
            })?;
            let mut values =
                Pair { original: misc.original.get(&key).cloned(), new: misc.new.get(&key).cloned() };
            *values.of_mut(side) = value;
            Ok(Edit::Misc { key, values })
        }
        Line::Whole(_) | Line::Document(_) => {
            Err(invalid("This goes to one contact as it is, and cannot be edited.").at(path))
        }
    }
}

/// A number as it is sent: in E.164 form where there is no doubt which number is meant, else as it was typed.
///
/// There is a doubt where digits were typed that the number does not have, such as an extension.
fn dialled(subject: &Subject, text: &str) -> String {
    let text = text.trim();
    if subject.contact.all_phones().contains(&text) {
        return text.to_owned();
    }
    let typed: String = text.chars().filter(char::is_ascii_digit).collect();
    let read = normalise::phone(text, normalise::DEFAULT_REGION).filter(|number| number.ends_with(&typed));
    read.unwrap_or_else(|| text.to_owned())
}

/// A text as a value of the kind that was there; `None` where that is neither text nor number, and `Some(None)` for
/// nothing.
fn like(was: &Value, text: String) -> Option<Option<Value>> {
    if !matches!(was, Value::String(_) | Value::Number(_) | Value::Null) {
        return None;
    }
    if text.trim().is_empty() {
        return Some(None);
    }
    let number = was.is_number().then(|| text.trim().parse::<serde_json::Number>().ok()).flatten();
    Some(Some(number.map_or(Value::String(text), Value::Number)))
}

/// What the contact has now goes to the sides that get it, and nothing to the others.
fn give(
    subject: &Subject,
    path: &str,
    gets: impl Fn(Target) -> bool,
    to: Option<Target>,
) -> Result<Edit, AppError> {
    let start = FieldSplit::start(subject);
    let one_of = |edits: [Edit; 2]| Edit::Batch { edits: edits.into() };
    let one = line(path)?;
    Ok(match (one, to) {
        (Line::Name(part), _) => {
            let value = match part {
                NamePart::First => &start.first_name.original,
                NamePart::Last => &start.last_name.original,
            };
            one_of(Target::BOTH.map(|side| {
                let value = if gets(side) { value.clone() } else { String::new() };
                Edit::Name { part, side, value }
            }))
        }
        (Line::Value(field), _) => {
            let value = match field {
                OptionalField::Email => &start.email.original,
                OptionalField::PhoneNumber => &start.phone_number.original,
                OptionalField::DateOfBirth => &start.date_of_birth.original,
            };
            one_of(Target::BOTH.map(|side| {
                let value = value.clone().filter(|_| gets(side));
                Edit::Value { field, side, value }
            }))
        }
        (Line::Misc(key), _) => {
            let value = start.misc.original.get(&key).cloned();
            let value = value.ok_or_else(|| invalid("The contact has no such field.").at(path))?;
            let of = |side| gets(side).then(|| value.clone());
            Edit::Misc { values: Pair { original: of(Target::Original), new: of(Target::New) }, key }
        }
        (Line::Whole(field), Some(to)) => Edit::Target { field, to },
        (Line::Document(id), Some(_)) if subject.document_ids().any(|known| known == id) => {
            let on = Pair { original: gets(Target::Original), new: gets(Target::New) };
            Edit::Document { id, on }
        }
        (Line::Document(_), _) => return Err(invalid("The contact has no such document.").at(path)),
        (Line::Whole(_), None) => return Err(invalid("This can be with one contact only.").at(path)),
    })
}

/// A conversation whose messages are here.
fn read<'a>(subject: &'a Subject, id: &str) -> Result<&'a Conversation, AppError> {
    let conversation = subject
        .conversation(id)
        .ok_or_else(|| invalid("The contact does not have this conversation any more."))?;
    if conversation.messages.is_none() {
        return Err(invalid("The messages of this conversation are not here yet.")
            .hint("They are read while the server can be reached."));
    }
    Ok(conversation)
}

/// The cut so many messages later, but not so far that one half is empty.
fn moved(subject: &Subject, plan: &SeparationPlan, id: String, by: i32) -> Result<Edit, AppError> {
    let messages = read(subject, &id)?.messages.as_deref().unwrap_or_default();
    let divider = plan.dividers.get(&id).ok_or_else(|| invalid("This conversation is not cut."))?;
    let at = messages.iter().position(|message| message.id == divider.message_id);
    let at = at.ok_or_else(|| invalid("The message at the cut is not there any more."))?;
    let last = messages.len().saturating_sub(1);
    let to = at.saturating_add_signed(isize::try_from(by).unwrap_or(isize::MAX)).clamp(last.min(1), last);
    let message_id = messages.get(to).map(|message| message.id.clone()).unwrap_or_default();
    let divider = Divider { message_id, direction: divider.direction };
    Ok(Edit::Divide { conversation: id, divider: Some(divider) })
}

#[cfg(test)]
mod tests {
    use super::super::trial::subject;
    use super::*;
    use serde_json::json;

    fn made(path: &str, text: &str) -> Result<SeparationPlan, AppError> {
        let subject = subject();
        let mut plan = SeparationPlan::start(&subject);
        let side = SeparationSide::New;
        let edit = SeparationEdit::Set { path: path.into(), side, text: text.into() };
        let edit = translate(&subject, &plan, edit)?;
        plan.apply(edit).map_err(|refused| invalid(&refused.to_string()))?;
        Ok(plan)
    }

    #[test]
    fn a_number_is_taken_as_it_is_meant_and_else_as_it_was_typed() {
        for (typed, taken) in [
            ("(416) 555-0199", "+14165550199"),
            (" +1 416 555 0199 ", "+14165550199"),
            ("+44 20 7946 0958", "+442079460958"),
            // The contact has it in this form.
            ("(416) 555-0101", "(416) 555-0101"),
            ("416 555 0199 ext. 5", "416 555 0199 ext. 5"),
            ("555-0199", "555-0199"),
            ("call me", "call me"),
        ] {
            let plan = made("phoneNumber", typed).unwrap();
            assert_eq!(plan.fields.phone_number.new.as_deref(), Some(taken), "{typed}");
        }
        assert_eq!(made("phoneNumber", "  ").unwrap().fields.phone_number.new, None);
    }

    #[test]
    fn a_free_form_value_keeps_its_kind() {
        let value =
            |path: &str, text: &str, key: &str| made(path, text).unwrap().fields.misc.new.get(key).cloned();
        assert_eq!(value("misc.score", "8.5", "score"), Some(json!(8.5)));
        assert_eq!(value("misc.score", "many", "score"), Some(json!("many")));
        assert_eq!(value("misc.tier", "7", "tier"), Some(json!("7")));
        assert_eq!(value("misc.tier", " ", "tier"), None);
        for path in ["misc.parts", "misc.nothing", "status", "documents.d1"] {
            let error = made(path, "x").err().unwrap();
            assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some(path)), "{error}");
        }
    }
}
