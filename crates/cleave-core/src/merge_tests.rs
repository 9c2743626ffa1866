use super::*;
use crate::contact::Phone;
use proptest::prelude::*;
use serde_json::json;

fn contact(id: &str, updated: &str, values: &[(&str, &str)], phones: &[&str]) -> Contact {
    Contact {
        id: id.into(),
        phones: phones.iter().map(|p| Phone { value: (*p).into(), is_primary: false }).collect(),
        values: values.iter().map(|(k, v)| (FieldPath::from(*k), json!(v))).collect(),
        updated_at: Some(updated.into()),
        ..Contact::default()
    }
}

const OLD: &str = "2026-01-01T00:00:00Z";
const NEW: &str = "2026-02-01T00:00:00+02:00";

struct Case {
    field: &'static str,
    source: Option<&'static str>,
    candidate: Option<&'static str>,
    rule: Option<&'static str>,
    pick: Option<Side>,
    expected: (Side, Reason, Option<&'static str>),
}

#[test]
fn the_choice_of_each_field_and_its_reason() {
    use Side::{Candidate, Source};
    let rule = || Reason::Rule("prefer_newer".into());
    let cases = [
        Case {
            field: "status",
            source: Some("New"),
            candidate: Some("Old"),
            rule: None,
            pick: None,
            expected: (Candidate, Reason::Survivor, Some("Old")),
        },
        Case {
            field: "status",
            source: Some("New"),
            candidate: Some("Old"),
            rule: Some("prefer_newer"),
            pick: None,
            expected: (Source, rule(), Some("New")),
        },
        Case {
            field: "status",
            source: Some("New"),
            candidate: Some("Old"),
            rule: Some("prefer_longest"),
            pick: None,
            expected: (Candidate, Reason::Survivor, Some("Old")),
        },
        Case {
            field: "status",
            source: Some("New"),
            candidate: Some("Old"),
            rule: Some("prefer_newer"),
            pick: Some(Candidate),
            expected: (Candidate, Reason::Picked, Some("Old")),
        },
        Case {
            field: "status",
            source: Some("New"),
            candidate: Some("Old"),
            rule: Some("prefer_newer"),
            pick: Some(Source),
            expected: (Source, rule(), Some("New")),
        },
        Case {
            field: "email",
            source: Some("a@x.com"),
            candidate: None,
            rule: None,
            pick: None,
            expected: (Source, Reason::OnlyValue, Some("a@x.com")),
        },
        Case {
            field: "email",
            source: Some("a@x.com"),
            candidate: None,
            rule: None,
            pick: Some(Candidate),
            expected: (Candidate, Reason::Picked, None),
        },
        Case {
            field: "email",
            source: Some("A@x.com"),
            candidate: Some("a@x.com"),
            rule: Some("prefer_newer"),
            pick: None,
            expected: (Candidate, Reason::Equal, Some("a@x.com")),
        },
        Case {
            field: "email",
            source: Some("A@x.com"),
            candidate: Some("a@x.com"),
            rule: None,
            pick: Some(Source),
            expected: (Source, Reason::Picked, Some("A@x.com")),
        },
        Case {
            field: "email",
            source: Some("a@x.com"),
            candidate: Some("a@x.com"),
            rule: None,
            pick: Some(Source),
            expected: (Candidate, Reason::Equal, Some("a@x.com")),
        },
    ];
    for case in cases {
        let values = |v: Option<&'static str>| v.map(|v| vec![(case.field, v)]).unwrap_or_default();
        let source = contact("s", NEW, &values(case.source), &[]);
        let candidate = contact("c", OLD, &values(case.candidate), &[]);
        let picks = case.pick.map(|p| (FieldPath::from(case.field), p)).into_iter().collect();
        let rules = case.rule.map(|r| (case.field.to_owned(), json!(r))).into_iter().collect();
        let plan = plan(&source, &candidate, &picks, &rules);
        let f = &plan.fields[0];
        let (side, reason, result) = case.expected;
        assert_eq!(
            (f.choice, &f.reason, f.result.as_deref()),
            (side, &reason, result),
            "{} {:?}",
            case.field,
            case.pick
        );
    }
}

#[test]
fn numbers_are_united_and_the_choice_moves_the_primary() {
    let source = contact("s", OLD, &[], &["(416) 555-0100", "+14165550199"]);
    let candidate = contact("c", OLD, &[], &["+14165550123"]);
    let by =
        |side| plan(&source, &candidate, &[(FieldPath::from("phoneNumber"), side)].into(), &BTreeMap::new());
    assert_eq!(by(Side::Candidate).phones, ["+14165550123", "(416) 555-0100", "+14165550199"]);
    assert_eq!(by(Side::Source).phones, ["(416) 555-0100", "+14165550123", "+14165550199"]);
    let rest =
        by(Side::Candidate).fields.into_iter().find(|f| f.path.as_str() == "secondaryPhoneNumber").unwrap();
    assert_eq!(rest.result.as_deref(), Some("(416) 555-0100, +14165550199"));
    assert!(!rest.choosable);
}

#[test]
fn one_number_in_two_spellings_is_kept_once() {
    let source = contact("s", OLD, &[], &["(416) 555-0100"]);
    let candidate = contact("c", OLD, &[], &["+14165550100"]);
    let plan = plan(&source, &candidate, &BTreeMap::new(), &BTreeMap::new());
    assert_eq!(plan.phones, ["+14165550100"]);
}

#[test]
fn a_choice_the_server_did_not_honour_is_found() {
    let source = contact("s", OLD, &[("email", "s@x.com"), ("status", "New")], &[]);
    let candidate = contact("c", OLD, &[("email", "c@x.com"), ("status", "Old")], &[]);
    let plan =
        plan(&source, &candidate, &[(FieldPath::from("email"), Side::Source)].into(), &BTreeMap::new());
    let honoured = contact("c", NEW, &[("email", "S@x.com"), ("status", "old")], &[]);
    assert_eq!(unhonoured(&plan, &honoured), []);
    let ignored = contact("c", NEW, &[("email", "c@x.com"), ("status", "Old")], &[]);
    let found = unhonoured(&plan, &ignored);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].predicted.as_deref(), Some("s@x.com"));
    assert_eq!(found[0].actual.as_deref(), Some("c@x.com"));
    assert!(!format!("{found:?}").contains('@'));
}

