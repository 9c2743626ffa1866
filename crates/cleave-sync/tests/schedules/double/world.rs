//! What the double of the service knows: contacts with what hangs on them, and reviews; and what its readings show.

use std::collections::BTreeMap;

use cleave_core::separation::phone_key;
use serde_json::{Map, Value, json};

/// Values that both sides of a separation have.
pub const VALUES: [&str; 4] = ["firstName", "lastName", "email", "dateOfBirth"];

/// Kinds of records beside conversations, by their key in separation data.
pub const KINDS: [&str; 4] = ["applications", "contactNotes", "reminders", "trainingSnapshots"];

#[derive(Clone, Default, PartialEq)]
pub struct World {
    pub contacts: BTreeMap<String, Contact>,
    pub reviews: BTreeMap<String, Review>,
    pub settings: Map<String, Value>,
    /// Whether a resolution keeps the operation id that it is sent with.
    pub keeps_marks: bool,
    /// The status that says that a number is taken.
    pub taken_status: u16,
    /// Changes so far: what was changed later has a later time.
    pub changes: u32,
    pub made: u32,
}

#[derive(Clone, Default, PartialEq)]
pub struct Contact {
    pub values: BTreeMap<&'static str, String>,
    pub phones: Vec<String>,
    pub secondary_phones: Vec<String>,
    pub conversations: BTreeMap<String, Vec<String>>,
    pub records: BTreeMap<&'static str, Vec<String>>,
    pub documents: Vec<String>,
    pub changed: u32,
}

#[derive(Clone, PartialEq)]
pub struct Review {
    pub source: String,
    pub candidate: String,
    pub status: &'static str,
    pub op_id: Option<String>,
}

pub const OPEN: &str = "needs_review";

impl Review {
    pub fn is_open(&self) -> bool {
        self.status == OPEN
    }
}

/// An answer: a status and a JSON body.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub fn of(data: &Value) -> Answer {
        Answer { status: 200, body: json!({"success": true, "data": data}) }
    }

    pub fn refused(status: u16, text: &str) -> Answer {
        Answer { status, body: json!({"error": text, "message": text}) }
    }
}

impl World {
    pub fn next_id(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}{}", self.made)
    }

    pub fn contact(&self, id: &str) -> Option<Value> {
        let contact = self.contacts.get(id)?;
        let mut document = json!({"_id": id});
        for key in VALUES {
            document[key] = json!(contact.values.get(key));
        }
        let listed = contact.phones.iter().enumerate();
        document["phoneNumber"] =
            listed.map(|(at, number)| json!({"value": number, "isPrimary": at == 0})).collect();
        document["secondaryPhoneNumber"] = json!(contact.secondary_phones);
        let (minute, second) = (contact.changed / 60, contact.changed % 60);
        document["updatedAt"] = json!(format!("2026-02-01T08:{minute:02}:{second:02}.000Z"));
        Some(document)
    }

    /// With both contacts populated, or by their ids only.
    pub fn review(&self, id: &str, populated: bool) -> Option<Value> {
        let review = self.reviews.get(id)?;
        let mut document = json!({"_id": id, "status": review.status, "detectionType": "fuzzy_match"});
        for (key, id) in [("sourceContactId", &review.source), ("candidateContactId", &review.candidate)] {
            document[key] = self.contact(id).filter(|_| populated).unwrap_or_else(|| json!(id));
        }
        if !review.is_open() {
            document["resolution"] = json!({"cleaveOpId": review.op_id});
        }
        Some(document)
    }

    pub fn separation_data(&self, id: &str) -> Option<Value> {
        let contact = self.contacts.get(id)?;
        let mut data = json!({"contact": self.contact(id)});
        let conversations = contact.conversations.iter();
        data["conversations"] = conversations
            .map(|(key, messages)| {
                json!({"_id": key, "contactId": id, "channelType": "sms", "messageCount": messages.len()})
            })
            .collect();
        for kind in KINDS {
            let records = contact.records.get(kind).into_iter().flatten();
            data[kind] = records.map(|key| json!({"_id": key, "contactId": id})).collect();
        }
        Some(data)
    }

    pub fn documents(&self, id: &str) -> Option<Value> {
        let contact = self.contacts.get(id)?;
        Some(contact.documents.iter().map(|key| json!({"_id": key, "fileName": key})).collect())
    }

    /// The messages of a conversation, with the contact that it belongs to.
    pub fn messages(&self, conversation: &str) -> Option<Value> {
        let holds = |(id, contact): (&String, &Contact)| {
            let messages = contact.conversations.get(conversation)?.clone();
            Some((id.clone(), messages))
        };
        let (id, messages) = self.contacts.iter().find_map(holds)?;
        let document = |(at, message): (usize, &String)| {
            json!({"_id": message, "conversationId": conversation, "contactId": id, "content": "hello",
                "createdAt": format!("2026-01-01T{:02}:{:02}:00.000Z", at / 60, at % 60)})
        };
        Some(messages.iter().enumerate().map(document).collect())
    }

    pub fn holder(&self, number: &str) -> Option<&String> {
        let key = phone_key(number);
        let holds = |contact: &Contact| contact.phones.iter().any(|held| phone_key(held) == key);
        self.contacts.iter().find(|(_, contact)| holds(contact)).map(|(id, _)| id)
    }

    /// Contacts of which some value begins with the text, or with each of its words.
    pub fn search(&self, text: &str) -> Vec<Value> {
        let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |contact: &Contact| {
            let held = contact.values.values().chain(&contact.phones).map(|value| value.to_lowercase());
            let held: Vec<String> = held.collect();
            words.iter().all(|word| held.iter().any(|value| value.starts_with(word)))
        };
        let found = self.contacts.iter().filter(|(_, contact)| fits(contact));
        found.filter_map(|(id, _)| self.contact(id)).collect()
    }
}
