//! Against the local API service: the whole way, and what its faults do.

use std::collections::BTreeMap;
use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::field::Side;
use cleave_core::merge::plan;
use cleave_core::outbox::{Hold, State};
use cleave_core::review::Review;
use cleave_service::{Config, Fault, FaultKind, Running, Seed, Service, World};
use cleave_store::{Entry, Local, QueueQuery};
use cleave_sync::{Origin, connect};
use secrecy::SecretString;

use crate::bench::Bench;

pub struct Trial {
    pub service: Running,
    pub bench: Bench,
}

impl Trial {
    pub async fn start() -> Trial {
        let config = Config {
            world: World::Seed(Seed { number: 7, contacts: 200 }),
            password: Some("correct horse".into()),
            faults: true,
            ..Config::default()
        };
        let service = Service::start(config).await.unwrap();
        let origin = Origin::parse(&service.url).unwrap();
        let password = SecretString::from(service.credentials.password.clone());
        let signed_in = connect::sign_in(&origin, &service.credentials.email, &password).await.unwrap();
        let bench = Bench::of(&service.url, signed_in.session, Some(&signed_in.person.organization_id));
        Trial { service, bench }
    }

    /// Another admin's machine.
    pub fn another_bench(&self) -> Bench {
        self.bench_of(None)
    }

    /// Another machine, with an account of this organisation.
    pub fn bench_of(&self, organization_id: Option<&str>) -> Bench {
        let session = cleave_sync::Tokens::session(&*self.bench.tokens).unwrap();
        Bench::of(&self.service.url, session, organization_id)
    }

    /// With the queue read, and the reviews of the first page that share no contact.
    pub async fn pulled() -> (Trial, Vec<String>) {
        let world = Trial::start().await;
        let pulled = world.bench.puller.pull_all(|_| {}).await.unwrap();
        assert!(pulled.complete && pulled.seen > 10, "{}", pulled.seen);
        let query = QueueQuery { limit: 200, ..QueueQuery::default() };
        let (mut taken, mut apart) = (Vec::new(), Vec::new());
        for row in world.bench.store.queue_page(&query).unwrap().rows {
            if !taken.contains(&row.source_id) && !taken.contains(&row.candidate_id) {
                taken.extend([row.source_id, row.candidate_id]);
                apart.push(row.review_id);
            }
        }
        (world, apart)
    }

    pub async fn seen(&self, review_id: &str) -> Review {
        self.bench.puller.pull_review(review_id).await.unwrap();
        self.bench.store.review(review_id).unwrap().unwrap().review
    }

    /// Decides on a merge that takes every differing field from one side.
    pub async fn merge(&self, review_id: &str, side: Side) -> (Review, Entry) {
        let seen = self.seen(review_id).await;
        let (source, candidate) =
            (seen.source.contact.as_ref().unwrap(), seen.candidate.contact.as_ref().unwrap());
        let picks = plan(source, candidate, &BTreeMap::new(), &BTreeMap::new())
            .field_choices()
            .into_keys()
            .map(|path| (path, side))
            .collect();
        let plan = plan(source, candidate, &picks, &BTreeMap::new());
        let predicted: Vec<(&str, Option<&str>)> = plan
            .fields
            .iter()
            .filter(|field| field.choosable)
            .map(|field| (field.path.as_str(), field.result.as_deref()))
            .collect();
        let decision = Decision::Merge { choices: plan.field_choices(), note: Some("same person".into()) };
        let entry = self.bench.decide(&seen, decision, &predicted);
        (seen, entry)
    }

    async fn on_server(&self, review_id: &str) -> Review {
        self.seen(review_id).await
    }

    pub fn arm(&self, fault: Fault) {
        self.service.faults().unwrap().add(fault).unwrap();
    }

