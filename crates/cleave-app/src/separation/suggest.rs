//! What is proposed for a draft. Nothing of it is put into the plan.

use std::sync::Arc;

use cleave_core::suggest::{People, cuts, suggest};

use super::desk::lock;
use super::edit::opened;
use super::messages::read;
use crate::ipc::{AppError, CutProposalView, SuggestionsView};
use crate::view::separation::suggestions;
use crate::{App, blocking};

impl App {
    /// Sides for child records, cuts for shared conversations, and who the second person may be: from what is cached,
    /// by what the plan says of the two people. Where the caller goes away, the answer does too.
    ///
    /// # Errors
    /// `NoAccount`; `Stale` where no draft of the contact is open.
    pub async fn separation_suggestions(&self, contact_id: &str) -> Result<SuggestionsView, AppError> {
        let active = self.inner.active()?;
        let held = opened(&active, contact_id)?;
        blocking(move || {
            let (subject, plan) = {
                let draft = lock(&held);
                (Arc::clone(&draft.subject), draft.plan.clone())
            };
            let people = People::of(&subject, &plan);
            let found = suggest(&subject, &people);
            let guess = people.guess().cloned();
            let view = SuggestionsView {
                children: found.children.iter().map(suggestions::suggestion).collect(),
                cuts: found.cuts.iter().map(|cut| suggestions::cut(cut, &subject)).collect(),
                guess: guess.as_ref().map(suggestions::guess),
            };
            // While the plan names nobody, its lines offer what was found.
            if guess.is_some() {
                lock(&held).suppose(guess);
            }
            Ok(view)
        })
        .await
    }

    /// The best cuts of one conversation, whether or not two people seem to share it.
    ///
    /// # Errors
    /// As [`App::separation_messages`].
    pub async fn separation_cuts(
        &self,
        contact_id: &str,
        conversation_id: &str,
    ) -> Result<Vec<CutProposalView>, AppError> {
        let active = self.inner.active()?;
        let held = opened(&active, contact_id)?;
        let id = conversation_id.to_owned();
        blocking(move || {
            let (subject, plan) = {
                let draft = lock(&held);
                (Arc::clone(&draft.subject), draft.plan.clone())
            };
            read(&subject, &id)?;
            let people = People::of(&subject, &plan);
            let found = subject.conversation(&id).map(|one| cuts(one, &people)).unwrap_or_default();
            Ok(found.iter().map(|cut| suggestions::cut(cut, &subject)).collect())
        })
        .await
    }
}
