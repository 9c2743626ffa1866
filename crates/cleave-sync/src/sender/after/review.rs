//! After a merge: the surviving contact, and the reviews that the server closed with the other.

use cleave_core::compare::Sameness;
use cleave_core::contact::Contact;
use cleave_core::field::{FieldPath, Side};
use cleave_core::merge::{FieldPlan, MergePlan, Reason, unhonoured};
use cleave_core::outbox::State;
use cleave_store::{Difference, Entry, Evidence};
use cleave_wire::contact::ContactDto;

use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::read;
use crate::sender::outcome::dissolved;
use crate::sender::{Moved, Sender};

/// Reviews of the dissolved contact that are read again after a merge. More of them wait for the next round.
const MOST_CLOSED: usize = 50;

impl Sender {
    /// Fields in which the surviving contact is not what was predicted; `None` if it was not shown or nothing was
    /// predicted.
    pub(in crate::sender) fn differences(
        &self,
        entry: &Entry,
        survivor: Option<&ContactDto>,
    ) -> Option<Vec<Difference>> {
        let survivor = survivor.filter(|_| !entry.predicted.is_empty())?;
        Some(compared(entry, &Contact::from(survivor)))
    }

    /// Reads what a merge that was just applied changed on the server.
    pub(super) async fn after_review(&self, entry: &Entry, compared: bool) -> Result<Moved, SyncError> {
        let mut moved = Moved::default();
        if !compared && !entry.predicted.is_empty() {
            self.compare_again(entry).await?;
        }
        if let Some(dissolved) = dissolved(entry) {
            moved.review_ids = self.read_closed(entry, dissolved).await?;
        }
        Ok(moved)
    }

    /// Compares the surviving contact of a merge whose outcome is there, though nobody can tell by whose decision.
    pub(in crate::sender) async fn compare_settled(&self, op_id: &str) -> Result<Moved, SyncError> {
        let op_id = op_id.to_owned();
        let entry = on_disk(&self.store, move |store| store.entry(&op_id)).await?;
        if entry.state == State::AppliedElsewhere && !entry.predicted.is_empty() {
            self.compare_again(&entry).await?;
        }
        Ok(Moved::of(&entry))
    }

    /// The answer did not show the surviving contact: its own route does.
    async fn compare_again(&self, entry: &Entry) -> Result<(), SyncError> {
        let Some(survivor_id) = entry.candidate_id() else { return Ok(()) };
        let Ok(survivor) = self.api.contact(survivor_id).await else { return Ok(()) };
        let differences = compared(entry, &Contact::from(&survivor));
        self.keep_contact(survivor).await?;
        let seen = Evidence {
            at: self.clock.now(),
            kind: "reading".to_owned(),
            detail: format!("The surviving contact was read; {} fields differ.", differences.len()),
        };
        let entry = entry.clone();
        on_disk(&self.store, move |store| store.record_differences(&entry, &differences, &seen)).await?;
        Ok(())
    }

    /// Reads the open reviews that the dissolved contact was part of: the server has closed them.
    async fn read_closed(&self, entry: &Entry, dissolved: String) -> Result<Vec<String>, SyncError> {
        let open = on_disk(&self.store, move |store| store.open_reviews_of(&dissolved)).await?;
        let mut changed = Vec::new();
        for row in open.into_iter().take(MOST_CLOSED) {
            match read::review(&self.api, &self.store, &row.review_id).await {
                Ok(review) => changed.extend(self.keep_review(review).await?),
                Err(SyncError::Read(failure))
                    if failure.may_lack_route() && row.review_id != entry.subject =>
                {
                    let gone = vec![row.review_id.clone()];
                    on_disk(&self.store, move |store| store.close_reviews(&gone)).await?;
                    changed.push(row.review_id);
                }
                Err(SyncError::Read(_)) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(changed)
    }
}

/// Compares by the rule of core, with the stored prediction in the place of the plan it came from.
fn compared(entry: &Entry, survivor: &Contact) -> Vec<Difference> {
    let fields = entry.predicted.iter().map(|predicted| FieldPlan {
        path: FieldPath::new(&predicted.path),
        source: None,
        candidate: None,
        sameness: Sameness::Different,
        choice: Side::Candidate,
        choosable: true,
        reason: Reason::Survivor,
        result: predicted.value.clone(),
    });
    let plan = MergePlan {
        survivor_id: survivor.id.clone(),
        dissolved_id: entry.source_id().unwrap_or_default().to_owned(),
        fields: fields.collect(),
        phones: Vec::new(),
    };
    let differs = |found: cleave_core::merge::Unhonoured| Difference {
        path: found.path.to_string(),
        predicted: found.predicted,
        actual: found.actual,
    };
    unhonoured(&plan, survivor).into_iter().map(differs).collect()
}
