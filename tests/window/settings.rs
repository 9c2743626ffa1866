//! The settings of duplicate detection: changed through the outbox, refused at their field, and not set over what
//! another admin set meanwhile.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::editor::ESCAPE;
use crate::server::Server;
use crate::window::{CONTROL, ENTER, Window};

/// Nothing is sent before the admin says so.
fn patient() -> Options {
    Options { cancel_window_ms: 600_000, ..Options::default() }
}

/// Where the settings of the server's organisation are.
async fn path_of(server: &Server) -> String {
    let body = json!({"email": server.email(), "password": server.password()});
    let (status, answer) = server.admin().call(Method::POST, "/api/auth/login", Some(body)).await;
    assert_eq!(status, StatusCode::OK, "signing in by HTTP");
    let organization = answer["user"]["organizationId"].as_str().expect("an organisation");
    format!("/api/organizations/{organization}/contact-fuzzy-merge-settings")
}

/// The settings as the server has them.
async fn held(server: &Server, path: &str) -> Value {
    let (status, answer) = server.admin().call(Method::GET, path, None).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["data"].clone()
}

/// Waits until the server has this merge threshold, in percent.
async fn until(server: &Server, path: &str, threshold: f64) -> Value {
    for _ in 0..400 {
        let held = held(server, path).await;
        if held["thresholdPercent"].as_f64() == Some(threshold) {
            return held;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the threshold is not {threshold} but {}", held(server, path).await["thresholdPercent"]);
}

/// Light, dark, and narrow.
async fn pictures(window: &Window, what: &str) {
    for theme in ["light", "dark"] {
        window.theme(theme).await;
        window.picture(&format!("{what}-{theme}")).await;
    }
    window.theme("light").await;
    window.resize(640, 820).await;
    window.picture(&format!("{what}-narrow")).await;
    window.resize(1280, 820).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_threshold_and_a_custom_field_go_through_the_outbox() {
    let server = Server::with(60).await;
    let path = path_of(&server).await;
    let before = held(&server, &path).await;
    let window = Window::open("settings", patient()).await;
    at_the_queue(&window, &server).await;

    window.press(&[], "gs").await;
    window.wait("settings-thresholdPercent").await;
    window.reads("settings-status", &["nothing is changed"]).await;
    window.picture("read").await;
    let rules = before["customFields"].as_array().expect("custom fields").len();
    window.click("settings-add-custom").await;
    window.reads(&format!("settings-custom-error-{rules}"), &["path"]).await;
    window.fill(&format!("settings-custom-path-{rules}"), "address.city").await;
    window.press(&[], ESCAPE).await;
    window.fill(&format!("settings-custom-weight-{rules}"), "15").await;

    // What is wrong is said at its field, and cannot be saved.
    window.fill("settings-thresholdPercent", "101").await;
    window.reads("settings-thresholdPercent-error", &["0 to 100"]).await;
    pictures(&window, "wrong").await;
    window.press(&[CONTROL], ENTER).await;
    window.fill("settings-thresholdPercent", "93.5").await;
    window.reads("settings-status", &["2 settings change"]).await;
    // By now a sheet that the key had opened would be here.
    window.gone("settings-sheet").await;
    window.press(&[CONTROL], ENTER).await;
    window.reads("settings-change-thresholdPercent", &["93.5"]).await;
    window.picture("sheet").await;
    window.press(&[CONTROL], ENTER).await;
    window.wait("settings-pending").await;
    window.picture("waits").await;
    assert_eq!(held(&server, &path).await, before, "nothing is sent while it can be taken back");

    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    let after = until(&server, &path, 93.5).await;
    let added = after["customFields"].as_array().and_then(|rules| rules.last()).expect("the new field");
    assert_eq!(added["field"], "address.city");
    assert_eq!(added["weight"].as_f64(), Some(15.0));
    assert_eq!(after["customFields"].as_array().map(Vec::len), Some(rules + 1));
    for key in ["candidateLimit", "reviewThresholdPercent", "lookupTriggerFields", "instantMergeFields"] {
        assert_eq!(after[key], before[key], "{key} is as it was");
    }
    window.entry("state", "applied").await;
    window.click("nav-settings").await;
    window.reads("settings-status", &["nothing is changed"]).await;
    window.gone("settings-pending").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_set_by_another_admin_is_a_conflict() {
    let server = Server::with(60).await;
    let path = path_of(&server).await;
    let window = Window::open("settings-conflict", patient()).await;
    at_the_queue(&window, &server).await;
    window.click("nav-settings").await;
    window.fill("settings-thresholdPercent", "93").await;
    window.reads("settings-status", &["1 setting changes"]).await;
    window.click("settings-save").await;
    window.click("commit").await;
    window.wait("settings-pending").await;

    let theirs = json!({"thresholdPercent": 88, "reviewThresholdPercent": 60});
    let (status, answer) = server.admin().call(Method::PUT, &path, Some(theirs)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    window.entry("state", "conflict").await;
    assert_eq!(held(&server, &path).await["thresholdPercent"].as_f64(), Some(88.0), "theirs stands");

    window.click("nav-settings").await;
    window.click("settings-again").await;
    window.reads("settings-changed-thresholdPercent", &["88"]).await;
    window.picture("again").await;
    window.click("settings-save").await;
    window.click("commit").await;
    // While it is changed the notice says otherwise: this is the new one.
    window.reads("settings-pending", &["A change is in the outbox"]).await;
    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    until(&server, &path, 93.0).await;
}
