//! Phone numbers in the forms a contact carries them (documented: `ContactDto.phoneNumber`, `ContactPhoneNumber`).

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor, value::SeqAccessDeserializer},
};

record! {
    /// One number of a list (schema `ContactPhoneNumber`).
    #[derive(Default)]
    pub struct ContactPhoneNumber {
        required {
            /// The number as the server stores it.
            value: String,
        }
        optional {
            /// Whether this is the number to use first. A list may mark none, one or several.
            is_primary: bool,
        }
    }
}

/// A contact's `phoneNumber` where it is not `null`: one string, or a list.
#[derive(Clone, PartialEq, Eq)]
pub enum PhoneNumbers {
    /// A bare string.
    One(String),
    /// A list with zero, one or several primaries.
    Many(Vec<ContactPhoneNumber>),
}

impl Serialize for PhoneNumbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(value) => serializer.serialize_str(value),
            Self::Many(list) => list.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for PhoneNumbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PhoneVisitor)
    }
}

/// By hand, because an untagged enum would lose the path to what does not fit.
struct PhoneVisitor;

impl<'de> Visitor<'de> for PhoneVisitor {
    type Value = PhoneNumbers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a phone number or a list of phone numbers")
    }

    fn visit_str<E>(self, value: &str) -> Result<PhoneNumbers, E> {
        Ok(PhoneNumbers::One(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<PhoneNumbers, E> {
        Ok(PhoneNumbers::One(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<PhoneNumbers, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(PhoneNumbers::Many)
    }
}

impl fmt::Debug for PhoneNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One(_) => "One(..)",
            Self::Many(_) => "Many(..)",
        })
    }
}
