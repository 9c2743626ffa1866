//! What the changes do: the documented semantics of keep-separate and separate, and the published ones of merge.

use cleave_core::separation::phone_key;
use serde_json::{Value, json};

use super::world::{Answer, Contact, KINDS, VALUES, World};

impl World {
    pub fn resolve(&mut self, id: &str, merges: bool, body: &Value) -> Answer {
        let resolution = &body["resolution"];
        if !(resolution.is_null() && body.get("resolution").is_none() || resolution.is_object()) {
            return Answer::refused(400, "resolution: must be an object");
        }
        let Some(review) = self.reviews.get(id).cloned() else {
            return Answer::refused(404, "Review not found");
        };
        if !review.is_open() {
            return Answer::refused(409, "Review already resolved");
        }
        if merges {
            let choices = &resolution["fieldChoices"];
            let sides = choices.as_object().into_iter().flat_map(|map| map.values());
            let is_map = choices.is_null() || choices.is_object();
            if !is_map || sides.into_iter().any(|side| !matches!(side.as_str(), Some("source" | "candidate")))
            {
                return Answer::refused(400, "resolution.fieldChoices: must be source or candidate");
            }
            self.changes += 1;
            self.merge(&review.source, &review.candidate, choices);
            for other in self.reviews.values_mut() {
                let of_source = other.source == review.source || other.candidate == review.source;
                if other.is_open() && of_source {
                    other.status = "kept_separate";
                }
            }
        }
        let op_id = resolution["cleaveOpId"].as_str().filter(|_| self.keeps_marks).map(str::to_owned);
        if let Some(review) = self.reviews.get_mut(id) {
            (review.status, review.op_id) = (if merges { "merged" } else { "kept_separate" }, op_id);
        }
        let mut answer = Answer::of(&json!(self.review(id, false)));
        if merges {
            answer.body["targetContact"] = json!(self.contact(&review.candidate));
        }
        answer
    }

    fn merge(&mut self, source: &str, candidate: &str, choices: &Value) {
        let Some(from) = self.contacts.remove(source) else { return };
        let changed = self.changes;
        let Some(into) = self.contacts.get_mut(candidate) else { return };
        for key in VALUES {
            let takes_source = match choices[key].as_str() {
                Some(side) => side == "source",
                None => !into.values.contains_key(key),
            };
            match from.values.get(key).filter(|_| takes_source) {
                Some(value) => drop(into.values.insert(key, value.clone())),
                None if takes_source => drop(into.values.remove(key)),
                None => {}
            }
        }
        for number in from.phones {
            if !into.phones.iter().any(|held| phone_key(held) == phone_key(&number)) {
                into.phones.push(number);
            }
        }
        into.conversations.extend(from.conversations);
        for (kind, ids) in from.records {
            into.records.entry(kind).or_default().extend(ids);
        }
        into.documents.extend(from.documents);
        into.changed = changed;
    }

    /// Keys that are given replace those that are there, lists whole.
    pub fn put_settings(&mut self, body: &Value) -> Answer {
        let Some(given) = body.as_object() else {
            return Answer::refused(400, "must be an object");
        };
        self.changes += 1;
        self.settings.extend(given.clone());
        Answer::of(&Value::Object(self.settings.clone()))
    }

    pub fn separate(&mut self, id: &str, body: &Value) -> Answer {
        let Some(before) = self.contacts.get(id).cloned() else {
            return Answer::refused(404, "Contact not found");
        };
        let (original, new) = match divided(&before, body) {
            Ok(both) => both,
            Err(text) => return Answer::refused(400, &text),
        };
        for (contact, side) in [(&original, "original"), (&new, "new")] {
            let taken = contact.phones.iter().any(|number| self.holder(number).is_some_and(|who| who != id));
            if taken {
                let field = format!("fieldSplit.phoneNumber.{side}");
                let mut answer = Answer::refused(self.taken_status, &format!("{field}: is held by another"));
                answer.body["data"] = json!({"field": field});
                return answer;
            }
        }
        self.changes += 1;
        let new_id = self.next_id("contact");
        let moved: Vec<usize> = KINDS.map(|kind| new.records.get(kind).map_or(0, Vec::len)).into();
        let mut made = Contact { conversations: [].into(), changed: self.changes, ..new.clone() };
        let mut whole_count = 0;
        for (key, messages) in new.conversations {
            // The half of a cut conversation has an id of its own; the other keeps the old one.
            let is_cut = original.conversations.contains_key(&key);
            whole_count += usize::from(!is_cut);
            let key = if is_cut { self.next_id("conversation") } else { key };
            made.conversations.insert(key, messages);
        }
        let reassigned: usize = made.conversations.values().map(Vec::len).sum();
        self.contacts.insert(id.to_owned(), Contact { changed: self.changes, ..original });
        self.contacts.insert(new_id.clone(), made);
        let summary = json!({"conversationsMoved": whole_count, "applicationsMoved": moved[0],
            "notesMoved": moved[1], "remindersMoved": moved[2], "trainingSnapshotsMoved": moved[3],
            "messagesReassigned": reassigned});
        Answer::of(&json!({"originalContactId": id, "newContactId": new_id, "summary": summary}))
    }
}

type Text = Result<(), String>;

