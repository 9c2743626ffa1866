//! The editor: opening, editing, taking back.

use std::time::Duration;

use cleave_app::App;
use cleave_app::ipc::{ChildKind, ChildPlace, ErrorCode, SeparationEdit, SeparationSide, SeparationState};

use crate::separations::{
    FREE_NUMBER, assign, at_line, line, longest, of_kind, opened, ready, records, rich, set,
};
use crate::world::{Client, World, page};

#[tokio::test]
async fn it_opens_with_every_record_undecided_and_every_value_where_it_is() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let data = records(&client, &id).await;
    for (kind, key) in [
        (ChildKind::Conversation, "conversations"),
        (ChildKind::Application, "applications"),
        (ChildKind::Note, "contactNotes"),
        (ChildKind::Reminder, "reminders"),
        (ChildKind::TrainingSnapshot, "trainingSnapshots"),
    ] {
        let mut there: Vec<String> =
            data[key].as_array().unwrap().iter().map(|one| one["_id"].as_str().unwrap().to_owned()).collect();
        let mut shown = of_kind(&view, kind);
        there.sort();
        shown.sort();
        assert_eq!(shown, there, "{key}");
    }
    let state = &view.state;
    assert!(state.places.iter().all(|place| place.place == ChildPlace::Undecided));
    assert_eq!(
        (state.places.len(), usize::try_from(state.undecided).unwrap()),
        (view.cards.len(), view.cards.len())
    );
    assert!(state.blocked.as_deref().unwrap().contains("records are undecided"), "{:?}", state.blocked);
    assert!(state.problems.iter().all(|problem| problem.child.is_none()), "a row for an undecided record");
    assert_eq!(at_line(state, "firstName"), ["Give this contact a first name or a last name."]);
    assert_eq!(line(state, "firstName").original.text, data["contact"]["firstName"].as_str().unwrap());
    assert!(!state.can_undo && !view.resumed && view.drift.is_empty() && view.entry.is_none());
    // Asking again is asking for the same.
    assert_eq!(app.separation(&id).await.unwrap().cards, view.cards);
}

#[tokio::test]
async fn an_edit_answers_what_moved_and_every_edit_can_be_taken_back() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let plain = |state: &SeparationState| SeparationState { revision: 0, places: vec![], ..state.clone() };
    let (conversation_id, count) = longest(&view);
    let mut steps = vec![plain(&view.state)];
    let mut edits = ready(&app, &view).await;
    edits.push(SeparationEdit::Describe {
        conversation_id: conversation_id.clone(),
        assignees: Some(vec!["u1".into()]),
        status: Some("open".into()),
    });
    for edit in edits {
        steps.push(plain(&app.separation_edit(&id, vec![edit]).await.unwrap()));
    }
    let last = steps.last().unwrap();
    assert_eq!(
        (last.blocked.as_deref(), last.undecided, last.guarded),
        (None, 0, true),
        "{:?}",
        last.problems
    );
    assert_eq!(line(last, "phoneNumber").new.text, FREE_NUMBER);
    assert_eq!(line(last, "phoneNumber").new.shown, "+1 416-555-0199");
    let cut = &last.cuts[0];
    assert_eq!((cut.index, cut.original.count + cut.new.count), (count / 2, count));
    assert_eq!(cut.assignees.as_deref(), Some(&["u1".to_owned()][..]));
    let moved = last.summary.iter().map(|counter| counter.count.unwrap()).sum::<u32>();
    assert!(moved > cut.new.count, "{:?}", last.summary);
    for expected in steps.iter().rev().skip(1) {
        let state = plain(&app.separation_undo(&id).await.unwrap());
        assert_eq!(SeparationState { can_redo: expected.can_redo, ..state }, *expected);
    }
    assert!(!app.separation_undo(&id).await.unwrap().can_undo);
    for expected in &steps[1..] {
        let state = plain(&app.separation_redo(&id).await.unwrap());
        assert_eq!(SeparationState { can_redo: expected.can_redo, ..state }, *expected);
    }
    // One card moves, one place is told.
    let child = of_kind(&view, ChildKind::Conversation).into_iter().find(|one| *one != conversation_id);
    let at =
        view.cards.iter().position(|card| Some(&card.id) != child.as_ref() && card.id != conversation_id);
    let to_undecided = assign(&view, ChildPlace::Undecided, |one| Some(one) == at);
    let state = app.separation_edit(&id, vec![to_undecided]).await.unwrap();
    assert_eq!((state.places.len(), state.undecided), (1, 1));
    assert_eq!(state.blocked.as_deref(), Some("1 record is undecided."));
}

