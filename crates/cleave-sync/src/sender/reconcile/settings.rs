//! A change of settings whose answer was lost: the settings themselves show it.
//!
//! They carry no mark, and the server would not refuse the request that may still be on its way. So even what confirms
//! it settles it only when none can be on its way any more.

use cleave_core::outbox::Event;
use cleave_core::reconcile::after_uncertain_settings;
use cleave_core::settings::DecidedSettings;
use cleave_store::{Effects, Entry, Evidence};
use serde_json::{Map, Value};

use crate::failure::SyncError;
use crate::sender::{Moved, Reach, Sender, Telling, words};

impl Sender {
    pub(super) async fn reconcile_settings(
        &self,
        entry: &Entry,
        decided: &DecidedSettings,
        telling: Telling<'_>,
    ) -> Result<Moved, SyncError> {
        let now = self.api.settings(&entry.subject).await?;
        self.keep_settings(now.clone()).await?;
        let event = after_uncertain_settings(decided, &now);
        let reason = words::of_settings(event, decided, &now);
        if event != Event::Confirmed || self.is_in_quarantine(&entry.op_id) {
            return self.nothing_shown(entry, event, reason, told(decided, &now)).await;
        }
        let seen = Evidence { at: self.clock.now(), kind: "reading".into(), detail: told(decided, &now) };
        let effects = Effects { evidence: Some(seen), ..Effects::at(self.clock.now(), reason) };
        let mut moved = self.commit(entry, event, effects).await?;
        moved.reach = Some(Reach::Online);
        telling(moved.clone());
        Ok(moved)
    }
}

/// What was seen of the changed keys. Two readings agree only where these are the same.
fn told(decided: &DecidedSettings, now: &Map<String, Value>) -> String {
    let shown: Map<String, Value> =
        decided.keys().map(|key| (key.to_owned(), now.get(key).cloned().unwrap_or_default())).collect();
    Value::Object(shown).to_string()
}
