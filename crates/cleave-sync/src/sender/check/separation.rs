//! Checking a separation: the contact with everything that hangs on it, and who holds the number of the new one.

use cleave_core::outbox::{Event, Hold};
use cleave_core::separation::{DecidedSeparation, Seen, Subject, phone_key};
use cleave_store::Entry;

use super::Checked;
use crate::failure::{ReadFailure, SyncError};
use crate::read::Holder;
use crate::sender::{Sender, words};

impl Sender {
    pub(super) async fn check_separation(
        &self,
        entry: &Entry,
        decided: &DecidedSeparation,
    ) -> Result<Checked, SyncError> {
        match self.compare_with_server(entry, decided).await {
            Err(SyncError::Read(failure)) => Ok(Checked::failed(entry.kind, failure)),
            checked => checked,
        }
    }

    async fn compare_with_server(
        &self,
        entry: &Entry,
        decided: &DecidedSeparation,
    ) -> Result<Checked, SyncError> {
        let now = self.original_now(decided).await?;
        self.memory().broken_checks.clear();
        if let (Some(ours), Some(named)) = (&self.settings.organization_id, &now.contact.organization_id)
            && ours != named
        {
            return Ok(Checked::seen(
                Event::CheckFailed(Hold::WrongAccount),
                words::FOREIGN_CONTACT.to_owned(),
            ));
        }
        let contact_ids = vec![now.contact.id.clone()];
        let maybe_sent = self.maybe_sent(&entry.op_id).await?;
        let expected = &decided.expected;
        // Where nothing was sent, a contact with the number of the new one is no evidence: the original has to show it.
        let may_be_done = if maybe_sent {
            decided.can_be_proven()
        } else {
            expected.leaves_trace() && expected.has_left_original(&now)
        };
        if may_be_done {
            let looked = self.look_beside(decided, now.clone()).await?;
            let contact_ids = looked.contact_ids();
            if looked.seen == Seen::After {
                let event = if maybe_sent { Event::Confirmed } else { Event::AlreadySo };
                let reason = if maybe_sent { words::SEPARATED } else { words::SEPARATED_ELSEWHERE };
                return Ok(Checked {
                    receipt: looked.receipt(decided, Vec::new()),
                    contact_ids,
                    ..Checked::seen(event, reason.to_owned())
                });
            }
            if maybe_sent && looked.seen == Seen::Neither {
                // What is there may be the work of an earlier request: no conflict with anybody else.
                let reason = words::of_looking(Event::Missing, looked.seen, false);
                return Ok(Checked { contact_ids, ..Checked::seen(Event::Missing, reason.to_owned()) });
            }
        }
        let against = match decided.changed_since(&now) {
            Some(clause) => Some(words::changed_since(&clause)),
            None => self.number_taken(decided, &now).await?.map(str::to_owned),
        };
        let checked = match against {
            // The change may be the work of an earlier request that nothing proves: no conflict with anybody else.
            Some(reason) if maybe_sent && !may_be_done => Checked::seen(Event::Missing, reason),
            Some(reason) => Checked::seen(Event::Changed, reason),
            None => {
                self.memory().checked_at.insert(entry.op_id.clone(), now.contact.updated_at.clone());
                Checked::seen(Event::Unchanged, String::new())
            }
        };
        Ok(Checked { contact_ids, ..checked })
    }

    /// Whether another contact holds a number that one of the two is to have, as a sentence.
    async fn number_taken(
        &self,
        decided: &DecidedSeparation,
        now: &Subject,
    ) -> Result<Option<&'static str>, ReadFailure> {
        let numbers = &decided.plan.fields.phone_number;
        let held: Vec<String> = now.contact.phones.iter().map(|phone| phone_key(&phone.value)).collect();
        for (number, taken) in
            [(&numbers.new, words::NUMBER_OF_NEW_TAKEN), (&numbers.original, words::NUMBER_OF_ORIGINAL_TAKEN)]
        {
            // The number that a contact holds is free for both halves of it.
            let Some(number) = number.as_ref().filter(|number| !held.contains(&phone_key(number))) else {
                continue;
            };
            if let Holder::Contact(id) = self.api.holder(number).await?
                && id != now.contact.id
            {
                return Ok(Some(taken));
            }
        }
        Ok(None)
    }
}