#[tokio::test]
async fn a_divider_moves_to_the_ends_and_no_further_and_goes_when_the_conversation_is_given_away() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let (conversation_id, count) = longest(&view);
    for (by, index) in [(1, count / 2 + 1), (i32::MAX, count - 1), (-1, count - 2), (i32::MIN, 1)] {
        let edit = SeparationEdit::MoveDivider { conversation_id: conversation_id.clone(), by };
        let state = app.separation_edit(&id, vec![edit]).await.unwrap();
        assert_eq!(state.cuts[0].index, index, "by {by}");
        assert_eq!((state.cuts[0].original.count, state.cuts[0].new.count), (index, count - index));
    }
    let at = view.cards.iter().position(|card| card.id == conversation_id);
    let give = assign(&view, ChildPlace::New, |one| Some(one) == at);
    let state = app.separation_edit(&id, vec![give]).await.unwrap();
    assert_eq!(state.cuts, []);
    assert_eq!(state.places.iter().map(|place| place.place).collect::<Vec<_>>(), [ChildPlace::New]);
    assert_eq!(app.separation_undo(&id).await.unwrap().cuts[0].index, 1);
}

#[tokio::test]
async fn bad_input_has_its_message_at_its_place() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    let taken = somebodys_number(&app, &client, &id).await;
    let own = view.state.lines.iter().find(|line| line.path == "phoneNumber").unwrap().original.text.clone();
    let new = SeparationSide::New;
    let cases: [(&str, &str, &str); 8] = [
        ("phoneNumber", "12", "Write the phone number with its country code, such as +14165550100."),
        (
            "phoneNumber",
            "416 555 0199 ext. 5",
            "Write the phone number with its country code, such as +14165550100.",
        ),
        ("phoneNumber", &own, "Both contacts have this phone number. The server allows each number once."),
        ("phoneNumber", &taken, "Another contact of the organisation has this phone number."),
        ("email", "nobody", "The e-mail address"),
        ("dateOfBirth", "1980-02-31", "Write the date of birth as YYYY-MM-DD."),
        ("dateOfBirth", "soon", "Write the date of birth as YYYY-MM-DD."),
        ("email", "a b@example.com", "The e-mail address"),
    ];
    for (path, text, message) in cases {
        let state = app.separation_edit(&id, vec![set(path, new, text)]).await.unwrap();
        let problems = &line(&state, path).new.problems;
        assert!(
            problems.iter().any(|one| one.message.starts_with(message) && one.blocking),
            "{text}: {problems:?}"
        );
        assert!(state.blocked.is_some(), "{text}");
        app.separation_undo(&id).await.unwrap();
    }
    // Blank is nothing, and a name of hostile letters is a name.
    let blank = app.separation_edit(&id, vec![set("email", new, "  ")]).await.unwrap();
    assert_eq!(line(&blank, "email").new.text, "");
    let hostile = "<script>\u{202e}\u{0}'; DROP TABLE entry;--";
    let state = app.separation_edit(&id, vec![set("firstName", new, hostile)]).await.unwrap();
    assert_eq!((line(&state, "firstName").new.text.as_str(), &state.blocked), (hostile, &None));
    // Both names empty, and a cut that leaves one side without messages.
    let nameless = vec![set("firstName", new, " "), set("lastName", new, "")];
    let state = app.separation_edit(&id, nameless).await.unwrap();
    assert_eq!(
        at_line(&state, "firstName").last().unwrap(),
        "Give this contact a first name or a last name."
    );
    app.separation_undo(&id).await.unwrap();
    let (conversation_id, _) = longest(&view);
    let first = app.separation_messages(&id, &conversation_id, 0, 1).await.unwrap().messages.remove(0).id;
    let divide =
        SeparationEdit::Divide { conversation_id: conversation_id.clone(), message_id: first, before: new };
    let state = app.separation_edit(&id, vec![divide]).await.unwrap();
    let problem = state.problems.iter().find(|problem| problem.blocking).unwrap();
    assert!(
        problem.message.starts_with("The divider leaves one side without messages."),
        "{}",
        problem.message
    );
    assert_eq!(problem.child.as_ref().unwrap().id, conversation_id);
    assert_eq!(state.blocked.as_deref(), Some(problem.message.as_str()));
}

/// The number of another contact that is cached.
async fn somebodys_number(app: &App, client: &Client, but_of: &str) -> String {
    for row in app.queue(page(100)).await.unwrap().rows.iter().filter(|row| row.candidate_id != but_of) {
        let contact = client.contact(&row.source_id).await.unwrap();
        let number = &contact["phoneNumber"];
        if let Some(number) = number.as_str().or_else(|| number[0]["value"].as_str()) {
            return number.to_owned();
        }
    }
    panic!("nobody has a number");
}

