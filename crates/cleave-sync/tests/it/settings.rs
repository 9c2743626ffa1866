//! Changes of settings: the way through, lost answers, and other admins.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_service::{Fault, FaultKind};
use cleave_store::Entry;
use serde_json::{Map, Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::service::Trial;
use crate::stub::{json_answer, page};

const PUT: &str = "/api/organizations/*/contact-fuzzy-merge-settings";

struct World {
    trial: Trial,
    organization: String,
}

impl World {
    async fn start() -> World {
        let trial = Trial::start().await;
        let organization = trial.bench.organization().to_owned();
        World { trial, organization }
    }

    async fn now(&self) -> Map<String, Value> {
        self.trial.bench.api.settings(&self.organization).await.unwrap()
    }

    /// Decides on a change of the settings as they are now.
    async fn decide(&self, change: Value) -> Entry {
        self.trial.bench.change_settings(&self.organization, self.now().await, &change)
    }

    /// Another admin changes them, at once.
    async fn by_another(&self, change: Value) {
        let another = self.trial.another_bench();
        let entry = another.change_settings(&self.organization, self.now().await, &change);
        another.moved().await;
        assert_eq!(another.state(&entry), State::Applied, "{}", another.reason(&entry));
    }

    fn arm(&self, kind: FaultKind) {
        self.trial.arm(Fault::once("PUT", PUT, kind));
    }

    async fn settled(&self, entry: &Entry, seconds: u64) -> Entry {
        self.trial.bench.run_for(Duration::from_secs(seconds)).await;
        self.trial.bench.store.entry(&entry.op_id).unwrap()
    }
}

fn status(status: u16, body: Value) -> FaultKind {
    FaultKind::Status { status, body: Some(body), retry_after: None, location: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_takes_effect_and_what_others_changed_beside_it_stays() {
    let world = World::start().await;
    let entry = world.decide(json!({"candidateLimit": 60, "thresholdPercent": 95})).await;
    world.by_another(json!({"instantMergeFields": ["email"], "reviewThresholdPercent": 72})).await;
    world.trial.bench.moved().await;
    let bench = &world.trial.bench;
    assert_eq!(bench.state(&entry), State::Applied, "{}", bench.reason(&entry));
    let now = world.now().await;
    for (key, expected) in [
        ("candidateLimit", json!(60)),
        ("thresholdPercent", json!(95.0)),
        ("reviewThresholdPercent", json!(72.0)),
        ("instantMergeFields", json!(["email"])),
    ] {
        assert_eq!(now[key], expected, "{key}");
    }
    let kept = bench.store.read_settings().unwrap().unwrap();
    assert_eq!(kept.settings, now, "the cache has what was read back");
    let again = world.decide(json!({"candidateLimit": 61})).await;
    world.by_another(json!({"candidateLimit": 61})).await;
    bench.moved().await;
    assert_eq!(bench.state(&again), State::AppliedElsewhere, "{}", bench.reason(&again));
    assert_eq!(bench.store.attempts(&again.op_id).unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_admin_changed_in_the_same_key_or_made_impossible_is_a_conflict() {
    let world = World::start().await;
    let bench = &world.trial.bench;
    let same = world.decide(json!({"candidateLimit": 60, "lookupTriggerFields": ["email"]})).await;
    world.by_another(json!({"candidateLimit": 70})).await;
    bench.moved().await;
    assert_eq!(bench.state(&same), State::Conflict);
    assert!(bench.reason(&same).ends_with("since: candidateLimit."), "{}", bench.reason(&same));
    bench.store.withdraw(&same.op_id, bench.clock_now()).unwrap();

    let above = world.decide(json!({"reviewThresholdPercent": 85})).await;
    world.by_another(json!({"thresholdPercent": 80})).await;
    let before = world.now().await;
    bench.moved().await;
    assert_eq!(bench.state(&above), State::Conflict);
    assert!(bench.reason(&above).contains("must not be above thresholdPercent"), "{}", bench.reason(&above));
    assert_eq!(world.now().await, before, "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_settles_when_no_request_can_be_on_its_way() {
    let world = World::start().await;
    let bench = &world.trial.bench;
    for (at, kind) in [FaultKind::LoseAnswer, FaultKind::CutAnswer { bytes: 40 }].into_iter().enumerate() {
        let entry = world.decide(json!({"candidateLimit": 60 + at})).await;
        world.arm(kind);
        bench.moved().await;
        assert_eq!(bench.state(&entry), State::Uncertain);
        assert_eq!(
            world.settled(&entry, 300).await.state,
            State::Uncertain,
            "another request would undo what comes next"
        );
        let settled = world.settled(&entry, 120).await;
        assert_eq!((settled.state, settled.attempts), (State::Applied, 1), "{}", settled.reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_arrived_is_sent_again_and_somebody_elses_value_is_a_conflict() {
    let world = World::start().await;
    let bench = &world.trial.bench;
    let entry = world.decide(json!({"candidateLimit": 60})).await;
    world.arm(FaultKind::Drop);
    bench.moved().await;
    let settled = world.settled(&entry, 420).await;
    assert_eq!((settled.state, settled.attempts), (State::Applied, 2), "{}", settled.reason);

    let entry = world.decide(json!({"candidateLimit": 70})).await;
    world.arm(FaultKind::Drop);
    bench.moved().await;
    world.by_another(json!({"candidateLimit": 80})).await;
    assert_eq!(world.settled(&entry, 300).await.state, State::Uncertain, "not before the quarantine");
    let settled = world.settled(&entry, 120).await;
    assert_eq!((settled.state, settled.attempts), (State::Conflict, 1), "{}", settled.reason);
    assert_eq!(world.now().await["candidateLimit"], 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_says_against_it_is_a_conflict_or_a_refusal_at_the_key() {
    let world = World::start().await;
    let bench = &world.trial.bench;
    let entry = world.decide(json!({"candidateLimit": 60})).await;
    world.arm(status(409, json!({"error": "somebody is at it"})));
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Conflict);
    assert!(bench.reason(&entry).ends_with("somebody is at it"), "{}", bench.reason(&entry));
    bench.store.withdraw(&entry.op_id, bench.clock_now()).unwrap();

    let entry = world.decide(json!({"candidateLimit": 60})).await;
    let details = json!({"field": "body.customFields.1.weight", "message": "too heavy"});
    world.arm(status(400, json!({"error": "Bad Request", "details": [details]})));
    bench.moved().await;
    let refused = bench.store.entry(&entry.op_id).unwrap();
    assert_eq!(
        (refused.state, refused.refused_at.as_deref()),
        (State::Refused, Some("customFields[1].weight"))
    );
    assert!(refused.reason.contains("too heavy"), "{}", refused.reason);
    bench.store.withdraw(&entry.op_id, bench.clock_now()).unwrap();

    // After an attempt that is unaccounted for it proves nothing.
    let entry = world.decide(json!({"candidateLimit": 60})).await;
    world.arm(FaultKind::Drop);
    bench.moved().await;
    world.arm(status(409, json!({"error": "no"})));
    let settled = world.settled(&entry, 1200).await;
    assert_eq!((settled.state, settled.attempts), (State::Applied, 3), "{}", settled.reason);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_send_loses_nothing_and_another_organisations_settings_are_not_touched()
{
    let world = World::start().await;
    let entry = world.decide(json!({"candidateLimit": 60})).await;
    world.arm(FaultKind::Hang { commit: true });
    let step = tokio::time::timeout(Duration::from_millis(700), world.trial.bench.sender.step()).await;
    assert!(step.is_err(), "it hangs");
    assert_eq!(world.trial.bench.state(&entry), State::Sending);
    let World { trial, organization } = world;
    let bench = trial.bench.restarted();
    bench.run_for(Duration::from_secs(420)).await;
    let settled = bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, settled.attempts), (State::Applied, 1), "{}", settled.reason);

    let seen = bench.api.settings(&organization).await.unwrap();
    let foreign = bench.change_settings("another", seen, &json!({"candidateLimit": 1}));
    bench.moved().await;
    assert_eq!(bench.state(&foreign), State::Queued(Hold::WrongAccount), "{}", bench.reason(&foreign));
    trial.service.shutdown().await;
}

struct Stub {
    bench: Bench,
    held: Arc<Mutex<Value>>,
    sent: Arc<Mutex<Vec<Value>>>,
    _server: MockServer,
}

impl Stub {
    async fn decide(&self, change: Value) -> Entry {
        let seen = self.bench.api.settings("o").await.unwrap();
        self.bench.change_settings("o", seen, &change)
    }
}

fn take(held: &Mutex<Value>, body: &Value) {
    held.lock().unwrap().as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
}

/// A server that answers a PUT as it is told to, and takes it or not.
async fn stub(answer: ResponseTemplate, takes: bool) -> Stub {
    let server = MockServer::start().await;
    let held =
        json!({"candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70, "own": [1]});
    let held = Arc::new(Mutex::new(held));
    let (shown, taking, sent) = (held.clone(), held.clone(), Arc::new(Mutex::new(Vec::new())));
    Mock::given(method("GET"))
        .respond_with(move |_: &Request| json_answer(200, &json!({"data": *shown.lock().unwrap()})))
        .mount(&server)
        .await;
    let kept = sent.clone();
    Mock::given(method("PUT"))
        .respond_with(move |request: &Request| {
            let body: Value = request.body_json().unwrap();
            if takes {
                take(&taking, &body);
            }
            kept.lock().unwrap().push(body);
            answer.clone()
        })
        .mount(&server)
        .await;
    let bench = Bench::at(&server.uri(), session("t", None));
    Stub { bench, held, sent, _server: server }
}

#[tokio::test]
async fn only_what_is_seen_counts_whatever_the_answer_says() {
    let wanted = json!({"data": {"thresholdPercent": 95.0, "own": 7}});
    let cases = [
        (json_answer(200, &json!({})), true, State::Applied, "read back"),
        (json_answer(200, &wanted), false, State::Applied, "the answer shows it"),
        (
            json_answer(200, &json!({"data": {"thresholdPercent": 90}})),
            true,
            State::Applied,
            "an echo of before",
        ),
        (json_answer(200, &json!({"success": true})), false, State::Uncertain, "not there when read back"),
        (json_answer(200, &json!({"success": false})), true, State::Uncertain, "a failure"),
        (page(200), true, State::Uncertain, "a page"),
        (json_answer(404, &json!({})), false, State::NeedsPerson, "no such settings"),
        (json_answer(401, &json!({})), false, State::Queued(Hold::Auth), "signed out"),
        (json_answer(429, &json!({})), false, State::Queued(Hold::Backoff), "a pause"),
    ];
    for (answer, takes, expected, what) in cases {
        let stub = stub(answer, takes).await;
        let Stub { bench, sent, .. } = &stub;
        let entry = stub.decide(json!({"thresholdPercent": 95})).await;
        bench.moved().await;
        assert_eq!(bench.state(&entry), expected, "{what}: {}", bench.reason(&entry));
        let once = json!({"thresholdPercent": 95, "reviewThresholdPercent": 70});
        assert_eq!(*sent.lock().unwrap(), [once], "{what}: only what changes, and both thresholds");
    }
}

#[tokio::test]
async fn a_request_that_arrives_late_is_seen_and_not_sent_again() {
    let stub = stub(json_answer(504, &json!({})), false).await;
    let entry = stub.decide(json!({"candidateLimit": 60})).await;
    stub.bench.moved().await;
    stub.bench.run_for(Duration::from_secs(300)).await;
    assert_eq!(stub.bench.state(&entry), State::Uncertain);
    let late = stub.sent.lock().unwrap()[0].clone();
    take(&stub.held, &late);
    stub.bench.run_for(Duration::from_secs(120)).await;
    let settled = stub.bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, settled.attempts), (State::Applied, 1), "{}", settled.reason);
}

#[tokio::test]
async fn settings_that_are_not_shown_are_waited_for_and_nothing_is_sent() {
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(json_answer(200, &json!({"success": true}))).mount(&server).await;
    let bench = Bench::at(&server.uri(), session("t", None));
    let seen = json!({"candidateLimit": 5});
    let entry = bench.change_settings("o", seen.as_object().unwrap().clone(), &json!({"candidateLimit": 6}));
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Queued(Hold::Backoff), "{}", bench.reason(&entry));
}
