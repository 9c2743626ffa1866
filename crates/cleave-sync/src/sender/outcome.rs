//! The send itself, and what its answer makes of the entry.

use cleave_core::decision::Decision;
use cleave_core::outbox::answer::{Answer, judge};
use cleave_core::outbox::{Event, Hold};
use cleave_core::reconcile::judge_settings;
use cleave_core::separation::{AnsweredSummary, Receipt, receipt};
use cleave_core::settings::{DecidedSettings, SettingsShown};
use cleave_store::{AttemptEnd, Effects, Entry, Evidence, StoreError, Written, may_have_been_sent};
use cleave_wire::separate::SeparationOutcome;

use super::refused_at::{place_in_settings, place_of};
use super::{Moved, Reach, Sender, Telling, words};
use crate::classify::Sent;
use crate::disk::on_disk;
use crate::failure::{FORBIDDEN, SyncError};
use crate::mutation::{Ground, Prepared};

impl Sender {
    /// Commits that an attempt is made, makes it, and commits what came of it.
    pub(super) async fn send(
        &self,
        checking: Entry,
        ground: &Ground,
        telling: Telling<'_>,
    ) -> Result<Moved, SyncError> {
        let (op_id, review_id) = (&checking.op_id, &checking.subject);
        let prepared = Prepared::of(&checking.decision, op_id, review_id, ground, self.settings.dialect)
            .map_err(|_| StoreError::Unreadable { what: "decision" })?;
        let begin = Effects {
            body_hash: Some(prepared.hash.clone()),
            ..Effects::at(self.clock.now(), "Being sent.")
        };
        let sending = on_disk(&self.store, move |store| store.advance(&checking, Event::Unchanged, &begin))
            .await?
            .entry;
        telling(Moved::of(&sending));
        let used = self.api.session();
        let mut sent = prepared.send(&self.api).await;
        if let Decision::Settings(decided) = &sending.decision {
            sent = self.read_back(&sending.subject, decided, sent).await;
        }
        let op_id = sending.op_id.clone();
        let attempts = on_disk(&self.store, move |store| store.attempts(&op_id)).await?;
        let earlier = attempts.split_last().map_or(&[][..], |(_, earlier)| earlier);
        let judge = if sending.decision.settings().is_some() { judge_settings } else { judge };
        let mut event = judge(sent.answer, may_have_been_sent(earlier));
        let refused_before = earlier.last().is_some_and(|attempt| attempt.status == Some(401));
        if sent.answer == Answer::SignedOut && event == Event::Unsent(Hold::Auth) && !refused_before {
            // The one refresh. Whoever was refused a moment ago with a fresh session is not let in by another.
            if let Some(used) = used
                && self.api.renew(&used).await
            {
                event = Event::Unsent(Hold::None);
            }
        }
        self.conclude(sending, event, sent, telling).await
    }

    /// Settings are changed when they are seen to be: in the answer, or read again where it does not show them.
    async fn read_back(&self, organization_id: &str, decided: &DecidedSettings, sent: Sent) -> Sent {
        let shows = |sent: &Sent| {
            sent.settings.as_ref().is_some_and(|now| decided.shown_by(now) == SettingsShown::Wanted)
        };
        if sent.answer != Answer::Done || shows(&sent) {
            return sent;
        }
        let read = Sent { settings: self.api.settings(organization_id).await.ok(), ..sent };
        if shows(&read) { read } else { Sent { answer: Answer::NotBelievable, ..read } }
    }

    async fn conclude(
        &self,
        sending: Entry,
        event: Event,
        sent: Sent,
        telling: Telling<'_>,
    ) -> Result<Moved, SyncError> {
        let now = self.clock.now();
        let reason = words::of_answer(sending.kind, &sent, event);
        let (pause, at) = self.retry_at(&sending, sent.retry_after);
        let timed = matches!(event, Event::Unsent(Hold::Offline | Hold::Backoff | Hold::ServerPaused));
        let end = AttemptEnd { written: written(&sent), status: sent.status, outcome: reason.clone() };
        let seen = Evidence { at: now, kind: "answer".into(), detail: format!("{:?}", sent.answer) };
        let done = event == Event::Confirmed;
        let effects = Effects {
            not_before: timed.then_some(at),
            attempt: Some(end),
            evidence: Some(seen),
            differences: if done { self.differences(&sending, sent.target.as_ref()) } else { None },
            dissolved: if done { dissolved(&sending) } else { None },
            receipt: sent.separated.as_ref().and_then(|made| receipt_of(&sending, made)),
            refused_at: if event == Event::Rejected { refused_at(&sending, &sent) } else { None },
            ..Effects::at(now, reason)
        };
        let mut moved = self.commit(&sending, event, effects).await?;
        moved.reach = Some(reach_of(sent.answer));
        // Whatever the answer proves, the server wants to be left alone for so long.
        self.pause_as_asked(sent.retry_after);
        if let Event::Unsent(hold) = event {
            let of_all = matches!(sent.answer, Answer::SlowDown | Answer::SignedOut | Answer::Forbidden);
            self.pause_for(hold, pause, of_all);
            if hold == Hold::Auth {
                let why = if sent.answer == Answer::Forbidden { FORBIDDEN } else { words::SIGNED_OUT };
                moved.add(self.hold_everything(why).await?);
            }
        }
        if event != Event::Unknown {
            self.memory().broken_sends.clear();
        } else if self.breaks_on_sends(&sending.op_id) {
            self.pause(pause);
        }
        match event {
            Event::Confirmed => {
                // A separation is committed; its contacts are read in what follows.
                telling(moved.clone());
                let compared = sent.target.is_some();
                let kept = self.keep_answer(sent).await?;
                moved.review_ids.extend(kept);
                moved.add(self.after_applied(&sending.op_id, compared).await?);
            }
            Event::Unknown => {
                self.watch_from_now(&sending.op_id);
                // A 409 says that the server knows: read at once. Anything else is read in the steps that follow.
                if sent.answer == Answer::AlreadyResolved {
                    telling(moved.clone());
                    let op_id = sending.op_id.clone();
                    let uncertain = on_disk(&self.store, move |store| store.entry(&op_id)).await?;
                    moved.add(self.reconcile(uncertain, telling).await?);
                }
            }
            _ => {}
        }
        Ok(moved)
    }

