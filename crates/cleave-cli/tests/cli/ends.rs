//! The command line itself: help, usage, and the service.

use cleave_app::ipc::ErrorCode;

use crate::desk::{Desk, finish};
use crate::served::Served;

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
    let desk = Desk::without_service();
    let served = Served::start(&["--contacts", "60"]);
    let (url, email) = (served.text("url"), served.text("email"));
    let connected = desk.run_in(
        "home",
        &["connect", "--url", &url, "--email", &email, "--password-stdin"],
        &served.text("password"),
    );
    assert_eq!(connected.code, 0, "{}", connected.stderr);
    assert!(connected.stdout.contains("reviews wait for a decision."));
}
