//! Cached contacts are read again: those that a list shows differently, then the oldest, and nobody else's.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cleave_sync::{Clock, ReviewToTake, TakeOrder};
use serde_json::{Value, json};
use wiremock::matchers::path_regex;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::stub::{json_answer, page};

const HOUR: Duration = Duration::from_secs(3600);

/// A server with contacts `c0` to `c9` and a review of each of them with the next.
#[derive(Clone, Default)]
struct Contacts {
    changed: Arc<Mutex<Vec<String>>>,
    /// Contacts that are answered with something else.
    odd: Arc<Mutex<Vec<(String, ResponseTemplate)>>>,
    /// Contacts whose own route was asked.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Contacts {
    fn contact(&self, id: &str) -> Value {
        let changes = self.changed.lock().unwrap().iter().filter(|changed| *changed == id).count();
        json!({"_id": id, "firstName": format!("N{changes}"), "updatedAt": changes.to_string(),
            "organizationId": "ours"})
    }

    fn review(&self, at: u32) -> Value {
        json!({"_id": format!("r{at}"), "status": "needs_review", "organizationId": "ours",
            "sourceContactId": self.contact(&format!("c{at}")),
            "candidateContactId": self.contact(&format!("c{}", (at + 1) % 10))})
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let parts: Vec<&str> = request.url.path().trim_start_matches("/api/contacts/").split('/').collect();
        let odd = |id: &str| {
            self.odd.lock().unwrap().iter().find(|(of, _)| of == id).map(|(_, answer)| answer.clone())
        };
        match parts.as_slice() {
            ["dedup-reviews"] => {
                let all: Vec<Value> = (0..10).map(|at| self.review(at)).collect();
                json_answer(200, &json!({"data": all, "total": 10}))
            }
            ["dedup-reviews", id] => {
                json_answer(200, &json!({"data": self.review(id[1..].parse().unwrap())}))
            }
            [id] => {
                self.asked.lock().unwrap().push((*id).to_owned());
                odd(id).unwrap_or_else(|| json_answer(200, &json!({"data": self.contact(id)})))
            }
            [id, "separation-data"] => odd(&format!("{id}/separation-data")).unwrap_or_else(|| {
                json_answer(
                    200,
                    &json!({"success": true, "data": {"contact": self.contact(id),
                        "conversations": [{"_id": format!("t{id}"), "channelType": "sms"}], "applications": [],
                        "contactNotes": [{"_id": "n"}], "reminders": [{"_id": "fired"}], "trainingSnapshots": []}}),
                )
            }),
            [_, "documents"] => json_answer(200, &json!({"success": true, "data": []})),
            _ => json_answer(200, &json!({"success": true, "data": {"isProtected": false}})),
        }
    }

    async fn serve(&self) -> (MockServer, Bench) {
        let server = MockServer::start().await;
        let contacts = self.clone();
        Mock::given(path_regex("^/api/contacts/"))
            .respond_with(move |request: &Request| contacts.answer(request))
            .mount(&server)
            .await;
        // The routes of a single kind hide what is not the caller's, and what has fired.
        let nothing = |request: &Request| {
            let empty = match request.url.path() {
                "/api/conversation/all" => json!({"success": true, "conversations": []}),
                "/api/conversation/messages" => json!({"success": true, "messages": []}),
                _ => json!({"success": true, "data": [], "total": 0}),
            };
            json_answer(200, &empty)
        };
        Mock::given(path_regex("^/api/(conversation|applications|contact-notes|reminders)"))
            .respond_with(nothing)
            .mount(&server)
            .await;
        let bench = Bench::of(&server.uri(), session("t", None), Some("ours"));
        bench.puller.pull_all(|_| {}).await.unwrap();
        (server, bench)
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked.dedup();
        asked
    }
}

fn order() -> TakeOrder {
    let id = |at: u32| format!("c{}", at % 10);
    let review = |at| ReviewToTake { review_id: format!("r{at}"), contact_ids: [id(at), id(at + 1)] };
    TakeOrder { reviews: (0..10).map(review).collect(), messages: true, fresh: HOUR }
}

