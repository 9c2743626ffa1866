//! What changed underneath a separation that is about to be sent: whether it still is what the admin saw.

use super::Drift;
use crate::field::{self, FieldPath};
use crate::separation::fields::TargetField;
use crate::separation::kind::ChildKind;
use crate::separation::misc::{MISC, is_within};

impl Drift {
    /// Whether the separation would do something else than the admin saw.
    ///
    /// A record or document that came or went does, and so does a divider without its message and a value that the
    /// request carries or sends to one side. A record that only reads differently, a message more in a conversation and a
    /// field without a slot do not.
    pub fn matters(&self) -> bool {
        match self {
            Drift::ChildAppeared { .. }
            | Drift::ChildVanished { .. }
            | Drift::DividerDropped { .. }
            | Drift::DocumentAppeared { .. }
            | Drift::DocumentVanished { .. } => true,
            Drift::ChildChanged { .. } => false,
            Drift::ValueChanged { path, .. } => has_slot(path),
        }
    }
}

/// Whether a request says something about the field.
fn has_slot(path: &FieldPath) -> bool {
    let own = [field::FIRST_NAME, field::LAST_NAME, field::EMAIL, field::PHONE, field::DATE_OF_BIRTH];
    own.contains(&path.as_str())
        || TargetField::ALL.iter().any(|field| is_within(path, field.path()))
        || is_within(path, MISC)
}

/// What of it matters, counted, as a clause such as `1 note is new and 2 values differ now (email, status)`; `None`
/// where nothing does. It names fields and kinds, and no value.
pub fn drift_in_words(drift: &[Drift]) -> Option<String> {
    let mut clauses = Vec::new();
    let count = |of: &dyn Fn(&Drift) -> bool| drift.iter().filter(|one| of(one)).count();
    for kind in ChildKind::ALL {
        let (one, many) = (kind.noun(), format!("{}s", kind.noun()));
        let new = count(&|drift| matches!(drift, Drift::ChildAppeared { kind: of, .. } if *of == kind));
        let gone = count(&|drift| matches!(drift, Drift::ChildVanished { kind: of, .. } if *of == kind));
        clauses.extend(counted(new, one, &many, "new"));
        clauses.extend(counted(gone, one, &many, "gone"));
    }
    let new = count(&|drift| matches!(drift, Drift::DocumentAppeared { .. }));
    let gone = count(&|drift| matches!(drift, Drift::DocumentVanished { .. }));
    let cuts = count(&|drift| matches!(drift, Drift::DividerDropped { .. }));
    clauses.extend(counted(new, "document", "documents", "new"));
    clauses.extend(counted(gone, "document", "documents", "gone"));
    clauses.extend(counted(cuts, "message at a cut", "messages at cuts", "gone"));
    let values: Vec<&str> = drift
        .iter()
        .filter_map(|drift| match drift {
            // A key of `misc` is whatever somebody typed.
            Drift::ValueChanged { path, .. } if is_within(path, MISC) => Some(MISC),
            Drift::ValueChanged { path, .. } if has_slot(path) => Some(path.as_str()),
            _ => None,
        })
        .collect();
    if !values.is_empty() {
        let what = if values.len() == 1 { "value differs" } else { "values differ" };
        let mut names: Vec<String> = values.iter().map(|path| called(path)).collect();
        names.dedup();
        clauses.push(format!("{} {what} now ({})", values.len(), names.join(", ")));
    }
    let last = clauses.pop()?;
    Some(if clauses.is_empty() { last } else { format!("{} and {last}", clauses.join(", ")) })
}

/// A field as people call it: `phone number` of `phoneNumber`.
fn called(path: &str) -> String {
    if path == MISC {
        return "other fields".to_owned();
    }
    path.chars().fold(String::new(), |mut name, letter| {
        match letter {
            '.' => name.push(' '),
            letter if letter.is_uppercase() => {
                name.push(' ');
                name.extend(letter.to_lowercase());
            }
            letter => name.push(letter),
        }
        name
    })
}

fn counted(count: usize, one: &str, many: &str, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one} is {what}")),
        count => Some(format!("{count} {many} are {what}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::separation::subject::{MessageHead, Subject};
    use crate::separation::{rebase, samples};

    /// What matters of a change that happens to the sample, in words.
    fn told(change: fn(&mut Subject)) -> Option<String> {
        let (plan, mut now) = (samples::plan(), samples::subject());
        change(&mut now);
        let (_, drift) = rebase(plan.clone(), &samples::subject().kept_for(&plan), &now.kept_for(&plan));
        let words = drift_in_words(&drift);
        assert_eq!(words.is_some(), drift.iter().any(Drift::matters));
        words
    }

    #[test]
    fn the_table_of_what_matters_before_sending() {
        let harmless: [fn(&mut Subject); 6] = [
            |_| {},
            |now| now.notes[0].title = "Called back".into(),
            |now| now.conversations[1].messages.as_mut().unwrap().push(MessageHead::default()),
            |now| now.conversations[0].messages.as_mut().unwrap().push(MessageHead::default()),
            |now| drop(now.contact.values.insert("company".into(), json!("Other"))),
            |now| drop(now.contact.secondary_phones.pop()),
        ];
        for (at, change) in harmless.into_iter().enumerate() {
            assert_eq!(told(change), None, "{at}");
        }
        type Case = (fn(&mut Subject), &'static str);
        let serious: [Case; 9] = [
            (|now| now.notes.push(now.notes[0].clone().with("n9")), "1 note is new"),
            (|now| now.reminders.clear(), "1 reminder is gone"),
            (|now| drop(now.conversations.remove(1)), "1 conversation is gone"),
            (|now| now.conversations[0].messages.as_mut().unwrap().truncate(2), "1 message at a cut is gone"),
            (
                |now| now.documents.as_mut().unwrap()[0].id = "d9".into(),
                "1 document is new and 1 document is gone",
            ),
            (
                |now| drop(now.contact.values.insert("email".into(), json!("a@x.org"))),
                "1 value differs now (email)",
            ),
            (
                |now| drop(now.contact.values.insert("status".into(), json!("Lost"))),
                "1 value differs now (status)",
            ),
            (|now| now.contact.phones[0].value = "+14165550177".into(), "1 value differs now (phone number)"),
            (
                |now| {
                    now.misc.as_mut().unwrap().insert("tier".into(), json!("iron"));
                    now.misc.as_mut().unwrap().insert("secret of Ann".into(), json!(1));
                    now.applications.clear();
                },
                "1 application is gone and 2 values differ now (other fields)",
            ),
        ];
        for (change, expected) in serious {
            assert_eq!(told(change).as_deref(), Some(expected));
        }
    }

    impl crate::separation::Child {
        fn with(self, id: &str) -> Self {
            crate::separation::Child { id: id.into(), ..self }
        }
    }
}
