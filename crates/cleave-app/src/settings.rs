//! Settings of duplicate detection: what the server has, and a change on its way. A change goes through the outbox like
//! every decision.

mod change;
mod show;
mod waiting;

use cleave_store::{Course, Entry, ReadSettings, StoreError};
use cleave_sync::SyncError;
use serde_json::{Map, Value};

use crate::active::{Active, Net};
use crate::feed::shown;
use crate::ipc::{AppError, Connection, SettingsView};
use crate::{App, Inner};

pub(crate) use show::conflict_rows;

impl App {
    /// What the server has, and a change on its way.
    ///
    /// While the server can be reached the settings are read again first; where that takes longer than
    /// [`crate::AppConfig::review_budget`], or fails, those that were read last answer, with their time.
    ///
    /// # Errors
    /// `NoAccount`, `Storage`. Settings that were never read are no error: `current` is `None` then.
    pub async fn settings(&self) -> Result<SettingsView, AppError> {
        let active = self.inner.active()?;
        let reachable = !matches!(active.status().connection, Connection::Offline | Connection::SignedOut);
        if let (Some(net), true) = (&active.net, reachable) {
            let reading = self.inner.read_settings(&active, net);
            if let Ok(Err(error)) = tokio::time::timeout(self.inner.config.review_budget, reading).await {
                tracing::info!(%error, "the settings could not be read");
            }
        }
        let (read, pending) = held(&active).await?;
        let pending = pending.filter(|(entry, _)| !entry.state.is_final());
        Ok(SettingsView {
            based_on: based_on(read.as_ref()),
            read_at: read.as_ref().map(|read| read.read_at.to_string()),
            current: read.map(|read| Value::Object(read.settings).to_string()),
            pending_change: pending
                .as_ref()
                .and_then(|(entry, _)| entry.decision.settings())
                .map(|decided| Value::Object(decided.change.clone()).to_string()),
            pending: pending.map(|(entry, course)| shown(&active, &entry, &course)),
        })
    }
}

impl Inner {
    /// Reads the settings of the organisation and keeps them. What was read last stays where that fails.
    ///
    /// # Errors
    /// As reading and the disk do.
    pub async fn read_settings(&self, active: &Active, net: &Net) -> Result<Map<String, Value>, SyncError> {
        let begun = self.config.clock.now();
        let settings = net.api.settings(&active.account.organization).await?;
        let (kept, now) = (settings.clone(), self.config.clock.now());
        let store = active.store.clone();
        let kept = tokio::task::spawn_blocking(move || store.put_settings(&kept, begun, now)).await;
        kept.unwrap_or(Ok(()))?;
        Ok(settings)
    }
}

/// Fingerprint of settings that were read; empty where none were.
fn based_on(read: Option<&ReadSettings>) -> String {
    read.map(|read| cleave_core::settings::DecidedSettings::basis_of(&read.settings)).unwrap_or_default()
}

/// The settings as they were read last, and the latest change of them.
async fn held(active: &Active) -> Result<(Option<ReadSettings>, Option<(Entry, Course)>), AppError> {
    let organization = active.account.organization.clone();
    active
        .disk(move |store| {
            let latest = store.settings_change_of(&organization)?;
            let latest = latest.map(|entry| Ok::<_, StoreError>((store.course(&entry)?, entry)));
            Ok((store.read_settings()?, latest.transpose()?.map(|(course, entry)| (entry, course))))
        })
        .await
}
