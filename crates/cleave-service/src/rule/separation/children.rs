//! The assignment of child records, one map a kind.
//!
//! A reading: an id that a map leaves out stays with the original contact.

use cleave_wire::separate::ChildAssignment;

use super::goes_to_new;
use crate::http::Refusal;

/// The ids of a kind that move. 400 for an id that is no record of this contact.
pub(super) fn moved(
    kind: &str,
    known: &[String],
    assigned: &ChildAssignment,
) -> Result<Vec<String>, Refusal> {
    for id in assigned.keys() {
        if !known.contains(id) {
            let field = format!("childRecordAssignment.{kind}.{id}");
            return Err(Refusal::field(field, "not a record of this contact"));
        }
    }
    Ok(assigned.iter().filter(|(_, target)| goes_to_new(**target)).map(|(id, _)| id.clone()).collect())
}
