//! `GET /api/auth/verify-token`: whether the token is still good.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::http::Answer;

/// Answers `{message}`, or 401.
pub(super) async fn handle(_call: Call) -> Answer {
    Ok(Json(json!({"message": "Token is valid"})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use std::time::Duration;

    #[tokio::test]
    async fn a_token_is_good_until_it_expires() {
        let trial = Trial::start().await;
        assert_eq!(trial.get("/api/auth/verify-token").await.status, 200);
        assert_eq!(trial.anonymous().get("/api/auth/verify-token").await.status, 401);
        assert_eq!(trial.with_token("x.y.z").get("/api/auth/verify-token").await.status, 401);
        trial.clock.advance(Duration::from_secs(13 * 3600));
        let answer = trial.get("/api/auth/verify-token").await;
        assert_eq!((answer.status, answer.body["error"].as_str()), (401, Some("Token expired")));
    }
}
