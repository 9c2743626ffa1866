//! Drafts: saved by themselves, there again after a crash, carried over when the contact changes underneath.

use std::time::Duration;

use cleave_app::App;
use cleave_app::ipc::{ChildPlace, ContactSearch, ErrorCode, SeparationEdit, SeparationSide};

use crate::separations::{assign, line, longest, opened, ready, rich, set};
use crate::world::World;

const AUTOSAVED: Duration = Duration::from_millis(700);

async fn again(world: &World) -> App {
    let app = world.app().await;
    app.connect(world.as_admin(), false).await.unwrap();
    app
}

fn drafts() -> ContactSearch {
    ContactSearch { text: String::new(), limit: 100 }
}

#[tokio::test]
async fn after_a_crash_the_draft_is_there_with_its_way_back() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    assert_eq!(app.contacts(drafts()).await.unwrap().contacts, [], "looking made a draft");
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let last = app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Joan")]).await.unwrap();
    tokio::time::sleep(AUTOSAVED).await;
    // Nothing is shut down.
    drop(app);

    let app = again(&world).await;
    let hits = app.contacts(drafts()).await.unwrap().contacts;
    assert_eq!(hits.iter().map(|hit| hit.contact_id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    assert!(hits[0].draft_at.is_some());
    let view = opened(&app, &id).await;
    assert!(view.resumed);
    assert_eq!(view.drift, []);
    assert_eq!((&view.state.lines, &view.state.cuts), (&last.lines, &last.cuts));
    assert_eq!(view.state.blocked, None);
    let back = app.separation_undo(&id).await.unwrap();
    assert_eq!(line(&back, "firstName").new.text, "Janet");
    assert_eq!(app.separation_undo(&id).await.unwrap().cuts, []);
}

#[tokio::test]
async fn shutting_down_saves_at_once_and_discarding_leaves_nothing() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    opened(&app, &id).await;
    app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Janet")]).await.unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    let app = again(&world).await;
    assert_eq!(line(&opened(&app, &id).await.state, "firstName").new.text, "Janet");
    app.separation_discard(&id).await.unwrap();
    let anew = app.separation(&id).await.unwrap();
    assert!(!anew.resumed && !anew.state.can_undo);
    assert_eq!(line(&anew.state, "firstName").new.text, "");
    app.shutdown().await.unwrap();
    drop(app);
    let app = again(&world).await;
    assert_eq!(app.contacts(drafts()).await.unwrap().contacts, []);
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_left_as_it_is() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    opened(&app, &id).await;
    app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Janet")]).await.unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    let alter = |to: &str| {
        let db = world.database("outbox.db");
        db.execute("UPDATE draft SET doc = ?1", [to]).unwrap();
    };
    let stored = || -> String {
        world.database("outbox.db").query_row("SELECT doc FROM draft", [], |row| row.get(0)).unwrap()
    };
    for (doc, words) in [(r#"{"version":2,"plan":"?"}"#, "newer version"), ("{", "cannot be read")] {
        alter(doc);
        let app = again(&world).await;
        let error = app.separation(&id).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Storage);
        assert!(error.message.contains(words), "{error}");
        app.shutdown().await.unwrap();
        drop(app);
        assert_eq!(stored(), doc);
    }
    let app = again(&world).await;
    app.separation_discard(&id).await.unwrap();
    assert!(!opened(&app, &id).await.resumed);
}

#[tokio::test]
async fn what_appears_meanwhile_is_shown_and_undecided() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    // Another contact is merged into this one meanwhile: its records appear here.
    let (id, review) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    assert_eq!(client.resolve(&review, "merge").await, 200);

    let app = again(&world).await;
    app.separation_data(&id).await.unwrap();
    let after = app.separation(&id).await.unwrap();
    let came: Vec<&str> = after
        .cards
        .iter()
        .map(|card| card.id.as_str())
        .filter(|card| !view.cards.iter().any(|known| known.id == *card))
        .collect();
    for card in &came {
        let place = after.state.places.iter().find(|place| place.id == *card).unwrap();
        assert_eq!(place.place, ChildPlace::Undecided);
        assert!(after.drift.iter().any(|drift| drift.child.as_ref().is_some_and(|child| child.id == *card)));
    }
    assert!(!after.drift.is_empty(), "nothing was said of the merge");
    assert_eq!(usize::try_from(after.state.undecided).unwrap(), came.len());
    assert_eq!(line(&after.state, "firstName").new.text, "Janet");
    assert_eq!(app.separation(&id).await.unwrap().drift, after.drift, "it is told until something is done");
}

#[tokio::test]
async fn a_contact_that_is_deleted_meanwhile_blocks_its_separation() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, review) = rich(&app, &client, false).await;
    let view = opened(&app, &id).await;
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    assert_eq!(client.resolve(&review, "merge").await, 200);
    let error = app.separation_data(&id).await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::NotFound, "This contact is not there."));
    match app.separation(&id).await {
        Ok(view) => {
            assert!(view.state.blocked.unwrap().starts_with("This contact is not on the server any more"));
        }
        Err(error) => assert_eq!(error.code, ErrorCode::NotFound),
    }
}

#[tokio::test]
async fn a_cut_stays_at_its_message_through_a_restart() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let (conversation_id, _) = longest(&view);
    let edit = SeparationEdit::MoveDivider { conversation_id, by: 1 };
    let state =
        app.separation_edit(&id, vec![edit, assign(&view, ChildPlace::New, |_| false)]).await.unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    let app = again(&world).await;
    assert_eq!(opened(&app, &id).await.state.cuts, state.cuts);
}
