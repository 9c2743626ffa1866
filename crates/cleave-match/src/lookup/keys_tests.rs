use super::*;
use cleave_core::settings::FuzzyMergeSettings;

fn keys(settings: &FuzzyMergeSettings, values: &[(&str, &str)]) -> Vec<Key> {
    let mut builder = Base::builder(settings);
    let raw = |path: &str| values.iter().find(|(known, _)| *known == path).map(|(_, value)| (*value).into());
    let contact = builder.push("one", raw).unwrap();
    let base = builder.build();
    let plan = Plan::new(&base, settings).unwrap();
    let mut keys = Vec::new();
    of(&base, &plan, |column| base.columns[column].text(contact), &mut keys);
    keys
}

/// How many keys two contacts share.
fn shared(left: &[(&str, &str)], right: &[(&str, &str)]) -> usize {
    let settings = FuzzyMergeSettings::default();
    let theirs = keys(&settings, right);
    keys(&settings, left).iter().filter(|key| theirs.contains(key)).count()
}

#[test]
fn usual_errors_leave_a_key_in_common() {
    let name = |first, last| [("firstName", first), ("lastName", last)];
    for (left, right) in [
        (name("Bill", "Anderson"), name("William", "Anderson")),
        (name("Bill", "Anderson"), name("William", "Andersen")),
        (name("Maria", "Kowalski"), name("Kowalski", "Maria")),
        (name("Catherine", "Phillips"), name("C.", "Filips")),
        (name("Thomas", "Jones"), name("Thomas", "Joens")),
        (name("Jean Paul", "Martin"), name("Jean", "Martin")),
        ([("email", "ann.lee@gmail.com"), ("", "")], [("email", "annlee7+x@web.de"), ("", "")]),
        ([("phoneNumber", "(617) 793-0671"), ("", "")], [("phoneNumber", "+1 617 793 0617"), ("", "")]),
        ([("phoneNumber", "(617) 793-0671"), ("", "")], [("phoneNumber", "671-793-0671"), ("", "")]),
    ] {
        assert!(shared(&left, &right) > 0, "{left:?} {right:?}");
    }
}

#[test]
fn strangers_share_no_key() {
    let left = [("firstName", "Bill"), ("lastName", "Anderson"), ("email", "bill@example.com")];
    let right = [("firstName", "Xenia"), ("lastName", "Jones"), ("email", "xjones@example.com")];
    assert_eq!(shared(&left, &right), 0);
    assert_eq!(shared(&[("email", "info@a.com")], &[("email", "info@b.com")]), 0);
    assert_eq!(shared(&[("firstName", "🙂")], &[("firstName", "🙂")]), 0);
}

#[test]
fn only_trigger_fields_make_keys() {
    let settings = FuzzyMergeSettings {
        lookup_trigger_fields: vec!["email".to_owned()],
        ..FuzzyMergeSettings::default()
    };
    assert!(keys(&settings, &[("firstName", "Bill"), ("lastName", "Anderson")]).is_empty());
    let none = FuzzyMergeSettings { lookup_trigger_fields: Vec::new(), ..FuzzyMergeSettings::default() };
    assert!(keys(&none, &[("email", "bill@example.com")]).is_empty());
}

#[test]
fn ends_of_short_and_wide_values() {
    assert_eq!((start("añb", 2), tail("añb", 2)), ("añ", "ñb"));
    assert_eq!((start("a", 3), tail("a", 3)), ("a", "a"));
    assert_eq!((start("", 3), tail("", 3)), ("", ""));
}
