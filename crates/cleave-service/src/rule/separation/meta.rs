//! Metadata of the conversations that cuts make. A reading: `conversationId` names the conversation that was cut.

use cleave_wire::separate::SeparateContactNewConversationMeta;

use super::Cut;
use crate::http::Refusal;

/// Writes the metadata onto the cuts.
pub(super) fn apply(
    cuts: &mut [Cut],
    metas: &[SeparateContactNewConversationMeta],
    users: &[String],
) -> Result<(), Refusal> {
    for (at, meta) in metas.iter().enumerate() {
        let refuse = |key: &str, what: &str| Refusal::field(format!("newConversationMeta[{at}].{key}"), what);
        if metas[..at].iter().any(|earlier| earlier.conversation_id == meta.conversation_id) {
            return Err(refuse("conversationId", "is described twice"));
        }
        let Some(cut) = cuts.iter_mut().find(|cut| cut.conversation == meta.conversation_id) else {
            return Err(refuse("conversationId", "not a conversation that a divider cuts"));
        };
        for (place, assignee) in meta.assignees.iter().flatten().enumerate() {
            if !users.contains(assignee) {
                return Err(refuse(&format!("assignees[{place}]"), "not a user of this organization"));
            }
        }
        cut.assignees.clone_from(&meta.assignees);
        cut.status.clone_from(&meta.status);
    }
    Ok(())
}
