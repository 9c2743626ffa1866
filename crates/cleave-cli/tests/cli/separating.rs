//! A separation by a plan from a file, and what goes with it.

use cleave_app::ipc::{
    ChildPlace, ContactsFound, ErrorCode, HistoryPage, OutboxEntry, OutboxState, SeparatedByPlan,
    SeparationRecords,
};
use cleave_service::{Fault, FaultKind};
use serde_json::{Map, Value, json};

use crate::desk::{Desk, Done};

const OP: &str = "01939c2e-0000-7000-8000-000000000001";
const KINDS: [&str; 5] = ["conversations", "applications", "contactNotes", "reminders", "trainingSnapshots"];

/// A contact with a conversation that can be cut and records of another kind, and a plan of it that can be sent: every
/// other record moves, and the conversation is cut.
pub fn contact_and_plan(desk: &Desk) -> (String, Value) {
    for row in desk.queue(&["--limit", "100"]).rows {
        let records: SeparationRecords = desk.run(&["separation-data", &row.candidate_id, "--json"]).json(0);
        let data = &records.data;
        let long = records.messages.iter().find(|(_, count)| **count >= 4).map(|(id, _)| id.clone());
        let notes = data["contactNotes"].as_array().map_or(0, Vec::len);
        if let Some(cut) = long.filter(|_| notes > 0) {
            return (row.candidate_id, plan(desk, &records, &cut));
        }
    }
    panic!("no contact has enough to separate");
}

fn plan(desk: &Desk, records: &SeparationRecords, cut: &str) -> Value {
    let contact = &records.data["contact"];
    let text = |key: &str| contact[key].as_str().unwrap_or_default().to_owned();
    let number = contact["phoneNumber"].as_str().or_else(|| contact["phoneNumber"][0]["value"].as_str());
    let mut assignment = Map::new();
    for kind in KINDS {
        let ids = records.data[kind].as_array().unwrap().iter().map(|one| one["_id"].as_str().unwrap());
        let side = |(at, id): (usize, &str)| {
            let to = if id == cut || at % 2 == 1 { "original" } else { "new" };
            (id.to_owned(), json!(to))
        };
        assignment.insert(kind.to_owned(), Value::Object(ids.enumerate().map(side).collect()));
    }
    let messages = desk.server(&format!("/api/conversation/{cut}/messages"));
    let messages = messages["messages"].as_array().or_else(|| messages["data"].as_array()).unwrap();
    let mut messages: Vec<(&str, &str)> = messages
        .iter()
        .map(|one| (one["createdAt"].as_str().unwrap(), one["_id"].as_str().unwrap()))
        .collect();
    messages.sort_unstable();
    json!({
        "fieldSplit": {
            "firstName": {"original": text("firstName"), "new": "Janet"},
            "lastName": {"original": text("lastName"), "new": "Doe"},
            "phoneNumber": {"original": number, "new": "+14165550199"},
            "status": "original", "pipelineId": "original", "pipelineStage": "original",
            "assignees": "original", "outreachConfigId": "original",
        },
        "childRecordAssignment": assignment,
        "messageDividers": [{"conversationId": cut, "dividerMessageId": messages[messages.len() / 2].1,
            "direction": "before_to_original"}],
        "newConversationMeta": [],
    })
}

/// Runs `separate` with a plan in a file.
pub fn separate(desk: &Desk, id: &str, plan: &str, more: &[&str]) -> Done {
    let file = desk.path("plan.json");
    std::fs::write(&file, plan).unwrap();
    desk.run(&[&["separate", id, "--plan", file.to_str().unwrap(), "--json"], more].concat())
}

