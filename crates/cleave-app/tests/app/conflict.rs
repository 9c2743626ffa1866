//! The three columns: when it was decided, now, and what was decided.

use cleave_app::ipc::{Anew, ConflictRow, ErrorCode, OutboxState, SideName};
use cleave_service::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::separations::{opened, order, ready, rich};
use crate::world::{OP, World, decide, differing_in, first_id, keep, merge, sent};

fn row<'a>(rows: &'a [ConflictRow], path: &str) -> &'a ConflictRow {
    rows.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("no row {path}"))
}

/// The server answers for a contact with one value changed, from now on.
fn changed(world: &World, contact: &Value, path: &str, value: &str) {
    let mut contact = contact.clone();
    contact[path] = json!(value);
    let body = Some(json!({"success": true, "data": contact}));
    let kind = FaultKind::Status { status: 200, body, retry_after: None, location: None };
    let path = format!("/api/contacts/{}", contact["_id"].as_str().unwrap());
    world.faults().add(Fault { method: Some("GET".into()), path, skip: 0, times: None, kind }).unwrap();
}

#[tokio::test]
async fn a_value_that_changed_is_shown_in_three_columns_and_decided_anew_in_the_review() {
    let mut world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let found = differing_in(&app, "email").await;
    let source = client.contact(&found.source_id).await.unwrap();
    let candidate = client.contact(&found.candidate_id).await.unwrap();
    decide(&app, &found.review_id, OP, merge(&[("email", SideName::Source)])).await.unwrap();
    changed(&world, &candidate, "email", "third@example.org");
    // The review comes with both contacts.
    let mut review = client.review(&found.review_id).await;
    review["candidateContactId"]["email"] = json!("third@example.org");
    let body = Some(json!({"success": true, "data": review}));
    let kind = FaultKind::Status { status: 200, body, retry_after: None, location: None };
    let path = format!("/api/contacts/dedup-reviews/{}", found.review_id);
    world.faults().add(Fault { method: Some("GET".into()), path, skip: 0, times: None, kind }).unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.can_compare), (OutboxState::Conflict, true), "{}", entry.reason);

    let view = app.conflict(OP).await.unwrap();
    assert_eq!(view.headline, entry.reason);
    assert!(view.read_at.is_some());
    assert_eq!(view.anew, Some(Anew::Review { review_id: found.review_id.clone() }));
    assert!(view.rows[0].changed, "what changed comes first");
    let email = row(&view.rows, "candidate.email");
    assert!(email.changed);
    assert_eq!(email.when_decided.as_deref(), candidate["email"].as_str());
    assert_eq!(email.now.as_deref(), Some("third@example.org"));
    assert_eq!(email.mine.as_deref(), source["email"].as_str(), "what the merge makes of it");
    let dissolved = row(&view.rows, "source.email");
    assert_eq!((dissolved.changed, dissolved.mine.as_deref()), (false, Some("dissolved")));
    assert_eq!(dissolved.when_decided, dissolved.now);

    world.stop().await;
    let cached = app.conflict(OP).await.unwrap();
    assert_eq!((cached.read_at, cached.rows == view.rows), (None, true), "the cache answers");
    world.come_back().await;
    assert_eq!(app.conflict("none").await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn somebody_elses_resolution_is_said_in_words() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    client.resolve(&id, "merge").await;
    assert_eq!(sent(&app, OP).await.state, OutboxState::Conflict);
    let view = app.conflict(OP).await.unwrap();
    assert!(view.also[0].starts_with("The review is resolved: Merged"), "{:?}", view.also);
    assert!(view.also.contains(&"The source is not there any more.".to_owned()), "{:?}", view.also);
    assert_eq!(view.anew, None);
    let source: Vec<_> = view.rows.iter().filter(|row| row.path.starts_with("source.")).collect();
    assert!(!source.is_empty() && source.iter().all(|row| row.now.is_none()));
}

#[tokio::test]
async fn a_refusal_shows_that_nothing_has_changed() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, merge(&[])).await.unwrap();
    let body = Some(json!({"error": "We do not like it"}));
    let kind = FaultKind::Status { status: 422, body, retry_after: None, location: None };
    world.faults().add(Fault::once("PATCH", "/api/contacts/dedup-reviews/*/merge", kind)).unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Refused);
    let view = app.conflict(OP).await.unwrap();
    assert!(view.headline.contains("We do not like it"), "{}", view.headline);
    assert!(view.rows.iter().all(|row| !row.changed), "nothing has changed");
    assert_eq!((view.also.len(), view.anew), (0, Some(Anew::Review { review_id: id })));
}

#[tokio::test]
async fn a_separation_shows_the_values_and_records_that_changed() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let state = app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    let (_, mut data) = client.get(&format!("/api/contacts/{id}/separation-data")).await;
    let was = data["data"]["contact"]["firstName"].as_str().unwrap().to_owned();
    data["data"]["contact"]["firstName"] = json!("Somebody");
    let notes = data["data"]["contactNotes"].as_array_mut().unwrap();
    let mut note = notes.first().cloned().unwrap();
    note["_id"] = json!("anewnote");
    note["note"] = json!("It is about the sister");
    notes.push(note);
    let kind = FaultKind::Status { status: 200, body: Some(data), retry_after: None, location: None };
    let path = format!("/api/contacts/{id}/separation-data");
    world.faults().add(Fault { method: Some("GET".into()), path, skip: 0, times: None, kind }).unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Conflict, "{}", entry.reason);

    let shown = app.conflict(OP).await.unwrap();
    assert_eq!(shown.anew, Some(Anew::Separation { contact_id: id.clone() }));
    let name = row(&shown.rows, "firstName");
    assert_eq!((name.when_decided.as_deref(), name.now.as_deref()), (Some(was.as_str()), Some("Somebody")));
    assert!(
        name.changed && name.mine.as_deref().is_some_and(|mine| mine.contains("new: ")),
        "{:?}",
        name.mine
    );
    assert!(shown.also.iter().any(|one| one.contains("sister")), "{:?}", shown.also);
    assert!(shown.read_at.is_some());
}
