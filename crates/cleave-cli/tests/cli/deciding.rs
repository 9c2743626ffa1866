//! From the queue to the server.

use cleave_app::ipc::{
    Changes, DecideAnswer, FieldSameness, OutboxEntry, OutboxHold, OutboxState, QueueFilter,
};

use crate::desk::Desk;

const OP: &str = "01939c2e-0000-7000-8000-000000000001";

#[test]
fn a_merge_with_a_picked_field_arrives_as_previewed() {
    let desk = Desk::signed_in();
    let page = desk.queue(&["--filter", "fuzzy-matches", "--limit", "500"]);
    let (row, view) = page
        .rows
        .iter()
        .filter(|row| row.differing.iter().any(|path| path == "email"))
        .map(|row| (row, desk.review(&row.review_id)))
        .find(|(_, view)| {
            let email = view.preview.fields.iter().find(|field| field.path == "email");
            email.is_some_and(|field| field.sameness == FieldSameness::Different)
        })
        .expect("no review differs in email");
    let source = desk.server(&format!("/api/contacts/{}", row.source_id));

    let decide = ["decide", &row.review_id, "merge", "--choices", r#"{"email": "source"}"#, "--json"];
    let looked: DecideAnswer = desk.run(&[&decide[..], &["--dry-run"]].concat()).json(0);
    assert!(looked.entry.is_none());
    assert_eq!(desk.run(&["outbox", "--json"]).json::<Vec<OutboxEntry>>(0), []);
    let done: DecideAnswer = desk.run(&decide).json(0);
    assert_eq!(done.preview, looked.preview);
    assert_eq!(done.preview.unwrap().survivor_id, view.preview.survivor_id);
    let entry = done.entry.unwrap();
    assert_eq!((entry.state, entry.attempts), (OutboxState::Applied, 1));

    let merged = desk.server(&format!("/api/contacts/dedup-reviews/{}", row.review_id));
    assert_eq!(merged["data"]["status"], "merged");
    assert_eq!(merged["data"]["resolution"]["cleaveOpId"], entry.op_id);
    let survivor = desk.server(&format!("/api/contacts/{}", row.candidate_id));
    assert_eq!(survivor["data"]["email"], source["data"]["email"]);
    assert_eq!(desk.queue(&[]).total, page.total + desk.queue(&["--filter", "phone-conflicts"]).total - 1);
    assert_eq!(desk.run(&["outbox", "--json"]).json::<Vec<OutboxEntry>>(0), [entry]);
}

#[test]
fn saving_sending_and_taking_back_can_be_done_apart() {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    let keep = ["decide", &id, "keep-separate", "--note", "Twins", "--queue-only", "--json"];
    let window = [&keep[..], &["--op-id", OP, "--cancel-window", "600"]].concat();
    let first: DecideAnswer = desk.run(&window).json(0);
    let entry = first.entry.unwrap();
    assert_eq!((entry.op_id.as_str(), entry.hold), (OP, OutboxHold::CancelWindow));
    let again: DecideAnswer = desk.run(&window).json(0);
    assert_eq!(again.entry.unwrap().decided_at, entry.decided_at);

    // Its time is not over, so an ordinary round leaves it alone.
    let round: Changes = desk.run(&["sync", "--json"]).json(5);
    assert_eq!((round.counts.outbox, round.counts.needs_person), (1, 0));
    let shown: OutboxEntry = desk.run(&["outbox", "show", OP, "--json"]).json(5);
    assert_eq!((shown.state, shown.note.as_deref()), (OutboxState::Queued, Some("Twins")));
    let back: OutboxEntry = desk.run(&["outbox", "withdraw", OP, "--json"]).json(0);
    assert_eq!(back.state, OutboxState::Withdrawn);
    assert_eq!(desk.run(&["outbox", "withdraw", OP, "--json"]).error(3).field, None);

    let other: DecideAnswer = desk.run(&[&keep[..], &["--cancel-window", "600"]].concat()).json(0);
    let sent: Changes = desk.run(&["sync", "--until-idle", "--cancel-window", "0", "--json"]).json(0);
    let states: Vec<_> = sent.outbox.iter().map(|e| (e.op_id.clone(), e.state)).collect();
    assert_eq!(states, [(other.entry.unwrap().op_id, OutboxState::Applied)]);
    let review = desk.server(&format!("/api/contacts/dedup-reviews/{id}"));
    assert_eq!(review["data"]["resolution"]["note"], "Twins");
}

#[test]
fn without_the_server_it_is_saved_and_goes_out_with_the_next_round() {
    let mut desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    desk.stop();
    let saved: DecideAnswer = desk.run(&["decide", &id, "merge", "--json"]).json(5);
    let entry = saved.entry.unwrap();
    assert_eq!((entry.state, entry.hold), (OutboxState::Queued, OutboxHold::Offline));
    desk.run(&["sync", "--json"]).error(1);

    desk.come_back();
    let round: Changes = desk.run(&["sync", "--until-idle", "--json"]).json(0);
    assert!(round.outbox.iter().any(|e| e.op_id == entry.op_id && e.state == OutboxState::Applied));
    assert_eq!(desk.server(&format!("/api/contacts/dedup-reviews/{id}"))["data"]["status"], "merged");
}

#[test]
fn a_contradiction_needs_a_person() {
    let desk = Desk::signed_in();
    let id = desk.queue(&["--limit", "1"]).rows.remove(0).review_id;
    let saved: DecideAnswer = desk.run(&["decide", &id, "merge", "--queue-only", "--json"]).json(0);
    desk.resolve(&id, "keep-separate");
    let round: Changes = desk.run(&["sync", "--json"]).json(3);
    assert_eq!(round.counts.needs_person, 1);
    let op = saved.entry.unwrap().op_id;
    let shown: OutboxEntry = desk.run(&["outbox", "show", &op, "--json"]).json(3);
    assert_eq!(shown.state, OutboxState::Conflict);
    // What somebody else has resolved cannot be decided any more.
    desk.run(&["decide", &id, "merge", "--json"]).error(3);
    let page = desk.queue(&["--filter", "decided"]);
    assert_eq!(page.rows.iter().map(|row| row.review_id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    assert_eq!(QueueFilter::default(), QueueFilter::Open);
}

#[test]
fn people_read_tables_and_sentences() {
    let desk = Desk::signed_in();
    let row = desk.queue(&["--limit", "1"]).rows.remove(0);
    let queue = desk.run(&["queue", "--limit", "3"]).stdout;
    assert!(queue.starts_with("REVIEW ") && queue.contains(&row.review_id), "{queue}");
    let review = desk.run(&["review", &row.review_id]).stdout;
    assert!(review.contains("firstName") && review.contains("survives"), "{review}");
    let decided = desk.run(&["decide", &row.review_id, "keep-separate"]).stdout;
    assert!(decided.contains("keep-separate"), "{decided}");
    let outbox = desk.run(&["outbox"]).stdout;
    assert_eq!(outbox.lines().count(), 1, "{outbox}");
    assert!(desk.run(&["sync"]).stdout.contains("Nothing waits in the outbox."));
}
