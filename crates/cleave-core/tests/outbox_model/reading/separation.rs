//! Separations, read by `Expected::compare`, `changed_since` and `after_uncertain_separation`.

use cleave_core::contact::{Contact, Phone};
use cleave_core::outbox::Event;
use cleave_core::reconcile::{self, after_uncertain_separation, touched};
use cleave_core::separation::{
    Child, ChildKind, DecidedSeparation, Edit, Expected, NamePart, OptionalField, PredictedSummary, Seen,
    SeparationPlan, Subject, Target, preview,
};
use serde_json::{Value, json};

use super::super::world::{Kind, Shows};

const NUMBER_OF_NEW: &str = "+14165550101";

/// Before sending, in the order of the sender's check.
pub fn before(kind: Kind, shows: Shows, maybe_sent: bool) -> Event {
    let (decided, (original, new)) = (decided(kind), contacts(kind, shows));
    let expected = &decided.expected;
    let may_be_done = if maybe_sent {
        decided.can_be_proven()
    } else {
        expected.leaves_trace() && expected.has_left_original(&original)
    };
    if may_be_done && expected.compare(&original, new.as_ref()) == Seen::After {
        return if maybe_sent { Event::Confirmed } else { Event::AlreadySo };
    }
    let number_taken = decided.guard().is_guarded() && new.is_some();
    let changed = number_taken || decided.changed_since(&original).is_some();
    match changed {
        true if maybe_sent && !may_be_done => Event::Missing,
        true => Event::Changed,
        false => Event::Unchanged,
    }
}

/// After a send of which nobody knows what became.
pub fn after(kind: Kind, shows: Shows) -> Event {
    let (decided, (original, new)) = (decided(kind), contacts(kind, shows));
    // A check that saw the contact later than the admin did lets more be sent again; here it never does.
    let seen = &decided.subject.contact.updated_at;
    let was_touched = touched(seen.as_deref(), original.contact.updated_at.as_deref());
    after_uncertain_separation(&decided, decided.expected.compare(&original, new.as_ref()), was_touched)
}

pub fn proof_waits(kind: Kind) -> bool {
    reconcile::proof_waits(&decided(kind))
}

fn decided(kind: Kind) -> DecidedSeparation {
    let subject = contact("original", "Pat");
    let mut plan = SeparationPlan::start(&subject);
    let takes_note = if kind == Kind::Traceless { Target::Original } else { Target::New };
    let number = (kind == Kind::Guarded).then(|| NUMBER_OF_NEW.to_owned());
    for edit in [
        Edit::Name { part: NamePart::First, side: Target::New, value: "Kim".to_owned() },
        Edit::Value { field: OptionalField::PhoneNumber, side: Target::New, value: number },
        Edit::Assign { kind: ChildKind::Note, id: "note".to_owned(), to: takes_note.into() },
    ] {
        plan.apply(edit).expect("an edit of what the plan has");
    }
    let expected = Expected::of(&subject, &plan, &preview(&subject, &plan));
    let predicted = PredictedSummary::default();
    DecidedSeparation { plan, request: Value::Null, subject, expected, predicted }
}

/// The original contact, and the new one where there is one.
fn contacts(kind: Kind, shows: Shows) -> (Subject, Option<Subject>) {
    let (mut original, mut new) = (contact("original", "Pat"), contact("new", "Kim"));
    match kind {
        Kind::Traceless => new.notes.clear(),
        _ => original.notes.clear(),
    }
    new.contact.phones.clear();
    if kind == Kind::Guarded {
        new.contact.phones.push(Phone { value: NUMBER_OF_NEW.to_owned(), is_primary: true });
    }
    match shows {
        Shows::Divided => (original, Some(new)),
        Shows::DividedEdited => {
            new.contact.values.insert("email".into(), json!("new@example.com"));
            (original, Some(new))
        }
        Shows::Edited => (contact("original", "Alex"), None),
        Shows::Restored => {
            let mut again = contact("original", "Pat");
            again.contact.updated_at = Some("2026-03-01T09:05:00Z".to_owned());
            (again, None)
        }
        _ => (contact("original", "Pat"), None),
    }
}

fn contact(id: &str, first_name: &str) -> Subject {
    Subject {
        contact: Contact {
            id: id.to_owned(),
            phones: vec![Phone { value: "+14165550100".to_owned(), is_primary: true }],
            values: [("firstName".into(), json!(first_name))].into(),
            updated_at: Some("2026-03-01T09:00:00Z".to_owned()),
            ..Contact::default()
        },
        notes: vec![Child {
            id: "note".to_owned(),
            kind: ChildKind::Note,
            title: String::new(),
            detail: String::new(),
            at: None,
            facts: [].into(),
        }],
        ..Subject::default()
    }
}

#[test]
fn the_made_up_contacts_are_what_they_are_called() {
    for kind in [Kind::Guarded, Kind::Unguarded, Kind::Traceless] {
        let decided = decided(kind);
        assert_eq!(decided.guard().is_guarded(), kind == Kind::Guarded);
        assert_eq!(decided.can_be_proven(), kind != Kind::Traceless);
        for (shows, seen) in [
            (Shows::Before, Seen::Before),
            (Shows::Edited, Seen::Neither),
            (Shows::Restored, Seen::Before),
            (Shows::Divided, Seen::After),
            (Shows::DividedEdited, Seen::Neither),
        ] {
            let (original, new) = contacts(kind, shows);
            assert_eq!(decided.expected.compare(&original, new.as_ref()), seen, "{kind:?} {shows:?}");
        }
    }
}
