//! `GET /api/contact-notes`: the notes of a contact, the newest first.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::user;
use crate::http::{Answer, Params, Refusal};

/// Answers `{success, data, pagination}`, empty for a contact that is not there; `limit` from 1 to 200 (20 unless
/// told), `offset` from 0.
pub(super) async fn handle(call: Call, params: Params) -> Answer {
    let contact = params.id("contactId")?.ok_or_else(|| Refusal::field("contactId", "required"))?.to_owned();
    let limit = params.number("limit", 1..=200, 20)? as usize;
    let offset = params.number("offset", 0..=1_000_000, 0)? as usize;
    let organization = call.organization();
    let (page, total) = call
        .read(move |db| {
            let notes = child::of_contact(db, Kind::Note, &organization, &contact)?;
            let total = notes.len();
            let mut page: Vec<_> = notes.into_iter().rev().skip(offset).take(limit).collect();
            for note in &mut page {
                note["userId"] = user::reference(db, text(note, "userId"))?;
            }
            Ok((page, total))
        })
        .await?;
    let more = offset + page.len() < total;
    let pagination = json!({"total": total, "limit": limit, "offset": offset, "hasMore": more});
    Ok(Json(json!({"success": true, "data": page, "pagination": pagination})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn notes_come_in_stretches_with_their_writers() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        for n in 0..3 {
            trial.record("contactNotes", &id, json!({"note": n.to_string(), "userId": trial.admin}));
        }
        let answer = trial.get(&format!("/api/contact-notes?contactId={id}&limit=2")).await;
        assert_eq!(answer.body["pagination"], json!({"total": 3, "limit": 2, "offset": 0, "hasMore": true}));
        assert_eq!(answer.body["data"][0]["userId"]["_id"], trial.admin.as_str());
        let rest = trial.get(&format!("/api/contact-notes?contactId={id}&limit=2&offset=2")).await;
        assert_eq!((rest.ids("data").len(), &rest.body["pagination"]["hasMore"]), (1, &json!(false)));
        assert_eq!(trial.get("/api/contact-notes").await.status, 400);
        let nobodys = trial.foreign_admin().await.get(&format!("/api/contact-notes?contactId={id}")).await;
        assert_eq!((nobodys.status, nobodys.ids("data").len()), (200, 0));
    }
}
