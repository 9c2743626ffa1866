//! Fuzzy-merge settings of an organisation (documented).

use serde_json::{Map, Number, Value};

/// The settings that an answer of GET or PUT shows, as they were written and with every key; `None` where it shows none.
pub fn shown_settings(answer: &Value) -> Option<&Map<String, Value>> {
    answer.get("data")?.as_object().filter(|settings| !settings.is_empty())
}

open_enum! {
    /// How two values of a custom field are compared.
    pub enum MatchMode {
        /// Equal after normalising, or not.
        ExactNormalized = "exact_normalized",
        /// Alike by a string similarity.
        FuzzyString = "fuzzy_string",
    }
}

record! {
    /// A weighted field beside the built-in ones (schema `ContactFuzzyMergeCustomFieldRule`).
    pub struct ContactFuzzyMergeCustomFieldRule {
        required {
            /// Dotted path, such as `address.streetAddress`.
            field: String,
            /// 0 to 100.
            weight: Number,
            /// How two values are compared.
            match_mode: MatchMode,
        }
    }
}

record! {
    /// The settings in force (schema `ContactFuzzyMergeSettingsData`).
    #[derive(Default)]
    pub struct ContactFuzzyMergeSettingsData {
        optional {
            /// Candidates looked at for one contact, 1 to 200.
            candidate_limit: Number,
            /// From this score a pair is merged, 0 to 100.
            threshold_percent: Number,
            /// From this score a pair is reviewed, 0 to 100.
            review_threshold_percent: Number,
            /// Weighted fields beside the built-in ones.
            custom_fields: Vec<ContactFuzzyMergeCustomFieldRule>,
            /// Fields whose value finds candidates.
            lookup_trigger_fields: Vec<String>,
            /// Fields whose equal value merges without any review.
            instant_merge_fields: Vec<String>,
            /// Rule by field. Only `prefer_newer` was ever shown; others are kept.
            conflict_resolution_rules: Map<String, Value>,
        }
    }
}

record! {
    /// Body of PUT (schema `UpdateContactFuzzyMergeSettingsRequest`): partial, arrays whole.
    #[derive(Default)]
    pub struct UpdateContactFuzzyMergeSettingsRequest {
        omittable {
            /// Candidates looked at for one contact, integer, 1 to 200.
            candidate_limit: Number,
            /// From this score a pair is merged, 0 to 100.
            threshold_percent: Number,
            /// From this score a pair is reviewed, 0 to 100.
            review_threshold_percent: Number,
            /// The same as `threshold_percent`, but absolute: the server converts it by the maximum possible score.
            threshold: Number,
            /// The same as `review_threshold_percent`, but absolute.
            review_threshold: Number,
            /// Weighted fields beside the built-in ones.
            custom_fields: Vec<ContactFuzzyMergeCustomFieldRule>,
            /// Fields whose value finds candidates.
            lookup_trigger_fields: Vec<String>,
            /// Fields whose equal value merges without any review.
            instant_merge_fields: Vec<String>,
            /// Rule by field.
            conflict_resolution_rules: Map<String, Value>,
        }
    }
}

record! {
    /// Answer of GET (schema `ContactFuzzyMergeSettingsResponse`, which requires nothing).
    #[derive(Default)]
    pub struct ContactFuzzyMergeSettingsResponse {
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// The settings in force.
            data: ContactFuzzyMergeSettingsData,
        }
    }
}

record! {
    /// Answer of PUT (schema `ContactFuzzyMergeSettingsUpdateResponse`, which requires nothing).
    #[derive(Default)]
    pub struct ContactFuzzyMergeSettingsUpdateResponse {
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// The server's words.
            message: String,
            /// The settings in force now, if the server echoes them.
            data: ContactFuzzyMergeSettingsData,
        }
    }
}
