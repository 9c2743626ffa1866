//! Phone numbers: a form the server takes, not the same on both sides, not another contact's.

use crate::field::PHONE;
use crate::normalise;
use crate::separation::phones::phone_key;
use crate::separation::plan::SeparationPlan;
use crate::separation::problem::{Problem, ProblemCode};
use crate::separation::subject::Subject;
use crate::separation::target::Target;

pub(super) fn check(subject: &Subject, plan: &SeparationPlan, problems: &mut Vec<Problem>) {
    let numbers = &plan.fields.phone_number;
    for side in Target::BOTH {
        let Some(number) = numbers.of(side) else { continue };
        if !is_theirs(subject, number) && !is_dialable(number) {
            let message = "Write the phone number with its country code, such as +14165550100.";
            problems.push(Problem::field(PHONE, side, ProblemCode::BadPhone, message));
        }
        if subject.held_elsewhere.contains(&phone_key(number)) && !holds(subject, number) {
            let message = "Another contact of the organisation has this phone number.";
            problems.push(Problem::field(PHONE, side, ProblemCode::PhoneHeld, message));
        }
    }
    if let (Some(original), Some(new)) = (&numbers.original, &numbers.new)
        && phone_key(original) == phone_key(new)
    {
        let message = "Both contacts have this phone number. The server allows each number once.";
        problems.push(Problem::field(PHONE, Target::New, ProblemCode::SamePhone, message));
    }
}

/// A number the contact has already is let through in whatever form it is, so that an old one locks nothing.
fn is_theirs(subject: &Subject, number: &str) -> bool {
    subject.contact.phones.iter().any(|phone| phone.value == number)
        || subject.contact.secondary_phones.iter().any(|secondary| secondary == number)
}

/// Whether it is the contact's own number, however it is written. What another contact is remembered to hold proves
/// nothing against it.
fn holds(subject: &Subject, number: &str) -> bool {
    let key = phone_key(number);
    subject.contact.all_phones().into_iter().any(|held| phone_key(held) == key)
}

fn is_dialable(number: &str) -> bool {
    normalise::valid_e164(number) && normalise::phone(number, normalise::DEFAULT_REGION).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::separation::samples;

    #[test]
    fn a_number_of_its_own_is_never_another_contacts() {
        let held = |number: &str| {
            let (mut subject, mut plan) = (samples::subject(), samples::plan());
            subject.hold(number);
            plan.fields.phone_number.new = Some(number.to_owned());
            let mut problems = Vec::new();
            check(&subject, &plan, &mut problems);
            problems.iter().any(|problem| problem.code == ProblemCode::PhoneHeld)
        };
        assert!(!held("+14165550101") && !held("(416) 555-0102"));
        assert!(held("+14165550199"));
    }
}
