//! The fields that `--help` lists of separations, history and contacts, held against what the commands print.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::separating::{contact_and_plan, separate};
use crate::shapes::Shapes;

#[test]
fn help_lists_the_fields_of_separations() {
    let desk = Desk::signed_in();
    let shapes = |command: &[&str]| Shapes::of(&desk, command);
    let (id, plan) = contact_and_plan(&desk);
    let mut data = shapes(&["separation-data"]);
    data.hold(&desk.run(&["separation-data", &id, "--json"]).stdout);
    let mut separated = shapes(&["separate"]);
    let mut wrong: Value = plan.clone();
    wrong["messageDividers"][0]["dividerMessageId"] = json!("gone");
    wrong["fieldSplit"]["phoneNumber"]["new"] = json!("12");
    separated.hold(&separate(&desk, &id, &wrong.to_string(), &["--dry-run"]).stdout);
    separated.hold(&separate(&desk, &id, &plan.to_string(), &["--dry-run"]).stdout);
    separated.hold(&separate(&desk, &id, &plan.to_string(), &[]).stdout);
    let mut history = shapes(&["history"]);
    history.hold(&desk.run(&["history", "--json"]).stdout);
    let mut contacts = shapes(&["contacts"]);
    contacts.hold(&desk.run(&["contacts", "Janet", "--json"]).stdout);
    let mut sync = shapes(&["sync"]);
    sync.hold(&desk.run(&["sync", "--json"]).stdout);

    // Which reviews change with a separation, and which values the contact's records offer, is the world's. Nothing here
    // waits for another decision.
    assert_eq!(separated.unmet_but(&["QueueRow", "SplitOption", "EntryLink"]), [""; 0]);
    for shapes in [&data, &history, &contacts] {
        assert_eq!(shapes.unmet_but(&["EntryLink"]), [""; 0]);
    }
    assert_eq!(shapes(&["outbox", "resolve"]).types, shapes(&["outbox", "show"]).types);
}
