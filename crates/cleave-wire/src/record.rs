//! How a JSON object becomes a struct, said once.
//!
//! A record lists its fields by how they may be missing:
//!
//! * `required`: the key is there.
//! * `optional`: absent, `null` or a value, told apart by [`Maybe`](crate::Maybe). All optional fields of an answer are
//!   read this way, because servers send `null` where no page says so.
//! * `omittable`: absent or a value. Request bodies use it where the schema allows no `null`: a server that reads one
//!   has to refuse it.
//!
//! Whatever else the object holds lands in `extra`. A `closed` record is one whose schema says
//! `additionalProperties: false`: it has no `extra`, and an unknown field is an error.

/// Declares a wire struct. See the module's header.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(required { $( $(#[$required_meta:meta])* $required:ident: $required_type:ty, )* })?
            $(optional { $( $(#[$optional_meta:meta])* $optional:ident: $optional_type:ty, )* })?
            $(omittable { $( $(#[$omittable_meta:meta])* $omittable:ident: $omittable_type:ty, )* })?
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
            $($(
                $(#[$omittable_meta])*
                #[serde(
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "crate::maybe::not_null"
                )]
                pub $omittable: Option<$omittable_type>,
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
            $(omittable { $( $(#[$omittable_meta:meta])* $omittable:ident: $omittable_type:ty, )* })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, remote = "Self")]
        pub struct $name {
            $($( $(#[$required_meta])* pub $required: $required_type, )*)?
            $($(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "crate::Maybe::is_absent")]
                pub $optional: crate::Maybe<$optional_type>,
            )*)?
            $($(
                $(#[$omittable_meta])*
                #[serde(
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "crate::maybe::not_null"
                )]
                pub $omittable: Option<$omittable_type>,
            )*)?
        }

        record!(@debug $name);
        record!(@objects_only $name);
    };
    // Without `extra` the derived reader would take a list of the fields' values for the object, so it is wrapped.
    (@objects_only $name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // The derived, inherent function.
                Self::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ObjectVisitor;

                impl<'de> serde::de::Visitor<'de> for ObjectVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        // The derived, inherent function.
                        $name::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    }
                }

                deserializer.deserialize_map(ObjectVisitor)
            }
        }
    };
        (@debug $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}
