//! Where in a list an answer stands (published, with the notes).

record! {
    /// Paging by offset.
    #[derive(Default)]
    pub struct Pagination {
        optional {
            /// How many there are in all.
            total: u64,
            /// How many an answer holds at most.
            limit: u64,
            /// How many were skipped.
            offset: u64,
            /// Whether more follow.
            has_more: bool,
        }
    }
}
