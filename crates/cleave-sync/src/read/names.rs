//! Names of what contacts point at by id.

use std::collections::BTreeMap;

use cleave_wire::pipeline::{PipelineListRequest, PipelineListResponse};
use cleave_wire::user::UserListResponse;

use super::or_lacking;
use crate::api::Api;
use crate::failure::ReadFailure;
use crate::route::Route;

/// Names by id.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// Pipelines and their stages.
    pub pipelines: BTreeMap<String, String>,
    /// The people of the organisation.
    pub people: BTreeMap<String, String>,
}

impl Named {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> BTreeMap<&str, &str> {
        self.pipelines.iter().chain(&self.people).map(|(id, name)| (id.as_str(), name.as_str())).collect()
    }
}

/// People's names are personal: only their number is printed.
impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Named({}, {})", self.pipelines.len(), self.people.len())
    }
}

impl Api {
    /// Names of what contacts point at by id: pipelines, their stages, and people.
    ///
    /// A kind whose route the server lacks or keeps to others is left out: its ids are then shown as they are.
    ///
    /// # Errors
    /// [`ReadFailure`] of any other kind.
    pub async fn names(&self) -> Result<Named, ReadFailure> {
        let mut named = Named::default();
        let all = PipelineListRequest::default();
        let pipelines = self.ask::<PipelineListResponse>(Route::Pipelines, &all).await;
        for pipeline in or_lacking(pipelines)?.into_iter().flat_map(|answer| answer.data) {
            put(&mut named.pipelines, Some(&pipeline.id), pipeline.name.text());
            for stage in pipeline.stages.items() {
                put(&mut named.pipelines, Some(&stage.id), stage.name.text());
            }
        }
        let users = self.get::<UserListResponse>(Route::Users, "", &[]).await;
        for user in or_lacking(users)?.into_iter().flat_map(|answer| answer.data) {
            put(&mut named.people, user.id.text(), user.full_name.text().or(user.email.text()));
        }
        Ok(named)
    }
}

fn put(names: &mut BTreeMap<String, String>, id: Option<&str>, name: Option<&str>) {
    if let (Some(id), Some(name)) = (id, name) {
        names.insert(id.to_owned(), name.to_owned());
    }
}
