//! The stored form of a plan: what a draft is autosaved as.

use serde::{Deserialize, Serialize};

use super::plan::SeparationPlan;

/// Version of the stored form. A later one is added beside it, none is ever changed.
pub const STORED_VERSION: u32 = 1;

/// Why a stored plan cannot be opened. It holds nothing of what was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoredPlanError {
    /// No stored plan, or a damaged one.
    #[error("the draft cannot be read")]
    Unreadable,
    /// Written by a later build.
    #[error("the draft was written by a newer version of the app (form {0})")]
    Newer(u32),
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    plan: &'a SeparationPlan,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
    plan: serde_json::Value,
}

impl SeparationPlan {
    /// The stored form, as JSON.
    ///
    /// # Errors
    ///
    /// [`StoredPlanError::Unreadable`] when the plan does not fit into JSON, which none that can be made does.
    pub fn to_stored(&self) -> Result<String, StoredPlanError> {
        let written = Written { version: STORED_VERSION, plan: self };
        serde_json::to_string(&written).map_err(|_| StoredPlanError::Unreadable)
    }

    /// Reads what [`SeparationPlan::to_stored`] wrote.
    ///
    /// # Errors
    ///
    /// [`StoredPlanError`].
    pub fn from_stored(stored: &str) -> Result<SeparationPlan, StoredPlanError> {
        let read: Versioned = serde_json::from_str(stored).map_err(|_| StoredPlanError::Unreadable)?;
        match read.version {
            STORED_VERSION => serde_json::from_value(read.plan).map_err(|_| StoredPlanError::Unreadable),
            0 => Err(StoredPlanError::Unreadable),
            newer => Err(StoredPlanError::Newer(newer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_stored_plan_is_stable_and_others_are_refused() {
        let plan = samples::plan();
        let stored = plan.to_stored().unwrap();
        assert!(
            stored.starts_with(r#"{"version":1,"plan":{"contactId":"c1","fields":{"firstName":{"original":"#)
        );
        assert!(stored.contains(r#""children":{"conversations":{"sms":"original","web":"new"}"#), "{stored}");
        assert_eq!(SeparationPlan::from_stored(&stored).unwrap(), plan);
        for (text, error) in [
            ("", StoredPlanError::Unreadable),
            (r#"{"version":1,"plan":{}}"#, StoredPlanError::Unreadable),
            (r#"{"version":0,"plan":{}}"#, StoredPlanError::Unreadable),
            (r#"{"version":2,"plan":{}}"#, StoredPlanError::Newer(2)),
        ] {
            assert_eq!(SeparationPlan::from_stored(text).unwrap_err(), error, "{text}");
        }
    }
}
