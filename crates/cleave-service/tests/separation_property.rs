//! A separation does exactly what its preview says: both contacts, every child on its side, both halves of every cut
//! conversation, all six counters; and what the preview refuses, the service refuses.
//!
//! Random plans of the contacts of a generated world. `CLEAVE_SEPARATIONS` says how many (200 when unset) and
//! `CLEAVE_SEED` which.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test stops where it fails")]

#[path = "../../cleave-core/tests/separation/decide.rs"]
mod decide;

use cleave_core::contact::Contact;
use cleave_core::separation::{
    AnsweredSummary, ChildKind, ChildSide, DecidedSeparation, Expected, Place, Preview, Receipt, ReceiptItem,
    ResultingContact, Seen, SeparationPlan, Severity, Subject, Target, phone_key, preview, receipt,
};
use cleave_service::{Config, Running, Seed, Service, World};
use cleave_wire::contact::PhoneLookupResponse;
use cleave_wire::document::DocumentListResponse;
use cleave_wire::message::MessagesResponse;
use cleave_wire::separate::SeparateContactResponseEnvelope;
use cleave_wire::separate_core::{documents, messages, request, subject};
use cleave_wire::separation_data::SeparationDataResponse;
use decide::decide;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A service with a generated world, and its ADMIN signed in.
struct Api {
    http: Client,
    token: String,
    running: Running,
}

