//! What is found before anything is sent.

use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_core::separation::Subject;

use super::shared::{FREE, Shared, has_plenty, plan};
use crate::service::Trial;

/// A contact that is the candidate, or the source, of an open review.
async fn reviewed(candidate: bool) -> (Shared, String) {
    let (trial, reviews) = Trial::pulled().await;
    for review_id in reviews {
        let review = trial.seen(&review_id).await;
        let id = if candidate { &review.candidate.id } else { &review.source.id };
        let other = if candidate { &review.source.id } else { &review.candidate.id };
        let (seen, theirs) = (trial.subject(id).await, trial.subject(other).await);
        if has_long(&seen) && (!candidate || !theirs.notes.is_empty() || !theirs.conversations.is_empty()) {
            let contacts = trial.contacts().await;
            return (Shared { trial, seen, contacts }, review_id);
        }
    }
    unreachable!("no review of the world will do");
}

fn has_long(seen: &Subject) -> bool {
    seen.conversations.iter().any(|one| one.messages.as_ref().is_some_and(|messages| messages.len() > 3))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_appeared_is_a_conflict_and_never_silently_original() {
    let (it, review_id) = reviewed(true).await;
    let entry = it.decide(Some(FREE));
    // Another admin merges a duplicate into the contact: its records come along.
    it.trial.merged_by_others(&review_id).await;
    let contacts = it.trial.contacts().await;
    it.trial.bench.moved().await;
    let settled = it.trial.bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, settled.attempts), (State::Conflict, 0), "{}", settled.reason);
    let told = settled.reason.strip_prefix("The contact has changed since this was planned: ").unwrap();
    assert!(told.contains(" new"), "{told}");
    assert_eq!(it.trial.contacts().await, contacts);
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_is_gone_needs_a_person() {
    let (it, review_id) = reviewed(false).await;
    let entry = it.decide(Some(FREE));
    it.trial.merged_by_others(&review_id).await;
    it.trial.bench.moved().await;
    let settled = it.trial.bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, settled.attempts), (State::NeedsPerson, 0));
    assert!(
        settled.reason.starts_with("The server does not have this contact any more."),
        "{}",
        settled.reason
    );
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_taken_meanwhile_is_a_conflict() {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    let first = it.seen.contact.id.clone();
    let theirs = it.trial.find(|seen| has_plenty(seen) && seen.contact.id != first).await;
    let other = it.trial.another_bench();
    let taken = other.separate(&theirs, plan(&theirs, Some(FREE)));
    other.moved().await;
    assert_eq!(other.state(&taken), State::Applied);
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Conflict, 0, 1), "one contact, and it is theirs");
    let reason = it.trial.bench.reason(&entry);
    assert_eq!(reason, "Another contact holds the phone number that the new contact was to have.");
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_separation_by_somebody_else_is_recognised() {
    for guard in [Some(FREE), None] {
        let it = Shared::new().await;
        let entry = it.decide(guard);
        assert_eq!(it.sent_by_others(&entry).await.0, 200);
        it.trial.bench.moved().await;
        let outcome = it.outcome(&entry).await;
        assert_eq!(outcome, (State::AppliedElsewhere, 0, 1), "{}", it.trial.bench.reason(&entry));
        let receipt = it.trial.bench.store.entry_head(&entry.op_id).unwrap().receipt.unwrap();
        assert!(receipt.is_as_predicted() && receipt.new_contact_id.is_some());
        it.trial.service.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_separation_of_the_contact_is_a_conflict() {
    let it = Shared::new().await;
    let entry = it.decide(None);
    let other = it.trial.another_bench();
    let mut plan = plan(&it.seen, None);
    plan.fields.last_name.new = "Somebody Else".into();
    let theirs = other.separate(&it.seen, plan);
    other.moved().await;
    assert_eq!(other.state(&theirs), State::Applied);
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Conflict, 0, 1));
    assert!(it.trial.bench.reason(&entry).contains("gone"), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_and_does_not_matter_holds_nothing_up() {
    let it = Shared::new().await;
    let mut seen = it.seen.clone();
    // As if a note had been edited, and the contact's company, since the admin looked.
    seen.notes[0].title = "An earlier text".into();
    seen.contact.values.insert("company".into(), "An earlier one".into());
    let entry = it.trial.bench.separate(&seen, plan(&seen, Some(FREE)));
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 1, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_of_another_organisation_is_never_sent() {
    let it = Shared::new().await;
    let bench = it.trial.bench_of(Some("another"));
    let entry = bench.separate(&it.seen, plan(&it.seen, Some(FREE)));
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Queued(Hold::WrongAccount));
    assert!(bench.store.subject(&it.seen.contact.id).unwrap().is_none(), "stored");
    let error = bench.puller.pull_separation(&it.seen.contact.id, |_| {}).await.unwrap_err();
    assert!(
        matches!(error, cleave_sync::SyncError::Read(failure) if failure.class == cleave_sync::ReadClass::NotFound)
    );
    assert_eq!(it.trial.contacts().await, it.contacts);
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_cannot_be_read_is_not_sent() {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    it.trial.arm(cleave_service::Fault {
        method: None,
        path: "/api/contacts/*/separation-data".into(),
        skip: 0,
        times: Some(2),
        kind: super::shared::status(500, None),
    });
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Queued(Hold::Backoff), 0, 0));
    it.trial.bench.run_for(Duration::from_secs(60)).await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 1, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}
