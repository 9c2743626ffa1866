//! The phone numbers of both sides. The request has one number a side, and a contact may hold several.

use super::target::{Pair, Target};
use crate::contact::{Contact, Phone};
use crate::normalise;

/// What makes two ways of writing a number the same number: its E.164 form, else its digits, else its text.
#[must_use]
pub fn phone_key(number: &str) -> String {
    normalise::phone(number, normalise::DEFAULT_REGION).unwrap_or_else(|| {
        let digits = normalise::phone_digits(number);
        if digits.is_empty() { number.trim().to_owned() } else { digits }
    })
}

/// The number under `phoneNumber` that is marked primary, else the first there; no secondary one stands in.
pub(super) fn primary(contact: &Contact) -> Option<String> {
    held(contact).into_iter().next()
}

/// The numbers under `phoneNumber`, those marked primary first.
fn held(contact: &Contact) -> Vec<String> {
    let (first, rest): (Vec<&Phone>, Vec<&Phone>) = contact.phones.iter().partition(|phone| phone.is_primary);
    let all = first.into_iter().chain(rest).map(|phone| phone.value.clone());
    all.filter(|number| !number.trim().is_empty()).collect()
}

/// Writes the numbers of both sides.
///
/// A side's number becomes its only one under `phoneNumber`. Further numbers that neither side names stay with
/// [`crate::readings::UNSLOTTED_STAY_WITH`] as secondary ones; the number that the new contact takes leaves the
/// original altogether.
pub(super) fn split(contact: &Contact, numbers: &Pair<Option<String>>, sides: &mut Pair<Contact>) {
    let further = further(contact, numbers);
    for side in Target::BOTH {
        let result = sides.of_mut(side);
        let number = numbers.of(side).iter();
        result.phones = number.map(|value| Phone { value: value.clone(), is_primary: true }).collect();
        result.secondary_phones = Vec::new();
    }
    sides.of_mut(crate::readings::UNSLOTTED_STAY_WITH).secondary_phones = further;
}

/// The contact's numbers that neither side names, each once however it is written.
pub(super) fn further(contact: &Contact, numbers: &Pair<Option<String>>) -> Vec<String> {
    let mut keys: Vec<String> =
        Target::BOTH.iter().filter_map(|side| numbers.of(*side).as_deref()).map(phone_key).collect();
    let mut kept = Vec::new();
    for number in held(contact).into_iter().chain(contact.secondary_phones.iter().cloned()) {
        let key = phone_key(&number);
        if !keys.contains(&key) {
            keys.push(key);
            kept.push(number);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_nobody_names_stay_as_secondary_ones() {
        let phone = |value: &str, is_primary| Phone { value: value.into(), is_primary };
        let contact = Contact {
            phones: vec![phone("+14165550101", false), phone("+14165550100", true), phone(" ", false)],
            secondary_phones: vec!["(416) 555-0101".into(), "+14165550102".into()],
            ..Contact::default()
        };
        assert_eq!(primary(&contact).as_deref(), Some("+14165550100"));
        let cases = [
            (Some("+14165550100"), None, vec!["+14165550101", "+14165550102"]),
            (Some("+14165550100"), Some("+14165550101"), vec!["+14165550102"]),
            (None, Some("416 555 0102"), vec!["+14165550100", "+14165550101"]),
            (None, None, vec!["+14165550100", "+14165550101", "+14165550102"]),
        ];
        for (original, new, secondary) in cases {
            let numbers = Pair { original: original.map(str::to_owned), new: new.map(str::to_owned) };
            let mut sides = Pair { original: contact.clone(), new: Contact::default() };
            split(&contact, &numbers, &mut sides);
            assert_eq!(sides.original.secondary_phones, secondary);
            assert_eq!(sides.original.phones.first().map(|p| p.value.as_str()), original);
            assert_eq!(sides.new.phones.first().map(|p| p.value.as_str()), new);
            assert!(sides.new.secondary_phones.is_empty());
        }
    }
}
