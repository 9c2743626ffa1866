//! `POST /api/applications/list`: the applications of a contact, the oldest first.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::http::params::Page;
use crate::http::{Answer, Body, LONGEST_ID, Refusal, bounded};

/// Answers `{success, data, total, page, size}`, empty for a contact that is not there; pages from 1, `size`
/// from 1 to 200 (10 unless told).
pub(super) async fn handle(call: Call, body: Body) -> Answer {
    let contact = body.text("contactId")?.ok_or_else(|| Refusal::field("contactId", "required"))?;
    let contact = bounded("contactId", contact, LONGEST_ID)?.to_owned();
    let page = body.whole("page", 1_000_000, 1)?;
    let size = body.whole("size", u64::from(Page::MOST), u64::from(Page::DEFAULT))?;
    let organization = call.organization();
    let (data, total) = call
        .read(move |db| {
            let all = child::of_contact(db, Kind::Application, &organization, &contact)?;
            let total = all.len();
            let (skipped, taken) = (usize::try_from((page - 1) * size), usize::try_from(size));
            let (skipped, taken) = (skipped.unwrap_or(usize::MAX), taken.unwrap_or(usize::MAX));
            Ok((all.into_iter().skip(skipped).take(taken).collect::<Vec<_>>(), total))
        })
        .await?;
    Ok(Json(json!({"success": true, "data": data, "total": total, "page": page, "size": size})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn applications_come_in_pages() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let ids: Vec<String> =
            (0..3).map(|n| trial.record("applications", &id, json!({"title": n.to_string()}))).collect();
        let path = "/api/applications/list";
        let answer = trial.post(path, &json!({"contactId": id, "page": 2.0, "size": 2})).await;
        assert_eq!(answer.ids("data"), ids[2..]);
        assert_eq!(answer.body["total"], 3);
        for body in [
            json!({}),
            json!({"contactId": id, "page": 0}),
            json!({"contactId": id, "size": 201}),
            json!({"contactId": id, "size": null}),
        ] {
            assert_eq!(trial.post(path, &body).await.status, 400, "{body}");
        }
    }
}
