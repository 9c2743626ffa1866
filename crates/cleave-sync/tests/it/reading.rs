//! Bounds of a reading, the one refresh, and what a probe finds.

use std::sync::Arc;
use std::time::Duration;

use cleave_store::{ChildKind, Support};
use cleave_sync::{Api, Clock, Limits, Origin, ReadClass, Route, SyncError, Tokens};
use secrecy::ExposeSecret;
use serde_json::json;
use wiremock::matchers::{any, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::stub::{Stub, json_answer, page};

#[tokio::test]
async fn many_readings_that_are_refused_together_renew_the_session_once() {
    let server = MockServer::start().await;
    Mock::given(header("authorization", "Bearer new"))
        .respond_with(json_answer(
            200,
            &json!({"success": true, "data": {"_id": "r", "status": "needs_review"}}),
        ))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/api/auth/refresh"))
        .respond_with(
            json_answer(200, &json!({"token": "new", "refreshToken": "refresh-2"}))
                .set_delay(Duration::from_millis(200)),
        )
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(json_answer(401, &json!({"error": "expired"})))
        .mount(&server)
        .await;
    let bench = Bench::at(&server.uri(), session("old", Some("refresh-1")));
    let one = || bench.puller.pull_review("r");
    let (a, b, c) = tokio::join!(one(), one(), one());
    a.and(b).and(c).unwrap();
    let now = bench.tokens.session().unwrap();
    assert_eq!(now.token.expose_secret(), "new");
    assert_eq!(now.refresh.unwrap().expose_secret(), "refresh-2");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_broken() {
    let server = MockServer::start().await;
    let body = json!({"data": {"_id": "r", "padding": "x".repeat(200_000)}});
    Mock::given(any()).respond_with(json_answer(200, &body)).mount(&server).await;
    let tokens: Arc<dyn Tokens> = Arc::new(cleave_sync::HeldTokens::new(session("t", None)));
    for (read_bytes, fits) in [(100_000, false), (400_000, true)] {
        let limits = Limits { read_bytes, ..Limits::default() };
        let api = Api::with_limits(Origin::parse(&server.uri()).unwrap(), tokens.clone(), limits).unwrap();
        let read = api.settings("o").await;
        assert_eq!(read.as_ref().err().map(|failure| failure.class), (!fits).then_some(ReadClass::Broken));
    }
}

#[tokio::test]
async fn failures_name_no_address_and_no_token() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(page(200)).mount(&server).await;
    let bench = Bench::at(&server.uri(), session("secret-token", None));
    let error = bench.puller.pull_review("6650f0aa").await.unwrap_err();
    let told = format!("{error} {error:?} {:?} {:?}", bench.api, bench.sender);
    for secret in ["secret-token", "6650f0aa", "/api/"] {
        assert!(!told.contains(secret), "{told}");
    }
}

#[tokio::test]
async fn an_answer_about_another_record_is_no_answer() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(json_answer(200, &json!({"data": {"_id": "other"}})))
        .mount(&server)
        .await;
    let bench = Bench::at(&server.uri(), session("t", None));
    let error = bench.puller.pull_review("r").await.unwrap_err();
    assert!(matches!(error, SyncError::Read(failure) if failure.class == ReadClass::NotTheApi));
}

#[tokio::test]
async fn a_probe_only_reads_and_tells_what_is_missing() {
    let server = MockServer::start().await;
    let has = |at: &str, body| Mock::given(path(at)).respond_with(json_answer(200, &body)).mount(&server);
    has("/api/contacts/dedup-reviews", json!({"data": [{"_id": "r", "candidateContactId": {"_id": "c"}}]}))
        .await;
    has("/api/contacts/dedup-reviews/r", json!({"data": {"_id": "r"}})).await;
    has("/api/contacts/c", json!({"data": {"_id": "c"}})).await;
    Mock::given(path("/api/contacts/c/documents")).respond_with(page(404)).mount(&server).await;
    Mock::given(path("/api/users")).respond_with(json_answer(403, &json!({}))).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(405)).mount(&server).await;
    let bench = Bench::at(&server.uri(), session("t", None));
    let found = bench.api.probe("o").await.unwrap();
    let support = |route| found.iter().find(|capability| capability.route == route).unwrap().support;
    assert_eq!(found.len(), Route::all().count());
    for (route, expected) in [
        (Route::ListReviews, Support::Yes),
        (Route::GetReview, Support::Yes),
        (Route::GetContact, Support::Yes),
        (Route::ListContacts, Support::No),
        (Route::Documents, Support::No),
        (Route::SeparationData, Support::No),
        (Route::Users, Support::Untested),
        (Route::Merge, Support::Untested),
        (Route::KeepSeparate, Support::Untested),
    ] {
        assert_eq!(support(route), expected, "{}", route.name());
    }
    let requests = server.received_requests().await.unwrap();
    let changing = ["/api/auth/login", "/api/auth/refresh"];
    assert!(requests.iter().all(|request| {
        matches!(request.method.as_str(), "GET" | "POST") && !changing.contains(&request.url.path())
    }));
}