fn any_contact(id: &'static str) -> impl Strategy<Value = Contact> {
    let values = proptest::collection::btree_map(
        proptest::sample::select(vec!["firstName", "lastName", "email", "status", "misc.a", "address.city"]),
        "[a-zA-Z ]{0,6}",
        0..6,
    );
    let phones = proptest::collection::vec(
        proptest::sample::select(vec!["+14165550100", "+14165550101", "+14165550102"]),
        0..3,
    );
    (values, phones).prop_map(move |(values, phones)| {
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        contact(id, OLD, &values, &phones)
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_without_a_pick(source in any_contact("s"), candidate in any_contact("c")) {
        let plan = plan(&source, &candidate, &BTreeMap::new(), &BTreeMap::new());
        for f in &plan.fields {
            let has_value = f.source.is_some() || f.candidate.is_some();
            prop_assert!(!has_value || f.result.is_some(), "{} lost its value", f.path);
        }
        for phone in source.all_phones().into_iter().chain(candidate.all_phones()) {
            prop_assert!(plan.phones.iter().any(|p| p == phone));
        }
    }

    #[test]
    fn sent_choices_give_the_same_plan_again(
        source in any_contact("s"),
        candidate in any_contact("c"),
        sides in proptest::collection::vec(any::<bool>(), 8),
    ) {
        let first = plan(&source, &candidate, &BTreeMap::new(), &BTreeMap::new());
        let picks: BTreeMap<FieldPath, Side> = first.fields.iter().zip(sides)
            .map(|(f, left)| (f.path.clone(), if left { Side::Source } else { Side::Candidate }))
            .collect();
        let picked = plan(&source, &candidate, &picks, &BTreeMap::new());
        let again = plan(&source, &candidate, &picked.field_choices(), &BTreeMap::new());
        prop_assert_eq!(picked, again);
    }
}