#[tokio::test]
async fn what_a_list_shows_differently_is_read_first_then_the_oldest_within_the_budget() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    let (taken, ended) = bench.puller.take_along(&order(), |_, _| {}).await;
    assert!(ended.is_none() && taken.done == 10, "{taken:?}");
    assert_eq!(contacts.asked().len(), 10, "every contact once, though each is in two reviews");
    assert_eq!(bench.puller.refresh_contacts(20, HOUR).await.read, 0, "all of it is new");

    bench.clock.advance(Duration::from_secs(60));
    contacts.changed.lock().unwrap().push("c7".to_owned());
    bench.puller.pull_all(|_| {}).await.unwrap();
    let refreshed = bench.puller.refresh_contacts(20, HOUR).await;
    assert_eq!((refreshed.read, contacts.asked()), (1, vec!["c7".to_owned()]));
    assert_eq!(bench.puller.refresh_contacts(20, HOUR).await.read, 0);

    bench.clock.advance(HOUR);
    contacts.changed.lock().unwrap().push("c3".to_owned());
    let refreshed = bench.puller.refresh_contacts(4, HOUR - Duration::from_secs(30)).await;
    assert_eq!((refreshed.read, contacts.asked().len()), (4, 4), "no more than the budget");
    let rest = bench.puller.refresh_contacts(20, HOUR - Duration::from_secs(30)).await;
    assert_eq!(rest.read, 6, "the rest, c7 among them");
    let told = [refreshed.contacts, rest.contacts].concat();
    assert_eq!(told, ["c3"], "only what is different is told");
}

#[tokio::test]
async fn one_that_cannot_be_read_does_not_stand_in_the_way_and_a_portal_ends_it() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    bench.puller.take_along(&order(), |_, _| {}).await;
    bench.clock.advance(2 * HOUR);
    contacts.odd.lock().unwrap().push(("c0".to_owned(), json_answer(200, &json!({"data": "broken"}))));
    contacts.odd.lock().unwrap().push(("c1".to_owned(), json_answer(404, &json!({"error": "gone"}))));
    contacts.asked();
    let refreshed = bench.puller.refresh_contacts(20, HOUR).await;
    assert!(refreshed.ended.is_none(), "{refreshed:?}");
    assert_eq!(
        (refreshed.read, contacts.asked().len()),
        (9, 10),
        "its own route does not know c1, the other one does"
    );
    assert_eq!(bench.puller.refresh_contacts(20, HOUR).await.read, 0, "they are tried when it is their turn");

    bench.clock.advance(2 * HOUR);
    let portal = (0..10).map(|at| (format!("c{at}"), page(200)));
    *contacts.odd.lock().unwrap() = portal.collect();
    let refreshed = bench.puller.refresh_contacts(20, HOUR).await;
    assert!(refreshed.ended.is_some() && refreshed.read == 0, "{refreshed:?}");
    let first = contacts.asked();
    bench.puller.refresh_contacts(20, HOUR).await;
    let second = contacts.asked();
    // Those under way when it ended are asked again.
    let again = second.iter().filter(|id| first.contains(id)).count();
    assert!(again <= 2 && second.len() > again, "it goes on with others: {first:?}, then {second:?}");
}

