//! A store in a temporary folder, for tests.

use std::sync::atomic::{AtomicU32, Ordering};

use cleave_core::decision::Decision;
use cleave_core::field::Side;
use cleave_core::outbox::Event;
use cleave_core::separation::{
    Child, ChildKind, DecidedSeparation, Edit, Expected, SeparationPlan, Subject, Target, preview,
};
use cleave_core::settings::DecidedSettings;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Effects, Entry, NewEntry, Predicted, Superseding};
use crate::store::Store;

static NEXT: AtomicU32 = AtomicU32::new(1);

pub(crate) struct Trial {
    pub(crate) store: Store,
    dir: tempfile::TempDir,
}

/// The start of every trial.
pub(crate) fn start() -> Timestamp {
    "2026-03-01T09:00:00Z".parse().unwrap()
}

/// A merge of the review, with an operation id and contacts of its own.
pub(crate) fn decision_on(review_id: &str) -> NewEntry {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    NewEntry {
        op_id: format!("op{number}"),
        subject: review_id.into(),
        decision: Decision::Merge { choices: [("email".into(), Side::Source)].into(), note: None },
        basis: "0123456789abcdef".into(),
        seen: Value::Null,
        title: "Ann and Anne".into(),
        contact_ids: vec![format!("s{number}"), format!("c{number}")],
        predicted: vec![Predicted { path: "email".into(), value: Some("a@example.org".into()) }],
        decided_at: start(),
        cancel_until: start() + SignedDuration::from_secs(8),
        from_draft: false,
    }
}

/// A change of the settings of an organisation, with an operation id of its own.
pub(crate) fn settings_of(organization_id: &str) -> NewEntry {
    let map = |value: Value| value.as_object().cloned().unwrap_or_default();
    let seen = map(serde_json::json!({"candidateLimit": 50, "own": [1]}));
    let wanted = map(serde_json::json!({"candidateLimit": 60}));
    let decided = DecidedSettings::of(seen, &wanted).unwrap();
    NewEntry {
        subject: organization_id.into(),
        decision: Decision::Settings(Box::new(decided)),
        title: "Matching settings".into(),
        predicted: Vec::new(),
        ..decision_on("")
    }
}

/// A separation of the contact, with an operation id of its own.
pub(crate) fn separation_of(contact_id: &str) -> NewEntry {
    let note = |id: &str| Child {
        id: id.into(),
        kind: ChildKind::Note,
        title: "Call back".into(),
        detail: String::new(),
        at: None,
        facts: [].into(),
    };
    let mut subject = Subject { notes: vec![note("n1"), note("n2")], ..Subject::default() };
    subject.contact.id = contact_id.into();
    let mut plan = SeparationPlan::start(&subject);
    for (id, to) in [("n1", Target::Original), ("n2", Target::New)] {
        plan.apply(Edit::Assign { kind: ChildKind::Note, id: id.into(), to: to.into() }).unwrap();
    }
    let seen = preview(&subject, &plan);
    let decided = DecidedSeparation {
        request: serde_json::json!({"fieldSplit": {}}),
        expected: Expected::of(&subject, &plan, &seen),
        predicted: seen.summary,
        subject: subject.kept_for(&plan),
        plan,
    };
    NewEntry {
        subject: contact_id.into(),
        decision: Decision::Separate(Box::new(decided)),
        title: "Jane into Jane and Janet".into(),
        contact_ids: Vec::new(),
        predicted: Vec::new(),
        from_draft: true,
        ..decision_on("")
    }
}

impl Trial {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Trial { store: Store::open(dir.path(), start()).unwrap(), dir }
    }

    /// Seconds after the start.
    pub(crate) fn at(&self, seconds: i64) -> Timestamp {
        start() + SignedDuration::from_secs(seconds)
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// Closes it; the store is then another one.
    pub(crate) fn close(&mut self) {
        let elsewhere = tempfile::tempdir().unwrap();
        self.store = Store::open(elsewhere.path(), start()).unwrap();
    }

    /// Closes and opens again, as the next process would.
    pub(crate) fn reopen(&mut self) {
        self.close();
        self.store = Store::open(self.dir.path(), self.at(3600)).unwrap();
    }

    pub(crate) fn decide(&self, new: NewEntry) -> Entry {
        self.store.insert_decision(&new, Superseding::No).unwrap().entry
    }

    /// Decided and taken up.
    pub(crate) fn taken(&self, new: NewEntry) -> Entry {
        let entry = self.decide(new);
        self.store.retry(&entry.op_id, self.at(1)).unwrap();
        let taken = self.store.take_next(self.at(2)).unwrap().unwrap();
        assert_eq!(taken.op_id, entry.op_id);
        taken
    }

    /// Sent, and a person has to say what became of it.
    pub(crate) fn needs_person(&self, new: NewEntry) -> Entry {
        let sending = self.sending(new);
        let lost = self.store.advance(&sending, Event::Unknown, &Effects::at(self.at(4), "Lost.")).unwrap();
        self.store.advance(&lost.entry, Event::Missing, &Effects::at(self.at(5), "Look.")).unwrap().entry
    }

    /// Decided, sent and done.
    pub(crate) fn applied(&self, new: NewEntry) -> Entry {
        let sending = self.sending(new);
        self.store.advance(&sending, Event::Confirmed, &Effects::at(self.at(4), "Done.")).unwrap().entry
    }

    /// Decided, taken up and being sent.
    pub(crate) fn sending(&self, new: NewEntry) -> Entry {
        let checking = self.taken(new);
        let effects = Effects { body_hash: Some("00".into()), ..Effects::at(self.at(3), "Being sent.") };
        self.store.advance(&checking, Event::Unchanged, &effects).unwrap().entry
    }
}
