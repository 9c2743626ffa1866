//! Rounds of reading over lists that repeat, skip, shrink, cap and miss.

use std::sync::{Arc, Mutex};

use cleave_store::QueueQuery;
use cleave_sync::{Pulled, ReadClass, SyncError};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::stub::{json_answer, page};

/// A queue that can be changed while it is read.
#[derive(Clone, Default)]
struct Queue {
    ids: Arc<Mutex<Vec<u32>>>,
    /// Most reviews a page, whatever is asked for.
    cap: usize,
    /// Larger sizes are refused.
    refuse_above: Option<u32>,
    with_total: bool,
    /// Ids that are resolved once this page has been read.
    resolve_after: Option<(u32, Vec<u32>)>,
}

fn review(id: u32, status: &str) -> Value {
    let contact = |side: &str| json!({"_id": format!("{side}{id}"), "firstName": format!("N{id}")});
    json!({
        "_id": format!("r{id}"), "status": status, "score": 0.5, "organizationId": "ours",
        "sourceContactId": contact("s"), "candidateContactId": contact("c"),
    })
}

impl Queue {
    fn of(count: u32) -> Queue {
        Queue {
            ids: Arc::new(Mutex::new((0..count).collect())),
            cap: 200,
            refuse_above: None,
            with_total: true,
            resolve_after: None,
        }
    }

    async fn serve(&self) -> (MockServer, Bench) {
        let server = MockServer::start().await;
        let queue = self.clone();
        Mock::given(method("GET"))
            .and(path("/api/contacts/dedup-reviews"))
            .respond_with(move |request: &Request| queue.list(request))
            .mount(&server)
            .await;
        let queue = self.clone();
        Mock::given(method("GET"))
            .and(path_regex("^/api/contacts/dedup-reviews/r[0-9]+$"))
            .respond_with(move |request: &Request| {
                let id = request.url.path().rsplit('/').next().unwrap()[1..].parse().unwrap();
                let open = queue.ids.lock().unwrap().contains(&id);
                json_answer(200, &json!({"data": review(id, if open { "needs_review" } else { "merged" })}))
            })
            .mount(&server)
            .await;
        let bench = Bench::of(&server.uri(), session("t", None), Some("ours"));
        (server, bench)
    }

    fn list(&self, request: &Request) -> ResponseTemplate {
        let number = |name: &str| {
            let found = request.url.query_pairs().find(|(key, _)| key == name);
            found.map_or(1, |(_, value)| value.parse::<u32>().unwrap())
        };
        let (page, asked) = (number("page"), number("size"));
        if self.refuse_above.is_some_and(|most| asked > most) {
            return json_answer(400, &json!({"error": "size is too large"}));
        }
        let mut ids = self.ids.lock().unwrap();
        let size = self.cap.min(asked as usize);
        let shown: Vec<Value> = ids
            .iter()
            .skip((page as usize - 1) * size)
            .take(size)
            .map(|id| review(*id, "needs_review"))
            .collect();
        let total = self.with_total.then_some(ids.len());
        if let Some((after, gone)) = &self.resolve_after
            && *after == page
        {
            ids.retain(|id| !gone.contains(id));
        }
        json_answer(200, &json!({"success": true, "data": shown, "total": total}))
    }
}

async fn pull(bench: &Bench) -> Pulled {
    bench.puller.pull_all(|_| {}).await.unwrap()
}

