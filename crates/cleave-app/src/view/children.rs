//! Child records in one line each.
//!
//! The wire types are read leniently: a record that has another form than expected is listed by its id, never left
//! out, because what is listed is what a merge moves.

use cleave_core::normalise::phone_display;
use cleave_store::{ChildKind as StoredKind, Children};
use cleave_wire::application::ApplicationDto;
use cleave_wire::conversation::ConversationDto;
use cleave_wire::document::DocumentDto;
use cleave_wire::message::MessageDto;
use cleave_wire::note::NoteDto;
use cleave_wire::reference::Ref;
use cleave_wire::reminder::ReminderDto;
use cleave_wire::training::TrainingSnapshotDto;
use cleave_wire::user::UserDto;
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use crate::ipc::{ChildGroup, ChildItem, ChildKind};

/// Longest line, in characters.
const LINE: usize = 120;

/// Every kind, in the order in which people look at them.
const KINDS: [(StoredKind, ChildKind); 6] = [
    (StoredKind::Conversation, ChildKind::Conversation),
    (StoredKind::Application, ChildKind::Application),
    (StoredKind::Note, ChildKind::Note),
    (StoredKind::Reminder, ChildKind::Reminder),
    (StoredKind::TrainingSnapshot, ChildKind::TrainingSnapshot),
    (StoredKind::Document, ChildKind::Document),
];

/// Child records of both sides by kind.
pub(crate) fn groups(source: &Children, candidate: &Children) -> Vec<ChildGroup> {
    KINDS
        .into_iter()
        .map(|(stored, kind)| ChildGroup {
            kind,
            source: items(stored, source),
            candidate: items(stored, candidate),
        })
        .collect()
}

/// How many records of the source there are, if every kind is known and complete.
pub(crate) fn moving(source: &Children) -> Option<u32> {
    KINDS.iter().try_fold(0u32, |sum, (kind, _)| {
        let list = source.lists.get(kind).filter(|list| list.complete)?;
        Some(sum.saturating_add(u32::try_from(list.docs.len()).unwrap_or(u32::MAX)))
    })
}

fn items(kind: StoredKind, children: &Children) -> Option<Vec<ChildItem>> {
    let mut items: Vec<ChildItem> =
        children.lists.get(&kind)?.docs.iter().map(|doc| item(kind, doc)).collect();
    // Times of one server have one form, so their texts sort as they do; those without a time come last.
    items.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    Some(items)
}

fn item(kind: StoredKind, doc: &Value) -> ChildItem {
    let read = match kind {
        StoredKind::Conversation => decoded(doc).map(|dto| conversation(&dto)),
        StoredKind::Application => decoded(doc).map(|dto| application(&dto)),
        StoredKind::Note => decoded(doc).map(|dto| note(&dto)),
        StoredKind::Reminder => decoded(doc).map(|dto| reminder(&dto)),
        StoredKind::TrainingSnapshot => decoded(doc).map(|dto| training(&dto)),
        StoredKind::Document => decoded(doc).map(|dto| document(&dto)),
    };
    read.unwrap_or_else(|| {
        let id = doc.get("_id").and_then(Value::as_str).unwrap_or_default();
        line(id, "", "", None)
    })
}

fn decoded<T: DeserializeOwned>(doc: &Value) -> Option<T> {
    T::deserialize(doc).ok()
}

fn line(id: &str, title: &str, detail: &str, at: Option<&str>) -> ChildItem {
    let title = if title.trim().is_empty() { id } else { title };
    ChildItem {
        id: id.to_owned(),
        title: one_line(title),
        detail: one_line(detail),
        messages: None,
        at: at.map(str::to_owned),
    }
}

/// The first line that says something, cut to [`LINE`].
pub(crate) fn one_line(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if first.chars().count() <= LINE {
        return first.to_owned();
    }
    first.chars().take(LINE - 1).chain(['…']).collect()
}

fn conversation(dto: &ConversationDto) -> ChildItem {
    let channel = dto.channel_type.value().map_or("Conversation", |channel| channel_name(channel.as_str()));
    let with = dto.channel_identifier.text().map(phone_display).unwrap_or_default();
    let title = dto.subject.text().map_or_else(|| format!("{channel} {with}"), |s| format!("{channel}: {s}"));
    let latest = dto.latest_message.value().and_then(latest_text);
    let at = dto.last_message_time.text().or(dto.updated_at.text()).or(dto.created_at.text());
    let messages = dto.message_count.value().and_then(count);
    ChildItem { messages, ..line(&dto.id, title.trim(), latest.unwrap_or_default(), at) }
}

