//! Every way in which connecting does not work, told apart.

use cleave_sync::{ConnectFailure, Origin, connect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::stub::{json_answer, page};

async fn answering(answer: ResponseTemplate) -> (MockServer, Origin) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/api/auth/login")).respond_with(answer).mount(&server).await;
    let origin = Origin::parse(&server.uri()).unwrap();
    (server, origin)
}

fn login(role: &str) -> serde_json::Value {
    json!({
        "token": "tok", "refreshToken": "ref",
        "user": {"id": "u", "email": "ann@example.org", "fullName": "Ann", "organizationId": "o", "accessRole": role},
    })
}

#[tokio::test]
async fn the_table_of_sign_ins() {
    use ConnectFailure as F;
    let refused = |words: &str| F::SignInRefused(Some(words.to_owned()));
    let cases = [
        (
            "wrong password",
            json_answer(401, &json!({"error": "Invalid credentials"})),
            refused("Invalid credentials"),
        ),
        (
            "bad e-mail",
            json_answer(400, &json!({"message": "email must be an email"})),
            refused("email must be an email"),
        ),
        ("a page", page(200), F::NotTheApi),
        ("a portal", page(401), F::NotTheApi),
        ("another api", json_answer(404, &json!({"error": "no such path"})), F::NotTheApi),
        ("another form", json_answer(200, &json!({"ok": true})), F::NotTheApi),
        (
            "a redirect",
            ResponseTemplate::new(302).insert_header("Location", "https://example.org"),
            F::NotTheApi,
        ),
        ("a sales rep", json_answer(200, &login("SALES_REP")), F::NotAdmin { role: "SALES_REP".into() }),
        (
            "out of order",
            json_answer(503, &json!({"error": "maintenance"})),
            F::Server("The server did not answer properly: maintenance".into()),
        ),
    ];
    for (name, answer, expected) in cases {
        let (_server, origin) = answering(answer).await;
        let failure =
            connect::sign_in(&origin, "ann@example.org", &SecretString::from("pw")).await.unwrap_err();
        assert_eq!(failure, expected, "{name}");
    }
}

#[tokio::test]
async fn an_admin_signs_in() {
    let (_server, origin) = answering(json_answer(200, &login("ADMIN"))).await;
    let signed_in = connect::sign_in(&origin, " ann@example.org ", &SecretString::from("pw")).await.unwrap();
    assert_eq!(signed_in.session.token.expose_secret(), "tok");
    assert_eq!(signed_in.session.refresh.unwrap().expose_secret(), "ref");
    assert_eq!((signed_in.person.name.as_str(), signed_in.person.organization_id.as_str()), ("Ann", "o"));
    assert!(!connect::spans_organizations(&signed_in.person.role));
}

#[tokio::test]
async fn nothing_answers() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let origin = Origin::parse(&format!("http://{free}")).unwrap();
    let failure = connect::sign_in(&origin, "a@example.org", &SecretString::from("pw")).await.unwrap_err();
    assert_eq!(failure, ConnectFailure::Unreachable);
}

/// `{"sub":"u","organizationId":"o"}`, without and with a role.
const NO_ROLE: &str = "e30.eyJzdWIiOiJ1Iiwib3JnYW5pemF0aW9uSWQiOiJvIn0.x";
const REP: &str = "e30.eyJzdWIiOiJ1Iiwicm9sZSI6IlNBTEVTX1JFUCJ9.x";

#[tokio::test]
async fn a_pasted_token_is_checked_and_its_holder_found() {
    let server = MockServer::start().await;
    let origin = Origin::parse(&server.uri()).unwrap();
    let with = |token: &'static str| connect::sign_in_with_token(&origin, SecretString::from(token));
    Mock::given(path("/api/auth/verify-token"))
        .and(header("authorization", "Bearer bad"))
        .respond_with(json_answer(401, &json!({"error": "Invalid token"})))
        .mount(&server)
        .await;
    Mock::given(path("/api/auth/verify-token"))
        .respond_with(json_answer(200, &json!({"message": "ok"})))
        .mount(&server)
        .await;
    let users =
        json!({"success": true, "data": [{"_id": "u", "fullName": "Ann", "accessRole": "SUPERADMIN"}]});
    Mock::given(path("/api/users")).respond_with(json_answer(200, &users)).mount(&server).await;

    assert_eq!(with("bad").await.unwrap_err(), ConnectFailure::SignInRefused(Some("Invalid token".into())));
    assert_eq!(with("  ").await.unwrap_err(), ConnectFailure::SignInRefused(None));
    assert_eq!(with("a\nb").await.unwrap_err(), ConnectFailure::SignInRefused(None));
    assert_eq!(with(REP).await.unwrap_err(), ConnectFailure::NotAdmin { role: "SALES_REP".into() });
    let signed_in = with(NO_ROLE).await.unwrap();
    assert_eq!((signed_in.person.name.as_str(), signed_in.person.role.as_str()), ("Ann", "SUPERADMIN"));
    assert!(connect::spans_organizations(&signed_in.person.role));
}

#[tokio::test]
async fn a_role_nobody_names_is_tried() {
    for (answer, let_in) in [
        (json_answer(200, &json!({"success": true, "data": []})), true),
        (json_answer(403, &json!({"error": "admins only"})), false),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/api/auth/verify-token"))
            .respond_with(json_answer(200, &json!({})))
            .mount(&server)
            .await;
        Mock::given(path("/api/contacts/dedup-reviews")).respond_with(answer).mount(&server).await;
        let origin = Origin::parse(&server.uri()).unwrap();
        let signed_in = connect::sign_in_with_token(&origin, SecretString::from("opaque")).await;
        assert_eq!(signed_in.is_ok(), let_in);
    }
}
