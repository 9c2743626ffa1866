//! The command line itself: help, usage, and the service.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cleave_app::ipc::ErrorCode;

use crate::desk::{Desk, finish};

#[test]
fn help_names_exit_codes_and_shapes() {
    let desk = Desk::new();
    let help = finish(&mut desk.bare(&["--help"]));
    assert_eq!(help.code, 0);
    for word in ["Exit codes:", "--home", "--passphrase-file", "decide", "serve", "{\"code\", \"message\""] {
        assert!(help.stdout.contains(word), "{word} is not in --help");
    }
    for (command, word) in [("queue", "QueuePage"), ("decide", "DecideAnswer"), ("sync", "Changes")] {
        let help = finish(&mut desk.bare(&[command, "--help"])).stdout;
        assert!(help.contains(word), "{command} --help does not name {word}");
    }
}

#[test]
fn nonsense_is_usage_and_bad_choices_are_not_sent() {
    let desk = Desk::signed_in();
    for args in [&["frobnicate"][..], &["decide", "x", "divorce"], &["queue", "--limit", "0"], &[]] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    for choices in ["email=source", r#"{"email": "left"}"#, r#"{"noSuchField": "source"}"#] {
        let error = desk.run(&["decide", &id, "merge", "--choices", choices, "--json"]).error(1);
        assert_eq!(error.code, ErrorCode::Invalid, "{choices}");
    }
    assert_eq!(desk.run(&["review", "no-such-review", "--json"]).error(1).code, ErrorCode::NotFound);
    assert_eq!(desk.run(&["outbox", "show", "no-such-entry", "--json"]).error(1).code, ErrorCode::NotFound);
}

#[test]
fn the_service_it_serves_can_be_signed_in_to() {
    let desk = Desk::new();
    let mut served = Command::new(env!("CARGO_BIN_EXE_cleave-cli"))
        .args(["serve", "--json", "--port", "0", "--contacts", "60"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(served.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let greeting: serde_json::Value = serde_json::from_str(&line).unwrap();
    let text = |key: &str| greeting[key].as_str().unwrap().to_owned();
    let (url, email) = (text("url"), text("email"));
    let connected = desk.run_in(
        "home",
        &["connect", "--url", &url, "--email", &email, "--password-stdin"],
        &text("password"),
    );
    served.kill().unwrap();
    served.wait().unwrap();
    assert_eq!(connected.code, 0, "{}", connected.stderr);
    assert!(connected.stdout.contains("reviews wait for a decision."));
}
