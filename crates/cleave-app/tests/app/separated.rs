//! Separating: the last sheet, saving, sending, and what the server shows afterwards.

use std::time::Duration;

use cleave_app::ipc::{
    ChildPlace, ErrorCode, HistoryRequest, LeaveHow, OutboxHold, OutboxState, SeparateRequest,
    SeparationEdit, SeparationSide, SeparationState, SeparationView,
};
use cleave_app::{App, SyncOrder};
use cleave_service::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::separations::{FREE_NUMBER, line, longest, opened, order, ready, records, rich, set};
use crate::world::{Client, OP, OTHER_OP, World, sent};

/// A contact with a plan that can be sent.
async fn planned(app: &App, client: &Client) -> (SeparationView, SeparationState) {
    let (id, _) = rich(app, client, true).await;
    let view = opened(app, &id).await;
    app.separation_edit(&id, ready(app, &view).await).await.unwrap();
    let now = app.separation(&id).await.unwrap();
    assert_eq!(now.state.blocked, None, "{:?}", now.state.problems);
    (view, now.state)
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_server_has_what_was_previewed_child_by_child() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = planned(&app, &client).await;
    let id = &view.contact_id;
    let looked = app.separate(order(OP, &view, &state, true)).await.unwrap();
    assert!(looked.entry.is_none() && looked.changes.is_none());
    assert_eq!(app.outbox().await.unwrap(), []);
    let sheet = &looked.sheet;
    assert!(sheet.title.ends_with("and Janet Doe"), "{}", sheet.title);
    assert!(sheet.happens[0].contains("Janet Doe") && sheet.happens[0].contains("+1 416-555-0199"));
    assert!(sheet.happens.iter().any(|one| one.contains("before them stay with")), "{:?}", sheet.happens);
    assert!(sheet.irrevocable[0].starts_with("A separation cannot be undone"));

    let saved = app.separate(order(OP, &view, &state, false)).await.unwrap();
    assert_eq!(saved.sheet, looked.sheet, "the sheet is not what was saved");
    let entry = saved.entry.unwrap();
    assert_eq!((entry.state, entry.kind.as_str(), &entry.subject), (OutboxState::Queued, "separate", id));
    assert_eq!(entry.title, sheet.title);
    assert!(entry.can_withdraw && entry.can_edit && !entry.can_mark_applied);

    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::Applied, 1), "{}", entry.reason);
    let receipt = entry.receipt.unwrap();
    assert!(receipt.as_predicted && receipt.was_read, "{:?}", receipt.rows);
    let new_id = receipt.new_contact_id.unwrap();
    let (original, new) = (records(&client, id).await, records(&client, &new_id).await);
    assert_eq!((&new["contact"]["firstName"], &new["contact"]["lastName"]), (&json!("Janet"), &json!("Doe")));
    assert!(new["contact"].to_string().contains(FREE_NUMBER));
    let all = |data: &Value| -> Vec<String> {
        let kinds = ["conversations", "applications", "contactNotes", "reminders", "trainingSnapshots"];
        kinds.iter().flat_map(|kind| ids(&data[*kind])).collect()
    };
    let (stayed, went) = (all(&original), all(&new));
    for place in &state.places {
        let (here, there) = match place.place {
            ChildPlace::Original | ChildPlace::Cut => (&stayed, &went),
            ChildPlace::New => (&went, &stayed),
            ChildPlace::Undecided => panic!("undecided"),
        };
        assert!(here.contains(&place.id) && !there.contains(&place.id), "{:?}", place.kind);
    }
    let counted = |name: &str| state.summary.iter().find(|counter| counter.name == name).unwrap().count;
    let row = receipt.rows.iter().find(|row| row.label == "Messages that change hands").unwrap();
    assert_eq!(row.actual, counted("messagesReassigned").unwrap().to_string());
    // History has it, and the editor begins anew with what is left.
    let asked = HistoryRequest { kind: Some("separate".into()), limit: 10, ..HistoryRequest::default() };
    let history = app.history(asked.clone()).await.unwrap();
    assert_eq!(history.entries.iter().map(|one| one.op_id.as_str()).collect::<Vec<_>>(), [OP]);
    assert_eq!(app.history(HistoryRequest { different: true, ..asked }).await.unwrap().entries, []);
    let anew = opened(&app, id).await;
    assert!(!anew.resumed && anew.entry.is_none());
    assert_eq!(anew.cards.len(), stayed.len());
    // And a second call is the first.
    let again = app.separate(order(OP, &view, &state, false)).await.unwrap().entry.unwrap();
    assert_eq!((again.op_id.as_str(), again.state), (OP, OutboxState::Applied));
}

