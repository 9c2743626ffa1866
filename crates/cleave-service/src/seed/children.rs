//! Conversations over channels and months, and who gets which records.

use std::collections::BTreeSet;

use rand::Rng;
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::Chance;
use super::names::{STOCKS, Tongue};
use super::people::pick;
use super::records;
use super::shared_thread::share_number;
use super::store::Stored;
use super::talk::{SUBJECTS, exchanges};
use crate::clock::stamp;
use crate::db::document::text;
use crate::db::{conversation, fresh_id};
use crate::error::StartError;
use crate::rule::phones;
use crate::world::Base;

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Share of contacts in no review that have children all the same.
const SHARE: f64 = 0.3;
/// The same in a world of more contacts than [`MANY`], to keep it quick to make.
const SHARE_OF_MANY: f64 = 0.08;
const MANY: usize = 20_000;
/// Share of contacts with a number whose thread was taken over by somebody else.
const SHARED: f64 = 0.06;

/// Gives children to every contact that is part of a review and to a share of the others.
pub(crate) fn give_children(
    tx: &Transaction<'_>,
    base: &Base,
    contacts: &[Stored],
    involved: &BTreeSet<usize>,
    chance: &mut Chance,
) -> Result<(), StartError> {
    let share = if contacts.len() > MANY { SHARE_OF_MANY } else { SHARE };
    for (at, contact) in contacts.iter().enumerate() {
        if !involved.contains(&at) && !chance.random_bool(share) {
            continue;
        }
        let mut talk = Talk { tx, base, contact, chance };
        if talk.chance.random_bool(SHARED) && share_number(&mut talk)? {
            records::give(&mut talk)?;
            continue;
        }
        for channel in talk.channels() {
            talk.conversation(channel)?;
        }
        records::give(&mut talk)?;
    }
    Ok(())
}

/// What is said with and kept about one contact.
pub(super) struct Talk<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) base: &'a Base,
    pub(super) contact: &'a Stored,
    pub(super) chance: &'a mut Chance,
}

/// A conversation under construction.
pub(super) struct Thread {
    id: String,
    channel: &'static str,
    identifier: String,
    colleague: usize,
    started: i64,
    /// When the last message was written.
    pub(super) at: i64,
    messages: usize,
    latest: Value,
}

impl Thread {
    /// Moves the beginning; for a conversation without messages yet.
    pub(super) fn start_at(&mut self, moment: i64) {
        self.started = moment;
        self.at = moment;
    }
}

