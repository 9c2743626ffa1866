//! Pipelines: names for `pipelineId` and `pipelineStage` (route published, bodies inferred).

record! {
    /// A stage of a pipeline.
    #[derive(Default)]
    pub struct PipelineStageDto {
        required {
            /// Opaque id; a contact's `pipelineStage`.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// Name to show.
            name: String,
        }
    }
}

record! {
    /// A pipeline.
    #[derive(Default)]
    pub struct PipelineDto {
        required {
            /// Opaque id; a contact's `pipelineId`.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// Name to show.
            name: String,
            /// Its stages in order.
            stages: Vec<PipelineStageDto>,
        }
    }
}

record! {
    /// Body of `POST /api/pipelines/list`: nothing is asked.
    #[derive(Default)]
    pub struct PipelineListRequest {}
}

record! {
    /// Answer of `POST /api/pipelines/list`.
    #[derive(Default)]
    pub struct PipelineListResponse {
        required {
            /// The pipelines.
            data: Vec<PipelineDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