fn count(number: &Number) -> Option<u32> {
    number.as_u64().map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// The server sends an id, a text or the message; an id holds no blank.
fn latest_text(latest: &Ref<MessageDto>) -> Option<&str> {
    match latest {
        Ref::Id(text) => Some(text.as_str()).filter(|text| text.contains(char::is_whitespace)),
        Ref::Populated(message) => message.text(),
    }
}

fn application(dto: &ApplicationDto) -> ChildItem {
    let at = dto.updated_at.text().or(dto.created_at.text());
    line(&dto.id, dto.title.text().unwrap_or_default(), dto.status.text().unwrap_or_default(), at)
}

fn note(dto: &NoteDto) -> ChildItem {
    line(&dto.id, dto.note.text().unwrap_or_default(), &author(dto.user_id.value()), dto.created_at.text())
}

fn reminder(dto: &ReminderDto) -> ChildItem {
    let state = if dto.fired.value() == Some(&true) { "over" } else { "due" };
    let by = author(dto.created_by.value());
    let detail = if by.is_empty() { state.to_owned() } else { format!("{state}, by {by}") };
    line(
        &dto.id,
        dto.note.text().unwrap_or_default(),
        &detail,
        dto.reminder_date.text().or(dto.created_at.text()),
    )
}

fn training(dto: &TrainingSnapshotDto) -> ChildItem {
    let title = dto.notes.text().or(dto.category.text()).unwrap_or("Training snapshot");
    let detail =
        [dto.quality.text(), dto.category.text()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let messages = dto.message_count.value().and_then(count);
    let at = dto.snapshot_date.text().or(dto.created_at.text());
    ChildItem { messages, ..line(&dto.id, title, &detail, at) }
}

fn document(dto: &DocumentDto) -> ChildItem {
    let detail = dto.document_type.text().or(dto.content_type.text()).unwrap_or_default();
    line(&dto.id, dto.filename.text().unwrap_or_default(), detail, dto.uploaded_at.text())
}

fn author(user: Option<&Ref<UserDto>>) -> String {
    let name = user.and_then(Ref::record).and_then(|user| user.full_name.text().or(user.email.text()));
    name.unwrap_or_default().to_owned()
}

/// What people call a channel, by the server's word for it.
pub(crate) fn channel_name(channel: &str) -> &str {
    match channel {
        "sms" => "SMS",
        "email" => "E-mail",
        "whatsapp" => "WhatsApp",
        "webchat" => "Web chat",
        "call" => "Call",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_reads_as_a_line() {
        let cases = [
            (
                StoredKind::Conversation,
                json!({"_id": "1", "channelType": "sms", "channelIdentifier": "+16175550100", "messageCount": 7,
                       "latestMessage": {"_id": "m", "body": "\n See you \n at ten"}}),
                "SMS +1 617-555-0100 | See you",
            ),
            (
                StoredKind::Conversation,
                json!({"_id": "1", "channelType": "fax", "subject": "Offer", "latestMessage": "5f1"}),
                "fax: Offer | ",
            ),
            (StoredKind::Application, json!({"_id": "1", "title": "Loan", "status": "open"}), "Loan | open"),
            (
                StoredKind::Note,
                json!({"_id": "1", "note": "Call back", "userId": {"_id": "u", "fullName": "Ann"}}),
                "Call back | Ann",
            ),
            (StoredKind::Reminder, json!({"_id": "1", "note": "Birthday", "fired": true}), "Birthday | over"),
            (
                StoredKind::TrainingSnapshot,
                json!({"_id": "1", "category": "sales", "quality": "good"}),
                "sales | good, sales",
            ),
            (
                StoredKind::Document,
                json!({"_id": "1", "filename": "id.pdf", "contentType": "application/pdf"}),
                "id.pdf | application/pdf",
            ),
            (StoredKind::Note, json!({"_id": "9"}), "9 | "),
            (StoredKind::Note, json!({"_id": "9", "note": 5}), "9 | "),
        ];
        for (kind, doc, expected) in cases {
            let item = item(kind, &doc);
            assert_eq!(format!("{} | {}", item.title, item.detail), expected, "{doc}");
        }
    }

    #[test]
    fn a_long_line_is_cut_at_a_character() {
        let cut = one_line(&"ä".repeat(LINE + 1));
        assert_eq!(cut.chars().count(), LINE);
        assert!(cut.ends_with('…'));
    }
}