impl Api {
    async fn start(number: u64, contacts: u32) -> Api {
        rustls::crypto::ring::default_provider().install_default().expect("the first one");
        let config = Config { world: World::Seed(Seed { number, contacts }), ..Config::default() };
        let running = Service::start(config).await.expect("starts");
        let mut api = Api { http: Client::new(), token: String::new(), running };
        let who = &api.running.credentials;
        let body = json!({"email": who.email, "password": who.password});
        let (_, login) = api.send(Method::POST, "/api/auth/login", Some(&body)).await;
        login["token"].as_str().expect("signed in").clone_into(&mut api.token);
        api
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let mut request =
            self.http.request(method, format!("{}{path}", self.running.url)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.expect("answers");
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.bytes().await.expect("whole")).expect("JSON"))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let (status, body) = self.send(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}");
        serde_json::from_value(body).expect("as described")
    }

    async fn ids(&self, path: &str) -> Vec<String> {
        let body: Value = self.get(path).await;
        let list = body["data"].as_array().expect("a list");
        list.iter().map(|one| one["_id"].as_str().or(one["id"].as_str()).expect("an id").to_owned()).collect()
    }

    /// The contact with all that hangs on it, read as a client reads it.
    async fn subject(&self, id: &str) -> Subject {
        let data: SeparationDataResponse = self.get(&format!("/api/contacts/{id}/separation-data")).await;
        let mut subject = subject(&data.data);
        for conversation in &mut subject.conversations {
            let path = format!("/api/conversation/{}/messages", conversation.id);
            let list: MessagesResponse = self.get(&path).await;
            conversation.read(messages(&list.into_messages().expect("messages")));
        }
        let list: DocumentListResponse = self.get(&format!("/api/contacts/{id}/documents")).await;
        subject.documents = Some(documents(&list.data));
        subject
    }

    /// Asks who holds the numbers of a plan.
    async fn ask_for_numbers(&self, subject: &mut Subject, plan: &SeparationPlan) {
        let numbers = &plan.fields.phone_number;
        for number in Target::BOTH.iter().filter_map(|side| numbers.of(*side).as_ref()) {
            let body = json!({"phoneNumber": number});
            let (_, answer) = self.send(Method::POST, "/api/contacts/phoneNumber", Some(&body)).await;
            let answer: PhoneLookupResponse = serde_json::from_value(answer).expect("as described");
            let holder = answer.data.value().and_then(|contact| contact.id.text());
            if holder.is_some_and(|holder| holder != subject.contact.id) {
                subject.hold(number);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_separation_does_exactly_what_its_preview_says() {
    let number = |name: &str, or: u64| std::env::var(name).map_or(or, |text| text.parse().expect("a number"));
    let (count, seed) = (number("CLEAVE_SEPARATIONS", 200), number("CLEAVE_SEED", 1));
    let contacts = u32::try_from(count).expect("fewer").clamp(200, 2_000);
    let api = Api::start(seed, contacts).await;
    let users = api.ids("/api/users").await;
    let mut contacts = Vec::new();
    for page in 1.. {
        let found = api.ids(&format!("/api/contacts?ownerFilter=all&size=100&page={page}")).await;
        if found.is_empty() {
            break;
        }
        contacts.extend(found);
    }
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let (mut done, mut refused, mut cut, mut moved, mut lines) = (0_u64, 0, 0, 0, 0);
    while done < count {
        let id = contacts[chance.random_range(0..contacts.len())].clone();
        let mut before = api.subject(&id).await;
        let plan = decide(&before, &users, &mut |below| chance.random_range(0..below));
        api.ask_for_numbers(&mut before, &plan).await;
        let preview = preview(&before, &plan);
        let body = serde_json::to_value(request(&plan, &before).expect("decided")).expect("JSON");
        let path = format!("/api/contacts/{id}/separate");
        let (status, answer) = api.send(Method::POST, &path, Some(&body)).await;
        let place = format!("seed {seed}, separation {done}, after {refused} refusals");
        if !preview.can_submit() {
            assert_eq!(status, 400, "{place}: {:?}", preview.problems);
            names_the_field(&preview, &answer, &place);
            assert!(
                api.subject(&id).await.contact == before.contact,
                "{place}: refused, and changed all the same"
            );
            refused += 1;
            continue;
        }
        if status == 400 && !before.held_elsewhere.is_empty() {
            // A number of the contact itself that another holds too: it is this service that refuses it, not the preview.
            let words = answer["error"].as_str().unwrap_or_default();
            assert!(words.starts_with("fieldSplit.phoneNumber."), "{place}: {words}");
            assert!(api.subject(&id).await.contact == before.contact, "{place}: refused, and changed");
            refused += 1;
            continue;
        }
        assert_eq!(status, 200, "{place}: {answer}");
        let answer: SeparateContactResponseEnvelope = serde_json::from_value(answer).expect("as described");
        counters(&preview, &answer, &place);
        let (original, new_id) = (api.subject(&id).await, answer.data.new_contact_id.clone());
        let new = api.subject(&new_id).await;
        same_contact(&preview.contacts.original, &original.contact, &place);
        same_contact(&preview.contacts.new, &new.contact, &place);
        assert_eq!(original.contact.id, before.contact.id, "{place}");
        let expected = Expected::of(&before, &plan, &preview);
        assert_eq!(expected.compare(&before, None), Seen::Before, "{place}");
        assert_eq!(expected.compare(&original, Some(&new)), Seen::After, "{place}");
        children(&before, &plan, &preview, [&original, &new], &place);
        let decided = DecidedSeparation {
            request: body.clone(),
            subject: before.kept_for(&plan),
            expected,
            predicted: preview.summary,
            plan: plan.clone(),
        };
        lines += as_in_the_receipt(&decided, &answer, [&original, &new], &place);
        if preview.guard.is_guarded() {
            let (status, _) = api.send(Method::POST, &path, Some(&body)).await;
            assert_eq!(status, 400, "{place}: a second copy was not refused");
        }
        cut += preview.cuts.len();
        moved += preview.summary.messages_reassigned.unwrap_or_default();
        contacts.push(new_id);
        done += 1;
    }
    println!(
        "seed {seed}: {done} separations as previewed, {refused} refused as previewed, {cut} cuts, {moved} messages moved, {lines} lines of receipts"
    );
    assert!(refused > 0 && cut > 0 && moved > 0);
    api.running.shutdown().await;
}

/// The service names one of the fields that the preview found an error at.
fn names_the_field(preview: &Preview, answer: &Value, place: &str) {
    let errors = preview.problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let fields: Vec<String> = errors
        .filter_map(|problem| match &problem.place {
            Place::Field(path, side) => Some(format!("fieldSplit.{path}.{}", side.as_str())),
            _ => None,
        })
        .collect();
    let words = answer["error"].as_str().unwrap_or_default();
    assert!(
        fields.iter().any(|field| words.starts_with(field.as_str())),
        "{place}: {words} is not of {fields:?}"
    );
}

fn counters(preview: &Preview, answer: &SeparateContactResponseEnvelope, place: &str) {
    let summary = answer.data.summary.value().expect("a summary");
    let predicted = preview.summary;
    for (name, predicted, counted) in [
        ("conversationsMoved", Some(predicted.conversations_moved), &summary.conversations_moved),
        ("applicationsMoved", Some(predicted.applications_moved), &summary.applications_moved),
        ("notesMoved", Some(predicted.notes_moved), &summary.notes_moved),
        ("remindersMoved", Some(predicted.reminders_moved), &summary.reminders_moved),
        (
            "trainingSnapshotsMoved",
            Some(predicted.training_snapshots_moved),
            &summary.training_snapshots_moved,
        ),
        ("messagesReassigned", predicted.messages_reassigned, &summary.messages_reassigned),
    ] {
        assert!(predicted.is_some(), "{place}: {name}");
        assert_eq!(predicted, counted.count(), "{place}: {name}");
    }
}

/// Every value, number by number and path by path, except what the preview leaves to the server.
fn same_contact(predicted: &ResultingContact, seen: &Contact, place: &str) {
    let numbers = |contact: &Contact| contact.phones.iter().map(|p| p.value.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&predicted.contact), numbers(seen), "{place}");
    assert_eq!(predicted.contact.secondary_phones, seen.secondary_phones, "{place}");
    assert_eq!(
        predicted.contact.primary_phone().map(phone_key),
        seen.primary_phone().map(phone_key),
        "{place}"
    );
    let open = |path: &str| predicted.server_decides.iter().any(|field| field.as_str() == path);
    for path in predicted.contact.paths().into_iter().chain(seen.paths()) {
        if !open(path.as_str()) && !["phoneNumber", "secondaryPhoneNumber"].contains(&path.as_str()) {
            assert_eq!(predicted.contact.values.get(&path), seen.values.get(&path), "{place}: {path}");
        }
    }
    assert_eq!(predicted.contact.organization_id, seen.organization_id, "{place}");
}

/// The receipt of the answer and of both contacts has a line for everything, and none that differs. Answers how many.
fn as_in_the_receipt(
    decided: &DecidedSeparation,
    answer: &SeparateContactResponseEnvelope,
    [original, new]: [&Subject; 2],
    place: &str,
) -> usize {
    let summary = answer.data.summary.value().expect("a summary");
    let answered = AnsweredSummary {
        conversations_moved: summary.conversations_moved.count(),
        applications_moved: summary.applications_moved.count(),
        notes_moved: summary.notes_moved.count(),
        reminders_moved: summary.reminders_moved.count(),
        training_snapshots_moved: summary.training_snapshots_moved.count(),
        messages_reassigned: summary.messages_reassigned.count(),
    };
    let receipt = Receipt {
        new_contact_id: Some(new.contact.id.clone()),
        counters: receipt::counters(&decided.predicted, &answered),
        contacts: receipt::contacts(decided, original, new),
    };
    let lines = receipt.counters.iter().chain(&receipt.contacts);
    let wrong: Vec<&ReceiptItem> = lines.filter(|line| !line.same).map(|line| &line.item).collect();
    let named = serde_json::to_string(&wrong).expect("JSON");
    assert!(receipt.is_as_predicted(), "{place}: {named}");
    receipt.contacts.len()
}

/// Messages of whole conversations, both halves of cut ones message by message, and what was said of new ones.
fn children(
    before: &Subject,
    plan: &SeparationPlan,
    preview: &Preview,
    [original, new]: [&Subject; 2],
    place: &str,
) {
    for (conversation, child) in before.conversations.iter().zip(&preview.children) {
        assert_eq!(child.kind, ChildKind::Conversation);
        let messages = conversation.messages.as_deref().expect("read");
        let (side, other) = match child.side {
            ChildSide::Original => (original, new),
            ChildSide::New => (new, original),
            ChildSide::Undecided => panic!("{place}: undecided"),
            ChildSide::Cut => {
                let divider = &plan.dividers[&conversation.id];
                let at = messages.iter().position(|m| m.id == divider.message_id).expect("there");
                let (early, late) = messages.split_at(at);
                let (kept, gone) = if divider.direction.before() == Target::Original {
                    (early, late)
                } else {
                    (late, early)
                };
                let kept_half = original.conversation(&conversation.id).expect("keeps its id");
                assert!(kept_half.messages.as_deref() == Some(kept), "{place}: the half that stays");
                let made = new.conversations.iter().find(|half| half.messages.as_deref() == Some(gone));
                let made = made.unwrap_or_else(|| panic!("{place}: the half that goes"));
                assert!(before.conversation(&made.id).is_none(), "{place}: an old id on the new contact");
                let meta = plan.meta.get(&conversation.id);
                let assignees =
                    meta.and_then(|meta| meta.assignees.as_ref()).unwrap_or(&conversation.assignees);
                assert_eq!(&made.assignees, assignees, "{place}");
                let status = meta.and_then(|meta| meta.status.as_ref()).or(conversation.status.as_ref());
                assert_eq!(made.status.as_ref(), status, "{place}");
                continue;
            }
        };
        assert!(other.conversation(&conversation.id).is_none(), "{place}: on both");
        let there = side.conversation(&conversation.id).expect("on its side");
        assert!(there.messages.as_deref() == Some(messages), "{place}: messages of a whole conversation");
    }
}
