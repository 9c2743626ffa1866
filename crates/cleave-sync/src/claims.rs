//! What a JWT says about its holder.
//!
//! The signature is not checked: only the server can, and it does so on every request. The claims only tell the
//! person whose token it is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Claims of interest, under any of the names seen for them.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) user_id: Option<String>,
    pub(crate) organization_id: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
}

/// Reads them; nothing where the token is no JWT.
pub(crate) fn claims_of(token: &str) -> Claims {
    let payload = token.split('.').nth(1).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).unwrap_or_default();
    let claims: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let first = |names: &[&str]| {
        let found = names.iter().find_map(|name| claims.get(name).and_then(Value::as_str));
        found.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    Claims {
        user_id: first(&["sub", "userId", "id", "_id"]),
        organization_id: first(&["organizationId", "orgId"]),
        role: first(&["accessRole", "role"]),
        name: first(&["fullName", "name"]),
        email: first(&["email"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn claims_under_their_various_names_and_none_in_rubbish() {
        let read = claims_of(&token(r#"{"sub":"u","organizationId":"o","role":"ADMIN","exp":1}"#));
        assert_eq!((read.user_id.as_deref(), read.organization_id.as_deref()), (Some("u"), Some("o")));
        assert_eq!(claims_of(&token(r#"{"accessRole":"SALES_REP"}"#)).role.as_deref(), Some("SALES_REP"));
        for rubbish in ["", "a", "a.b.c", "..", "a.!!.c", &token("[1]"), &token(r#"{"sub":7}"#)] {
            assert!(claims_of(rubbish) == Claims::default(), "{rubbish}");
        }
    }
}