#[tokio::test]
async fn what_is_here_in_full_stays_where_the_route_that_shows_all_of_it_fails_for_a_moment() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    let (taken, ended) = bench.puller.take_along(&order(), |_, _| {}).await;
    assert!(ended.is_none() && taken.done == 10, "{taken:?}");
    let all = || {
        let lists = bench.store.children("c3").unwrap().lists.into_iter();
        let lists: Vec<_> = lists.map(|(kind, list)| (kind, list.complete, list.docs)).collect();
        let read = bench.store.contact_read("c3").unwrap().unwrap();
        // A draft follows what is stored.
        let subject = bench.store.subject("c3").unwrap().unwrap().subject;
        (lists, bench.store.messages("tc3").unwrap(), (read.records, read.messages), subject)
    };
    let before = all();
    assert_eq!((before.2, before.1.as_ref().map(Vec::len)), ((true, true), Some(0)));

    bench.clock.advance(2 * HOUR);
    let broken = json_answer(500, &json!({"error": "broken"}));
    contacts.odd.lock().unwrap().push(("c3/separation-data".to_owned(), broken));
    let refreshed = bench.puller.refresh_contacts(20, HOUR).await;
    assert!(refreshed.ended.is_none() && refreshed.contacts.is_empty(), "{refreshed:?}");
    assert_eq!(refreshed.read, 9, "one could not be read");
    assert!(all() == before, "{:?} became {:?}", before.0, all().0);

    contacts.odd.lock().unwrap().clear();
    bench.clock.advance(2 * HOUR);
    assert_eq!(bench.puller.refresh_contacts(20, HOUR).await.read, 10);
    assert!(all() == before);
}

#[tokio::test]
async fn what_a_list_shows_differently_is_not_taken_for_here_until_it_was_read() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    bench.puller.take_along(&order(), |_, _| {}).await;
    bench.clock.advance(Duration::from_secs(60));
    contacts.changed.lock().unwrap().push("c7".to_owned());
    bench.puller.pull_all(|_| {}).await.unwrap();
    for failing in ["c7", "c7/separation-data"] {
        let broken = json_answer(500, &json!({"error": "broken"}));
        *contacts.odd.lock().unwrap() = vec![(failing.to_owned(), broken)];
        bench.clock.advance(Duration::from_secs(61));
        bench.puller.refresh_contacts(20, Duration::from_secs(60)).await;
        assert!(bench.store.contact_read("c7").unwrap().unwrap().changed, "{failing}");
        assert!(contacts.asked().contains(&"c7".to_owned()));
        bench.puller.refresh_contacts(20, HOUR).await;
        assert_eq!(contacts.asked(), [""; 0], "it waits until it is its turn");
    }
    contacts.odd.lock().unwrap().clear();
    let (taken, _) = bench.puller.take_along(&order(), |_, _| {}).await;
    assert_eq!((taken.done, contacts.asked()), (10, vec!["c7".to_owned()]));
    assert!(!bench.store.contact_read("c7").unwrap().unwrap().changed);
}

#[tokio::test]
async fn contacts_and_records_of_another_organisation_are_refused() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    let theirs = json!({"data": {"_id": "c2", "firstName": "Theirs", "organizationId": "theirs"}});
    contacts.odd.lock().unwrap().push(("c2".to_owned(), json_answer(200, &theirs)));
    bench.puller.pull_review("r2").await.unwrap();
    bench.puller.pull_contact("c2", true).await.unwrap_err();
    let known = bench.store.contact("c2").unwrap().unwrap();
    assert_eq!((known.contact.first_name.text(), known.whole), (Some("N0"), false));
    assert!(bench.store.children("c2").unwrap().lists.is_empty());
    assert!(bench.store.contact("c3").unwrap().unwrap().whole);
}

#[tokio::test]
async fn a_taking_that_was_dropped_goes_on_without_reading_again_what_is_here() {
    let contacts = Contacts::default();
    let (_server, bench) = contacts.serve().await;
    contacts.asked();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let first = order();
    tokio::select! {
        _ = bench.puller.take_along(&first, |taken, _| tell.send(taken.done).unwrap()) => panic!("it was to be dropped"),
        () = async { while told.recv().await.is_some_and(|done| done < 3) {} } => {}
    }
    let before = contacts.asked().len();
    let (taken, ended) = bench.puller.take_along(&order(), |_, _| {}).await;
    assert!(ended.is_none() && taken.done == 10 && taken.failed == 0, "{taken:?}");
    let after = contacts.asked().len();
    assert!(before >= 3 && after <= 8, "{before} before, {after} after");
    let now = bench.clock.now();
    assert!((0..10).all(|at| {
        bench
            .store
            .contact_read(&format!("c{at}"))
            .unwrap()
            .is_some_and(|read| read.messages && read.read_at <= now)
    }));
}
