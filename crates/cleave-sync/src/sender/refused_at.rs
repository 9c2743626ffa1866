//! Where the server's refusal of a separation points, as the editor names places, and that of a change of settings.

use cleave_core::settings::SETTINGS_KEYS;
use serde_json::Value;

/// The line, record or conversation that a path into the request is about: `phoneNumber.new`, `misc.KEY.new`,
/// `documents.ID.new`, `contactNotes.ID`, `conversations.ID`. `None` for a path that is about none of them.
///
/// Paths come dotted, with indices in brackets or as segments, or as JSON pointers.
pub(super) fn place_of(field: &str, request: &Value) -> Option<String> {
    if let Some(place) = place_in_misc(field, request) {
        return Some(place);
    }
    let parts: Vec<&str> = field.split(['.', '/', '[', ']']).filter(|part| !part.is_empty()).collect();
    let parts = parts.strip_prefix(&["body"]).unwrap_or(&parts);
    match parts {
        ["fieldSplit", "misc", side, key, ..] if is_side(side) => Some(format!("misc.{key}.{side}")),
        ["fieldSplit", "documents", side, at] if is_side(side) => {
            let listed = &request["fieldSplit"]["documents"][side];
            let id = at.parse::<usize>().ok().and_then(|at| listed.get(at)?.as_str()).unwrap_or(at);
            Some(format!("documents.{id}.{side}"))
        }
        ["fieldSplit", name] => Some((*name).to_owned()),
        ["fieldSplit", name, side, ..] if is_side(side) => Some(format!("{name}.{side}")),
        ["childRecordAssignment", kind, id, ..] => Some(format!("{kind}.{id}")),
        [list @ ("messageDividers" | "newConversationMeta"), at, ..] => {
            let id = request.get(list)?.get(at.parse::<usize>().ok()?)?.get("conversationId")?.as_str()?;
            Some(format!("conversations.{id}"))
        }
        _ => None,
    }
}

/// A key of `misc` may itself hold what separates the parts of a path, so it is told by the keys that were sent: the
/// longest that the path goes on with.
fn place_in_misc(field: &str, request: &Value) -> Option<String> {
    let (_, rest) = field.split_once("misc")?;
    let (side, rest) = rest.trim_start_matches(['.', '/']).split_once(['.', '/'])?;
    if !is_side(side) {
        return None;
    }
    let decoded = rest.replace("~1", "/").replace("~0", "~");
    let sent = request["fieldSplit"]["misc"][side].as_object()?;
    let goes_on = |text: &str, key: &str| {
        text.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', '[']))
    };
    let keys = sent.keys().filter(|key| goes_on(rest, key) || goes_on(&decoded, key));
    keys.max_by_key(|key| key.len()).map(|key| format!("misc.{key}.{side}"))
}

/// The path of the setting that a refusal names, such as `customFields[1].weight`; `None` for one that is about none.
pub(super) fn place_in_settings(field: &str) -> Option<String> {
    let parts: Vec<&str> = field.split(['.', '/', '[', ']']).filter(|part| !part.is_empty()).collect();
    let parts = parts.strip_prefix(&["body"]).unwrap_or(&parts);
    let (key, rest) = parts.split_first().filter(|(key, _)| SETTINGS_KEYS.contains(key))?;
    Some(rest.iter().fold((*key).to_owned(), |path, part| match part.parse::<usize>() {
        Ok(at) => format!("{path}[{at}]"),
        Err(_) => format!("{path}.{part}"),
    }))
}

fn is_side(text: &str) -> bool {
    matches!(text, "original" | "new")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_of_settings() {
        let cases = [
            ("thresholdPercent", Some("thresholdPercent")),
            ("customFields[1].weight", Some("customFields[1].weight")),
            ("/customFields/1/weight", Some("customFields[1].weight")),
            ("body.lookupTriggerFields.0", Some("lookupTriggerFields[0]")),
            ("conflictResolutionRules.misc.a", Some("conflictResolutionRules.misc.a")),
            ("threshold", None),
            ("", None),
        ];
        for (field, expected) in cases {
            assert_eq!(place_in_settings(field).as_deref(), expected, "{field}");
        }
    }

    #[test]
    fn the_table_of_places() {
        let request = json!({
            "fieldSplit": {"documents": {"original": ["d1"], "new": ["d2", "d3"]},
                "misc": {"new": {"size.of": 1, "size": 2, "in/out": 3}}},
            "messageDividers": [{"conversationId": "k1"}, {"conversationId": "k2"}],
            "newConversationMeta": [{"conversationId": "k2"}],
        });
        let cases = [
            ("fieldSplit.phoneNumber.new", Some("phoneNumber.new")),
            ("/fieldSplit/email/original", Some("email.original")),
            ("body.fieldSplit.firstName.new", Some("firstName.new")),
            ("fieldSplit.status", Some("status")),
            ("fieldSplit.documents", Some("documents")),
            ("fieldSplit.documents.new[1]", Some("documents.d3.new")),
            ("fieldSplit.documents.new.d2", Some("documents.d2.new")),
            ("fieldSplit.misc.new.tier", Some("misc.tier.new")),
            ("fieldSplit.misc.new.size.of", Some("misc.size.of.new")),
            ("fieldSplit.misc.new.size.large", Some("misc.size.new")),
            ("/fieldSplit/misc/new/in~1out", Some("misc.in/out.new")),
            ("childRecordAssignment.contactNotes.n1", Some("contactNotes.n1")),
            ("messageDividers[1].dividerMessageId", Some("conversations.k2")),
            ("messageDividers.0.conversationId", Some("conversations.k1")),
            ("newConversationMeta[0].assignees[1]", Some("conversations.k2")),
            ("messageDividers[7].conversationId", None),
            ("childRecordAssignment", None),
            ("fieldSplit", None),
            ("phoneNumber", None),
            ("", None),
            ("...", None),
        ];
        for (field, expected) in cases {
            assert_eq!(place_of(field, &request).as_deref(), expected, "{field}");
        }
    }
}
