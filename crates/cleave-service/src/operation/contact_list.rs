//! `GET /api/contacts`: the contacts of the organisation, the last stored first.
//!
//! `search` finds the beginnings of words of names, company and e-mail address, and the beginning of a number with or
//! without its leading parts. `ownerFilter` is `my` unless `all` is asked for. `dateRange` is `FROM..TO`, two dates
//! of the creation, both included; one that ends before it begins holds nothing.

use axum::Json;

use crate::auth::Call;
use crate::clock::millis_of;
use crate::db::contact::{self, Filter};
use crate::db::organization;
use crate::http::params::Page;
use crate::http::{Listing, Params, Refusal};

const DAY: i64 = 24 * 3600 * 1000;

/// Answers `{success, data, total, page, size}`.
pub(super) async fn handle(call: Call, params: Params) -> Result<Json<Listing>, Refusal> {
    let page = Page::of(&params)?;
    let mine = params.word("ownerFilter", &["my", "all"])? == "my";
    let text = |name: &str| -> Result<Option<String>, Refusal> { Ok(params.short(name)?.map(str::to_owned)) };
    let filter = Filter {
        search: text("search")?,
        owner: mine.then(|| call.caller.user.clone()),
        status: text("status")?,
        source: text("source")?,
        created: params.given("dateRange").map(range).transpose()?,
    };
    let id = call.organization();
    let (contacts, total) = call
        .read(move |db| {
            let ordinal = organization::ordinal(db, &id)?;
            contact::list(db, (&id, ordinal), &filter, page)
        })
        .await?;
    Listing::of(contacts, total, page)
}

fn range(text: &str) -> Result<(i64, i64), Refusal> {
    let wrong = || Refusal::field("dateRange", "must be two dates, such as 2026-01-01..2026-01-31");
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let is_date = |text: &str| text.len() == 10;
    if !is_date(from) || !is_date(to) {
        return Err(wrong());
    }
    let (from, to) = (millis_of(from).ok_or_else(wrong)?, millis_of(to).ok_or_else(wrong)?);
    Ok((from, to + DAY))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn pages_have_a_stable_order_and_do_not_overlap() {
        let trial = Trial::seeded(60).await;
        let mut seen = Vec::new();
        for page in 1..=4 {
            let answer = trial.get(&format!("/api/contacts?ownerFilter=all&size=20&page={page}")).await;
            assert_eq!(answer.body["total"], 60);
            seen.extend(answer.ids("data"));
        }
        assert_eq!(seen.len(), 60);
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 60);
        assert_eq!(trial.get("/api/contacts?ownerFilter=all").await.ids("data"), seen[..10]);
    }

    #[tokio::test]
    async fn search_finds_names_mail_and_numbers_and_filters_narrow() {
        let trial = Trial::start().await;
        let zoe =
            trial.contact(json!({"firstName": "Zoë", "lastName": "Quigley-Smith", "email": "zq@example.org",
            "phoneNumber": [{"value": "+14165550142", "isPrimary": true}], "status": "Won", "source": "fair",
            "createdAt": "2026-02-03T10:00:00.000Z", "userId": trial.admin}));
        trial.contact(json!({"firstName": "Zoltan", "lastName": "Smith"}));
        let cases = [
            ("search=zoe", true),
            ("search=ZO%C3%8B%20quig", true),
            ("search=zq%40example", true),
            ("search=416-555-01", true),
            ("search=0142", true),
            ("search=nobody", false),
            ("search=%22%20ORX%20*", false),
            ("search=zo&status=Won", true),
            ("search=zo&status=Lost", false),
            ("search=zo&source=fair", true),
            ("search=zo&dateRange=2026-02-03..2026-02-03", true),
            ("search=zo&dateRange=2026-02-04..2026-02-05", false),
        ];
        for (query, found) in cases {
            let answer = trial.get(&format!("/api/contacts?ownerFilter=all&{query}")).await;
            assert_eq!(answer.status, 200, "{query}");
            assert_eq!(answer.ids("data").contains(&zoe), found, "{query}");
        }
        assert_eq!(trial.get("/api/contacts").await.ids("data"), [zoe]);
    }

    #[tokio::test]
    async fn parameters_are_refused_by_name() {
        let trial = Trial::start().await;
        let cases = [
            "page=0",
            "page=x",
            "size=0",
            "size=201",
            "ownerFilter=none",
            "dateRange=today",
            "dateRange=2026-02-31..2026-03-01",
            "dateRange=",
        ];
        for query in cases {
            let answer = trial.get(&format!("/api/contacts?{query}")).await;
            let name = query.split('=').next().unwrap();
            assert_eq!(answer.status, 400, "{query}");
            assert!(answer.error().starts_with(name), "{query}: {}", answer.error());
        }
    }
}
