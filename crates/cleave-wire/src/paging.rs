//! Where in a list an answer stands (published, with the notes).

use serde_json::Number;

record! {
    /// Paging by offset.
    #[derive(Default)]
    pub struct Pagination {
        optional {
            /// How many there are in all.
            total: Number,
            /// How many an answer holds at most.
            limit: Number,
            /// How many were skipped.
            offset: Number,
            /// Whether more follow.
            has_more: bool,
        }
    }
}
