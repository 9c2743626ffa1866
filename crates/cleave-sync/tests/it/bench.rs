//! A store, a client and a sender on a clock that stands still.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::field::Side;
use cleave_core::outbox::State;
use cleave_core::reconcile::basis_of;
use cleave_core::review::Review;
use cleave_core::separation::{DecidedSeparation, Expected, SeparationPlan, Subject, preview};
use cleave_core::settings::DecidedSettings;
use cleave_store::{Entry, NewEntry, Predicted, Store, Superseding};
use cleave_sync::{
    Api, Clock, HeldTokens, Limits, ManualClock, Moved, Origin, Puller, Sender, SenderSettings, Session,
    Step, Tokens,
};
use cleave_wire::separate_core::request;
use secrecy::SecretString;
use serde_json::{Map, Value};

static NEXT: AtomicU32 = AtomicU32::new(1);

pub struct Bench {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub tokens: Arc<HeldTokens>,
    pub api: Api,
    pub sender: Sender,
    pub puller: Puller,
    organization_id: Option<String>,
    dir: tempfile::TempDir,
}

pub fn session(token: &str, refresh: Option<&str>) -> Session {
    Session { token: SecretString::from(token), refresh: refresh.map(SecretString::from) }
}

/// A time-out that a busy machine keeps, and that a test can wait for.
fn limits() -> Limits {
    Limits { change: Duration::from_millis(1500), read: Duration::from_secs(20), ..Limits::default() }
}

impl Bench {
    pub fn at(url: &str, session: Session) -> Bench {
        Bench::of(url, session, None)
    }

    pub fn of(url: &str, session: Session, organization_id: Option<&str>) -> Bench {
        Bench::on(tempfile::tempdir().unwrap(), url, session, organization_id)
    }

    fn on(dir: tempfile::TempDir, url: &str, session: Session, organization_id: Option<&str>) -> Bench {
        let clock = Arc::new(ManualClock::at("2026-03-01T09:00:00Z".parse().unwrap()));
        let store = Store::open(dir.path(), "2026-03-01T09:00:00Z".parse().unwrap()).unwrap();
        let tokens = Arc::new(HeldTokens::new(session));
        let held: Arc<dyn Tokens> = tokens.clone();
        let api = Api::with_limits(Origin::parse(url).unwrap(), held, limits()).unwrap();
        let organization_id = organization_id.map(str::to_owned);
        let settings = SenderSettings {
            organization_id: organization_id.clone(),
            jitter: || 1.0,
            ..SenderSettings::default()
        };
        let sender = Sender::new(api.clone(), store.clone(), clock.clone(), settings);
        let puller = Puller::new(api.clone(), store.clone(), clock.clone(), organization_id.clone());
        Bench { store, clock, tokens, api, sender, puller, organization_id, dir }
    }

    /// The process ends, and another one opens the same files.
    pub fn restarted(self) -> Bench {
        let Bench { store, tokens, api, sender, puller, organization_id, dir, .. } = self;
        let url = api.origin().as_str().to_owned();
        drop((store, api, sender, puller));
        Bench::on(dir, &url, tokens.session().unwrap(), organization_id.as_deref())
    }

    /// Saves a separation as it is previewed over what was seen, with its cancel window over.
    pub fn separate(&self, seen: &Subject, plan: SeparationPlan) -> Entry {
        let preview = preview(seen, &plan);
        let decided = DecidedSeparation {
            request: serde_json::to_value(request(&plan, seen).unwrap()).unwrap(),
            subject: seen.kept_for(&plan),
            expected: Expected::of(seen, &plan, &preview),
            predicted: preview.summary,
            plan,
        };
        self.save(
            &seen.contact.id,
            Decision::Separate(Box::new(decided)),
            String::new(),
            &[&seen.contact.id],
            &[],
        )
    }

    /// Saves a decision about a review as it is seen, with its cancel window over.
    pub fn decide(&self, seen: &Review, decision: Decision, predicted: &[(&str, Option<&str>)]) -> Entry {
        self.save(&seen.id, decision, basis_of(seen), &[&seen.source.id, &seen.candidate.id], predicted)
    }

    /// Saves a change of the settings that were seen, with its cancel window over.
    pub fn change_settings(&self, organization: &str, seen: Map<String, Value>, change: &Value) -> Entry {
        let decided = DecidedSettings::of(seen, change.as_object().unwrap()).unwrap();
        self.save(organization, Decision::Settings(Box::new(decided)), String::new(), &[], &[])
    }

    /// The organisation of the account.
    pub fn organization(&self) -> &str {
        self.organization_id.as_deref().unwrap()
    }

    pub fn clock_now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    fn save(
        &self,
        subject: &str,
        decision: Decision,
        basis: String,
        contact_ids: &[&str],
        predicted: &[(&str, Option<&str>)],
    ) -> Entry {
        let now = self.clock.now();
        let new = NewEntry {
            op_id: format!("op{}", NEXT.fetch_add(1, Ordering::Relaxed)),
            subject: subject.to_owned(),
            decision,
            basis,
            seen: serde_json::Value::Null,
            title: "Ann and Anne".into(),
            contact_ids: contact_ids.iter().map(|id| (*id).to_owned()).collect(),
            predicted: predicted
                .iter()
                .map(|(path, value)| Predicted { path: (*path).into(), value: value.map(str::to_owned) })
                .collect(),
            decided_at: now,
            cancel_until: now,
            from_draft: false,
        };
        self.store.insert_decision(&new, Superseding::No).unwrap().entry
    }

    pub fn merge(&self, seen: &Review) -> Entry {
        self.decide(
            seen,
            Decision::Merge { choices: [("email".into(), Side::Source)].into(), note: None },
            &[],
        )
    }

    pub fn state(&self, entry: &Entry) -> State {
        self.store.entry(&entry.op_id).unwrap().state
    }

    pub fn reason(&self, entry: &Entry) -> String {
        self.store.entry_head(&entry.op_id).unwrap().reason
    }

    /// One step that must move something.
    pub async fn moved(&self) -> Moved {
        match self.sender.step().await.unwrap() {
            Step::Moved(moved) => moved,
            Step::Idle { wait } => panic!("nothing to do for {wait:?}"),
        }
    }

    /// Steps, and time that passes where there is nothing to do, until nothing is left or the time is over.
    pub async fn run_for(&self, time: Duration) {
        let mut left = time;
        for _ in 0..200 {
            if let Step::Idle { wait } = self.sender.step().await.unwrap() {
                let Some(wait) = wait.map(|wait| wait.max(Duration::from_millis(1))) else { return };
                if wait > left {
                    return;
                }
                left -= wait;
                self.clock.advance(wait);
            }
        }
        panic!("the sender does not come to rest");
    }
}
