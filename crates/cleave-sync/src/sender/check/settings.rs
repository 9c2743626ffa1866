//! Checking a change of settings: the settings in force, right before they are changed.

use cleave_core::outbox::{Event, Hold};
use cleave_core::reconcile::before_sending_settings;
use cleave_core::settings::DecidedSettings;
use cleave_store::Entry;
use serde_json::{Map, Value};

use super::Checked;
use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::mutation::Ground;
use crate::sender::{Sender, words};

impl Sender {
    pub(super) async fn check_settings(
        &self,
        entry: &Entry,
        decided: &DecidedSettings,
    ) -> Result<Checked, SyncError> {
        if self.settings.organization_id.as_ref().is_some_and(|ours| *ours != entry.subject) {
            let reason = words::FOREIGN_SETTINGS.to_owned();
            return Ok(Checked::seen(Event::CheckFailed(Hold::WrongAccount), reason));
        }
        let now = match self.api.settings(&entry.subject).await {
            Ok(now) => now,
            Err(failure) => return Ok(Checked::failed(entry.kind, failure)),
        };
        self.memory().broken_checks.clear();
        self.keep_settings(now.clone()).await?;
        let event = before_sending_settings(decided, self.maybe_sent(&entry.op_id).await?, &now);
        let checked = Checked::seen(event, words::of_settings(event, decided, &now));
        Ok(Checked { ground: Ground { settings: now, ..Ground::default() }, ..checked })
    }

    /// Stores settings that were just read.
    pub(in crate::sender) async fn keep_settings(
        &self,
        settings: Map<String, Value>,
    ) -> Result<(), SyncError> {
        let now = self.clock.now();
        Ok(on_disk(&self.store, move |store| store.put_settings(&settings, now, now)).await?)
    }
}
