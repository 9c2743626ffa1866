use crate::trial::Trial;
use serde_json::Value;

async fn reviews(trial: &Trial) -> Vec<Value> {
    let answer = trial.get("/api/contacts/dedup-reviews?size=200").await;
    assert_eq!(answer.body["total"], answer.ids("data").len());
    answer.body["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_sandbox_has_a_queue_worth_opening() {
    let trial = Trial::seeded(600).await;
    let reviews = reviews(&trial).await;
    assert!((60..=120).contains(&reviews.len()), "{} reviews", reviews.len());
    let of = |source: &str| reviews.iter().filter(|review| review["reviewSource"] == source).count();
    assert!(of("phone_conflict") >= 5, "{}", of("phone_conflict"));
    assert!(of("fuzzy_match") >= 40, "{}", of("fuzzy_match"));
    assert!(reviews.iter().all(|review| review["status"] == "needs_review"), "nothing is merged by itself");
}

#[tokio::test]
async fn some_threads_are_shared_by_two_people() {
    let trial = Trial::seeded(600).await;
    let mut shared = 0;
    for page in 1..=3 {
        for contact in
            trial.get(&format!("/api/contacts?ownerFilter=all&size=200&page={page}")).await.ids("data")
        {
            let path = format!("/api/conversation/contact/{contact}/messages/search?q=number%20now");
            shared += trial.get(&path).await.body["total"].as_u64().unwrap();
        }
    }
    assert!(shared >= 1, "{shared}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_world() {
    let (one, other) = (Trial::seeded(80).await, Trial::seeded(80).await);
    for path in ["/api/contacts?ownerFilter=all&size=200", "/api/contacts/dedup-reviews?size=200"] {
        assert_eq!(one.get(path).await.body, other.get(path).await.body, "{path}");
    }
    let id = one.get("/api/contacts/dedup-reviews").await.body["data"][0]["sourceContactId"].clone();
    let id = id.as_str().unwrap();
    assert_eq!(one.separation_data(id).await, other.separation_data(id).await);
}
