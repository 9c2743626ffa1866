//! Many reviews kept separate at once (published).

use serde_json::{Map, Number, Value};

record! {
    /// Body of `PATCH /api/contacts/dedup-reviews/bulk/keep-separate`.
    #[derive(Default)]
    pub struct BulkKeepSeparateRequest {
        required {
            /// The reviews to resolve. The server caps how many a call may name.
            review_ids: Vec<String>,
        }
        omittable {
            /// One resolution for all of them; free-form, as in a single one.
            resolution: Map<String, Value>,
        }
    }
}

record! {
    /// What became of one review.
    #[derive(Default)]
    pub struct BulkItemResult {
        required {
            /// The review.
            review_id: String,
            /// Whether it is kept separate now.
            ok: bool,
        }
        optional {
            /// A word or a number; its values are not published, so it is kept and shown, never branched on.
            status: Value,
        }
    }
}

record! {
    /// The counts of a bulk call.
    #[derive(Default)]
    pub struct BulkSummary {
        optional {
            /// Reviews named in the call.
            total: Number,
            /// Reviews resolved by it.
            succeeded: Number,
            /// Reviews not resolved by it.
            failed: Number,
        }
    }
}

record! {
    /// Answer of a bulk call. A 200 can hold failed items.
    #[derive(Default)]
    pub struct BulkKeepSeparateResponse {
        required {
            /// Whether the call as such went through.
            success: bool,
            /// One result for each review named.
            results: Vec<BulkItemResult>,
        }
        optional {
            /// The counts.
            summary: BulkSummary,
        }
    }
}
