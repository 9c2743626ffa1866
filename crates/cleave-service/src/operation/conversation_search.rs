//! `GET /api/conversation/{conversationId}/messages/search` and
//! `GET /api/conversation/contact/{contactId}/messages/search`: messages by their text.

use axum::Json;
use serde_json::json;

use super::message_find::{Search, body};
use crate::auth::Call;
use crate::db::{contact, conversation};
use crate::http::{Answer, Ids, Params};

/// Answers `{matches, total, truncated}` for one conversation.
pub(super) async fn in_conversation(call: Call, Ids(id): Ids<String>, params: Params) -> Answer {
    let search = Search::of(&params)?;
    let limit = search.limit;
    let organization = call.organization();
    let found = call
        .read(move |db| {
            conversation::found(db, &organization, &id)?;
            let messages = conversation::messages(db, &id)?.into_iter();
            Ok(messages.filter(|message| search.finds(message)).collect::<Vec<_>>())
        })
        .await?;
    let matches: Vec<_> = found
        .iter()
        .take(limit)
        .map(|message| json!({"messageId": message["_id"], "createdAt": message["createdAt"]}))
        .collect();
    Ok(Json(json!({"matches": matches, "total": found.len(), "truncated": found.len() > limit})))
}

/// Answers `{results, total, truncated}` for all conversations of a contact.
pub(super) async fn across_contact(call: Call, Ids(id): Ids<String>, params: Params) -> Answer {
    let search = Search::of(&params)?;
    let organization = call.organization();
    let answer = call
        .read(move |db| {
            contact::found(db, &organization, &id)?;
            let (mut results, mut total) = (Vec::new(), 0);
            for one in conversation::of_contact(db, &organization, &id, None)? {
                let messages = conversation::messages(db, one["_id"].as_str().unwrap_or_default())?;
                let mut matches = Vec::new();
                for message in messages.iter().filter(|message| search.finds(message)) {
                    total += 1;
                    if total <= search.limit {
                        let (id, at) = (&message["_id"], &message["createdAt"]);
                        matches.push(json!({"messageId": id, "body": body(message), "createdAt": at}));
                    }
                }
                if !matches.is_empty() {
                    results.push(json!({
                        "conversationId": one["_id"],
                        "channelType": one["channelType"],
                        "channelIdentifier": one["channelIdentifier"],
                        "matches": matches,
                    }));
                }
            }
            Ok(json!({"results": results, "total": total, "truncated": total > search.limit}))
        })
        .await?;
    Ok(Json(answer))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn case_words_dates_and_limits_narrow() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let thread = trial.conversation(&id, "sms", &["Hi Janet", "the janitor", "JANET again", "bye"]);
        let cases = [
            ("q=janet", 2, false),
            ("q=jan", 3, false),
            ("q=jan&wholeWord=true", 0, false),
            ("q=janet&wholeWord=true", 2, false),
            ("q=Janet&matchCase=true", 1, false),
            ("q=jan&limit=1", 3, true),
            ("q=jan&fromDate=2020-01-01", 3, false),
            ("q=jan&toDate=2020-01-01", 0, false),
        ];
        for (query, total, truncated) in cases {
            let answer = trial.get(&format!("/api/conversation/{thread}/messages/search?{query}")).await;
            assert_eq!(
                (&answer.body["total"], &answer.body["truncated"]),
                (&json!(total), &json!(truncated)),
                "{query}"
            );
        }
    }

    #[tokio::test]
    async fn a_contact_is_searched_across_its_channels() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        trial.conversation(&id, "sms", &["new number"]);
        let mail = trial.conversation(&id, "email", &["my new address", "no"]);
        let path = format!("/api/conversation/contact/{id}/messages/search");
        let answer = trial.get(&format!("{path}?q=new")).await;
        assert_eq!(answer.body["total"], 2);
        let of_mail =
            answer.body["results"].as_array().unwrap().iter().find(|r| r["conversationId"] == mail.as_str());
        assert_eq!(of_mail.unwrap()["matches"][0]["body"], "my new address");
        let long = "x".repeat(501);
        let bad = [
            "",
            "q=",
            "q=a&limit=0",
            "q=a&limit=5001",
            "q=a&matchCase=1",
            "q=a&fromDate=1.2.2020",
            "q=a&toDate=",
            &format!("q={long}"),
        ];
        for query in bad {
            assert_eq!(trial.get(&format!("{path}?{query}")).await.status, 400, "{query}");
        }
    }
}
