//! The double and the real service, asked the same: they answer with the same class of status, and end in the same state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cleave_core::separation::phone_key;
use cleave_service::{Config, Running, Seed, Service, World as Generated};
use cleave_sync::{ManualClock, Origin, connect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::asked;
use crate::bench::start;
use crate::dice::Dice;
use crate::double::faults::{Faults, Weather};
use crate::double::world::{Contact, KINDS, OPEN, Review, VALUES, World};
use crate::double::{Double, Ledger};

const SEQUENCES: u32 = 300;
const STEPS: u32 = 3;

/// One of the two servers.
struct Server {
    url: String,
    token: String,
    client: reqwest::Client,
}

impl Server {
    async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, None).await.1
    }

    /// A contact with what hangs on it, as both servers tell it: without the ids that each makes for itself.
    async fn told(&self, id: &str) -> Value {
        let (status, answer) = self.ask("GET", &format!("/api/contacts/{id}/separation-data"), None).await;
        if status != 200 {
            return json!(status);
        }
        let data = &answer["data"];
        let text =
            |key: &str| data["contact"][key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let values: BTreeMap<&str, Option<String>> = VALUES.map(|key| (key, text(key))).into();
        let phones: BTreeSet<String> = numbers(&data["contact"]["phoneNumber"]).collect();
        let mut threads = BTreeSet::new();
        for conversation in data["conversations"].as_array().unwrap() {
            threads.insert(self.messages(conversation["_id"].as_str().unwrap()).await);
        }
        let records: BTreeMap<&str, BTreeSet<String>> =
            KINDS.map(|kind| (kind, ids(&data[kind]).into_iter().collect())).into();
        let documents = self.get(&format!("/api/contacts/{id}/documents")).await;
        let documents: BTreeSet<String> = ids(&documents["data"]).into_iter().collect();
        json!({"values": values, "phones": phones, "threads": threads, "records": records, "documents": documents})
    }

    async fn messages(&self, conversation: &str) -> Vec<String> {
        let body = json!({"conversationId": conversation});
        ids(&self.ask("POST", "/api/conversation/messages", Some(&body)).await.1["messages"])
    }

    async fn review(&self, id: &str) -> Value {
        let review = &self.get(&format!("/api/contacts/dedup-reviews/{id}")).await["data"];
        json!([review["status"], review["resolution"]["cleaveOpId"]])
    }
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| one["_id"].as_str().map(str::to_owned)).collect()
}

/// Numbers however they are written.
fn numbers(list: &Value) -> impl Iterator<Item = String> {
    written(list).map(|number| phone_key(&number))
}

fn written(list: &Value) -> impl Iterator<Item = String> {
    let listed: Vec<Value> = match list {
        Value::String(_) => vec![json!({"value": list})],
        other => other.as_array().cloned().unwrap_or_default(),
    };
    listed.into_iter().filter_map(|one| one["value"].as_str().map(str::to_owned))
}

/// The world of the service, read by its own routes.
async fn copied(service: &Server) -> World {
    let mut world = World { keeps_marks: true, taken_status: 400, ..World::default() };
    for page in 1.. {
        let list = service.get(&format!("/api/contacts?ownerFilter=all&size=100&page={page}")).await;
        let listed = ids(&list["data"]);
        if listed.is_empty() {
            break;
        }
        for id in listed {
            let data = &service.get(&format!("/api/contacts/{id}/separation-data")).await["data"];
            let seen = &data["contact"];
            let mut contact = Contact::default();
            for key in VALUES {
                if let Some(text) = seen[key].as_str() {
                    contact.values.insert(key, text.to_owned());
                }
            }
            contact.phones = written(&seen["phoneNumber"]).collect();
            let secondary = seen["secondaryPhoneNumber"].as_array().into_iter().flatten();
            contact.secondary_phones = secondary.filter_map(|one| one.as_str().map(str::to_owned)).collect();
            for thread in ids(&data["conversations"]) {
                contact.conversations.insert(thread.clone(), service.messages(&thread).await);
            }
            for kind in KINDS {
                contact.records.insert(kind, ids(&data[kind]));
            }
            contact.documents = ids(&service.get(&format!("/api/contacts/{id}/documents")).await["data"]);
            world.contacts.insert(id, contact);
        }
    }
    let list = service.get(&format!("/api/contacts/dedup-reviews?status={OPEN}&size=100")).await;
    for review in list["data"].as_array().unwrap() {
        let side = |key: &str| review[key]["_id"].as_str().or(review[key].as_str()).unwrap().to_owned();
        let (source, candidate) = (side("sourceContactId"), side("candidateContactId"));
        let review_id = review["_id"].as_str().unwrap().to_owned();
        world.reviews.insert(review_id, Review { source, candidate, status: OPEN, op_id: None });
    }
    world
}