#[tokio::test]
async fn what_is_not_ready_or_not_what_was_seen_is_not_saved() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let undecided = app.separation(&id).await.unwrap().state;
    for dry_run in [true, false] {
        let error = app.separate(order(OP, &view, &undecided, dry_run)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid);
        assert!(error.message.contains("undecided"), "{error}");
    }
    let ready = app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let bad = app.separation_edit(&id, vec![set("phoneNumber", SeparationSide::New, "12")]).await.unwrap();
    let error = app.separate(order(OP, &view, &bad, false)).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("phoneNumber.new")));
    let error = app.separate(order(OP, &view, &ready, false)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Stale, "{error}");
    let good = app.separation_undo(&id).await.unwrap();
    let error = app.separate(order("1", &view, &good, false)).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("opId"));
    let elsewhere = SeparateRequest { contact_id: "none".into(), ..order(OP, &view, &good, false) };
    assert_eq!(app.separate(elsewhere).await.unwrap_err().code, ErrorCode::Stale);
    assert_eq!(app.outbox().await.unwrap(), []);
}

#[tokio::test]
async fn a_separation_that_was_taken_back_is_not_lost() {
    let world = World::start().await;
    let mut config = world.config();
    config.cancel_window = Duration::from_secs(8);
    let app = App::start(config).await.unwrap();
    app.connect(world.as_admin(), false).await.unwrap();
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    let client = world.client().await;
    let (view, state) = planned(&app, &client).await;
    let id = &view.contact_id;
    let saved = app.separate(order(OP, &view, &state, false)).await.unwrap().entry.unwrap();
    assert_eq!(saved.hold, OutboxHold::CancelWindow);
    // While it waits, the editor opens its plan.
    let waiting = app.separation(id).await.unwrap();
    assert_eq!(waiting.entry.as_ref().map(|entry| entry.op_id.as_str()), Some(OP));
    assert_eq!((&waiting.state.lines, &waiting.state.cuts), (&state.lines, &state.cuts));
    assert_eq!(app.withdraw(OP).await.unwrap().state, OutboxState::Withdrawn);
    app.separation_discard(id).await.unwrap();
    assert!(!app.separation(id).await.unwrap().state.can_undo);
    let back = app.separation_of_entry(OP).await.unwrap();
    assert_eq!((&back.state.lines, &back.state.cuts), (&state.lines, &state.cuts));
    assert_eq!(back.state.blocked, None);
    // One step brings back what was on the desk before.
    assert_eq!(line(&app.separation_undo(id).await.unwrap(), "firstName").new.text, "");
    let again = app.separation_redo(id).await.unwrap();
    let second = app.separate(order(OTHER_OP, &view, &again, false)).await.unwrap().entry.unwrap();
    assert_eq!(second.state, OutboxState::Queued);
    world.clock.advance(Duration::from_secs(60));
    // Looked at again while it waits, and then it takes effect: what is left is begun anew.
    assert!(app.separation(id).await.unwrap().entry.is_some());
    assert_eq!(sent(&app, OTHER_OP).await.state, OutboxState::Applied);
    let anew = opened(&app, id).await;
    assert!(!anew.resumed && anew.entry.is_none() && anew.drift.is_empty());
    assert_eq!(app.separation_of_entry(OTHER_OP).await.unwrap_err().code, ErrorCode::TooLate);
    assert_eq!(app.separation_of_entry("none").await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn without_the_server_it_is_saved_and_goes_out_later() {
    let mut world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = planned(&app, &client).await;
    world.stop().await;
    let edit = set("firstName", SeparationSide::New, "Joan");
    let state = SeparationState {
        revision: app.separation_edit(&view.contact_id, vec![edit]).await.unwrap().revision,
        ..state
    };
    let saved = app.separate(order(OP, &view, &state, false)).await.unwrap();
    assert_eq!(saved.entry.unwrap().state, OutboxState::Queued);
    app.sync(SyncOrder::default()).await.unwrap();
    assert_eq!(app.outbox_entry(OP).await.unwrap().hold, OutboxHold::Offline);
    world.come_back().await;
    world.clock.advance(Duration::from_secs(600));
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Applied, "{}", entry.reason);
    let new = records(&world.client().await, &entry.receipt.unwrap().new_contact_id.unwrap()).await;
    assert_eq!(new["contact"]["firstName"], "Joan");
}

#[tokio::test]
async fn a_refusal_points_at_its_line_and_its_plan_can_be_changed() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = planned(&app, &client).await;
    let body = json!({"error": "phoneNumber.new is not a number we like", "details": [
        {"path": "fieldSplit.phoneNumber.new", "message": "is not a number we like"}]});
    let refused = FaultKind::Status { status: 400, body: Some(body), retry_after: None, location: None };
    world.faults().add(Fault::once("POST", "/api/contacts/*/separate", refused)).unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Refused, "{}", entry.reason);
    assert!(entry.reason.contains("is not a number we like"), "{}", entry.reason);
    assert!(entry.can_edit);
    let back = app.separation_of_entry(OP).await.unwrap();
    assert_eq!(back.entry.as_ref().map(|entry| entry.state), Some(OutboxState::Refused));
    let other = set("phoneNumber", SeparationSide::New, "+14165550198");
    let changed = app.separation_edit(&view.contact_id, vec![other]).await.unwrap();
    let second = app.separate(order(OTHER_OP, &view, &changed, false)).await.unwrap();
    let states: Vec<_> = second.changes.unwrap().outbox.into_iter().map(|e| (e.op_id, e.state)).collect();
    assert_eq!(
        states,
        [(OP.to_owned(), OutboxState::Superseded), (OTHER_OP.to_owned(), OutboxState::Queued)]
    );
    assert_eq!(sent(&app, OTHER_OP).await.state, OutboxState::Applied);
}

