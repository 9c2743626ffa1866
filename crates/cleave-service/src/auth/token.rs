//! Access tokens (JWT, HS256) and refresh tokens (random text, kept by hash, good for one use).

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use crate::auth::role::Role;
use crate::http::Refusal;

/// What signs and checks tokens.
pub(crate) struct Keys {
    signing: EncodingKey,
    checking: DecodingKey,
    lifetime: Duration,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claims {
    sub: String,
    organization_id: String,
    role: String,
    iat: i64,
    exp: i64,
    jti: String,
}

/// Who a good token speaks for.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The user.
    pub(crate) user: String,
    /// The user's organisation.
    pub(crate) organization: String,
    /// What the user may do.
    pub(crate) role: Role,
}

impl Keys {
    /// Keys from the secret of the data directory; tokens live for the given time.
    pub(crate) fn new(secret: &[u8], lifetime: Duration) -> Self {
        Keys {
            signing: EncodingKey::from_secret(secret),
            checking: DecodingKey::from_secret(secret),
            lifetime,
        }
    }

    /// A token for a user from now (milliseconds since 1970) on.
    pub(crate) fn issue(&self, caller: &Caller, now: i64) -> Result<String, Refusal> {
        let issued = now / 1000;
        let claims = Claims {
            sub: caller.user.clone(),
            organization_id: caller.organization.clone(),
            role: caller.role.name().to_owned(),
            iat: issued,
            exp: issued + i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX / 2),
            jti: hex(&rand::random::<[u8; 8]>()),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing).map_err(Refusal::internal)
    }

    /// Who the token speaks for at this time, or 401. The service's own clock decides, without leeway.
    pub(crate) fn check(&self, token: &str, now: i64) -> Result<Caller, Refusal> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &self.checking, &validation)
            .map_err(|_| Refusal::unauthorized("Invalid token"))?
            .claims;
        if claims.exp <= now / 1000 {
            return Err(Refusal::unauthorized("Token expired"));
        }
        let role = Role::from_name(&claims.role).ok_or_else(|| Refusal::unauthorized("Invalid token"))?;
        Ok(Caller { user: claims.sub, organization: claims.organization_id, role })
    }
}

/// A new refresh token and the hash it is kept by.
pub(crate) fn fresh_refresh() -> (String, Vec<u8>) {
    let token = hex(&rand::random::<[u8; 32]>());
    let hash = refresh_hash(&token);
    (token, hash)
}

/// The hash a refresh token is kept by. The token has 256 random bits, so one plain HMAC under a fixed key is
/// enough: there is nothing to guess.
pub(crate) fn refresh_hash(token: &str) -> Vec<u8> {
    let key = EncodingKey::from_secret(b"refresh token");
    let signature = jsonwebtoken::crypto::sign(token.as_bytes(), &key, Algorithm::HS256);
    signature.map_or_else(|_| token.as_bytes().to_vec(), String::into_bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller() -> Caller {
        Caller { user: "u".into(), organization: "o".into(), role: Role::Admin }
    }

    #[test]
    fn a_token_is_good_until_it_expires_and_for_its_own_secret_only() {
        let keys = Keys::new(b"one secret", Duration::from_secs(60));
        let token = keys.issue(&caller(), 1_000_000).unwrap();
        assert_eq!(keys.check(&token, 1_059_000).unwrap().user, "u");
        assert_eq!(keys.check(&token, 1_060_000).unwrap_err().status(), 401);
        let other = Keys::new(b"another secret", Duration::from_secs(60));
        assert_eq!(other.check(&token, 1_000_000).unwrap_err().status(), 401);
        assert_eq!(keys.check("x.y.z", 1_000_000).unwrap_err().status(), 401);
    }

    #[test]
    fn two_tokens_of_one_moment_differ() {
        let keys = Keys::new(b"one secret", Duration::from_secs(60));
        assert_ne!(keys.issue(&caller(), 0).unwrap(), keys.issue(&caller(), 0).unwrap());
        let (one, hash) = fresh_refresh();
        assert_eq!(refresh_hash(&one), hash);
        assert_ne!(fresh_refresh().1, hash);
    }
}
