//! The outbox for scripts: what every entry says, what can be done with it, and how each command ends.

use std::time::{Duration, Instant};

use cleave_app::ipc::{
    Anew, Changes, ConflictView, DecideAnswer, ErrorCode, OutboxEntry, OutboxHold, OutboxState, Rehearsed,
    RehearsedView,
};
use cleave_service::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::shapes::Shapes;

const OP: &str = "01939c2e-0000-7000-8000-000000000011";
const OTHER: &str = "01939c2e-0000-7000-8000-000000000012";

/// Saves a decision about the n-th review, and answers the review.
fn saved(desk: &Desk, nth: usize, op: &str, how: &str) -> String {
    let id = desk.queue(&["--limit", "50"]).rows.swap_remove(nth).review_id;
    let args = ["decide", &id, how, "--queue-only", "--op-id", op, "--note", "Twins", "--json"];
    desk.run(&args).json::<DecideAnswer>(0);
    id
}

fn answers(status: u16, times: Option<u32>, retry_after: Option<&str>) -> Fault {
    let body = Some(json!({"error": "not now"}));
    let kind =
        FaultKind::Status { status, body, retry_after: retry_after.map(str::to_owned), location: None };
    let path = "/api/contacts/dedup-reviews/*/keep-separate".into();
    Fault { method: Some("PATCH".into()), path, skip: 0, times, kind }
}

#[test]
fn every_entry_says_where_it_stands() {
    let desk = Desk::signed_in();
    let id = saved(&desk, 0, OP, "keep-separate");
    let listed: Value = desk.run(&["outbox", "--json"]).json(0);
    let entry = &listed[0];
    for (field, expected) in [
        ("opId", json!(OP)),
        ("kind", json!("keep-separate")),
        ("subject", json!(id)),
        ("state", json!("queued")),
        ("hold", json!("none")),
        ("attempts", json!(0)),
    ] {
        assert_eq!(entry[field], expected, "{field}");
    }
    assert!(entry["reason"].as_str().is_some_and(|reason| reason.ends_with('.')), "{entry}");
}

#[test]
fn what_waits_is_rehearsed_and_what_contradicts_is_compared() {
    let desk = Desk::signed_in();
    let mut rehearsed = Shapes::of(&desk, &["outbox", "rehearse"]);
    let mut compared = Shapes::of(&desk, &["outbox", "conflict"]);
    let verdicts = |done: &crate::desk::Done, code: i32| -> Vec<Rehearsed> {
        done.json::<Vec<RehearsedView>>(code).iter().map(|one| one.verdict).collect()
    };
    assert_eq!(verdicts(&desk.run(&["outbox", "rehearse", "--json"]), 0), []);
    let id = saved(&desk, 0, OP, "keep-separate");
    assert_eq!(verdicts(&desk.run(&["outbox", "rehearse", "--json"]), 0), [Rehearsed::Valid]);
    desk.resolve(&id, "merge");
    let done = desk.run(&["outbox", "rehearse", OP, "--json"]);
    rehearsed.hold(&done.stdout);
    assert_eq!(verdicts(&done, 3), [Rehearsed::Changed]);
    assert_eq!(desk.run(&["outbox", "show", OP, "--json"]).json::<OutboxEntry>(5).attempts, 0);

    assert_eq!(desk.run(&["sync"]).code, 3);
    let done = desk.run(&["outbox", "conflict", OP, "--json"]);
    compared.hold(&done.stdout);
    let view: ConflictView = done.json(3);
    assert!(view.read_at.is_some() && !view.rows.is_empty());
    assert!(view.also[0].contains("Merged"), "{:?}", view.also);
    assert_eq!(view.anew, None::<Anew>);
    let text = desk.run(&["outbox", "conflict", OP]);
    assert!(text.stdout.contains("WHEN DECIDED"), "{}", text.stdout);
    assert_eq!(desk.run(&["outbox", "conflict", "none"]).code, 1);
    assert_eq!(desk.run(&["outbox", "rehearse", "none"]).code, 1);
    assert_eq!(desk.run(&["outbox", "withdraw", OP]).code, 0);
    assert_eq!(desk.run(&["sync"]).code, 0);
}

