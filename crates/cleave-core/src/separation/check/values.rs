//! E-mail addresses, dates and free-form fields: a form the server takes, and no value on neither side.

use crate::field::{DATE_OF_BIRTH, EMAIL, FIRST_NAME, LAST_NAME};
use crate::normalise;
use crate::separation::fields::FieldSplit;
use crate::separation::misc::MISC;
use crate::separation::plan::SeparationPlan;
use crate::separation::problem::{Problem, ProblemCode};
use crate::separation::subject::Subject;
use crate::separation::target::{Pair, Target};

pub(super) fn check(subject: &Subject, plan: &SeparationPlan, problems: &mut Vec<Problem>) {
    let before = FieldSplit::start(subject);
    let known = |path: &str| subject.contact.values.get(&path.into()).and_then(serde_json::Value::as_str);
    for side in Target::BOTH {
        let email = plan.fields.email.of(side).as_deref().filter(|email| known(EMAIL) != Some(email));
        if let Some(what) = email.and_then(normalise::email_problem) {
            let message = format!("The e-mail address {what}.");
            problems.push(Problem::field(EMAIL, side, ProblemCode::BadEmail, message));
        }
        let date =
            plan.fields.date_of_birth.of(side).as_deref().filter(|date| known(DATE_OF_BIRTH) != Some(date));
        if date.is_some_and(|date| !is_iso(date)) {
            let message = "Write the date of birth as YYYY-MM-DD.";
            problems.push(Problem::field(DATE_OF_BIRTH, side, ProblemCode::BadDate, message));
        }
    }
    let named =
        |name: &Pair<String>| Pair { original: Some(name.original.clone()), new: Some(name.new.clone()) };
    let pairs = [
        (FIRST_NAME, named(&before.first_name), named(&plan.fields.first_name)),
        (LAST_NAME, named(&before.last_name), named(&plan.fields.last_name)),
        (EMAIL, before.email, plan.fields.email.clone()),
        (DATE_OF_BIRTH, before.date_of_birth, plan.fields.date_of_birth.clone()),
    ];
    for (path, was, now) in pairs {
        let Some(value) = was.original.filter(|value| !value.is_empty()) else { continue };
        if Target::BOTH.iter().all(|side| now.of(*side).as_ref() != Some(&value)) {
            let message = "The value that the contact has now is on neither side.";
            problems.push(Problem::field(path, Target::Original, ProblemCode::ValueDropped, message));
        }
    }
    if subject.misc.is_none() && Target::BOTH.iter().any(|side| !plan.fields.misc.of(*side).is_empty()) {
        let message =
            "The free-form fields of this contact are no list of names and values, and cannot be divided.";
        problems.push(Problem::field(MISC, Target::Original, ProblemCode::MiscLost, message));
    }
    for key in subject.misc.iter().flatten().map(|(key, _)| key) {
        if Target::BOTH.iter().all(|side| !plan.fields.misc.of(*side).contains_key(key)) {
            let message = "This field is on neither contact.";
            let path = format!("{MISC}.{key}");
            problems.push(Problem::field(&path, Target::Original, ProblemCode::MiscLost, message));
        }
    }
}

/// A date in ISO form, with or without a time behind it.
fn is_iso(text: &str) -> bool {
    normalise::date(text).is_some_and(|iso| text.get(..10) == Some(iso.as_str()))
}
