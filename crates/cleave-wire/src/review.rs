//! Dedup reviews and the answers that carry them (documented: `DedupReviewDto`, keep-separate; the rest published or
//! inferred).

use serde_json::{Map, Number, Value};

use crate::{contact::ContactDto, reference::Ref, user::UserDto};

open_enum! {
    /// Why the pair is in review.
    pub enum ReviewSource {
        /// The scores of two contacts lie in the review band.
        FuzzyMatch = "fuzzy_match",
        /// Two contacts claim the same phone number.
        PhoneConflict = "phone_conflict",
    }
}

open_enum! {
    /// Where a review stands.
    pub enum ReviewStatus {
        /// Nobody has decided.
        NeedsReview = "needs_review",
        /// The source was merged into the candidate.
        Merged = "merged",
        /// The two stay two.
        KeptSeparate = "kept_separate",
    }
}

record! {
    /// The number two contacts claim (schema `DedupReviewPhoneConflict`).
    #[derive(Default)]
    pub struct DedupReviewPhoneConflict {
        required {
            /// The number in question.
            phone_number: String,
        }
    }
}

record! {
    /// A pair of contacts that may be one person (schema `DedupReviewDto`, which requires nothing).
    #[derive(Default)]
    pub struct DedupReviewDto {
        optional {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
            /// The organisation that holds both contacts.
            organization_id: String,
            /// The contact that a merge gives up.
            source_contact_id: Ref<ContactDto>,
            /// The contact that survives a merge.
            candidate_contact_id: Ref<ContactDto>,
            /// Why the pair is in review.
            review_source: ReviewSource,
            /// Where the review stands.
            status: ReviewStatus,
            /// The raw score: up to 1 a fraction, above it a percentage.
            score: Number,
            /// The thresholds when the pair was found.
            threshold_snapshot: Map<String, Value>,
            /// The score by field, in a unit the contract does not state.
            field_breakdown: Map<String, Value>,
            /// The source as it was when the pair was found.
            source_snapshot: Map<String, Value>,
            /// The candidate as it was when the pair was found.
            candidate_snapshot: Map<String, Value>,
            /// The number in question, for a phone conflict.
            phone_conflict: DedupReviewPhoneConflict,
            /// What was decided, as it was sent; read it with [`crate::resolution::ResolutionReading`].
            resolution: Map<String, Value>,
            /// Who decided.
            resolved_by: Ref<UserDto>,
            /// RFC 3339.
            resolved_at: String,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}

record! {
    /// Answer of keep-separate (schema `ContactDedupReviewKeepSeparateResponse`).
    #[derive(Default)]
    pub struct KeepSeparateResponse {
        required {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
        optional {
            /// The server's words. They may be wrong (seen on an organisation twin); `data.status` counts.
            message: String,
            /// The review after the decision.
            data: DedupReviewDto,
        }
    }
}

record! {
    /// Answer of merge (published).
    #[derive(Default)]
    pub struct MergeResponse {
        required {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
        optional {
            /// The server's words; `data.status` counts.
            message: String,
            /// The review after the decision.
            data: DedupReviewDto,
            /// The contact that survived.
            target_contact: ContactDto,
        }
    }
}

record! {
    /// A list of reviews: the queue (inferred), or what is pending for one contact (published).
    #[derive(Default)]
    pub struct ReviewListResponse {
        required {
            /// The reviews, of this page where the list is paged.
            data: Vec<DedupReviewDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// How many match in all (queue).
            total: Number,
            /// The page answered, from 1 (queue).
            page: Number,
            /// Reviews a page (queue).
            size: Number,
            /// How many there are (pending).
            count: Number,
            /// Whose they are (pending).
            organization_id: String,
        }
    }
}

record! {
    /// Answer of `GET /api/contacts/dedup-reviews/{reviewId}` (inferred).
    #[derive(Default)]
    pub struct ReviewResponse {
        required {
            /// The review.
            data: DedupReviewDto,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
