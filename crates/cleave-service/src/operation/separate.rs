//! `POST /api/contacts/{id}/separate`: one contact becomes two, in one transaction.

use axum::Json;
use cleave_wire::separate::SeparateContactRequest;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::auth::Admin;
use crate::db::child::{self, Kind};
use crate::db::contact::{self, Taken};
use crate::db::document::text;
use crate::db::organization::{self, DEFAULT_STATUS};
use crate::db::{conversation, fresh_id, review, user};
use crate::http::{Answer, Body, Ids, Refusal};
use crate::rule::separation::{Before, Cut, Defaults, Separation, plan};

/// Answers `{success, data: {originalContactId, newContactId, summary}}`.
///
/// `conversationsMoved` counts whole conversations; `messagesReassigned` counts their messages and those of the moved
/// halves. The pair is never suggested as a duplicate.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>, body: Body) -> Answer {
    let request: SeparateContactRequest = body.decode()?;
    let (organization, by, now) = (call.organization(), call.caller.user.clone(), call.state.clock.stamp());
    let data = call
        .write(move |db| {
            let before = before(db, &organization, &id)?;
            let separation = plan(&before, &request)?;
            carry_out(db, &organization, separation, &by, &now)
        })
        .await?;
    Ok(Json(json!({"success": true, "message": "Contact separated", "data": data})))
}

fn before(db: &Connection, organization: &str, id: &str) -> Result<Before, Refusal> {
    let ids = |documents: Vec<Value>| -> Vec<String> {
        documents.iter().map(|document| text(document, "_id").to_owned()).collect()
    };
    let contact = contact::found(db, organization, id)?;
    let mut conversations = std::collections::BTreeMap::new();
    for conversation in ids(conversation::of_contact(db, organization, id, None)?) {
        let messages = ids(conversation::messages(db, &conversation)?);
        conversations.insert(conversation, messages);
    }
    let mut records = std::collections::BTreeMap::new();
    for kind in Kind::ASSIGNED {
        records.insert(kind.key(), ids(child::of_contact(db, kind, organization, id)?));
    }
    let pipelines = organization::pipelines(db, organization)?;
    let pipeline = pipelines.first().unwrap_or(&Value::Null);
    Ok(Before {
        contact,
        conversations,
        records,
        documents: ids(child::of_contact(db, Kind::Document, organization, id)?),
        users: ids(user::of_organization(db, organization)?),
        defaults: Defaults {
            status: json!(DEFAULT_STATUS),
            pipeline: pipeline["_id"].clone(),
            stage: pipeline["stages"][0]["_id"].clone(),
        },
    })
}

fn carry_out(
    db: &Connection,
    organization: &str,
    separation: Separation,
    by: &str,
    now: &str,
) -> Result<Value, Refusal> {
    let Separation { mut original, new, conversations, cuts, records, documents } = separation;
    let ordinal = organization::ordinal(db, organization)?;
    let original_id = text(&original, "_id").to_owned();
    original["updatedAt"] = json!(now);
    // First the original, so that a number it gives up is free for the new contact.
    contact::replace(db, ordinal, &original)?.map_err(|taken| number_taken(&taken, "original"))?;
    let new_id = fresh_id::next(db)?;
    let mut made = json!({"_id": new_id});
    for (key, value) in new.as_object().into_iter().flatten() {
        made[key] = value.clone();
    }
    made["createdBy"] = json!(by);
    made["createdAt"] = json!(now);
    made["updatedAt"] = json!(now);
    contact::insert(db, ordinal, &made)?.map_err(|taken| number_taken(&taken, "new"))?;

    let mut messages = 0;
    for id in &conversations {
        let moved = conversation::found(db, organization, id)?;
        messages += conversation::move_to(db, &moved, &new_id, now)?;
    }
    for cut in &cuts {
        split(db, organization, cut, &new_id, now)?;
        messages += i64::try_from(cut.messages.len()).unwrap_or(i64::MAX);
    }
    let mut moved = json!({"conversationsMoved": conversations.len()});
    for (kind, ids) in &records {
        for id in ids {
            child::move_to(db, id, &new_id)?;
        }
        moved[counter(*kind)] = json!(ids.len());
    }
    for id in &documents {
        child::move_to(db, id, &new_id)?;
    }
    moved["messagesReassigned"] = json!(messages);
    review::suppress(db, &original_id, &new_id)?;
    Ok(json!({"originalContactId": original_id, "newContactId": new_id, "summary": moved}))
}

fn split(db: &Connection, organization: &str, cut: &Cut, contact: &str, now: &str) -> Result<(), Refusal> {
    let conversation = conversation::found(db, organization, &cut.conversation)?;
    let half = conversation::split_off(db, &conversation, &cut.messages, contact, now)?;
    if let Some(assignees) = &cut.assignees {
        conversation::set(db, &half, "assignees", &json!(assignees))?;
    }
    if let Some(status) = &cut.status {
        conversation::set(db, &half, "status", &json!(status))?;
    }
    Ok(())
}

fn counter(kind: Kind) -> &'static str {
    match kind {
        Kind::Application => "applicationsMoved",
        Kind::Note => "notesMoved",
        Kind::Reminder => "remindersMoved",
        Kind::TrainingSnapshot => "trainingSnapshotsMoved",
        Kind::Document => "documentsMoved",
    }
}

fn number_taken(_taken: &Taken, side: &str) -> Refusal {
    let field = format!("fieldSplit.phoneNumber.{side}");
    Refusal::field(field, "is held by another contact of this organization")
}

#[cfg(test)]
#[path = "separate_tests.rs"]
mod tests;
