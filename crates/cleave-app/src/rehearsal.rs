//! Comparing what waits with the server, without sending.

use cleave_core::outbox::Event;
use cleave_sync::{Found, Rehearsal};

use crate::App;
use crate::feed::Touched;
use crate::ipc::{AppError, ErrorCode, REHEARSED_AT_ONCE, Rehearsed, RehearsedView};
use crate::separation::caps::{ID, within};

impl App {
    /// What sending these entries now would find: the check that comes before sending, and nothing else. No entry
    /// changes by it.
    ///
    /// Once the server cannot be asked, the rest is answered as unknown without asking for each.
    ///
    /// # Errors
    /// `NoAccount`; `Invalid`: more than [`REHEARSED_AT_ONCE`] at once; `NotFound`; `Storage`. A server that cannot be
    /// asked, or a session that is over, is no error.
    pub async fn rehearse(&self, op_ids: &[String]) -> Result<Vec<RehearsedView>, AppError> {
        if op_ids.len() > REHEARSED_AT_ONCE {
            let message = format!("At most {REHEARSED_AT_ONCE} decisions can be rehearsed at once.");
            return Err(AppError::new(ErrorCode::Invalid, message).at("opIds"));
        }
        let active = self.inner.active()?;
        for op_id in op_ids {
            within(op_id, ID, "The id of the operation")?;
            let id = op_id.clone();
            active.disk(move |store| store.entry_head(&id)).await?;
        }
        let mut unreachable = active.net().err().map(|error| error.message);
        let (mut answers, mut contacts, mut changed) = (Vec::new(), Vec::new(), false);
        for op_id in op_ids {
            let (Some(net), None) = (&active.net, &unreachable) else {
                let words = unreachable.clone().unwrap_or_default();
                answers.push(RehearsedView { op_id: op_id.clone(), verdict: Rehearsed::Unknown, words });
                continue;
            };
            let rehearsal = net.sender.rehearse(op_id).await?;
            if let Some(reach) = rehearsal.reach {
                changed |= active.change(|status| status.reached(reach));
            }
            let (verdict, words) = said(&rehearsal);
            if rehearsal.concerns_all {
                unreachable = Some(words.clone());
            }
            contacts.extend(rehearsal.contact_ids);
            answers.push(RehearsedView { op_id: op_id.clone(), verdict, words });
        }
        if changed || !contacts.is_empty() {
            self.inner.announce(Touched { contacts, ..Touched::default() }).await;
        }
        Ok(answers)
    }
}

/// The verdict, and a sentence.
fn said(rehearsal: &Rehearsal) -> (Rehearsed, String) {
    let (verdict, words) = match rehearsal.found {
        Found::Waits => {
            (Rehearsed::Waits, "An earlier decision goes first, and may change what this one finds.")
        }
        Found::NotWaiting => (Rehearsed::NotWaiting, "It is not waiting to be sent."),
        Found::Gone => (Rehearsed::Gone, "What it is about is not there."),
        Found::Event(Event::Unchanged) => (Rehearsed::Valid, "Nothing has changed: it would be sent."),
        Found::Event(Event::Confirmed | Event::AlreadySo) => {
            (Rehearsed::Moot, "It is done already: nothing would be sent.")
        }
        Found::Event(Event::Changed | Event::Missing) => {
            (Rehearsed::Changed, "The server shows something else than you saw.")
        }
        Found::Event(_) => (Rehearsed::Unknown, "The server could not be asked."),
    };
    let own = Some(&rehearsal.reason).filter(|reason| !reason.is_empty());
    (verdict, own.map_or_else(|| words.to_owned(), Clone::clone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleave_core::outbox::{Hold, State, step};

    fn verdict(found: Found) -> Rehearsed {
        let rehearsal =
            Rehearsal { found, reason: String::new(), reach: None, concerns_all: false, contact_ids: vec![] };
        let (verdict, words) = said(&rehearsal);
        assert!(words.ends_with('.'), "{words}");
        verdict
    }

    #[test]
    fn the_verdict_is_what_the_sender_would_make_of_it() {
        for (event, after, expected) in [
            (Event::Unchanged, State::Sending, Rehearsed::Valid),
            (Event::Confirmed, State::Applied, Rehearsed::Moot),
            (Event::AlreadySo, State::AppliedElsewhere, Rehearsed::Moot),
            (Event::Changed, State::Conflict, Rehearsed::Changed),
            (Event::Missing, State::NeedsPerson, Rehearsed::Changed),
            (Event::CheckFailed(Hold::Offline), State::Queued(Hold::Offline), Rehearsed::Unknown),
            (Event::CheckFailed(Hold::WrongAccount), State::Queued(Hold::WrongAccount), Rehearsed::Unknown),
        ] {
            assert_eq!(step(State::Checking, event), Ok(after));
            assert_eq!(verdict(Found::Event(event)), expected, "{event:?}");
        }
        assert_eq!(verdict(Found::Gone), Rehearsed::Gone);
        assert_eq!(verdict(Found::Waits), Rehearsed::Waits);
        assert_eq!(verdict(Found::NotWaiting), Rehearsed::NotWaiting);
    }
}
