//! What goes wrong once something is kept: it is told, and what is kept is said all the same.

use std::fs::OpenOptions;
use std::process::Stdio;

use cleave_app::ipc::{AccountView, AppError, DecideAnswer, ErrorCode, OutboxEntry, OutboxState};
use cleave_service::{Fault, FaultKind};

use crate::desk::{Desk, Done};

const OP: &str = "01939c2e-0000-7000-8000-000000000002";

/// Lets nothing be sent: the intent to send cannot be written down.
const NO_ATTEMPTS: &str =
    "CREATE TRIGGER full BEFORE INSERT ON attempt BEGIN SELECT RAISE(ABORT, 'full'); END";

/// Makes a decision unreadable when the one that replaces it is saved: the answer names both.
const TORN: &str = "CREATE TRIGGER torn AFTER INSERT ON entry
    BEGIN UPDATE entry SET differences = '' WHERE op_id <> NEW.op_id; END";

/// stderr as one error, beside an answer on stdout.
fn trouble(done: &Done) -> AppError {
    assert_eq!(done.stderr.lines().count(), 1, "{}", done.stderr);
    serde_json::from_str(&done.stderr).unwrap()
}

#[test]
fn a_decision_that_cannot_be_sent_is_answered_with_its_id() {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    desk.alter("outbox.db", NO_ATTEMPTS);
    let done = desk.run(&["decide", &id, "merge", "--json"]);
    let answer: DecideAnswer = done.json(5);
    let entry = answer.entry.unwrap();
    let told = trouble(&done);
    assert_eq!(told.code, ErrorCode::Storage);
    assert!(told.message.contains(&entry.op_id), "{}", told.message);

    let again = desk.run(&["outbox", "retry", &entry.op_id, "--json"]);
    assert_eq!(again.json::<OutboxEntry>(5).op_id, entry.op_id);
    assert_eq!(trouble(&again).code, ErrorCode::Storage);
    desk.alter("outbox.db", "DROP TRIGGER full");
    let sent: OutboxEntry = desk.run(&["outbox", "retry", &entry.op_id, "--json"]).json(0);
    assert_eq!((sent.op_id, sent.state), (entry.op_id, OutboxState::Applied));
}

#[test]
fn a_commit_whose_answer_cannot_be_put_together_is_still_a_commit() {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    desk.run(&["decide", &id, "keep-separate", "--queue-only", "--json"]).json::<DecideAnswer>(0);
    desk.alter("outbox.db", TORN);
    let done = desk.run(&["decide", &id, "keep-separate", "--op-id", OP, "--queue-only", "--json"]);
    let entry = done.json::<DecideAnswer>(0).entry.unwrap();
    assert_eq!((entry.op_id.as_str(), entry.state), (OP, OutboxState::Queued));
    assert!(trouble(&done).message.contains(OP));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_nobody_could_read_does_not_undo_the_decision() {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let args = ["decide", &id, "keep-separate", "--op-id", OP, "--json", "--home"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cleave-cli"))
        .args(args)
        .arg(desk.path("home"))
        .arg("--passphrase-file")
        .arg(desk.path("passphrase"))
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains(OP), "{told}");
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "kept_separate");
}

#[test]
fn a_queue_that_does_not_load_does_not_undo_the_sign_in() {
    let desk = Desk::new();
    let broken = FaultKind::Status { status: 500, body: None, retry_after: None, location: None };
    let path = "/api/contacts/dedup-reviews".to_owned();
    desk.fault(Fault { method: None, path, skip: 0, times: None, kind: broken });
    let connected = desk.connect("home");
    let account: AccountView = connected.json(0);
    assert!(trouble(&connected).message.starts_with("Signed in"));
    let listed: Vec<AccountView> = desk.run(&["accounts", "--json"]).json(0);
    assert_eq!(listed, [account]);
}
