//! Settings: shown, looked at, changed, queued, refused.

use cleave_app::ipc::{OutboxState, SettingsAnswer, SettingsView};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::shapes::Shapes;

#[test]
fn settings_are_shown_and_changed_by_a_whole_or_a_partial_document() {
    let desk = Desk::signed_in();
    let file = desk.path("settings.json");
    let path = file.to_str().unwrap();
    let shown = desk.run(&["settings", "--json"]);
    Shapes::of(&desk, &["settings"]).hold(&shown.stdout);
    let view: SettingsView = shown.json(0);
    let mut wanted: Value = serde_json::from_str(view.current.as_deref().unwrap()).unwrap();

    wanted["candidateLimit"] = json!(60);
    std::fs::write(&file, wanted.to_string()).unwrap();
    let look: SettingsAnswer = desk.run(&["settings", "set", path, "--dry-run", "--json"]).json(0);
    assert_eq!((look.changes.len(), look.entry.is_some()), (1, false));
    let done = desk.run(&["settings", "set", path, "--json"]);
    Shapes::of(&desk, &["settings", "set"]).hold(&done.stdout);
    let sent: SettingsAnswer = done.json(0);
    assert_eq!(sent.entry.unwrap().state, OutboxState::Applied);
    let again: SettingsAnswer = desk.run(&["settings", "set", path, "--json"]).json(0);
    assert!(again.changes.is_empty() && again.entry.is_none(), "nothing differs");

    std::fs::write(&file, r#"{"thresholdPercent": 10}"#).unwrap();
    let error = desk.run(&["settings", "set", path, "--json"]).error(1);
    assert_eq!(error.field.as_deref(), Some("reviewThresholdPercent"));
    let look: SettingsAnswer = desk.run(&["settings", "set", path, "--dry-run", "--json"]).json(0);
    assert_eq!(look.issues.len(), 1);

    std::fs::write(&file, r#"{"candidateLimit": 61}"#).unwrap();
    let queued: SettingsAnswer = desk.run(&["settings", "set", path, "--queue-only", "--json"]).json(0);
    let view: SettingsView = desk.run(&["settings", "--json"]).json(0);
    assert_eq!(view.pending.unwrap().op_id, queued.entry.unwrap().op_id);
    desk.run(&["sync", "--json"]);
    let view: SettingsView = desk.run(&["settings", "--json"]).json(0);
    let now: Value = serde_json::from_str(view.current.as_deref().unwrap()).unwrap();
    assert_eq!((&now["candidateLimit"], view.pending.is_some()), (&json!(61), false));
}

#[test]
fn a_change_is_laid_over_the_one_that_waits_and_the_answer_names_it() {
    let desk = Desk::signed_in();
    let file = desk.path("settings.json");
    let path = file.to_str().unwrap();
    let queued = |wanted: Value| {
        std::fs::write(&file, wanted.to_string()).unwrap();
        desk.run(&["settings", "set", path, "--queue-only", "--json"])
    };
    let first: SettingsAnswer = queued(json!({"candidateLimit": 5})).json(0);
    assert!(first.replaces.is_none() && first.note.is_none());
    let first = first.entry.unwrap();
    let done = queued(json!({"thresholdPercent": 92}));
    let mut shapes = Shapes::of(&desk, &["settings", "set"]);
    shapes.hold(&done.stdout);
    assert!(!shapes.unmet_but(&[]).contains(&"EntryLink"), "an entry that is named in another answer");
    let second: SettingsAnswer = done.json(0);
    let replaced = second.replaces.unwrap();
    assert_eq!((replaced.op_id, replaced.title), (first.op_id.clone(), first.title));
    let keys: Vec<&str> = second.changes.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["candidateLimit", "thresholdPercent"]);
    let nothing = queued(json!({"candidateLimit": 50, "thresholdPercent": 90})).error(1);
    assert!(nothing.message.contains("take it back"), "{nothing}");

    assert_eq!(desk.run(&["sync"]).code, 0);
    let view: SettingsView = desk.run(&["settings", "--json"]).json(0);
    let now: Value = serde_json::from_str(view.current.as_deref().unwrap()).unwrap();
    assert_eq!((&now["candidateLimit"], &now["thresholdPercent"]), (&json!(5), &json!(92.0)));
}