#[tokio::test]
async fn edits_that_make_no_sense_change_nothing() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let (conversation_id, _) = longest(&view);
    let nowhere = || SeparationEdit::MoveDivider { conversation_id: conversation_id.clone(), by: 1 };
    let none = SeparationEdit::Undivide { conversation_id: "none".into() };
    let cut = assign(&view, ChildPlace::Cut, |at| at == 0);
    let share = SeparationEdit::Share { path: "phoneNumber".into() };
    let good = || set("firstName", SeparationSide::New, "Janet");
    let long = set("email", SeparationSide::New, &"x".repeat(2001));
    for edit in [nowhere(), none, cut, share, set("company", SeparationSide::New, "x"), long] {
        let error = app.separation_edit(&id, vec![good(), edit]).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid, "{error}");
    }
    let now = app.separation(&id).await.unwrap().state;
    assert_eq!(line(&now, "firstName").new.text, "");
    assert!(!now.can_undo);
    let idle = app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "")]).await.unwrap();
    assert!(!idle.can_undo, "an edit that changes nothing is a step");
    assert_eq!(app.separation_edit("none", vec![good()]).await.unwrap_err().code, ErrorCode::Stale);
    assert_eq!(
        app.separation_messages(&id, &conversation_id, 0, 501).await.unwrap_err().code,
        ErrorCode::Invalid
    );
    assert_eq!(app.separation_messages(&id, "none", 0, 5).await.unwrap_err().code, ErrorCode::NotFound);
    let long = "x".repeat(201);
    assert_eq!(app.separation_find(&id, &conversation_id, &long).await.unwrap_err().code, ErrorCode::Invalid);
}

#[tokio::test]
async fn a_value_is_given_shared_and_taken_by_its_line() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    for was in &view.state.lines {
        let path = was.path.clone();
        let give = SeparationEdit::Give { path: path.clone(), to: SeparationSide::New };
        let state = app.separation_edit(&id, vec![give]).await.unwrap();
        let now = line(&state, &path);
        assert_eq!(now.new.text, was.original.text, "{path}");
        assert_eq!(now.original.text, "", "{path}");
        let share = app.separation_edit(&id, vec![SeparationEdit::Share { path: path.clone() }]).await;
        assert_eq!(share.is_ok(), was.both, "{path}");
        if let Ok(state) = share {
            let now = line(&state, &path);
            assert_eq!(
                (&now.original.text, &now.new.text),
                (&was.original.text, &was.original.text),
                "{path}"
            );
        }
    }
    while app.separation_undo(&id).await.unwrap().can_undo {}
    assert_eq!(app.separation(&id).await.unwrap().state.lines, view.state.lines);
}

#[tokio::test]
async fn messages_are_paged_and_found() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let (conversation_id, count) = longest(&view);
    let all = app.separation_messages(&id, &conversation_id, 0, 500).await.unwrap();
    assert_eq!((all.total, all.messages.len()), (count, usize::try_from(count).unwrap()));
    let page = app.separation_messages(&id, &conversation_id, 1, 2).await.unwrap();
    assert_eq!((page.from, page.messages.as_slice()), (1, &all.messages[1..3]));
    assert_eq!(app.separation_messages(&id, &conversation_id, count, 5).await.unwrap().messages, []);
    let word =
        all.messages.iter().find_map(|message| message.text.split(' ').find(|word| word.len() > 3)).unwrap();
    let found = app.separation_find(&id, &conversation_id, &word.to_uppercase()).await.unwrap();
    let holding: Vec<u32> =
        (0..).zip(&all.messages).filter(|(_, m)| m.text.contains(word)).map(|(at, _)| at).collect();
    assert!(!holding.is_empty() && holding.iter().all(|at| found.contains(at)), "{word}: {found:?}");
    assert_eq!(app.separation_find(&id, &conversation_id, " ").await.unwrap(), [0; 0]);
}

#[tokio::test]
async fn suggestions_come_without_the_server_and_change_nothing() {
    let mut world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    world.stop().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    let named = vec![set("firstName", SeparationSide::New, "Janet")];
    let before = app.separation_edit(&id, named).await.unwrap();
    let found = app.separation_suggestions(&id).await.unwrap();
    for one in &found.children {
        assert!(view.cards.iter().any(|card| (card.kind, &card.id) == (one.kind, &one.id)));
        assert!((60..=100).contains(&one.percent) && !one.evidence.is_empty());
    }
    let (conversation_id, count) = longest(&view);
    for cut in app.separation_cuts(&id, &conversation_id).await.unwrap() {
        assert!(cut.index >= 1 && cut.index < count && cut.conversation_id == conversation_id);
    }
    let after = app.separation(&id).await.unwrap();
    assert_eq!(after.state.lines, before.lines);
    assert_eq!(after.state.undecided, before.undecided);
    world.come_back().await;
}

#[tokio::test]
async fn a_contact_that_nobody_has_cannot_be_opened() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    assert_eq!(app.separation("000000000000000000000000").await.unwrap_err().code, ErrorCode::NotFound);
    let row = app.queue(page(1)).await.unwrap().rows.remove(0);
    world.stop().await;
    let error = app.separation(&row.source_id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Unreachable);
    assert!(error.message.starts_with("The records of this contact are not on this machine."), "{error}");
    world.come_back().await;
}
