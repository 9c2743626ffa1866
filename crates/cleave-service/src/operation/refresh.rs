//! `POST /api/auth/refresh`: a new pair of tokens for a refresh token, which is thereby used up.

use std::sync::Arc;

use axum::extract::State as Shared;
use cleave_wire::auth::RefreshRequest;

use super::login::signed_in;
use crate::auth::token;
use crate::db::user;
use crate::http::{Answer, Body, Refusal, bounded};
use crate::state::State;

/// Answers like login, or 401 for a token that is unknown, used or too old.
pub(super) async fn handle(Shared(state): Shared<Arc<State>>, body: Body) -> Answer {
    let request: RefreshRequest = body.decode()?;
    bounded("refreshToken", &request.refresh_token, 8192)?;
    let now = state.clock.millis();
    let hash = token::refresh_hash(&request.refresh_token);
    let account = state.db.write(move |db| user::spend_refresh(db, &hash, now)).await?;
    let account = account.ok_or_else(|| Refusal::unauthorized("Invalid refresh token"))?;
    signed_in(&state, account).await
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn a_refresh_token_is_good_once() {
        let trial = Trial::start().await;
        let login = trial.post("/api/auth/login", &trial.credentials()).await;
        let body = json!({"refreshToken": login.body["refreshToken"]});
        let fresh = trial.post("/api/auth/refresh", &body).await;
        assert_eq!(fresh.status, 200);
        let token = fresh.body["token"].as_str().unwrap();
        assert_eq!(trial.with_token(token).get("/api/auth/verify-token").await.status, 200);
        assert_eq!(trial.post("/api/auth/refresh", &body).await.status, 401);
    }
}