#[tokio::test]
async fn what_the_server_did_otherwise_is_shown_with_both_numbers() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = planned(&app, &client).await;
    // A server that says it made somebody else, and counts in its own way.
    let other = rich(&app, &client, false).await.0;
    assert_ne!(other, view.contact_id);
    let body = json!({"success": true, "data": {"originalContactId": view.contact_id, "newContactId": other,
        "summary": {"conversationsMoved": 99, "messagesReassigned": 1}}});
    let odd = FaultKind::Status { status: 200, body: Some(body), retry_after: None, location: None };
    world.faults().add(Fault::once("POST", "/api/contacts/*/separate", odd)).unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Applied, "{}", entry.reason);
    let receipt = entry.receipt.unwrap();
    assert!(!receipt.as_predicted);
    let row = receipt.rows.iter().find(|row| row.label == "Conversations moved").unwrap();
    assert_eq!((row.actual.as_str(), row.same), ("99", false));
    let predicted = state.summary[0].count.unwrap().to_string();
    assert_eq!(row.predicted, predicted);
    let asked = HistoryRequest { different: true, limit: 10, ..HistoryRequest::default() };
    assert_eq!(app.history(asked).await.unwrap().entries.len(), 1);
}

#[tokio::test]
async fn a_child_that_appears_before_it_is_sent_is_a_conflict() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, review) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let state = app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    assert_eq!(client.resolve(&review, "merge").await, 200);
    let entry = sent(&app, OP).await;
    assert_eq!(
        (entry.state, entry.attempts, entry.can_edit),
        (OutboxState::Conflict, 0, true),
        "{}",
        entry.reason
    );
    app.separation_data(&id).await.unwrap();
    let back = app.separation_of_entry(OP).await.unwrap();
    assert_eq!(back.entry.unwrap().state, OutboxState::Conflict);
    assert!(!back.drift.is_empty());
    // The window opens the editor after that: what has changed is still told.
    assert_eq!(app.separation(&id).await.unwrap().drift, back.drift);
    let appeared = back.cards.len() - view.cards.len();
    assert_eq!(usize::try_from(back.state.undecided).unwrap(), appeared);
}