    pub fn struck(&self) -> u32 {
        self.service.faults().unwrap().list().iter().map(|(_, struck)| struck).sum()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_and_a_keep_separate_take_effect_as_predicted() {
    let (world, reviews) = Trial::pulled().await;
    let (seen, merge) = world.merge(&reviews[0], Side::Source).await;
    world.bench.moved().await;
    let merged = world.bench.store.entry_head(&merge.op_id).unwrap();
    assert_eq!((merged.state, merged.differences), (State::Applied, vec![]), "{}", merged.reason);
    let now = world.on_server(&reviews[0]).await;
    assert_eq!(now.resolved_op_id.as_deref(), Some(merge.op_id.as_str()));
    assert!(world.bench.api.settings(&now.organization_id.unwrap()).await.is_ok());
    assert!(world.bench.store.open_reviews_of(&seen.source.id).unwrap().is_empty(), "closed by the cascade");

    let seen = world.seen(&reviews[1]).await;
    let keep = world.bench.decide(&seen, Decision::KeepSeparate { note: Some("twins".into()) }, &[]);
    world.bench.moved().await;
    assert_eq!(world.bench.state(&keep), State::Applied);
    let row = &world.bench.store.queue_rows(&[reviews[1].clone()]).unwrap()[0];
    assert_eq!((row.local, row.open), (Local::Done, false));
    world.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_after_the_commit_is_recognised_and_not_doubled() {
    let (world, reviews) = Trial::pulled().await;
    let lost = [FaultKind::LoseAnswer, FaultKind::CutAnswer { bytes: 40 }, FaultKind::Hang { commit: true }];
    for (review_id, kind) in reviews.iter().zip(lost) {
        let (_, entry) = world.merge(review_id, Side::Candidate).await;
        world.arm(Fault::once("PATCH", "/api/contacts/dedup-reviews/*/merge", kind.clone()));
        world.bench.moved().await;
        assert_eq!(world.bench.state(&entry), State::Uncertain, "{kind:?}");
        world.bench.run_for(Duration::from_secs(30)).await;
        let settled = world.bench.store.entry(&entry.op_id).unwrap();
        assert_eq!((settled.state, settled.attempts), (State::Applied, 1), "{kind:?}: {}", settled.reason);
        assert!(settled.differences.is_empty(), "{kind:?}");
    }
    assert_eq!(world.struck(), 3);
    world.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_arrived_is_sent_again_once() {
    let (world, reviews) = Trial::pulled().await;
    for (review_id, kind) in reviews.iter().zip([FaultKind::Drop, FaultKind::Html { status: 502 }]) {
        let (_, entry) = world.merge(review_id, Side::Source).await;
        world.arm(Fault::once("PATCH", "/api/contacts/dedup-reviews/*/merge", kind.clone()));
        world.bench.moved().await;
        assert_eq!(world.bench.state(&entry), State::Uncertain, "{kind:?}");
        world.bench.run_for(Duration::from_secs(420)).await;
        let settled = world.bench.store.entry(&entry.op_id).unwrap();
        assert_eq!((settled.state, settled.attempts), (State::Applied, 2), "{kind:?}: {}", settled.reason);
    }
    world.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_admin_who_was_first_is_seen() {
    let (world, reviews) = Trial::pulled().await;
    let (_, entry) = world.merge(&reviews[0], Side::Source).await;
    let first = world.another_bench();
    let theirs = first.decide(&world.seen(&reviews[0]).await, Decision::KeepSeparate { note: None }, &[]);
    first.moved().await;
    assert_eq!(first.state(&theirs), State::Applied);
    world.bench.moved().await;
    assert_eq!(world.bench.state(&entry), State::Conflict);
    assert!(world.bench.reason(&entry).contains("kept this pair separate"), "{}", world.bench.reason(&entry));
    world.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_holds_the_queue_and_then_gets_it() {
    let (world, reviews) = Trial::pulled().await;
    let (_, entry) = world.merge(&reviews[0], Side::Source).await;
    world.arm(Fault {
        method: None,
        path: "/**".into(),
        skip: 0,
        times: Some(3),
        kind: FaultKind::Status { status: 503, body: None, retry_after: Some("5".into()), location: None },
    });
    world.bench.moved().await;
    assert_eq!(world.bench.state(&entry), State::Queued(Hold::Backoff));
    world.bench.run_for(Duration::from_secs(120)).await;
    let settled = world.bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, settled.attempts), (State::Applied, 1), "{}", settled.reason);
    world.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_supports_everything_and_shows_all_children() {
    let (world, reviews) = Trial::pulled().await;
    let organization = world.seen(&reviews[0]).await.organization_id.unwrap();
    for capability in world.bench.api.probe(&organization).await.unwrap() {
        let expected = if capability.route.changes_something() {
            cleave_store::Support::Untested
        } else {
            cleave_store::Support::Yes
        };
        assert_eq!(capability.support, expected, "{}", capability.route.name());
    }
    let candidate = world.seen(&reviews[0]).await.candidate.id;
    assert!(
        world.bench.puller.pull_children(&candidate).await.unwrap().is_empty(),
        "every kind is known in full"
    );
    world.service.shutdown().await;
}
