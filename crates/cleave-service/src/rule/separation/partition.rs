//! Documents: a partition, disjoint and complete.

use cleave_wire::separate::SeparationFieldDocuments;

use crate::http::Refusal;

/// The documents that move. Without a split all stay; with one, each document is on exactly one side.
pub(super) fn documents(
    known: &[String],
    split: Option<&SeparationFieldDocuments>,
) -> Result<Vec<String>, Refusal> {
    let Some(split) = split else { return Ok(Vec::new()) };
    let original = split.original.as_deref().unwrap_or_default();
    let new = split.new.as_deref().unwrap_or_default();
    let refuse = |what: String| Err(Refusal::field("fieldSplit.documents", what));
    let mut seen: Vec<&String> = Vec::new();
    for id in original.iter().chain(new) {
        if seen.contains(&id) {
            return refuse(format!("{id} is listed more than once"));
        }
        if !known.contains(id) {
            return refuse(format!("{id} is not a document of this contact"));
        }
        seen.push(id);
    }
    if let Some(left_out) = known.iter().find(|id| !seen.contains(id)) {
        return refuse(format!("{left_out} is on neither side"));
    }
    Ok(new.to_vec())
}