/// A separation of a contact, right or wrong in some way.
fn separation(world: &World, contact: &Contact, dice: &mut Dice) -> Value {
    let text = |key: &str| contact.values.get(key).cloned().unwrap_or_default();
    let own = contact.phones.first().cloned();
    let someone =
        dice.pick(&world.contacts.values().filter_map(|one| one.phones.first()).collect::<Vec<_>>());
    let number = match dice.below(4) {
        0 => json!(own),
        1 => json!(someone),
        2 => json!(format!("+1647200{:04}", dice.below(10_000))),
        _ => Value::Null,
    };
    let kept = if number == json!(own) && dice.chance(80) { Value::Null } else { json!(own) };
    let new_name = if dice.chance(5) { "" } else { "Kim" };
    let mut body = json!({
        "fieldSplit": {
            "firstName": {"original": text("firstName"), "new": new_name},
            "lastName": {"original": text("lastName"), "new": ""},
            "email": {"original": contact.values.get("email"), "new": null},
            "dateOfBirth": {"original": null, "new": contact.values.get("dateOfBirth")},
            "phoneNumber": {"original": kept, "new": number},
            "status": "original", "pipelineId": "original", "pipelineStage": "original",
            "assignees": "original", "outreachConfigId": "original",
        },
        "childRecordAssignment": {},
        "messageDividers": [],
    });
    let side = |dice: &mut Dice| if dice.chance(50) { "new" } else { "original" };
    let mut assign = |kind: &str, ids: Vec<String>, dice: &mut Dice| {
        body["childRecordAssignment"][kind] = json!({});
        for id in ids {
            body["childRecordAssignment"][kind][id] = json!(side(dice));
        }
    };
    assign("conversations", contact.conversations.keys().cloned().collect(), dice);
    for kind in KINDS {
        assign(kind, contact.records.get(kind).cloned().unwrap_or_default(), dice);
    }
    if dice.chance(5) {
        body["childRecordAssignment"]["contactNotes"]["nobody's"] = json!("new");
    }
    let (new, original): (Vec<&String>, Vec<&String>) =
        contact.documents.iter().partition(|_| dice.chance(50));
    body["fieldSplit"]["documents"] = json!({"original": original, "new": new});
    for (id, messages) in contact.conversations.iter().take(2).filter(|(_, messages)| messages.len() > 1) {
        let at = dice.below(u32::try_from(messages.len()).unwrap());
        if dice.chance(80) {
            body["childRecordAssignment"]["conversations"][id] = json!("original");
        }
        let direction = dice.pick(&["before_to_original", "before_to_new"]);
        let divider =
            json!({"conversationId": id, "dividerMessageId": messages[at as usize], "direction": direction});
        body["messageDividers"].as_array_mut().unwrap().push(divider);
    }
    body
}

async fn service() -> (Running, Server) {
    let config = Config {
        world: Generated::Seed(Seed { number: 11, contacts: 400 }),
        password: Some("correct horse".into()),
        ..Config::default()
    };
    let service = Service::start(config).await.unwrap();
    let origin = Origin::parse(&service.url).unwrap();
    let password = SecretString::from(service.credentials.password.clone());
    let signed_in = connect::sign_in(&origin, &service.credentials.email, &password).await.unwrap();
    let token = signed_in.session.token.expose_secret().to_owned();
    let server = Server { url: service.url.clone(), token, client: reqwest::Client::new() };
    (service, server)
}