/// Both contacts; a cut conversation is in both, under its old id.
fn divided(before: &Contact, body: &Value) -> Result<(Contact, Contact), String> {
    let split = &body["fieldSplit"];
    let (mut original, mut new) = (before.clone(), Contact::default());
    for key in VALUES {
        for (side, contact) in [("original", &mut original), ("new", &mut new)] {
            match split[key].get(side) {
                Some(Value::String(text)) if !text.trim().is_empty() => {
                    contact.values.insert(key, text.clone());
                }
                Some(_) => drop(contact.values.remove(key)),
                None => {}
            }
        }
    }
    for (side, contact) in [("original", &original), ("new", &new)] {
        if !contact.values.contains_key("firstName") && !contact.values.contains_key("lastName") {
            return Err(format!("fieldSplit.firstName.{side}: first and last name are both empty"));
        }
    }
    phones(before, &split["phoneNumber"], &mut original, &mut new)?;
    documents(before, &split["documents"], &mut original, &mut new)?;
    let assignment = &body["childRecordAssignment"];
    let goes = |kind: &str, id: &str| assignment[kind][id] == "new";
    let known = |kind: &str, ids: &[&String]| -> Text {
        let mut assigned = assignment[kind].as_object().into_iter().flat_map(|map| map.keys());
        match assigned.find(|id| !ids.contains(id)) {
            Some(id) => Err(format!("childRecordAssignment.{kind}.{id}: not a record of this contact")),
            None => Ok(()),
        }
    };
    known("conversations", &before.conversations.keys().collect::<Vec<_>>())?;
    for (id, messages) in &before.conversations {
        if goes("conversations", id) {
            original.conversations.remove(id);
            new.conversations.insert(id.clone(), messages.clone());
        }
    }
    for kind in KINDS {
        let ids = before.records.get(kind).cloned().unwrap_or_default();
        known(kind, &ids.iter().collect::<Vec<_>>())?;
        let (moves, stays) = ids.into_iter().partition(|id| goes(kind, id));
        original.records.insert(kind, stays);
        new.records.insert(kind, moves);
    }
    for divider in body["messageDividers"].as_array().into_iter().flatten() {
        cut(before, divider, &mut original, &mut new)?;
    }
    Ok((original, new))
}

fn phones(before: &Contact, pair: &Value, original: &mut Contact, new: &mut Contact) -> Text {
    let side = |side: &str| pair.get(side).map(|value| value.as_str().filter(|text| !text.trim().is_empty()));
    let (kept, given) = (side("original"), side("new").flatten());
    let same = |one: &str, other: &str| phone_key(one) == phone_key(other);
    if let (Some(Some(kept)), Some(given)) = (kept, given)
        && same(kept, given)
    {
        return Err("fieldSplit.phoneNumber.new: the original contact keeps this number".to_owned());
    }
    let mut held = before.phones.clone();
    held.retain(|number| given.is_none_or(|given| !same(given, number)));
    let mut secondary = before.secondary_phones.clone();
    if let Some(kept) = kept {
        secondary = held.drain(..).chain(secondary).collect();
        held.extend(kept.map(str::to_owned));
    }
    secondary.retain(|number| {
        given.is_none_or(|given| !same(given, number)) && !held.iter().any(|kept| same(kept, number))
    });
    let mut known = Vec::new();
    secondary.retain(|number| {
        let key = phone_key(number);
        let is_first = !known.contains(&key);
        known.push(key);
        is_first
    });
    (original.phones, original.secondary_phones) = (held, secondary);
    new.phones = given.map(str::to_owned).into_iter().collect();
    Ok(())
}

fn documents(before: &Contact, split: &Value, original: &mut Contact, new: &mut Contact) -> Text {
    if !split.is_object() {
        return Ok(());
    }
    let side = |side: &str| -> Vec<String> {
        let ids = split[side].as_array().into_iter().flatten();
        ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
    };
    (original.documents, new.documents) = (side("original"), side("new"));
    let mut both: Vec<&String> = original.documents.iter().chain(&new.documents).collect();
    let mut all: Vec<&String> = before.documents.iter().collect();
    both.sort();
    all.sort();
    if both == all { Ok(()) } else { Err("fieldSplit.documents: no partition".to_owned()) }
}

fn cut(before: &Contact, divider: &Value, original: &mut Contact, new: &mut Contact) -> Text {
    let id = divider["conversationId"].as_str().unwrap_or_default();
    let Some(messages) = before.conversations.get(id) else {
        return Err("messageDividers: not a conversation of this contact".to_owned());
    };
    if new.conversations.contains_key(id) {
        return Err("messageDividers: one divider, and assigned to original".to_owned());
    }
    let at = messages.iter().position(|message| divider["dividerMessageId"] == message.as_str());
    let Some(at) = at.filter(|at| *at > 0) else {
        return Err("messageDividers: not a message that leaves something before it".to_owned());
    };
    let (first, rest) = messages.split_at(at);
    let (stays, moves) = match divider["direction"].as_str() {
        Some("before_to_original") => (first, rest),
        Some("before_to_new") => (rest, first),
        _ => return Err("messageDividers: no direction".to_owned()),
    };
    original.conversations.insert(id.to_owned(), stays.to_vec());
    new.conversations.insert(id.to_owned(), moves.to_vec());
    Ok(())
}
