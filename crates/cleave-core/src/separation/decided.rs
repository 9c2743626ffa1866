//! A separation as it was decided: everything that sending and judging it later needs, without the editor.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::expected::Expected;
use super::guard::Guard;
use super::plan::SeparationPlan;
use super::subject::Subject;
use super::summary::PredictedSummary;

/// A separation that an admin decided, as the outbox keeps it.
///
/// Made when the separation is queued and never changed after: what was previewed is what is sent.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedSeparation {
    /// The plan.
    pub plan: SeparationPlan,
    /// The plan as the documented request, whose bytes are sent.
    pub request: Value,
    /// What the admin saw: the contact with everything that hangs on it, by [`Subject::kept_for`] the plan.
    pub subject: Subject,
    /// The states to look for on the server, before and after.
    pub expected: Expected,
    /// The counters that the server should answer with.
    pub predicted: PredictedSummary,
}

impl DecidedSeparation {
    /// Whether the server itself would refuse a second copy.
    pub fn guard(&self) -> Guard {
        Guard::of(&self.plan)
    }
}

private_debug!(DecidedSeparation);
