//! A decision as the bytes that are sent, and their hash.

use cleave_core::decision::Decision;
use cleave_wire::resolution::{ResolutionBody, ResolutionDialect};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::api::Api;
use crate::classify::{self, Expected, Sent};
use crate::route::Route;

/// A change, ready to be sent. The bytes are made once: those that are hashed are those that leave.
#[derive(Clone)]
pub(crate) struct Prepared {
    route: Route,
    /// What it is about: the id in the path.
    subject: String,
    survivor_id: Option<String>,
    body: Vec<u8>,
    pub(crate) hash: String,
}

/// What the check before sending read, and the request is made with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// The contact that survives a merge; empty where the server does not name it.
    pub(crate) candidate_id: String,
    /// The settings in force.
    pub(crate) settings: Map<String, Value>,
}

impl Prepared {
    /// The change that carries out a decision.
    ///
    /// A separation is the request that was made when it was decided, to the byte.
    pub(crate) fn of(
        decision: &Decision,
        op_id: &str,
        subject: &str,
        ground: &Ground,
        dialect: ResolutionDialect,
    ) -> Result<Prepared, serde_json::Error> {
        let candidate_id = ground.candidate_id.as_str();
        let (route, body, survivor_id) = match decision {
            Decision::Separate(decided) => (Route::Separate, serde_json::to_vec(&decided.request)?, None),
            Decision::Settings(decided) => {
                (Route::PutSettings, serde_json::to_vec(&decided.request(&ground.settings))?, None)
            }
            Decision::Merge { .. } | Decision::KeepSeparate { .. } => {
                let body = ResolutionBody::of(decision, op_id, candidate_id, dialect);
                let is_merge = matches!(decision, Decision::Merge { .. });
                let survivor = (is_merge && !candidate_id.is_empty()).then(|| candidate_id.to_owned());
                let route = if is_merge { Route::Merge } else { Route::KeepSeparate };
                (route, serde_json::to_vec(&body)?, survivor)
            }
        };
        let hash = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Prepared { route, subject: subject.to_owned(), survivor_id, body, hash })
    }

    /// Sends it, once.
    pub(crate) async fn send(self, api: &Api) -> Sent {
        let exchange = api.send(self.route, &self.subject, self.body).await;
        let review =
            |status| Expected::Review { id: &self.subject, status, survivor_id: self.survivor_id.as_deref() };
        let expected = match self.route {
            Route::Merge => review("merged"),
            Route::KeepSeparate => review("kept_separate"),
            Route::PutSettings => Expected::Settings,
            _ => Expected::Separation { original_id: &self.subject },
        };
        classify::change(&exchange, &expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleave_core::field::Side;

    #[test]
    fn the_hash_is_that_of_the_body_and_the_body_says_whose_it_is() {
        let merge =
            Decision::Merge { choices: [("email".into(), Side::Source)].into(), note: Some("n".into()) };
        let ground = Ground { candidate_id: "c".into(), ..Ground::default() };
        let of = |op_id| Prepared::of(&merge, op_id, "r", &ground, ResolutionDialect::FieldChoices).unwrap();
        let prepared = of("op1");
        let body: serde_json::Value = serde_json::from_slice(&prepared.body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({"resolution": {"fieldChoices": {"email": "source"}, "cleaveOpId": "op1", "note": "n"}})
        );
        assert_eq!(prepared.hash.len(), 64);
        assert_ne!(of("op2").hash, prepared.hash);
    }
}
