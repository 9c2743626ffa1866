//! The server's words out of any body.

use cleave_wire::{ApiProblem, error::ProblemForm};
use proptest::prelude::*;
use serde_json::json;

fn parse(body: &str) -> ApiProblem {
    ApiProblem::parse(400, Some("application/json; charset=utf-8"), body.as_bytes())
}

#[test]
fn every_form_that_was_seen() {
    let cases = [
        (
            r#"{"error":"Attachment not found","message":"Attachment not found"}"#,
            Some("Attachment not found"),
            None,
        ),
        (
            r#"{"error":"Bad request","message":"email is not valid"}"#,
            Some("Bad request"),
            Some("email is not valid"),
        ),
        (r#"{"message":"Review already resolved","data":{}}"#, Some("Review already resolved"), None),
        (
            r#"{"error":"Organization not found","details":"No such id"}"#,
            Some("Organization not found"),
            Some("No such id"),
        ),
        (r#"{"error":{"code":"E_DUP","message":"Phone in use"}}"#, Some("Phone in use"), None),
        (r#"{"error":{"message":"Invalid"},"details":"limit"}"#, Some("Invalid"), Some("limit")),
        (r#""Not today""#, Some("Not today"), None),
        (r#"{"errors":[{"path":["weight"],"message":"too heavy"}]}"#, Some("too heavy"), None),
        (r#"{"success":false}"#, None, None),
        (r#"{"error":null,"message":17}"#, None, None),
        ("[]", None, None),
    ];
    for (body, words, details) in cases {
        let problem = parse(body);
        assert_eq!((problem.words.as_deref(), problem.details.as_deref()), (words, details), "{body}");
        assert_eq!(problem.form, ProblemForm::Json, "{body}");
    }
}

#[test]
fn what_is_not_json() {
    let page =
        "<!doctype html><html><head><TITLE>\n 502 Bad&nbsp;Gateway &amp;amp; more </TITLE></head><h1>x</h1>";
    let cases = [
        (Some("text/html"), page, ProblemForm::Html, Some("502 Bad Gateway &amp; more")),
        (None, "<html><body><h1>Sign <b>in</b></h1>", ProblemForm::Html, Some("Sign in")),
        (Some("text/html"), "<html><body>nothing to say", ProblemForm::Html, None),
        (Some("application/json"), "{\"error\": \"cut off", ProblemForm::Text, Some("{\"error\": \"cut off")),
        (Some("text/plain"), "Too many\r\nrequests\u{0}", ProblemForm::Text, Some("Too many requests")),
        (None, "", ProblemForm::Empty, None),
        (None, " \n", ProblemForm::Empty, None),
        (Some("application/json"), "null", ProblemForm::Empty, None),
    ];
    for (kind, body, form, words) in cases {
        let problem = ApiProblem::parse(502, kind, body.as_bytes());
        assert_eq!((problem.form, problem.words.as_deref()), (form, words), "{body}");
    }
}

#[test]
fn a_field_and_a_code_are_found_where_servers_put_them() {
    let fields = [
        json!({"error": "x", "data": {"field": "fieldSplit.phoneNumber.new"}}),
        json!({"error": {"message": "x", "field": "fieldSplit.phoneNumber.new"}}),
        json!({"message": "x", "errors": [{"path": ["fieldSplit", "phoneNumber", "new"]}]}),
        json!({"message": "x", "details": {"param": "fieldSplit.phoneNumber.new"}}),
        json!({"message": "x", "field": "fieldSplit.phoneNumber.new"}),
    ];
    for body in fields {
        assert_eq!(parse(&body.to_string()).field.as_deref(), Some("fieldSplit.phoneNumber.new"), "{body}");
    }
    assert_eq!(
        parse(r#"{"error":"fieldSplit.email is wrong"}"#).field,
        None,
        "words are never read for a field"
    );
    assert_eq!(parse(r#"{"error":{"code":"E1"}}"#).code.as_deref(), Some("E1"));
    assert_eq!(parse(r#"{"error":{"code":11000}}"#).code.as_deref(), Some("11000"));
}

#[test]
fn words_cannot_disguise_themselves_or_flood() {
    let problem = parse(&json!({"error": "safe\u{202e}txt\u{7}\n\nend"}).to_string());
    assert_eq!(problem.words.as_deref(), Some("safetxt end"));
    let problem = parse(&json!({"error": "é".repeat(100_000)}).to_string());
    assert_eq!(problem.words.map(|words| words.chars().count()), Some(501));
}

#[test]
fn debug_does_not_tell_the_words() {
    let problem = parse(r#"{"error":"+14165550100 is held by Jane"}"#);
    assert_eq!(format!("{problem:?}"), "ApiProblem { status: 400, form: Json, .. }");
    assert_eq!(problem.sentence().as_deref(), Some("+14165550100 is held by Jane"));
}

fn spoken() -> impl Strategy<Value = String> {
    "[A-Za-z0-9é+@][A-Za-z0-9é+@.,'-]{0,40}"
}

proptest! {
    #[test]
    fn no_bytes_panic(status: u16, kind in proptest::option::of("\\PC{0,20}"), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let problem = ApiProblem::parse(status, kind.as_deref(), &bytes);
        prop_assert!(problem.words.is_none_or(|words| words.chars().count() <= 501));
    }

    #[test]
    fn no_page_panics(page in "(<|</|title|>|h1|é|&lt;|&|TITLE| |x){0,40}") {
        let problem = ApiProblem::parse(200, Some("text/html"), page.as_bytes());
        prop_assert_eq!(problem.status, 200);
    }

    #[test]
    fn the_servers_words_come_through(words in spoken(), details in spoken(), form in 0usize..6) {
        prop_assume!(words != details);
        let body = match form {
            0 => json!({"error": words, "message": details}),
            1 => json!({"error": words, "details": details}),
            2 => json!({"error": {"code": "E", "message": words}, "message": details}),
            3 => json!({"error": {"message": words, "details": details}}),
            4 => json!({"message": words, "details": details, "data": null, "more": [1]}),
            _ => json!({"error": words, "errors": [{"message": details}]}),
        };
        let problem = parse(&body.to_string());
        prop_assert_eq!(problem.sentence(), Some(format!("{words}: {details}")));
    }
}
