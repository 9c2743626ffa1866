//! `GET /api/training/snapshots/{id}`: one training snapshot, without an envelope, with its references populated.

use axum::Json;

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::{contact, user};
use crate::http::{Answer, Ids};

/// Answers the snapshot.
pub(super) async fn handle(call: Call, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let snapshot = call
        .read(move |db| {
            let mut snapshot =
                child::found(db, Kind::TrainingSnapshot, &organization, &id, "Training snapshot")?;
            snapshot["userId"] = user::reference(db, text(&snapshot, "userId"))?;
            if let Some(contact) = contact::get(db, &organization, text(&snapshot, "contactId"))? {
                snapshot["contactId"] = contact;
            }
            Ok(snapshot)
        })
        .await?;
    Ok(Json(snapshot))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn a_snapshot_stands_alone_with_its_references() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let snapshot =
            trial.record("trainingSnapshots", &id, json!({"userId": trial.admin, "quality": "good"}));
        let answer = trial.get(&format!("/api/training/snapshots/{snapshot}")).await;
        assert_eq!(answer.body["quality"], "good");
        assert_eq!(answer.body["contactId"]["firstName"], "Ann");
        assert_eq!(trial.get("/api/training/snapshots/missing").await.status, 404);
        assert_eq!(
            trial.foreign_admin().await.get(&format!("/api/training/snapshots/{snapshot}")).await.status,
            404
        );
    }
}
