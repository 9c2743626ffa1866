//! How a JSON object becomes a struct, said once.
//!
//! A record lists its required and its optional fields. Optional ones become [`Maybe`](crate::Maybe), are left out
//! when absent, and whatever else the object holds lands in `extra`. A `closed` record is one whose schema says
//! `additionalProperties: false`: it has no `extra`, and an unknown field is an error.

/// Declares a wire struct. See the module's header.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(required { $( $(#[$required_meta:meta])* $required:ident: $required_type:ty, )* })?
            $(optional { $( $(#[$optional_meta:meta])* $optional:ident: $optional_type:ty, )* })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($( $(#[$required_meta])* pub $required: $required_type, )*)?
            $($(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "crate::Maybe::is_absent")]
                pub $optional: crate::Maybe<$optional_type>,
            )*)?
            /// Fields this build does not know, kept as they came.
            #[serde(flatten)]
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        record!(@debug $name);
    };
    (
        $(#[$meta:meta])*
        pub closed struct $name:ident {
            $(required { $( $(#[$required_meta:meta])* $required:ident: $required_type:ty, )* })?
            $(optional { $( $(#[$optional_meta:meta])* $optional:ident: $optional_type:ty, )* })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($( $(#[$required_meta])* pub $required: $required_type, )*)?
            $($(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "crate::Maybe::is_absent")]
                pub $optional: crate::Maybe<$optional_type>,
            )*)?
        }

        record!(@debug $name);
    };
    (@debug $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}
