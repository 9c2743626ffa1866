//! `POST /api/contacts/phoneNumber`: who holds a number. Between the answer and a write there remains a race.
//!
//! Numbers are compared in E.164 form; a text that has none is held by nobody.

use axum::Json;
use cleave_wire::contact::PhoneLookupRequest;
use serde_json::json;

use crate::auth::Call;
use crate::db::contact;
use crate::http::{Answer, Body, bounded};

/// Answers `{success, data}` with the holder, or null for a number that is free.
pub(super) async fn handle(call: Call, body: Body) -> Answer {
    let request: PhoneLookupRequest = body.decode()?;
    let number = request.phone_number;
    bounded("phoneNumber", &number, 64)?;
    let organization = call.organization();
    let holder = call
        .read(move |db| match contact::holder(db, &organization, &number)? {
            Some(id) => contact::get(db, &organization, &id),
            None => Ok(None),
        })
        .await?;
    Ok(Json(json!({"success": true, "data": holder})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_number_is_found_however_it_is_written() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"phoneNumber": "+14165550142"}));
        for number in ["+14165550142", "(416) 555-0142"] {
            let answer = trial.post("/api/contacts/phoneNumber", &json!({"phoneNumber": number})).await;
            assert_eq!(answer.body["data"]["_id"], id.as_str(), "{number}");
        }
        let free = trial.post("/api/contacts/phoneNumber", &json!({"phoneNumber": "+14165550199"})).await;
        assert_eq!((free.status, &free.body["data"]), (200, &Value::Null));
        for body in [json!({"phoneNumber": ""}), json!({"phoneNumber": null}), json!({})] {
            let answer = trial.post("/api/contacts/phoneNumber", &body).await;
            assert_eq!(answer.status, 400);
            assert!(answer.error().contains("phoneNumber"), "{}", answer.error());
        }
    }
}