#[test]
fn a_plan_is_looked_at_carried_out_and_kept_in_history() {
    let desk = Desk::signed_in();
    let (id, plan) = contact_and_plan(&desk);
    let text = plan.to_string();
    let looked: SeparatedByPlan = separate(&desk, &id, &text, &["--dry-run"]).json(0);
    let planned = looked.planned.unwrap();
    assert!(looked.answer.is_none() && planned.state.blocked.is_none());
    assert!(planned.sheet.title.ends_with("and Janet Doe"), "{}", planned.sheet.title);
    assert_eq!(planned.state.cuts.len(), 1);
    assert_eq!(desk.run(&["outbox", "--json"]).json::<Vec<OutboxEntry>>(0), []);

    let done: SeparatedByPlan = separate(&desk, &id, &text, &["--op-id", OP]).json(0);
    assert_eq!(done.planned.unwrap().sheet, planned.sheet);
    let entry = done.answer.unwrap().entry.unwrap();
    assert_eq!((entry.op_id.as_str(), entry.state), (OP, OutboxState::Applied), "{}", entry.reason);
    let receipt = entry.receipt.clone().unwrap();
    assert!(receipt.as_predicted && receipt.was_read, "{:?}", receipt.rows);
    let new = desk.server(&format!("/api/contacts/{}/separation-data", receipt.new_contact_id.unwrap()));
    assert_eq!(new["data"]["contact"]["firstName"], "Janet");
    for place in planned.state.places.iter().filter(|place| place.place == ChildPlace::New) {
        assert!(new.to_string().contains(&place.id), "{:?} did not move", place.kind);
    }
    let again: SeparatedByPlan = separate(&desk, &id, &text, &["--op-id", OP]).json(0);
    assert!(again.planned.is_none());
    assert_eq!(again.answer.unwrap().entry.unwrap().decided_at, entry.decided_at);

    let page: HistoryPage = desk.run(&["history", "--kind", "separate", "--json"]).json(0);
    assert_eq!(page.entries, [entry]);
    assert_eq!(desk.run(&["history", "--different", "--json"]).json::<HistoryPage>(0).entries, []);
    let exported: Value = desk.run(&["outbox", "export", OP]).json(0);
    assert_eq!(exported["fieldSplit"]["firstName"]["new"], "Janet");
    let found: ContactsFound = desk.run(&["contacts", "Janet Doe", "--json"]).json(0);
    assert!(found.from_server && found.contacts.iter().any(|hit| hit.phone == "+1 416-555-0199"));
    let table = desk.run(&["contacts", "Janet Doe"]).stdout;
    assert!(table.starts_with("CONTACT ") && table.contains("Janet Doe"), "{table}");
    assert!(desk.run(&["history"]).stdout.contains("→"), "no title in the history");
}

#[test]
fn a_plan_can_be_queued_and_taken_back() {
    let desk = Desk::signed_in();
    let (id, plan) = contact_and_plan(&desk);
    let more = ["--queue-only", "--cancel-window", "600", "--op-id", OP];
    let saved: SeparatedByPlan = separate(&desk, &id, &plan.to_string(), &more).json(0);
    assert_eq!(saved.answer.unwrap().entry.unwrap().state, OutboxState::Queued);
    let back: OutboxEntry = desk.run(&["outbox", "withdraw", OP, "--json"]).json(0);
    assert!(back.state == OutboxState::Withdrawn && back.can_edit);
}

