//! What is decided in a schedule: about a small world of contacts and reviews, as an admin who looked at it would.

use std::collections::BTreeMap;

use cleave_core::decision::Decision;
use cleave_core::field::Side;
use cleave_core::reconcile::basis_of;
use cleave_core::review::Review;
use cleave_core::separation::{
    Assignment, ChildKind, DecidedSeparation, Direction, Divider, Edit, Expected, NamePart, OptionalField,
    SeparationPlan, Subject, Target, preview,
};
use cleave_core::settings::DecidedSettings;
use cleave_store::NewEntry;
use cleave_wire::decode::decode_value;
use cleave_wire::message::MessagesResponse;
use cleave_wire::review::DedupReviewDto;
use cleave_wire::separate_core::{self, request};
use cleave_wire::separation_data::SeparationData;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::double::world::{Contact, OPEN, Review as Open, World};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Merge,
    KeepSeparate,
    Guarded,
    Unguarded,
    /// Unguarded, and takes nothing from the original contact.
    Traceless,
    /// A change of settings.
    Settings,
}

impl Kind {
    pub fn is_unguarded(self) -> bool {
        matches!(self, Kind::Unguarded | Kind::Traceless)
    }

    pub fn is_about_review(self) -> bool {
        matches!(self, Kind::Merge | Kind::KeepSeparate)
    }

    /// The method and the path by which it is sent; `*` stands for the id.
    pub fn route(self) -> (&'static str, &'static str) {
        match self {
            Kind::Merge => ("PATCH", "/api/contacts/dedup-reviews/*/merge"),
            Kind::KeepSeparate => ("PATCH", "/api/contacts/dedup-reviews/*/keep-separate"),
            Kind::Guarded | Kind::Unguarded | Kind::Traceless => ("POST", "/api/contacts/*/separate"),
            Kind::Settings => ("PUT", "/api/organizations/*/contact-fuzzy-merge-settings"),
        }
    }

    /// The status of a review that was decided so.
    pub fn status(self) -> &'static str {
        if self == Kind::Merge { "merged" } else { "kept_separate" }
    }
}

/// A saved decision.
#[derive(Debug, Clone)]
pub struct Op {
    pub id: String,
    pub kind: Kind,
    pub subject: String,
    /// The separation as it is sent, or what is wanted of the settings.
    pub request: Value,
}

impl Op {
    /// Whether settings are as this wants them.
    pub fn is_shown_by(&self, settings: &Map<String, Value>) -> bool {
        self.request
            .as_object()
            .is_some_and(|wanted| wanted.iter().all(|(key, value)| settings.get(key) == Some(value)))
    }
}

/// `a` to `f` are in reviews, two of them in two; the others in none.
pub fn world(dice: &mut Dice) -> World {
    let mut world =
        World { keeps_marks: dice.chance(75), taken_status: dice.pick(&[400, 409, 422]), ..World::default() };
    for (at, id) in ["a", "b", "c", "d", "e", "f", "g", "h"].into_iter().enumerate() {
        let mut contact = Contact::default();
        contact.values.insert("firstName", format!("Pat{id}"));
        contact.values.insert("lastName", "Roe".to_owned());
        contact.values.insert("email", format!("{id}@example.org"));
        contact.phones.push(format!("+1416555010{at}"));
        contact.records.insert("contactNotes", vec![format!("{id}-note1"), format!("{id}-note2")]);
        let messages =
            |thread: &str, count: u32| (0..count).map(|at| format!("{id}-{thread}-{at}")).collect();
        contact.conversations.insert(format!("{id}-sms"), messages("sms", 4));
        contact.conversations.insert(format!("{id}-web"), messages("web", 2));
        world.contacts.insert(id.to_owned(), contact);
    }
    world.settings = json!({"candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70,
        "lookupTriggerFields": ["email", "phoneNumber"], "instantMergeFields": []})
    .as_object()
    .cloned()
    .unwrap_or_default();
    for (id, source, candidate) in [("r1", "a", "b"), ("r2", "c", "d"), ("r3", "a", "e"), ("r4", "e", "f")] {
        let (source, candidate) = (source.to_owned(), candidate.to_owned());
        world.reviews.insert(id.to_owned(), Open { source, candidate, status: OPEN, op_id: None });
    }
    world
}

/// What one may decide about.
pub const REVIEWS: [&str; 4] = ["r1", "r2", "r3", "r4"];
pub const CONTACTS: [&str; 4] = ["b", "d", "g", "h"];
pub const ORGANIZATION: &str = "o1";

/// A change of settings as they were seen. No two decisions of a schedule want the same limit, so that it tells whose
/// work they are.
pub fn decide_settings(
    seen: &Map<String, Value>,
    organization: &str,
    limit: u32,
    id: &str,
    now: Timestamp,
    dice: &mut Dice,
) -> Option<(Op, NewEntry)> {
    let mut wanted: Map<String, Value> = [("candidateLimit".to_owned(), json!(limit))].into_iter().collect();
    if dice.chance(50) {
        wanted.insert("instantMergeFields".to_owned(), json!([dice.pick(&["email", "phoneNumber"])]));
    }
    let decided = DecidedSettings::of(seen.clone(), &wanted).ok()?;
    let request = Value::Object(decided.change.clone());
    let op = Op { id: id.to_owned(), kind: Kind::Settings, subject: organization.to_owned(), request };
    let basis = DecidedSettings::basis_of(seen);
    let new = entry(id, organization, Decision::Settings(Box::new(decided)), basis, Vec::new(), now);
    Some((op, new))
}

