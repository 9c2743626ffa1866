//! Beside another process, over damaged files, on a disk that refuses, and signing out with work left.

use cleave_app::home::Home;
use cleave_app::ipc::{AccountView, AppError, ErrorCode, OutboxEntry, OutboxState, QueuePage, SalvagedView};

use crate::desk::{Desk, Done};

const OP: &str = "01939c2e-0000-7000-8000-000000000001";

/// A desk with one decision that waits, and the review it is about.
fn with_decision() -> (Desk, String) {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    assert_eq!(desk.run(&["decide", &id, "keep-separate", "--queue-only", "--op-id", OP]).code, 0);
    (desk, id)
}

fn outbox(desk: &Desk) -> Vec<OutboxEntry> {
    desk.run(&["outbox", "--json"]).json(0)
}

/// The one line on stderr beside an answer.
fn note(done: &Done) -> AppError {
    assert_eq!((done.code, done.stderr.lines().count()), (0, 1), "{}", done.stderr);
    serde_json::from_str(&done.stderr).unwrap()
}

#[test]
fn beside_a_process_that_writes_commands_read_and_nothing_is_saved() {
    let (desk, id) = with_decision();
    let window = Home::open(desk.path("home")).unwrap().lock().unwrap();
    assert!(window.is_some());
    for args in
        [&["queue", "--json"][..], &["outbox", "--json"], &["history", "--json"], &["accounts", "--json"]]
    {
        let done = desk.run(args);
        assert_eq!(note(&done).code, ErrorCode::Storage, "{args:?}");
        assert!(note(&done).message.starts_with("Another Cleave is using this folder."), "{args:?}");
        assert!(!done.stdout.is_empty(), "{args:?}");
    }
    let page: QueuePage = serde_json::from_str(&desk.run(&["queue", "--json"]).stdout).unwrap();
    assert!(page.total > 0);
    let account: Vec<AccountView> = serde_json::from_str(&desk.run(&["accounts", "--json"]).stdout).unwrap();
    let other = &page.rows[0].review_id;
    for args in [
        &["decide", other, "keep-separate", "--json"][..],
        &["sync", "--json"],
        &["outbox", "withdraw", OP, "--json"],
        &["use", &account[0].id, "--json"],
        &["sign-out", "--json"],
        &["outbox", "salvage", "--json"],
    ] {
        let error = desk.run(args).error(1);
        assert_eq!(error.code, ErrorCode::Storage, "{args:?}: {error}");
        assert!(error.message.starts_with("Another Cleave"), "{args:?}: {error}");
    }
    drop(window);
    assert_eq!(outbox(&desk).len(), 1);
    assert_eq!(desk.run(&["sync", "--until-idle"]).code, 0);
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "kept_separate");
}

#[test]
fn a_damaged_outbox_is_carried_over_on_the_persons_word() {
    let (desk, _) = with_decision();
    let accounts = std::fs::read_dir(desk.path("home").join("accounts")).unwrap();
    let folder = accounts.flatten().next().unwrap().path();
    let path = folder.join("outbox.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].fill(b'x');
    std::fs::write(&path, bytes).unwrap();
    let error = desk.run(&["queue", "--json"]).error(1);
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(error.hint.unwrap().contains("outbox salvage"));
    let salvaged: SalvagedView = desk.run(&["outbox", "salvage", "--json"]).json(0);
    assert_eq!((salvaged.entries, salvaged.lost_rows), (1, 0));
    assert!(folder.join(&salvaged.kept_as).exists());
    assert_eq!(outbox(&desk)[0].op_id, OP);
    assert_eq!(desk.run(&["outbox", "salvage", "--json"]).error(1).code, ErrorCode::NotFound);
}

#[test]
fn signing_out_over_work_says_what_is_left_and_does_as_told() {
    let (desk, id) = with_decision();
    let error = desk.run(&["sign-out", "--json"]).error(2);
    assert_eq!(error.code, ErrorCode::Invalid);
    assert!(error.message.contains("1 in the outbox"), "{error}");
    let hint = error.hint.unwrap();
    let word = desk.url.trim_start_matches("http://");
    for choice in ["--send", "--keep", &format!("--discard {word}")] {
        assert!(hint.contains(choice), "{hint}");
    }
    assert_eq!(desk.run(&["sign-out", "--send", "--keep"]).code, 2);
    assert_eq!(desk.run(&["sign-out", "--discard", "yes", "--json"]).error(1).code, ErrorCode::Invalid);
    assert_eq!(outbox(&desk)[0].state, OutboxState::Queued);

    let left: Vec<AccountView> = desk.run(&["sign-out", "--keep", "--json"]).json(0);
    assert!(!left[0].signed_in);
    desk.connect("home");
    let left: Vec<AccountView> = desk.run(&["sign-out", "--send", "--json"]).json(0);
    assert!(!left[0].signed_in);
    desk.connect("home");
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "kept_separate");
    assert_eq!(desk.run(&["sign-out"]).code, 0, "nothing is left to ask about");
}

#[test]
fn discarding_takes_back_what_was_never_sent() {
    let (desk, id) = with_decision();
    let word = desk.url.trim_start_matches("http://").to_owned();
    assert_eq!(desk.run(&["sign-out", "--discard", &word]).code, 0);
    desk.connect("home");
    assert_eq!(outbox(&desk)[0].state, OutboxState::Withdrawn);
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "needs_review");
}

/// A limit on the size of files stands for a disk that is full: each file may grow no further.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_never_answered_with_saved() {
    let (desk, _) = with_decision();
    let rows = desk.queue(&["--limit", "2"]).rows;
    let mut refused = 0;
    for (number, row) in rows.iter().enumerate() {
        for blocks in [0, 1, 8, 64] {
            let op = format!("01939c2e-0000-7000-8000-0000000001{number:02}");
            let args = ["decide", &row.review_id, "keep-separate", "--queue-only", "--op-id", &op, "--json"];
            let before = outbox(&desk);
            let done = desk.limited(&args, blocks);
            let saved = outbox(&desk).iter().any(|entry| entry.op_id == op);
            if done.code == 0 {
                assert!(saved, "{blocks}: it was answered, and is not there");
                break;
            }
            refused += 1;
            assert!(!saved || !done.stderr.contains("Nothing was saved"), "{blocks}: {}", done.stderr);
            assert!(outbox(&desk).len() >= before.len(), "{blocks}: a decision is gone");
        }
    }
    assert!(refused > 0, "no write was refused");
}