#[test]
fn a_bad_plan_says_where_it_is_bad_and_saves_nothing() {
    let desk = Desk::signed_in();
    let (id, good) = contact_and_plan(&desk);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut plan = good.clone();
        change(&mut plan);
        plan.to_string()
    };
    let divider = good["messageDividers"][0].clone();
    let note =
        good["childRecordAssignment"]["contactNotes"].as_object().unwrap().keys().next().unwrap().clone();
    let unreadable: [(String, &str); 8] = [
        ("{".into(), "plan"),
        ("[]".into(), "plan"),
        (with(&|plan| plan["note"] = json!("x")), "note"),
        (with(&|plan| plan["fieldSplit"]["owner"] = json!("new")), "fieldSplit.owner"),
        (with(&|plan| plan["fieldSplit"]["status"] = json!("both")), "fieldSplit.status"),
        (
            with(&|plan| drop(plan.as_object_mut().unwrap().remove("childRecordAssignment"))),
            "childRecordAssignment",
        ),
        (
            with(&|plan| plan["messageDividers"] = json!([divider.clone(), divider.clone()])),
            "messageDividers[1].conversationId",
        ),
        (
            with(&|plan| plan["newConversationMeta"] = json!([{"conversationId": "none"}])),
            "newConversationMeta[0].conversationId",
        ),
    ];
    for (plan, place) in &unreadable {
        for more in [&["--dry-run"][..], &[]] {
            let error = separate(&desk, &id, plan, more).error(1);
            assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some(*place)), "{error}");
        }
    }
    // What can be read and not be carried out is previewed with everything that is wrong with it.
    let other = desk.queue(&["--limit", "100"]).rows.into_iter().find(|row| row.source_id != id).unwrap();
    let number = json!("12");
    let refused: [(&str, String, &str); 4] = [
        (
            &id,
            with(&|plan| {
                drop(plan["childRecordAssignment"]["contactNotes"].as_object_mut().unwrap().remove(&note))
            }),
            "undecided",
        ),
        (&id, with(&|plan| plan["fieldSplit"]["phoneNumber"]["new"] = number.clone()), "country code"),
        (
            &id,
            with(&|plan| plan["messageDividers"][0]["dividerMessageId"] = json!("gone")),
            "not in this conversation",
        ),
        (&other.source_id, good.to_string(), "has no such"),
    ];
    for (contact, plan, words) in &refused {
        for more in [&["--dry-run"][..], &[]] {
            let done = separate(&desk, contact, plan, more);
            assert_eq!(done.code, 1, "{words}: {}", done.stdout);
            let shown: SeparatedByPlan = serde_json::from_str(&done.stdout).unwrap();
            assert!(shown.answer.is_none());
            assert!(done.stdout.contains(words), "{words}: {}", done.stdout);
            assert!(done.stderr.contains("The plan cannot be carried out"), "{}", done.stderr);
        }
    }
    let file = desk.path("plan.json");
    std::fs::write(&file, &refused[0].1).unwrap();
    let words = desk.run(&["separate", &id, "--plan", file.to_str().unwrap(), "--dry-run"]).stdout;
    assert!(words.contains(&format!("Undecided: {note} (note)")), "{words}");
    // Each thing is told once, with its place where it has one.
    let apart = with(&|plan| {
        plan["fieldSplit"]["pipelineStage"] = json!("new");
        plan["childRecordAssignment"]["contactNotes"]["nobody"] = json!("new");
    });
    std::fs::write(&file, apart).unwrap();
    let words = desk.run(&["separate", &id, "--plan", file.to_str().unwrap(), "--dry-run"]).stdout;
    assert_eq!(words.matches("The pipeline and its stage go to different contacts").count(), 1, "{words}");
    assert!(words.contains("Cannot be carried out (note nobody): The contact has no such note."), "{words}");
    assert_eq!(
        desk.run(&["separate", &id, "--plan", "/nonexistent/plan.json", "--json"]).error(1).field.as_deref(),
        Some("plan")
    );
    assert_eq!(separate(&desk, "none", &good.to_string(), &[]).error(1).code, ErrorCode::NotFound);
    assert_eq!(desk.run(&["outbox", "--json"]).json::<Vec<OutboxEntry>>(0), []);
}

#[test]
fn what_nobody_can_read_a_person_settles() {
    let desk = Desk::signed_in();
    let (id, plan) = contact_and_plan(&desk);
    // An answer from which nobody can tell what became of it.
    let gone = FaultKind::Status { status: 404, body: None, retry_after: None, location: None };
    desk.fault(Fault::once("POST", "/api/contacts/*/separate", gone));
    let done = separate(&desk, &id, &plan.to_string(), &["--op-id", OP]);
    assert_eq!(done.code, 3, "{}", done.stdout);
    let shown = desk.run(&["outbox", "show", OP, "--json"]);
    let entry: OutboxEntry = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!((entry.state, entry.can_mark_applied), (OutboxState::NeedsPerson, true), "{}", entry.reason);
    assert_eq!(desk.run(&["outbox", "resolve", OP, "--reason", "x"]).code, 2);
    let resolve = ["outbox", "resolve", OP, "--applied", "--reason"];
    assert_eq!(
        desk.run(&[&resolve[..], &[" ", "--json"]].concat()).error(1).field.as_deref(),
        Some("reason")
    );
    let done: OutboxEntry = desk.run(&[&resolve[..], &["Seen in the CRM", "--json"]].concat()).json(0);
    assert_eq!(done.state, OutboxState::Applied);
    assert!(done.reason.contains("Seen in the CRM"), "{}", done.reason);
    let again = desk.run(&["outbox", "resolve", OP, "--not-applied", "--reason", "no", "--json"]);
    assert_eq!(again.error(3).code, ErrorCode::TooLate);
}