fn entry(
    id: &str,
    subject: &str,
    decision: Decision,
    basis: String,
    contact_ids: Vec<String>,
    now: Timestamp,
) -> NewEntry {
    NewEntry {
        op_id: id.to_owned(),
        subject: subject.to_owned(),
        decision,
        basis,
        seen: Value::Null,
        title: "Two people".to_owned(),
        contact_ids,
        predicted: Vec::new(),
        decided_at: now,
        cancel_until: now,
        from_draft: false,
    }
}

/// A decision about something as the world shows it now; `None` where there is nothing to decide any more.
pub fn decide(
    world: &World,
    kind: Kind,
    subject: &str,
    id: &str,
    now: Timestamp,
    dice: &mut Dice,
) -> Option<(Op, NewEntry)> {
    if kind == Kind::Settings {
        let limit = 60 + id.rsplit('-').next()?.parse::<u32>().ok()?;
        return decide_settings(&world.settings, subject, limit, id, now, dice);
    }
    if !kind.is_about_review() {
        return decide_on(kind, None, Some(&seen(world, subject)?), id, now, dice);
    }
    let dto: DedupReviewDto = decode_value(world.review(subject, true)?).ok()?;
    decide_on(kind, Some(&Review::from(&dto)), None, id, now, dice)
}

/// A decision about a review or about a contact, as it was seen.
pub fn decide_on(
    kind: Kind,
    review: Option<&Review>,
    contact: Option<&Subject>,
    id: &str,
    now: Timestamp,
    dice: &mut Dice,
) -> Option<(Op, NewEntry)> {
    let (decision, basis, subject, contact_ids) = match (review, contact) {
        (Some(seen), _) if !seen.status.is_resolved() => {
            let side = dice.pick(&[Side::Source, Side::Candidate]);
            let decision = match kind {
                Kind::Merge => Decision::Merge { choices: [("email".into(), side)].into(), note: None },
                _ => Decision::KeepSeparate { note: None },
            };
            let contact_ids = vec![seen.source.id.clone(), seen.candidate.id.clone()];
            (decision, basis_of(seen), seen.id.clone(), contact_ids)
        }
        (None, Some(seen)) => {
            let plan = plan(seen, kind, id, dice);
            let preview = preview(seen, &plan);
            let decided = DecidedSeparation {
                request: serde_json::to_value(request(&plan, seen).ok()?).ok()?,
                subject: seen.kept_for(&plan),
                expected: Expected::of(seen, &plan, &preview),
                predicted: preview.summary,
                plan,
            };
            let id = seen.contact.id.clone();
            (Decision::Separate(Box::new(decided)), String::new(), id.clone(), vec![id])
        }
        _ => return None,
    };
    let request = decision.separation().map_or(Value::Null, |decided| decided.request.clone());
    let op = Op { id: id.to_owned(), kind, subject: subject.clone(), request };
    Some((op, entry(id, &subject, decision, basis, contact_ids, now)))
}

/// A contact as an admin sees it.
pub fn seen(world: &World, id: &str) -> Option<Subject> {
    let data: SeparationData = decode_value(world.separation_data(id)?).ok()?;
    let mut subject = separate_core::subject(&data);
    subject.documents = Some(Vec::new());
    for conversation in &mut subject.conversations {
        let answer = json!({"success": true, "messages": world.messages(&conversation.id)?});
        let answer: MessagesResponse = decode_value(answer).ok()?;
        conversation.read(separate_core::messages(&answer.into_messages()?));
    }
    Some(subject)
}

fn plan(seen: &Subject, kind: Kind, id: &str, dice: &mut Dice) -> SeparationPlan {
    let mut plan = SeparationPlan::start(seen);
    let number = (kind == Kind::Guarded).then(|| format!("+1647200{:04}", dice.below(10_000)));
    let mut edits = vec![
        Edit::Name { part: NamePart::First, side: Target::New, value: format!("Kim{id}") },
        Edit::Name { part: NamePart::Last, side: Target::New, value: "Roe".to_owned() },
        Edit::Value { field: OptionalField::PhoneNumber, side: Target::New, value: number },
    ];
    let moves = kind != Kind::Traceless;
    for child in ChildKind::ALL {
        for (at, id) in seen.ids(child).enumerate() {
            let to = if moves && at == 1 { Assignment::New } else { Assignment::Original };
            edits.push(Edit::Assign { kind: child, id: id.to_owned(), to });
        }
    }
    if moves && dice.chance(50) {
        let first =
            seen.conversations.iter().find(|one| one.messages.as_ref().is_some_and(|all| all.len() > 3));
        if let Some((conversation, message)) =
            first.and_then(|one| Some((one.id.clone(), one.messages.as_ref()?.get(2)?.id.clone())))
        {
            let divider = Divider { message_id: message, direction: Direction::BeforeToOriginal };
            edits.push(Edit::Divide { conversation, divider: Some(divider) });
        }
    }
    plan.apply(Edit::Batch { edits }).expect("edits of what the contact has");
    plan
}

/// What became of the decisions of a schedule, by their ids.
pub type ByOp<T> = BTreeMap<String, T>;
