//! What a contact has and a separation request has no place for.

use super::fields::TargetField;
use super::misc::{MISC, is_within};
use super::phones;
use super::plan::SeparationPlan;
use super::result::DOCUMENTS;
use super::subject::Subject;
use super::target::Target;
use crate::field::{self, FieldPath};
use crate::readings;

/// A value without a slot in the request.
#[derive(Clone, PartialEq, Eq)]
pub struct Unslotted {
    /// Its field.
    pub path: FieldPath,
    /// The value as people read it.
    pub text: String,
    /// Where it is afterwards.
    pub stays_with: Target,
}

private_debug!(Unslotted);

/// Every such value, in reading order: numbers that neither side names, the address, the owner, the company, ….
pub(super) fn list(subject: &Subject, plan: &SeparationPlan) -> Vec<Unslotted> {
    let contact = &subject.contact;
    let one = |path: FieldPath, text| Unslotted { path, text, stays_with: readings::UNSLOTTED_STAY_WITH };
    let further = phones::further(contact, &plan.fields.phone_number).into_iter();
    let mut list: Vec<Unslotted> = further
        .map(|number| {
            let held = contact.phones.iter().any(|phone| phone.value == number);
            one(FieldPath::from(if held { field::PHONE } else { field::SECONDARY_PHONE }), number)
        })
        .collect();
    for path in contact.paths() {
        if !has_slot(&path, subject)
            && let Some(text) = contact.text(path.as_str())
        {
            list.push(one(path, text));
        }
    }
    list
}

/// Whether a request says something about the field.
pub(super) fn has_slot(path: &FieldPath, subject: &Subject) -> bool {
    let own = [
        field::FIRST_NAME,
        field::LAST_NAME,
        field::EMAIL,
        field::DATE_OF_BIRTH,
        // Named number by number.
        field::PHONE,
        field::SECONDARY_PHONE,
    ];
    own.contains(&path.as_str())
        || TargetField::ALL.iter().any(|field| is_within(path, field.path()))
        || is_within(path, DOCUMENTS)
        || (subject.misc.is_some() && is_within(path, MISC))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn what_has_no_slot_is_named_with_its_fate() {
        let (mut subject, plan) = (samples::subject(), samples::plan());
        let named = |subject: &Subject| -> Vec<(String, String)> {
            let list = list(subject, &plan);
            assert!(list.iter().all(|entry| entry.stays_with == Target::Original));
            list.into_iter().map(|entry| (entry.path.to_string(), entry.text)).collect()
        };
        let pair = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let expected = vec![
            pair("secondaryPhoneNumber", "+14165550102"),
            pair("company", "Acme"),
            pair("address.city", "Toronto"),
            pair("userId", "u1"),
        ];
        assert_eq!(named(&subject), expected);
        // A `misc` that is no object cannot be divided by key.
        subject.misc = None;
        assert_eq!(named(&subject)[4].0, "misc.score.value");
    }
}