    /// Whether a request of this entry was sent of which nobody knows what became.
    pub(super) async fn maybe_sent(&self, op_id: &str) -> Result<bool, SyncError> {
        let op_id = op_id.to_owned();
        Ok(may_have_been_sent(&on_disk(&self.store, move |store| store.attempts(&op_id)).await?))
    }

    /// Commits a step and what follows from it.
    pub(super) async fn commit(
        &self,
        entry: &Entry,
        event: Event,
        effects: Effects,
    ) -> Result<Moved, SyncError> {
        let before = entry.head.clone();
        let advanced = on_disk(&self.store, move |store| store.advance(&before, event, &effects)).await?;
        let mut moved = Moved::of(&advanced.entry);
        for other in &advanced.cascaded {
            moved.add(Moved::of(other));
        }
        Ok(moved)
    }

    /// The session is over, or has no right to decide, for all entries alike.
    pub(super) async fn hold_everything(&self, reason: &'static str) -> Result<Moved, SyncError> {
        let now = self.clock.now();
        let held = on_disk(&self.store, move |store| store.hold_all(Hold::Auth, reason, now)).await?;
        let mut moved = Moved::default();
        for entry in &held {
            moved.add(Moved::of(entry));
        }
        Ok(moved)
    }
}

/// What is known about the bytes of an attempt that was answered like this.
fn written(sent: &Sent) -> Written {
    match sent.answer {
        Answer::NotConnected => Written::Unsent,
        Answer::Done
        | Answer::Invalid
        | Answer::SignedOut
        | Answer::Forbidden
        | Answer::NotFound
        | Answer::SlowDown
        | Answer::Redirected
        // Refused because the review was resolved before: this copy did nothing, whoever did.
        | Answer::AlreadyResolved => Written::Answered,
        Answer::Broken | Answer::NotBelievable | Answer::RedirectedAfter | Answer::Intercepted => {
            Written::MaybeWritten
        }
    }
}

fn reach_of(answer: Answer) -> Reach {
    match answer {
        Answer::NotConnected | Answer::Broken | Answer::Intercepted => Reach::Offline,
        Answer::SignedOut => Reach::SignedOut,
        _ => Reach::Online,
    }
}

/// The contact that a merge dissolves: the first of the two, as the entry lists them.
pub(super) fn dissolved(entry: &Entry) -> Option<String> {
    match entry.decision {
        Decision::Merge { .. } => entry.source_id().map(str::to_owned),
        Decision::KeepSeparate { .. } | Decision::Separate(_) | Decision::Settings(_) => None,
    }
}

/// The predicted counters beside those of the answer.
fn receipt_of(entry: &Entry, made: &SeparationOutcome) -> Option<Receipt> {
    let summary = made.summary.value().cloned().unwrap_or_default();
    let answered = AnsweredSummary {
        conversations_moved: summary.conversations_moved.count(),
        applications_moved: summary.applications_moved.count(),
        notes_moved: summary.notes_moved.count(),
        reminders_moved: summary.reminders_moved.count(),
        training_snapshots_moved: summary.training_snapshots_moved.count(),
        messages_reassigned: summary.messages_reassigned.count(),
    };
    Some(Receipt {
        new_contact_id: Some(made.new_contact_id.clone()),
        counters: receipt::counters(&entry.decision.separation()?.predicted, &answered),
        contacts: Vec::new(),
    })
}

/// The place in a separation's plan, or the key of the settings, that a refusal names.
fn refused_at(entry: &Entry, sent: &Sent) -> Option<String> {
    let field = sent.field.as_deref()?;
    match &entry.decision {
        Decision::Separate(decided) => place_of(field, &decided.request),
        Decision::Settings(_) => place_in_settings(field),
        Decision::Merge { .. } | Decision::KeepSeparate { .. } => None,
    }
}