#[test]
fn the_request_of_every_decision_can_be_exported() {
    let desk = Desk::signed_in();
    saved(&desk, 0, OP, "keep-separate");
    saved(&desk, 1, OTHER, "merge");
    let keep: Value = desk.run(&["outbox", "export", OP]).json(0);
    assert_eq!(keep["resolution"]["cleaveOpId"], OP);
    assert_eq!(keep["resolution"]["note"], "Twins");
    let merge: Value = desk.run(&["outbox", "export", OTHER]).json(0);
    assert_eq!(merge["resolution"]["cleaveOpId"], OTHER);
    assert!(merge["resolution"]["fieldChoices"].is_object(), "{merge}");
    assert_eq!(desk.run(&["outbox", "export", "none"]).code, 1);
}

#[test]
fn one_record_and_all_that_is_not_settled_go_into_new_files() {
    let desk = Desk::signed_in();
    saved(&desk, 0, OP, "keep-separate");
    saved(&desk, 1, OTHER, "merge");
    let (one, all) = (desk.path("one.json"), desk.path("all.json"));
    let record = ["outbox", "export", OP, "--record", one.to_str().unwrap(), "--json"];
    let done = desk.run(&record);
    Shapes::of(&desk, &["outbox", "export"]).hold(&done.stdout);
    let text = desk.run(&["outbox", "export", "--all", all.to_str().unwrap()]);
    assert!(text.code == 0 && text.stdout.starts_with("2 decisions: "), "{}{}", text.stdout, text.stderr);
    for (file, expected) in [(&one, &[OP][..]), (&all, &[OP, OTHER])] {
        let written: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let mut ops: Vec<&str> = written["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|entry| entry["opId"].as_str())
            .collect();
        ops.sort_unstable();
        assert_eq!(ops, expected);
        assert!(written["entries"][0]["transitions"].as_array().is_some_and(|list| !list.is_empty()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    std::fs::write(&one, "precious").unwrap();
    assert_eq!(desk.run(&record).error(1).code, ErrorCode::Storage);
    assert_eq!(std::fs::read(&one).unwrap(), b"precious", "a file that is there stays");
    for nonsense in [&["--record", "x"][..], &[OP, "--all", "x"], &[]] {
        assert_eq!(desk.run(&[&["outbox", "export"], nonsense].concat()).code, 2, "{nonsense:?}");
    }
}

#[test]
fn until_idle_waits_out_a_quarantine_and_a_pause_of_the_server() {
    let desk = Desk::signed_in();
    let id = saved(&desk, 0, OP, "keep-separate");
    // Lost before it took effect: nothing shows it, and only after the quarantine is it sent again.
    desk.fault(answers(503, Some(1), None));
    let quick = desk.run(&["sync", "--json"]).json::<Changes>(5);
    let entry = quick.outbox.iter().find(|entry| entry.op_id == OP).unwrap();
    assert_eq!(entry.state, OutboxState::Uncertain, "{}", entry.reason);
    desk.fault(answers(429, Some(1), Some("1")));
    let begun = Instant::now();
    let round: Changes = desk.run(&["sync", "--until-idle", "--quarantine", "2", "--json"]).json(0);
    assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(round.counts.outbox, 0);
    let entry: OutboxEntry = desk.run(&["outbox", "show", OP, "--json"]).json(0);
    assert_eq!((entry.state, entry.attempts), (OutboxState::Applied, 3), "{}", entry.reason);
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "kept_separate");
    for seconds in ["-1", "soon"] {
        assert_eq!(desk.run(&["sync", "--quarantine", seconds]).code, 2, "{seconds}");
    }
}

#[test]
fn until_idle_ends_without_a_server_and_says_what_waits() {
    let mut desk = Desk::signed_in();
    saved(&desk, 0, OP, "keep-separate");
    // The queue still loads; nothing can be checked or sent.
    desk.fault(Fault {
        method: None,
        path: "/api/contacts/dedup-reviews/*".into(),
        skip: 0,
        times: None,
        kind: FaultKind::Drop,
    });
    let begun = Instant::now();
    let round: Changes = desk.run(&["sync", "--until-idle", "--json"]).json(5);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!((round.counts.outbox, round.counts.needs_person), (1, 0));
    desk.stop();
    assert_eq!(desk.run(&["sync", "--until-idle"]).code, 1);
    let entry: OutboxEntry = desk.run(&["outbox", "retry", OP, "--json"]).json(5);
    assert_eq!((entry.state, entry.hold), (OutboxState::Queued, OutboxHold::Offline));
    let rehearsed: Vec<RehearsedView> = desk.run(&["outbox", "rehearse", "--json"]).json(5);
    assert_eq!(rehearsed[0].verdict, Rehearsed::Unknown);
    assert_eq!(desk.run(&["sign-out", "--keep"]).code, 0);
    assert_eq!(desk.run(&["sync"]).code, 4);
}
