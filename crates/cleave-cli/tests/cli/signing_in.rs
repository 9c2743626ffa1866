//! Accounts, credentials and where sessions are kept.

use cleave_app::ipc::{AccountView, ErrorCode, QueuePage};

use crate::desk::{ADMIN, Desk, finish};

#[test]
fn an_account_is_kept_used_and_forgotten() {
    let desk = Desk::new();
    let account: AccountView = desk.connect("home").json(0);
    assert_eq!((account.role.as_str(), account.signed_in), ("ADMIN", true));
    let listed: Vec<AccountView> = desk.run(&["accounts", "--json"]).json(0);
    assert_eq!(listed.as_slice(), std::slice::from_ref(&account));
    assert!(desk.queue(&[]).total > 0);

    let left: Vec<AccountView> = desk.run(&["sign-out", "--json"]).json(0);
    assert!(!left[0].signed_in);
    assert_eq!(desk.run(&["queue", "--json"]).error(4).code, ErrorCode::NoAccount);
    let used: AccountView = desk.run(&["use", &account.id, "--json"]).json(0);
    assert!(!used.signed_in);
    assert_eq!(desk.run(&["sync", "--json"]).error(4).code, ErrorCode::SignInRefused);
    assert!(desk.queue(&[]).total > 0, "the cache is gone");
}

#[test]
fn a_token_from_stdin_signs_in() {
    let desk = Desk::new();
    let args = ["connect", "--url", &desk.url, "--token-stdin", "--json"];
    let account: AccountView = desk.run_in("home", &args, &desk.a_token()).json(0);
    assert!(account.signed_in);
    let elsewhere = desk.run_in("other", &args, "not a token\n").error(4);
    assert_eq!((elsewhere.code, elsewhere.field.as_deref()), (ErrorCode::SignInRefused, Some("token")));
    assert_eq!(desk.run_in("other", &args, "").error(1).code, ErrorCode::Invalid);
}

#[test]
fn homes_live_side_by_side() {
    let desk = Desk::signed_in();
    assert_eq!(desk.connect("second").code, 0);
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    assert_eq!(desk.run(&["decide", &id, "keep-separate", "--queue-only"]).code, 0);
    let here = desk.queue(&["--limit", "1"]).total;
    let there: QueuePage = desk.run_in("second", &["queue", "--json"], "").json(0);
    assert_eq!(there.total, here + 1);
}

#[test]
fn what_goes_wrong_has_its_code_and_its_input() {
    let desk = Desk::new();
    let connect = |url: &str, stdin: &str| {
        desk.run_in("home", &["connect", "--url", url, "--email", ADMIN, "--password-stdin", "--json"], stdin)
    };
    let wrong = connect(&desk.url, "wrong\n").error(4);
    assert_eq!((wrong.code, wrong.field.as_deref()), (ErrorCode::SignInRefused, Some("password")));
    assert_eq!(connect("http://127.0.0.1:9", "x\n").error(1).code, ErrorCode::Unreachable);
    assert_eq!(connect("nonsense://x", "x\n").error(1).field.as_deref(), Some("url"));
    assert_eq!(desk.run(&["queue", "--json"]).error(4).code, ErrorCode::NoAccount);
}

#[test]
fn another_passphrase_opens_nothing() {
    let desk = Desk::signed_in();
    std::fs::write(desk.path("passphrase"), "something else\n").unwrap();
    assert_eq!(desk.run(&["queue", "--json"]).error(1).code, ErrorCode::Secrets);
    std::fs::write(desk.path("passphrase"), "open sesame\n").unwrap();
    assert_eq!(desk.run(&["sync"]).code, 0);
}

#[test]
fn without_a_keyring_nothing_is_sent_that_could_not_be_kept() {
    let desk = Desk::new();
    let mut command =
        desk.bare(&["connect", "--url", &desk.url, "--email", ADMIN, "--password-stdin", "--json"]);
    let error = finish(command.arg("--home").arg(desk.path("home")).write_stdin("x\n")).error(1);
    assert_eq!(error.code, ErrorCode::Secrets);
    assert!(error.hint.unwrap().contains("--passphrase-file"));
}