#[tokio::test]
async fn the_double_answers_like_the_service() {
    let (seed, started) = (asked("CLEAVE_SEED", 1), Instant::now());
    let (running, real) = service().await;
    let world = copied(&real).await;
    let clock = Arc::new(ManualClock::at(start()));
    let fair = Faults::new(0, Weather::Fair, Duration::ZERO);
    let double = Double::new(Ledger::new(world, fair, clock));
    let door = double.door(7000 + u16::try_from(std::process::id() % 4000).unwrap()).await;
    let url = format!("http://127.0.0.1:{}", door.port);
    let ours = Server { url, token: "token".into(), client: reqwest::Client::new() };
    let mut classes: BTreeMap<u16, u32> = BTreeMap::new();
    for sequence in 0..SEQUENCES {
        let mut dice = Dice::of(seed, ("alike", sequence));
        let world = double.ledger().world();
        let review = dice.pick(&world.reviews.keys().cloned().collect::<Vec<_>>());
        let contact =
            dice.pick(&world.contacts.keys().filter(|id| id.len() == 24).cloned().collect::<Vec<_>>());
        for step in 0..STEPS {
            let world = double.ledger().world();
            let op = format!("op{sequence}-{step}");
            let sides = ["source", "candidate", "neither"];
            let side = sides[if dice.chance(4) { 2 } else { dice.below(2) as usize }];
            let mut choices = json!({});
            for key in VALUES {
                choices[key] = json!(side);
            }
            let resolution = json!({"resolution": {"cleaveOpId": op, "fieldChoices": choices}});
            let known = world.contacts.get(&contact).cloned().unwrap_or_default();
            let (method, path, body) = match dice.below(6) {
                0 => ("PATCH", format!("/api/contacts/dedup-reviews/{review}/merge"), resolution),
                1 => (
                    "PATCH",
                    format!("/api/contacts/dedup-reviews/{review}/keep-separate"),
                    json!({"resolution": {"cleaveOpId": op}}),
                ),
                2 => ("PATCH", format!("/api/contacts/dedup-reviews/{contact}/merge"), resolution),
                _ => (
                    "POST",
                    format!("/api/contacts/{contact}/separate"),
                    separation(&world, &known, &mut dice),
                ),
            };
            let (theirs, our) =
                (real.ask(method, &path, Some(&body)).await, ours.ask(method, &path, Some(&body)).await);
            let asked = format!("sequence {sequence}: {method} {path}\n{body}\n{}\n{}", theirs.1, our.1);
            assert_eq!(theirs.0, our.0, "{asked}");
            *classes.entry(our.0).or_default() += 1;
            if our.0 == 200 {
                for counter in ["conversationsMoved", "notesMoved", "messagesReassigned", "remindersMoved"] {
                    let (one, other) =
                        (&theirs.1["data"]["summary"][counter], &our.1["data"]["summary"][counter]);
                    assert_eq!(one, other, "{counter}, {asked}");
                }
                if let (Some(theirs), Some(our)) =
                    (theirs.1["data"]["newContactId"].as_str(), our.1["data"]["newContactId"].as_str())
                {
                    assert_eq!(real.told(theirs).await, ours.told(our).await, "the new contact, {asked}");
                }
            }
            assert_eq!(real.review(&review).await, ours.review(&review).await, "{asked}");
            let touched =
                world.reviews.get(&review).map(|review| [review.source.clone(), review.candidate.clone()]);
            for id in touched.into_iter().flatten().chain([contact.clone()]) {
                assert_eq!(real.told(&id).await, ours.told(&id).await, "{id}, {asked}");
            }
        }
    }
    let what = format!("{SEQUENCES} sequences of {STEPS} changes, asked of the double and of the service");
    let result = format!("all answered alike: {classes:?}");
    crate::print("R2", what, "alike", result, Some(seed), started, true);
    assert!(
        classes[&200] > 100 && classes[&400] > 50 && classes[&404] > 20 && classes[&409] > 20,
        "{classes:?}"
    );
    running.shutdown().await;
}
