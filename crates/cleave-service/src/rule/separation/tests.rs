use super::{Before, Defaults, Separation, plan};
use crate::http::Refusal;
use cleave_wire::separate::SeparateContactRequest;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn before() -> Before {
    let contact = json!({"_id": "c", "organizationId": "o", "firstName": "Jane", "lastName": "Doe",
        "email": "not an address", "phoneNumber": [{"value": "+14165550100", "isPrimary": true},
        {"value": "+14165550101", "isPrimary": false}], "secondaryPhoneNumber": ["+14165550102"], "status": "Won"});
    Before {
        contact,
        conversations: BTreeMap::from([("t".to_owned(), ["m1", "m2", "m3"].map(str::to_owned).to_vec())]),
        records: BTreeMap::new(),
        documents: Vec::new(),
        users: vec!["u".to_owned()],
        defaults: Defaults { status: json!("New Lead"), pipeline: json!("p"), stage: json!("s") },
    }
}

fn separated(changes: &[(&str, Value)]) -> Result<Separation, Refusal> {
    let mut request = json!({
        "fieldSplit": {"firstName": {"original": "Jane", "new": "Janet"}, "lastName": {"original": "", "new": ""},
            "status": "original", "pipelineId": "new", "pipelineStage": "new", "assignees": "original",
            "outreachConfigId": "original"},
        "childRecordAssignment": {"conversations": {}, "applications": {}, "contactNotes": {}, "reminders": {},
            "trainingSnapshots": {}},
    });
    for (key, value) in changes {
        let place = if *key == "messageDividers" { &mut request } else { &mut request["fieldSplit"] };
        place[*key] = value.clone();
    }
    let request: SeparateContactRequest = serde_json::from_value(request).unwrap();
    plan(&before(), &request)
}

#[test]
fn numbers_go_where_they_are_sent_and_none_is_lost() {
    let list = |numbers: &[&str]| {
        crate::rule::phones::as_list(&numbers.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
    };
    let (all, second) = (["+14165550100", "+14165550101"], "+14165550101");
    let cases = [
        (None, list(&all), json!(["+14165550102"]), Value::Null),
        (Some(json!({"new": second})), list(&all[..1]), json!(["+14165550102"]), list(&[second])),
        (
            Some(json!({"original": second})),
            list(&[second]),
            json!(["+14165550100", "+14165550102"]),
            Value::Null,
        ),
        (
            Some(json!({"original": null, "new": second})),
            Value::Null,
            json!(["+14165550100", "+14165550102"]),
            list(&[second]),
        ),
        (Some(json!({"new": "+14165550102"})), list(&all), json!([]), list(&["+14165550102"])),
        (
            Some(json!({"original": "", "new": "+14165550199"})),
            Value::Null,
            json!(["+14165550100", "+14165550101", "+14165550102"]),
            list(&["+14165550199"]),
        ),
    ];
    for (pair, held, secondary, theirs) in cases {
        let changes: Vec<(&str, Value)> = pair.iter().map(|pair| ("phoneNumber", pair.clone())).collect();
        let made = separated(&changes).unwrap();
        assert_eq!(made.original["phoneNumber"], held, "{pair:?}");
        assert_eq!(made.original["secondaryPhoneNumber"], secondary, "{pair:?}");
        assert_eq!(made.new["phoneNumber"], theirs, "{pair:?}");
    }
}

#[test]
fn an_absent_side_keeps_and_a_known_value_of_bad_form_passes() {
    let made = separated(&[("email", json!({"new": "not an address"}))]).unwrap();
    assert_eq!(
        (&made.original["email"], &made.new["email"]),
        (&json!("not an address"), &json!("not an address"))
    );
    let made = separated(&[("email", json!({"original": null, "new": "j@example.com"}))]).unwrap();
    assert_eq!((&made.original["email"], &made.new["email"]), (&Value::Null, &json!("j@example.com")));
}

#[test]
fn a_target_takes_the_value_along_and_leaves_the_default() {
    let made = separated(&[("status", json!("new"))]).unwrap();
    assert_eq!((&made.original["status"], &made.new["status"]), (&json!("New Lead"), &json!("Won")));
    let made = separated(&[]).unwrap();
    assert_eq!((&made.original["status"], &made.new["status"]), (&json!("Won"), &json!("New Lead")));
}

#[test]
fn every_message_is_in_exactly_one_half() {
    for direction in ["before_to_original", "before_to_new"] {
        for divider in ["m2", "m3"] {
            let made = separated(&[(
                "messageDividers",
                json!([{"conversationId": "t", "dividerMessageId": divider,
                "direction": direction}]),
            )]);
            let moved = &made.unwrap().cuts[0].messages;
            let place = if divider == "m2" { 1 } else { 2 };
            let expected = if direction == "before_to_new" { place } else { 3 - place };
            assert_eq!(moved.len(), expected, "{direction} {divider}");
        }
    }
}