#[tokio::test]
async fn a_probe_of_something_else_is_a_failure() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(page(200)).mount(&server).await;
    let bench = Bench::at(&server.uri(), session("t", None));
    assert_eq!(bench.api.probe("o").await.unwrap_err().class, ReadClass::NotTheApi);
}

#[tokio::test]
async fn children_are_composed_where_one_route_is_missing_and_doubt_is_told() {
    let server = MockServer::start().await;
    let answers = |verb: &str, at: &str, body| {
        Mock::given(method(verb)).and(path(at)).respond_with(json_answer(200, &body)).mount(&server)
    };
    answers("POST", "/api/conversation/all", json!({"conversations": [{"_id": "v"}]})).await;
    answers("POST", "/api/applications/list", json!({"success": true, "data": [], "total": 0})).await;
    answers("GET", "/api/contact-notes", json!({"data": [{"_id": "n"}], "pagination": {"total": 7}})).await;
    answers("GET", "/api/reminders", json!({"data": [{"_id": "m"}]})).await;
    answers(
        "GET",
        "/api/contacts/c/documents",
        json!({"data": [{"_id": "d", "signedUrl": "https://x.example"}]}),
    )
    .await;
    answers(
        "GET",
        "/api/contacts/c/protection-status",
        json!({"success": true, "data": {"isProtected": true}}),
    )
    .await;
    let bench = Bench::at(&server.uri(), session("t", None));
    let doubtful = bench.puller.pull_children("c").await.unwrap();
    assert_eq!(
        doubtful,
        [ChildKind::Conversation, ChildKind::Note, ChildKind::Reminder, ChildKind::TrainingSnapshot]
    );
    let children = bench.store.children("c").unwrap();
    assert_eq!(children.lists[&ChildKind::Conversation].docs.len(), 1, "the same one on every channel");
    assert!(children.lists[&ChildKind::Application].complete);
    assert!(!children.lists.contains_key(&ChildKind::TrainingSnapshot), "unknown is not none");
    assert!(children.protection.is_some());
}

#[tokio::test]
async fn a_review_and_its_contacts_are_read_whole() {
    let stub = Stub::start().await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    bench.puller.pull_review("r").await.unwrap();
    let cached = bench.store.review("r").unwrap().unwrap();
    assert!(cached.source_whole && cached.candidate_whole && cached.open);
    assert_eq!(cached.review, stub.seen());
    assert_eq!(cached.seen_at, bench.clock.now());
    stub.server.reset().await;
    bench.puller.pull_review("r").await.unwrap_err();
    assert!(!bench.store.review("r").unwrap().unwrap().open, "the server no longer has it");
}

#[tokio::test]
async fn names_come_from_the_routes_there_are() {
    let server = MockServer::start().await;
    let pipelines = json!({"data": [
        {"_id": "p", "name": "Sales", "stages": [{"_id": "s1", "name": "New"}, {"_id": "s2"}]},
    ]});
    Mock::given(path("/api/pipelines/list")).respond_with(json_answer(200, &pipelines)).mount(&server).await;
    Mock::given(path("/api/users")).respond_with(json_answer(403, &json!({}))).mount(&server).await;
    let bench = Bench::at(&server.uri(), session("t", None));
    let names = |list: &[(&str, &str)]| list.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    let named = bench.api.names().await.unwrap();
    assert_eq!((named.pipelines, named.people), (names(&[("p", "Sales"), ("s1", "New")]), names(&[])));

    server.reset().await;
    let users = json!({"data": [{"_id": "a", "fullName": "Ann"}, {"_id": "b", "email": "b@x.example"}]});
    Mock::given(path("/api/users")).respond_with(json_answer(200, &users)).mount(&server).await;
    Mock::given(any()).respond_with(page(404)).mount(&server).await;
    let named = bench.api.names().await.unwrap();
    let all = [("a", "Ann"), ("b", "b@x.example")];
    assert_eq!((named.all(), named.pipelines.len()), (all.into(), 0));
    assert_eq!(named.people, names(&all));
}
