//! `POST /api/auth/login`: a token for an e-mail address and a password.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;
use cleave_wire::auth::LoginRequest;
use serde_json::json;

use crate::auth::password;
use crate::auth::token::{self, Caller};
use crate::db::user::{self, Account};
use crate::http::{Answer, Body, Refusal, bounded};
use crate::state::State;

/// Answers `{token, refreshToken, user}`, or 401 with the same words for an unknown address and a wrong password.
pub(super) async fn handle(Shared(state): Shared<Arc<State>>, body: Body) -> Answer {
    let request: LoginRequest = body.decode()?;
    bounded("email", &request.email, 320)?;
    bounded("password", &request.password, 1024)?;
    let account = state
        .db
        .read(move |db| {
            let account = user::by_email(db, &request.email)?;
            Ok(account.filter(|account| password::matches(&request.password, &account.password_hash)))
        })
        .await?
        .ok_or_else(|| Refusal::unauthorized("Invalid credentials"))?;
    signed_in(&state, account).await
}

/// The answer for an account that has proved itself, with a new pair of tokens.
pub(super) async fn signed_in(state: &State, account: Account) -> Answer {
    let Account { id, organization, role, document, .. } = account;
    let caller = Caller { user: id.clone(), organization: organization.clone(), role };
    let now = state.clock.millis();
    let token = state.keys.issue(&caller, now)?;
    let (refresh_token, hash) = token::fresh_refresh();
    let lifetime = i64::try_from(state.refresh_lifetime.as_millis()).unwrap_or(i64::MAX / 2);
    let holder = id.clone();
    state.db.write(move |db| user::keep_refresh(db, &hash, &holder, now.saturating_add(lifetime))).await?;
    Ok(Json(json!({
        "token": token,
        "refreshToken": refresh_token,
        "user": {
            "id": id,
            "email": document["email"],
            "fullName": document["fullName"],
            "organizationId": organization,
            "accessRole": role.name(),
        },
    })))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn the_demo_users_sign_in_and_nobody_else() {
        let trial = Trial::start().await;
        let answer = trial.post("/api/auth/login", &trial.credentials()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["user"]["accessRole"], "ADMIN");
        assert!(answer.body["user"]["_id"].is_null(), "this one answer says id");
        let wrong =
            [json!({"email": "admin@example.com", "password": "x"}), json!({"email": "x", "password": "x"})];
        let mut words = Vec::new();
        for body in wrong {
            let answer = trial.post("/api/auth/login", &body).await;
            assert_eq!(answer.status, 401);
            words.push(answer.body["error"].clone());
        }
        assert_eq!(words[0], words[1]);
    }

    #[tokio::test]
    async fn bad_bodies_are_refused_by_kind() {
        let trial = Trial::start().await;
        let cases = [
            ("application/json", "{", 400),
            ("application/json", "[]", 400),
            ("application/json", "", 400),
            ("application/json", r#"{"email": "a@example.com"}"#, 400),
            ("text/plain", "{}", 415),
        ];
        for (kind, body, status) in cases {
            let answer = trial.send_raw("POST", "/api/auth/login", kind, body.to_owned()).await;
            assert_eq!(answer.status, status, "{kind} {body}");
            assert!(answer.body["error"].is_string(), "{kind} {body}");
        }
        let huge = format!("{{\"email\": \"{}\"}}", "x".repeat(5 * 1024 * 1024));
        assert_eq!(trial.send_raw("POST", "/api/auth/login", "application/json", huge).await.status, 413);
    }
}