#[tokio::test]
async fn every_review_is_read_however_the_server_pages() {
    let cases = [
        ("plain", Queue::of(220)),
        ("capped without a word", Queue { cap: 30, ..Queue::of(220) }),
        ("refuses large pages", Queue { cap: 50, refuse_above: Some(50), ..Queue::of(220) }),
        ("says no total", Queue { with_total: false, cap: 70, ..Queue::of(220) }),
        ("empty", Queue::of(0)),
    ];
    for (name, queue) in cases {
        let (_server, bench) = queue.serve().await;
        let expected = u32::try_from(queue.ids.lock().unwrap().len()).unwrap();
        let pulled = pull(&bench).await;
        assert_eq!((pulled.seen, pulled.complete), (expected, true), "{name}");
        assert_eq!(bench.store.queue_counts().unwrap().open, expected, "{name}");
        assert!(pull(&bench).await.changed.is_empty(), "{name}: a second round finds nothing new");
    }
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_loses_nothing() {
    // After the first page its reviews are resolved, so page two begins where page three was.
    let queue = Queue { cap: 100, resolve_after: Some((1, (0..100).collect())), ..Queue::of(400) };
    let (_server, bench) = queue.serve().await;
    let pulled = pull(&bench).await;
    let open: Vec<u32> = queue.ids.lock().unwrap().clone();
    assert_eq!((open.len(), pulled.seen, pulled.complete), (300, 300, true));
    let shown = bench.store.open_review_ids().unwrap();
    assert!(open.iter().all(|id| shown.contains(&format!("r{id}"))), "every open review is here");
    assert_eq!((shown.len(), pulled.removed.len()), (300, 100), "and no other");
}

#[tokio::test]
async fn what_was_resolved_elsewhere_leaves_the_queue() {
    let queue = Queue::of(20);
    let (_server, bench) = queue.serve().await;
    pull(&bench).await;
    queue.ids.lock().unwrap().retain(|id| *id >= 5);
    let pulled = pull(&bench).await;
    let mut removed = pulled.removed.clone();
    removed.sort();
    assert_eq!(removed, ["r0", "r1", "r2", "r3", "r4"]);
    assert_eq!(bench.store.queue_page(&QueueQuery { limit: 50, ..QueueQuery::default() }).unwrap().total, 15);
}

#[tokio::test]
async fn reviews_of_another_organisation_are_passed_over() {
    let server = MockServer::start().await;
    let mut theirs = review(2, "needs_review");
    theirs["organizationId"] = json!("theirs");
    let list = json!({"success": true, "data": [review(1, "needs_review"), theirs], "total": 2});
    Mock::given(path("/api/contacts/dedup-reviews"))
        .respond_with(json_answer(200, &list))
        .mount(&server)
        .await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("ours"));
    pull(&bench).await;
    assert_eq!(bench.store.open_review_ids().unwrap(), ["r1"]);
}

#[tokio::test]
async fn a_list_without_end_is_left() {
    let server = MockServer::start().await;
    let list = json!({"success": true, "data": [review(1, "needs_review")], "total": 99});
    Mock::given(path("/api/contacts/dedup-reviews"))
        .respond_with(json_answer(200, &list))
        .mount(&server)
        .await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("ours"));
    let pulled = pull(&bench).await;
    assert_eq!((pulled.seen, pulled.complete), (1, false));
}

#[tokio::test]
async fn without_a_list_the_queue_comes_from_the_contacts() {
    for missing in
        [json_answer(404, &json!({"error": "no such path"})), json_answer(405, &json!({})), page(404)]
    {
        let server = MockServer::start().await;
        Mock::given(path("/api/contacts/dedup-reviews")).respond_with(missing).mount(&server).await;
        for (number, ids) in [("1", vec!["s1", "c1"]), ("2", vec!["s2"]), ("3", vec![])] {
            let data: Vec<Value> = ids.iter().map(|id| json!({"_id": id})).collect();
            Mock::given(path("/api/contacts"))
                .and(query_param("page", number))
                .and(query_param("ownerFilter", "all"))
                .respond_with(json_answer(200, &json!({"data": data})))
                .mount(&server)
                .await;
        }
        Mock::given(path_regex("^/api/contacts/[sc]1/dedup-reviews/pending$"))
            .respond_with(json_answer(200, &json!({"success": true, "data": [review(1, "needs_review")]})))
            .mount(&server)
            .await;
        Mock::given(path("/api/contacts/s2/dedup-reviews/pending"))
            .respond_with(json_answer(200, &json!({"success": true, "data": [review(2, "needs_review")]})))
            .mount(&server)
            .await;
        let bench = Bench::of(&server.uri(), session("t", None), Some("ours"));
        let pulled = pull(&bench).await;
        assert_eq!((pulled.seen, pulled.complete), (2, true));
    }
}

#[tokio::test]
async fn a_round_that_is_cut_short_keeps_what_it_read_and_removes_nothing() {
    let queue = Queue::of(300);
    let (server, bench) = queue.serve().await;
    pull(&bench).await;
    server.reset().await;
    let first: Vec<Value> = (1000..1200).map(|id| review(id, "needs_review")).collect();
    Mock::given(query_param("page", "1"))
        .respond_with(json_answer(200, &json!({"success": true, "data": first, "total": 400})))
        .mount(&server)
        .await;
    Mock::given(query_param("page", "2"))
        .respond_with(json_answer(401, &json!({"error": "expired"})))
        .mount(&server)
        .await;
    let error = bench.puller.pull_all(|_| {}).await.unwrap_err();
    assert!(matches!(error, SyncError::Read(failure) if failure.class == ReadClass::SignedOut));
    assert_eq!(bench.store.open_review_ids().unwrap().len(), 500);
}