#[tokio::test]
async fn an_unguarded_separation_whose_answer_is_lost_is_settled_by_hand() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, _) = planned(&app, &client).await;
    let id = &view.contact_id;
    let (conversation_id, _) = longest(&view);
    let edits = vec![
        set("phoneNumber", SeparationSide::New, ""),
        SeparationEdit::MoveDivider { conversation_id, by: 0 },
    ];
    let state = app.separation_edit(id, edits).await.unwrap();
    assert!(!state.guarded && state.blocked.is_none(), "{:?}", state.blocked);
    // The request arrives, is not carried out, and no answer comes.
    world.faults().add(Fault::once("POST", "/api/contacts/*/separate", FaultKind::Drop)).unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    assert_eq!(sent(&app, OP).await.state, OutboxState::Uncertain);
    assert_eq!(
        app.separation(id).await.unwrap().state.blocked.map(|why| why.contains("on its way")),
        Some(true)
    );
    for _ in 0..20 {
        world.clock.advance(Duration::from_secs(600));
        if sent(&app, OP).await.state != OutboxState::Uncertain {
            break;
        }
    }
    let entry = app.outbox_entry(OP).await.unwrap();
    assert_eq!((entry.state, entry.can_mark_applied), (OutboxState::NeedsPerson, true), "{}", entry.reason);
    assert_eq!(app.mark_applied(OP, " ").await.unwrap_err().field.as_deref(), Some("reason"));
    let settled = app.mark_not_applied(OP, "Looked in the CRM").await.unwrap();
    assert_eq!(settled.state, OutboxState::Withdrawn);
    assert_eq!(app.mark_applied(OP, "Looked again").await.unwrap_err().code, ErrorCode::TooLate);
    assert!(app.separation_of_entry(OP).await.unwrap().state.blocked.is_none());
}

#[tokio::test]
async fn a_plan_from_a_file_leaves_what_somebody_works_on() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (view, state) = planned(&app, &client).await;
    let id = &view.contact_id;
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    let plan = serde_json::to_vec(&app.exported_request(OP).await.unwrap()).unwrap();
    app.withdraw(OP).await.unwrap();
    app.separation(id).await.unwrap();
    app.separation_edit(id, vec![set("firstName", SeparationSide::New, "Joan")]).await.unwrap();
    let done = app.separate_by_plan(id, &plan, OTHER_OP, false).await.unwrap();
    assert!(done.answer.unwrap().entry.is_some(), "{:?}", done.planned.unwrap().state.blocked);
    let joan = |view: &SeparationView| line(&view.state, "firstName").new.text == "Joan";
    assert!(joan(&app.separation(id).await.unwrap()));
    app.shutdown().await.unwrap();
    drop(app);
    let app = world.app().await;
    assert!(joan(&app.separation(id).await.unwrap()));
}

#[tokio::test]
async fn a_reading_that_fails_is_not_begun_again_by_itself() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&told);
    app.open(move |changes| sink.lock().unwrap().extend(changes.contacts)).await.unwrap();
    let broken = || FaultKind::Status { status: 503, body: None, retry_after: None, location: None };
    for path in ["/api/contacts/*/separation-data", "/api/contacts/*"] {
        world.faults().add(Fault::once("GET", path, broken())).unwrap();
    }
    // A window that is told of the contact opens it again: it is not told, and the failure is the answer.
    assert!(app.separation(&id).await.is_err());
    assert_eq!(app.separation("000000000000000000000000").await.unwrap_err().code, ErrorCode::NotFound);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(*told.lock().unwrap(), [""; 0]);
    // The person's second try reads at once.
    assert!(!app.separation(&id).await.unwrap().cards.is_empty());
    opened(&app, &id).await;
    assert!(told.lock().unwrap().contains(&id));
}

#[tokio::test]
async fn an_account_is_not_left_with_a_draft_that_cannot_be_saved() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    opened(&app, &id).await;
    let account = app.in_use().unwrap().id;
    let full = "CREATE TRIGGER full BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'full'); END";
    world.database("outbox.db").execute_batch(full).unwrap();
    app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Janet")]).await.unwrap();
    for refused in [
        app.sign_out_with(&account, LeaveHow::Keep).await.unwrap_err(),
        app.use_account(&account).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, ErrorCode::Storage, "{refused}");
    }
    let view = app.separation(&id).await.unwrap();
    assert_eq!(line(&view.state, "firstName").new.text, "Janet");
    assert!(app.in_use().is_some_and(|account| account.signed_in));
    assert_eq!(app.shutdown().await.unwrap_err().code, ErrorCode::Storage);
    assert!(app.in_use().is_none());
}