impl Talk<'_> {
    /// The contact's id.
    pub(super) fn id(&self) -> &str {
        text(&self.contact.document, "_id")
    }

    /// The contact's first name, or a polite form.
    pub(super) fn first_name(&self) -> String {
        let first = text(&self.contact.document, "firstName");
        if first.is_empty() { "there".to_owned() } else { first.to_owned() }
    }

    /// A moment between the contact's making and now.
    pub(super) fn moment(&mut self) -> i64 {
        let since = (self.base.now - self.contact.created).max(DAY);
        self.contact.created + self.chance.random_range(0..since)
    }

    /// Somebody of the organisation, by place.
    pub(super) fn colleague(&mut self) -> usize {
        self.chance.random_range(0..self.base.users.len())
    }

    fn channels(&mut self) -> Vec<&'static str> {
        let document = &self.contact.document;
        let mut open = vec!["webchat"];
        if !phones::all(document).is_empty() {
            open.extend(["sms", "sms", "whatsapp"]);
        }
        if !text(document, "email").is_empty() {
            open.extend(["email", "email"]);
        }
        let mut channels: Vec<&'static str> = Vec::new();
        for _ in 0..self.chance.random_range(1..=3) {
            let channel = pick(&open, self.chance);
            if !channels.contains(&channel) {
                channels.push(channel);
            }
        }
        channels
    }

    fn conversation(&mut self, channel: &'static str) -> Result<(), StartError> {
        let mut thread = self.begin(channel)?;
        let tongue = self.tongue();
        for _ in 0..self.chance.random_range(1..=3) {
            let exchanges = exchanges(tongue);
            let exchange = exchanges[self.chance.random_range(0..exchanges.len())];
            let me = self.first_name();
            self.say(&mut thread, exchange, &[("{me}", &me)])?;
            thread.at += self.chance.random_range(1..40) * DAY;
            if thread.at > self.base.now {
                break;
            }
        }
        self.end(thread)
    }

    /// The language a contact is written to in, told by the name.
    fn tongue(&self) -> Tongue {
        let first = text(&self.contact.document, "firstName");
        let stock = STOCKS.iter().find(|stock| stock.first.split_whitespace().any(|name| name == first));
        stock.map_or(Tongue::English, |stock| stock.tongue)
    }

    /// Opens a conversation on a channel.
    pub(super) fn begin(&mut self, channel: &'static str) -> Result<Thread, StartError> {
        let document = &self.contact.document;
        let identifier = match channel {
            "email" => text(document, "email").to_owned(),
            "webchat" => format!("visitor-{}", self.chance.random_range(10_000..99_999)),
            _ => phones::all(document).into_iter().next().unwrap_or_default(),
        };
        let started = self.moment();
        let colleague = self.colleague();
        let id = fresh_id::next(self.tx)?;
        Ok(Thread {
            id,
            channel,
            identifier,
            colleague,
            started,
            at: started,
            messages: 0,
            latest: Value::Null,
        })
    }

    /// Writes an exchange into a conversation, inbound first, minutes apart.
    pub(super) fn say(
        &mut self,
        thread: &mut Thread,
        exchange: &[&str],
        names: &[(&str, &str)],
    ) -> Result<(), StartError> {
        let us = self.base.names[thread.colleague].split(' ').next().unwrap_or_default().to_owned();
        for (place, line) in exchange.iter().enumerate() {
            thread.at += self.chance.random_range(1..90) * MINUTE;
            if thread.at > self.base.now {
                break;
            }
            let mut said = line.replace("{us}", &us);
            for (mark, name) in names {
                said = said.replace(mark, name);
            }
            let inbound = place % 2 == 0;
            let id = fresh_id::next(self.tx)?;
            // Mail has its text under `body`, everything else under `content`: both occur at real instances.
            let key = if thread.channel == "email" { "body" } else { "content" };
            let message = json!({
                "_id": id,
                "conversationId": thread.id,
                "contactId": self.id(),
                key: said,
                "direction": if inbound { "inbound" } else { "outbound" },
                "channelType": thread.channel,
                "status": if inbound { "received" } else { "delivered" },
                "sentBy": if inbound { Value::Null } else { json!(self.base.users[thread.colleague]) },
                "isAIGenerated": !inbound && self.chance.random_bool(0.1),
                "createdAt": stamp(thread.at),
            });
            conversation::insert_message(self.tx, &message)?;
            thread.messages += 1;
            thread.latest = if thread.channel == "email" { json!(said) } else { json!(id) };
        }
        Ok(())
    }

    /// Stores a conversation once all its messages are written; one without any is left out.
    pub(super) fn end(&mut self, thread: Thread) -> Result<(), StartError> {
        if thread.messages == 0 {
            return Ok(());
        }
        let resolved = self.chance.random_bool(0.4);
        let last = stamp(thread.at.min(self.base.now));
        let subject = (thread.channel == "email").then(|| pick(&SUBJECTS, self.chance));
        let user = &self.base.users[thread.colleague];
        let document = json!({
            "_id": thread.id,
            "contactId": self.id(),
            "organizationId": self.base.organization,
            "userId": user,
            "assignees": [user],
            "channelType": thread.channel,
            "channelIdentifier": thread.identifier,
            "latestMessage": thread.latest,
            "lastMessageTime": last,
            "isResolved": resolved,
            "resolvedAt": resolved.then_some(&last),
            "subject": subject,
            "participants": [self.first_name(), self.base.names[thread.colleague]],
            "isDraft": false,
            "messageCount": thread.messages,
            "createdAt": stamp(thread.started),
            "updatedAt": last,
        });
        Ok(conversation::insert(self.tx, &document)?)
    }
}
