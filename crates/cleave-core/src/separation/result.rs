//! Both contacts as they are after the separation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::TargetField;
use super::misc::{self, is_within};
use super::phones;
use super::plan::SeparationPlan;
use super::subject::Subject;
use super::target::{Pair, Target};
use crate::contact::Contact;
use crate::field::{self, FieldPath};
use crate::readings;

/// A contact as it is predicted to be.
#[derive(Clone, Default, PartialEq)]
pub struct ResultingContact {
    /// The contact. The new one has no id and no times yet.
    pub contact: Contact,
    /// Fields that are the server's to fill, with the organisation's default or with a copy; `contact` has no value
    /// for them.
    pub server_decides: BTreeSet<FieldPath>,
}

private_debug!(ResultingContact);

/// Both contacts.
pub(super) fn contacts(subject: &Subject, plan: &SeparationPlan) -> Pair<ResultingContact> {
    let before = &subject.contact;
    let new = Contact { organization_id: before.organization_id.clone(), ..Contact::default() };
    let mut sides = Pair { original: before.clone(), new };
    let mut server_decides: Pair<BTreeSet<FieldPath>> = Pair::default();
    phones::split(before, &plan.fields.phone_number, &mut sides);
    for side in Target::BOTH {
        let values = &mut sides.of_mut(side).values;
        own_values(values, plan, side);
        if subject.misc.is_some() {
            misc::replace(values, plan.fields.misc.of(side));
        }
        // The list of documents is divided by id; what a contact says of them is the server's.
        take(values, DOCUMENTS);
        if !before.values.keys().any(|path| is_within(path, DOCUMENTS)) {
            continue;
        }
        server_decides.of_mut(side).insert(DOCUMENTS.into());
    }
    for field in TargetField::ALL {
        let taken = take(&mut sides.original.values, field.path());
        let target = plan.fields.target(field);
        sides.of_mut(target).values.extend(taken);
        if readings::TARGET_LEAVES_DEFAULT {
            server_decides.of_mut(target.other()).insert(field.path().into());
        }
    }
    server_decides.new.extend(readings::SERVER_FILLS_ON_NEW.map(FieldPath::from));
    let Pair { original, new } = sides;
    Pair {
        original: ResultingContact { contact: original, server_decides: server_decides.original },
        new: ResultingContact { contact: new, server_decides: server_decides.new },
    }
}

/// A contact's own list of its documents.
pub(super) const DOCUMENTS: &str = "documents";

fn own_values(values: &mut BTreeMap<FieldPath, Value>, plan: &SeparationPlan, side: Target) {
    let text = |text: &String| Value::String(text.clone());
    let optional = |value: &Option<String>| value.as_ref().map_or(Value::Null, text);
    let fields = &plan.fields;
    for (path, value) in [
        (field::FIRST_NAME, text(fields.first_name.of(side))),
        (field::LAST_NAME, text(fields.last_name.of(side))),
        (field::EMAIL, optional(fields.email.of(side))),
        (field::DATE_OF_BIRTH, optional(fields.date_of_birth.of(side))),
    ] {
        values.insert(path.into(), value);
    }
}

/// Takes a field and everything within it out of the values.
fn take(values: &mut BTreeMap<FieldPath, Value>, field: &str) -> BTreeMap<FieldPath, Value> {
    let (taken, kept) = std::mem::take(values).into_iter().partition(|(path, _)| is_within(path, field));
    *values = kept;
    taken
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn every_value_is_where_the_plan_says() {
        let (subject, mut plan) = (samples::subject(), samples::plan());
        plan.fields.status = Target::New;
        let sides = contacts(&subject, &plan);
        let (original, new) = (&sides.original.contact, &sides.new.contact);
        let cases = [
            ("firstName", Some("Jane"), Some("Janet")),
            ("email", Some("jane@example.com"), None),
            ("phoneNumber", Some("+14165550100"), Some("+14165550101")),
            ("status", None, Some("Won")),
            ("pipelineId", Some("p1"), None),
            ("misc.tier", Some("gold"), Some("silver")),
            ("misc.score.value", None, Some("7")),
            ("company", Some("Acme"), None),
        ];
        for (path, kept, gone) in cases {
            assert_eq!((original.text(path).as_deref(), new.text(path).as_deref()), (kept, gone), "{path}");
        }
        assert!(sides.original.server_decides.contains(&"status".into()));
        assert!(sides.new.server_decides.contains(&"pipelineId".into()));
        assert_eq!(new.id, "");
        assert_eq!(original.id, subject.contact.id);
    }
}
