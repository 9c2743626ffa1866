//! What the server refuses, in the editor: at its place, in the server's own words, until that place is edited.

use cleave_app::App;
use cleave_app::ipc::{
    OutboxState, SeparationProblem, SeparationSide, SeparationState, SeparationView, SplitValue,
};
use cleave_service::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::separations::{FREE_NUMBER, of_kind, opened, order, ready, rich, set};
use crate::world::{Client, OP, OTHER_OP, World, sent};

const NEW: SeparationSide = SeparationSide::New;

/// Messages that do not block, by where they are: a line of the new contact, or elsewhere.
fn said(state: &SeparationState) -> Vec<(String, Option<String>)> {
    let at_lines = state.lines.iter().flat_map(|line| {
        let of = |value: &SplitValue, side: &str| -> Vec<(SeparationProblem, Option<String>)> {
            let place = format!("{}.{side}", line.path);
            value.problems.iter().map(|one| (one.clone(), Some(place.clone()))).collect()
        };
        [of(&line.original, "original"), of(&line.new, "new")].concat()
    });
    let others =
        state.problems.iter().map(|one| (one.clone(), one.child.as_ref().map(|child| child.id.clone())));
    let all = at_lines.chain(others).filter(|(one, _)| one.message.starts_with("The server"));
    all.map(|(one, at)| {
        assert!(!one.blocking, "{}", one.message);
        (one.message, at)
    })
    .collect()
}

/// A plan with the number of a contact that this machine has never met.
async fn with_a_strangers_number(app: &App, client: &Client) -> (SeparationView, SeparationState) {
    let (id, _) = rich(app, client, true).await;
    let view = opened(app, &id).await;
    app.separation_edit(&id, ready(app, &view).await).await.unwrap();
    let mut contacts = Vec::new();
    for page in 1..=3 {
        let (_, mut list) = client.get(&format!("/api/contacts?ownerFilter=all&size=100&page={page}")).await;
        contacts.append(list["data"].as_array_mut().unwrap());
    }
    for contact in &contacts {
        let number = &contact["phoneNumber"];
        let Some(number) = number.as_str().or_else(|| number[0]["value"].as_str()) else { continue };
        let state = app.separation_edit(&id, vec![set("phoneNumber", NEW, number)]).await.unwrap();
        if state.blocked.is_none() {
            return (view, state);
        }
    }
    panic!("every number is known here");
}

#[tokio::test]
async fn a_number_that_only_the_server_knows_is_refused_at_its_field() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = with_a_strangers_number(&app, &client).await;
    let id = &view.contact_id;
    assert_eq!(said(&state), []);
    // The server that is asked before does not know the number either.
    let nobody = json!({"success": true, "data": null});
    let nobody = FaultKind::Status { status: 200, body: Some(nobody), retry_after: None, location: None };
    world.faults().add(Fault::once("POST", "/api/contacts/phoneNumber", nobody)).unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::Refused, 1), "{}", entry.reason);
    assert_eq!(entry.refused_at.as_deref(), Some("phoneNumber.new"));

    let words =
        "The server said: fieldSplit.phoneNumber.new: is held by another contact of this organization";
    let expected = [(words.to_owned(), Some("phoneNumber.new".to_owned()))];
    let back = app.separation_of_entry(OP).await.unwrap();
    assert_eq!((said(&back.state).as_slice(), &back.state.blocked), (&expected[..], &None));
    app.shutdown().await.unwrap();
    drop(app);

    let app = world.loaded().await;
    assert_eq!(said(&app.separation(id).await.unwrap().state), expected);
    let other = app.separation_edit(id, vec![set("firstName", NEW, "Joan")]).await.unwrap();
    assert_eq!(said(&other), expected);
    let edited = app.separation_edit(id, vec![set("phoneNumber", NEW, FREE_NUMBER)]).await.unwrap();
    assert_eq!(said(&edited), []);
    assert_eq!(said(&app.separation_undo(id).await.unwrap()), expected);
    let good = app.separation_redo(id).await.unwrap();
    app.separate(order(OTHER_OP, &view, &good, false)).await.unwrap();
    let entry = sent(&app, OTHER_OP).await;
    assert_eq!(entry.state, OutboxState::Applied, "{}", entry.reason);
    assert_eq!(said(&opened(&app, id).await.state), []);
}

#[tokio::test]
async fn a_refusal_is_at_the_record_or_the_whole_where_it_names_no_line() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let mut state = app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let conversation = of_kind(&view, cleave_app::ipc::ChildKind::Conversation).remove(0);
    let at = |field: &str| json!({"error": "We do not like it", "data": {"field": field}});
    let child = format!("childRecordAssignment.conversations.{conversation}");
    let cases: [(Value, &str, Option<&str>); 4] = [
        (at(&child), "The server said: We do not like it", Some(&conversation)),
        (at("fieldSplit.status"), "The server said: We do not like it", Some("status.original")),
        (at("something"), "The server said: We do not like it", None),
        (json!({"error": "Not\nso"}), "The server said: Not so", None),
    ];
    for (number, (body, words, place)) in cases.into_iter().enumerate() {
        let kind = FaultKind::Status { status: 400, body: Some(body), retry_after: None, location: None };
        world.faults().add(Fault::once("POST", "/api/contacts/*/separate", kind)).unwrap();
        let op = format!("01939c2e-0000-7000-8000-0000000001{number:02}");
        app.separate(order(&op, &view, &state, false)).await.unwrap();
        let entry = sent(&app, &op).await;
        assert_eq!(entry.state, OutboxState::Refused, "{}", entry.reason);
        let back = app.separation(&id).await.unwrap();
        let told = said(&back.state);
        assert_eq!(told, [(words.to_owned(), place.map(str::to_owned))], "{}", entry.reason);
        state = back.state;
    }
    let edited = app.separation_edit(&id, vec![set("firstName", NEW, "Joan")]).await.unwrap();
    assert_eq!(said(&edited), []);
}

#[tokio::test]
async fn everybody_of_the_organisation_can_be_assigned_without_the_server_too() {
    let mut world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    opened(&app, &id).await;
    let (_, users) = client.get("/api/users").await;
    world.stop().await;
    let shown = app.separation(&id).await.unwrap().users;
    let users = users["data"].as_array().unwrap();
    assert!(users.len() > 2);
    for user in users {
        let (user_id, name) = (user["_id"].as_str().unwrap(), user["fullName"].as_str().unwrap());
        let found: Vec<&str> =
            shown.iter().filter(|one| one.id == user_id).map(|one| one.label.as_str()).collect();
        assert_eq!(found, [name]);
    }
    let labels: Vec<String> = shown.iter().map(|one| one.label.to_lowercase()).collect();
    assert!(labels.is_sorted(), "{labels:?}");
}
