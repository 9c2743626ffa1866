//! Settings: seen, changed, offline, and replaced.

use cleave_app::SyncOrder;
use cleave_app::ipc::{ErrorCode, OutboxState, SettingsAnswer, SettingsRequest};
use serde_json::{Value, json};

use crate::world::World;

fn request(based_on: &str, wanted: &Value, dry_run: bool) -> SettingsRequest {
    SettingsRequest {
        op_id: uuid::Uuid::now_v7().to_string(),
        based_on: based_on.to_owned(),
        wanted: wanted.to_string(),
        dry_run,
    }
}

fn keys(answer: &SettingsAnswer) -> Vec<&str> {
    answer.changes.iter().map(|change| change.key.as_str()).collect()
}

#[tokio::test]
async fn a_change_is_looked_at_saved_offline_replaced_and_sent_when_the_server_is_back() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    world.stop().await;
    let seen = app.settings().await.unwrap();
    let mut wanted: Value = serde_json::from_str(seen.current.as_deref().unwrap()).unwrap();
    assert_eq!((&wanted["candidateLimit"], seen.pending.is_some()), (&json!(50), false), "from the cache");
    assert!(seen.read_at.is_some());

    let nothing = app.change_settings(request(&seen.based_on, &wanted, false)).await.unwrap();
    assert!(nothing.changes.is_empty() && nothing.entry.is_none() && nothing.screen.is_none());
    wanted["thresholdPercent"] = json!(60);
    let wrong = app.change_settings(request(&seen.based_on, &wanted, false)).await.unwrap();
    assert_eq!(wrong.issues[0].field, "reviewThresholdPercent");
    assert!(wrong.entry.is_none() && app.outbox().await.unwrap().is_empty(), "nothing is saved");

    wanted["thresholdPercent"] = json!(95);
    let look = app.change_settings(request(&seen.based_on, &wanted, true)).await.unwrap();
    assert_eq!((keys(&look), look.changes[0].after.as_str()), (vec!["thresholdPercent"], "95 %"));
    assert!(look.entry.is_none() && app.outbox().await.unwrap().is_empty());
    let asked = request(&seen.based_on, &wanted, false);
    let first = app.change_settings(asked.clone()).await.unwrap().entry.unwrap();
    assert_eq!((first.kind.as_str(), first.state), ("settings", OutboxState::Queued));
    assert_eq!(app.change_settings(asked).await.unwrap().entry.unwrap().op_id, first.op_id, "asked twice");

    wanted["candidateLimit"] = json!(60);
    let second = app.change_settings(request(&seen.based_on, &wanted, false)).await.unwrap();
    let replaced = app.outbox_entry(&first.op_id).await.unwrap();
    assert_eq!(replaced.state, OutboxState::Superseded);
    let pending = app.settings().await.unwrap().pending.unwrap();
    assert_eq!(pending.op_id, second.entry.unwrap().op_id);

    world.come_back().await;
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    let sent = app.outbox_entry(&pending.op_id).await.unwrap();
    assert_eq!(sent.state, OutboxState::Applied, "{}", sent.reason);
    let now = app.settings().await.unwrap();
    let current: Value = serde_json::from_str(now.current.as_deref().unwrap()).unwrap();
    assert_eq!((&current["thresholdPercent"], &current["candidateLimit"]), (&json!(95.0), &json!(60)));
    assert!(now.pending.is_none());

    let stale = app.change_settings(request(&seen.based_on, &wanted, false)).await.unwrap_err();
    assert_eq!(stale.code, ErrorCode::Stale);
    let no_object = app.change_settings(request(&now.based_on, &json!([1]), true)).await.unwrap_err();
    assert_eq!((no_object.code, no_object.field.as_deref()), (ErrorCode::Invalid, Some("wanted")));
}
