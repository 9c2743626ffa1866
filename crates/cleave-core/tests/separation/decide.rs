//! A plan that decides everything, drawn from a source of numbers.
//!
//! Tests of other crates include this file, so it speaks of `cleave_core` as they do.

use cleave_core::separation::{
    Assignment, ChildKind, Direction, Divider, Edit, NamePart, NewConversationMeta, OptionalField, Pair,
    SeparationPlan, Subject, Target, TargetField,
};
use serde_json::json;

/// Answers with a number below the one given.
pub type Pick<'a> = &'a mut dyn FnMut(usize) -> usize;

/// A plan with nothing undecided. Its forms are right and its dividers cut; numbers may be taken or equal.
pub fn decide(subject: &Subject, users: &[String], pick: Pick<'_>) -> SeparationPlan {
    let mut plan = SeparationPlan::start(subject);
    let mut edits = Vec::new();
    names(&mut edits, pick);
    values(subject, &plan, &mut edits, pick);
    for field in TargetField::ALL {
        edits.push(Edit::Target { field, to: side(pick) });
    }
    for id in subject.documents.iter().flatten().map(|document| document.id.clone()) {
        let to = side(pick);
        edits.push(Edit::Document {
            id,
            on: Pair { original: to == Target::Original, new: to == Target::New },
        });
    }
    for (key, value) in subject.misc.iter().flatten() {
        let (kept, given) = (Some(value.clone()), Some(json!({"other": pick(1000)})));
        let (original, new) = match pick(4) {
            0 => (kept, None),
            1 => (None, kept),
            2 => (kept.clone(), kept),
            _ => (kept, given),
        };
        edits.push(Edit::Misc { key: key.clone(), values: Pair { original, new } });
    }
    for kind in ChildKind::ALL {
        for id in subject.ids(kind) {
            edits.push(Edit::Assign { kind, id: id.to_owned(), to: Assignment::from(side(pick)) });
        }
    }
    cuts(subject, users, &mut edits, pick);
    plan.apply(Edit::Batch { edits }).expect("the subject has what is edited");
    plan
}

fn side(pick: Pick<'_>) -> Target {
    if pick(2) == 0 { Target::Original } else { Target::New }
}

fn names(edits: &mut Vec<Edit>, pick: Pick<'_>) {
    for (part, value) in [(NamePart::First, "Janet"), (NamePart::Last, "Roe")] {
        edits.push(Edit::Name { part, side: Target::New, value: value.to_owned() });
    }
    if pick(3) == 0 {
        let value = ["", " Zoë ", "\u{202e}x"][pick(3)].to_owned();
        edits.push(Edit::Name { part: NamePart::First, side: side(pick), value });
    }
}

fn values(subject: &Subject, plan: &SeparationPlan, edits: &mut Vec<Edit>, pick: Pick<'_>) {
    let mut numbers: Vec<String> = subject.contact.all_phones().into_iter().map(str::to_owned).collect();
    numbers.push(format!("+1647200{:04}", pick(10_000)));
    let own = |value: &Pair<Option<String>>| value.original.clone();
    let emails = [own(&plan.fields.email), Some(format!("new{}@example.org", pick(100)))];
    let dates = [own(&plan.fields.date_of_birth), Some("1999-12-31".to_owned())];
    let mut choices = vec![None];
    choices.extend(numbers.into_iter().map(Some));
    for (field, choices) in [
        (OptionalField::PhoneNumber, choices),
        (OptionalField::Email, emails.to_vec()),
        (OptionalField::DateOfBirth, dates.to_vec()),
    ] {
        for side in Target::BOTH {
            if pick(3) > 0 {
                let value = choices[pick(choices.len())].clone();
                edits.push(Edit::Value { field, side, value });
            }
        }
    }
}

fn cuts(subject: &Subject, users: &[String], edits: &mut Vec<Edit>, pick: Pick<'_>) {
    for conversation in &subject.conversations {
        let messages = conversation.messages.as_deref().unwrap_or_default();
        if messages.len() < 2 || pick(2) == 0 {
            continue;
        }
        let direction = if pick(2) == 0 { Direction::BeforeToOriginal } else { Direction::BeforeToNew };
        let message_id = messages[1 + pick(messages.len() - 1)].id.clone();
        let id = conversation.id.clone();
        edits.push(Edit::Divide {
            conversation: id.clone(),
            divider: Some(Divider { message_id, direction }),
        });
        let status = (pick(2) == 0).then(|| "Open".to_owned());
        let assignees = (pick(2) == 0).then(|| users.iter().take(pick(3)).cloned().collect());
        edits.push(Edit::Describe { conversation: id, meta: NewConversationMeta { assignees, status } });
    }
}
