//! `POST /api/applications/list`: the applications of a contact, the oldest first.

use axum::Json;
use cleave_wire::application::ApplicationListRequest;
use serde_json::json;

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::http::params::Page;
use crate::http::{Answer, Body, Refusal, checked_id};

/// Answers `{success, data, total, page, size}`, empty for a contact that is not there; pages from 1, `size` from 1 to 200 (10 unless told).
pub(super) async fn handle(call: Call, body: Body) -> Answer {
    let request: ApplicationListRequest = body.decode()?;
    checked_id("contactId", &request.contact_id)?;
    let page = within("page", request.page.unwrap_or(1), 1_000_000)?;
    let size = within("size", request.size.unwrap_or(u64::from(Page::DEFAULT)), u64::from(Page::MOST))?;
    let organization = call.organization();
    let (data, total) = call
        .read(move |db| {
            let all = child::of_contact(db, Kind::Application, &organization, &request.contact_id)?;
            let total = all.len();
            Ok((all.into_iter().skip((page - 1) * size).take(size).collect::<Vec<_>>(), total))
        })
        .await?;
    Ok(Json(json!({"success": true, "data": data, "total": total, "page": page, "size": size})))
}

fn within(name: &str, value: u64, most: u64) -> Result<usize, Refusal> {
    match usize::try_from(value) {
        Ok(bounded) if (1..=most).contains(&value) => Ok(bounded),
        _ => Err(Refusal::field(name, format!("must be a whole number from 1 to {most}"))),
    }
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
        let answer = trial.post(path, &json!({"contactId": id, "page": 2, "size": 2})).await;
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
