//! Notes, applications, reminders, training snapshots, documents and protection of one contact.

use rand::Rng;
use serde_json::{Value, json};

use super::children::Talk;
use super::people::pick;
use super::talk::{APPLICATIONS, FILES, NOTES, REMINDERS};
use crate::clock::stamp;
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::fresh_id;
use crate::error::StartError;
use crate::rule::phones;

const DAY: i64 = 24 * 3600 * 1000;

/// Gives a contact a plausible few of each kind.
pub(super) fn give(talk: &mut Talk<'_>) -> Result<(), StartError> {
    for _ in 0..some(talk, 0.55, 3) {
        note(talk)?;
    }
    for _ in 0..some(talk, 0.25, 2) {
        application(talk)?;
    }
    for _ in 0..some(talk, 0.25, 2) {
        reminder(talk)?;
    }
    for _ in 0..some(talk, 0.08, 1) {
        training_snapshot(talk)?;
    }
    for _ in 0..some(talk, 0.2, 3) {
        document(talk)?;
    }
    if talk.chance.random_bool(0.05) {
        protection(talk)?;
    }
    Ok(())
}

fn some(talk: &mut Talk<'_>, likely: f64, most: usize) -> usize {
    if talk.chance.random_bool(likely) { talk.chance.random_range(1..=most) } else { 0 }
}

fn keep(talk: &Talk<'_>, kind: Kind, record: &Value, at: &str) -> Result<(), StartError> {
    Ok(child::insert(talk.tx, kind, &talk.base.organization, talk.id(), record, at)?)
}

fn note(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let (at, colleague) = (stamp(talk.moment()), talk.colleague());
    let record = json!({
        "_id": fresh_id::next(talk.tx)?,
        "contactId": talk.id(),
        "organizationId": talk.base.organization,
        "userId": talk.base.users[colleague],
        "note": pick(&NOTES, talk.chance),
        "attachments": [],
        "reactions": [],
        "isEdited": talk.chance.random_bool(0.1),
        "createdAt": at,
        "updatedAt": at,
    });
    keep(talk, Kind::Note, &record, "createdAt")
}

fn application(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let at = stamp(talk.moment());
    let (title, status) = APPLICATIONS[talk.chance.random_range(0..APPLICATIONS.len())];
    let contact = &talk.contact.document;
    let record = json!({
        "_id": fresh_id::next(talk.tx)?,
        "contactId": talk.id(),
        "organizationId": talk.base.organization,
        "title": title,
        "status": status,
        "applicantName": format!("{} {}", text(contact, "firstName"), text(contact, "lastName")),
        "createdAt": at,
        "updatedAt": at,
    });
    keep(talk, Kind::Application, &record, "createdAt")
}

fn reminder(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let made = talk.moment();
    let due = made + talk.chance.random_range(1..90) * DAY;
    // Half of them belong to the ADMIN, whose list would be empty otherwise.
    let colleague = if talk.chance.random_bool(0.5) { 0 } else { talk.colleague() };
    let contact = &talk.contact.document;
    let record = json!({
        "_id": fresh_id::next(talk.tx)?,
        "contactId": talk.id(),
        "organizationId": talk.base.organization,
        "createdBy": talk.base.users[colleague],
        "note": pick(&REMINDERS, talk.chance),
        "reminderDate": stamp(due),
        "channelType": "sms",
        "phoneNumber": phones::all(contact).into_iter().next(),
        "contactName": format!("{} {}", text(contact, "firstName"), text(contact, "lastName")),
        "fired": due < talk.base.now,
        "createdAt": stamp(made),
        "updatedAt": stamp(made),
    });
    keep(talk, Kind::Reminder, &record, "createdAt")
}

fn training_snapshot(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let (at, colleague) = (talk.moment(), talk.colleague());
    let contact = &talk.contact.document;
    let name = format!("{} {}", text(contact, "firstName"), text(contact, "lastName"));
    let lines = ["Is the offer still open?", "It is, until Friday.", "Then I will take it."];
    let messages: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let theirs = place % 2 == 0;
            json!({
                "id": format!("m{place}"),
                "content": line,
                "sender": if theirs { &name } else { &talk.base.names[colleague] },
                "senderType": if theirs { "customer" } else { "agent" },
                "timestamp": stamp(at + place as i64 * 60_000),
            })
        })
        .collect();
    let record = json!({
        "_id": fresh_id::next(talk.tx)?,
        "organizationId": talk.base.organization,
        "userId": talk.base.users[colleague],
        "contactId": talk.id(),
        "customerName": name,
        "customerPhone": phones::all(contact).into_iter().next(),
        "customerEmail": contact["email"],
        "messages": messages,
        "messageCount": messages.len(),
        "snapshotDate": stamp(at + 3_600_000),
        "conversationStartDate": stamp(at),
        "conversationEndDate": stamp(at + 120_000),
        "notes": "A short and friendly close.",
        "tags": ["closing"],
        "quality": "good",
        "category": "sales",
        "isArchived": false,
        "createdAt": stamp(at + 3_600_000),
        "updatedAt": stamp(at + 3_600_000),
    });
    keep(talk, Kind::TrainingSnapshot, &record, "createdAt")
}

fn document(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let (at, colleague) = (stamp(talk.moment()), talk.colleague());
    let (filename, content_type, kind) = FILES[talk.chance.random_range(0..FILES.len())];
    let id = fresh_id::next(talk.tx)?;
    let record = json!({
        "_id": id,
        "storageKey": format!("contacts/{}/{id}", talk.id()),
        "filename": filename,
        "contentType": content_type,
        "size": talk.chance.random_range(20_000..900_000),
        "documentType": kind,
        "uploadedAt": at,
        "uploadedBy": talk.base.users[colleague],
        "notes": null,
    });
    keep(talk, Kind::Document, &record, "uploadedAt")
}

fn protection(talk: &mut Talk<'_>) -> Result<(), StartError> {
    let colleague = talk.colleague();
    let last = talk.base.now - talk.chance.random_range(1..72) * 3_600_000;
    let record = json!({
        "protectedUntil": stamp(last + 14 * DAY),
        "ownerName": talk.base.names[colleague],
        "ownerLastMessageAt": stamp(last),
    });
    talk.tx
        .prepare_cached("INSERT INTO protection (contact_id, doc) VALUES (?1, ?2)")?
        .execute([talk.id(), &record.to_string()])?;
    Ok(())
}
