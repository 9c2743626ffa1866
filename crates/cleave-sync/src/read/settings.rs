//! The fuzzy-merge settings of an organisation.

use cleave_wire::settings::shown_settings;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::failure::{ReadClass, ReadFailure};
use crate::route::Route;

impl Api {
    /// The settings in force, as the server writes them and with every key.
    ///
    /// # Errors
    /// [`ReadFailure`]; an answer that shows no settings counts as [`ReadClass::Broken`].
    pub async fn settings(&self, organization_id: &str) -> Result<Map<String, Value>, ReadFailure> {
        let answer: Value = self.get(Route::Settings, organization_id, &[]).await?;
        let shown = shown_settings(&answer).cloned();
        shown.ok_or_else(|| ReadFailure { status: Some(200), ..ReadFailure::new(ReadClass::Broken) })
    }
}
