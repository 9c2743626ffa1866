//! A reference to another record: its id, or the record itself where the server populated it.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

/// A reference as the server sent it.
#[derive(Clone, PartialEq, Eq)]
pub enum Ref<T> {
    /// Only the id.
    Id(String),
    /// The record, with every field it came with.
    Populated(Box<T>),
}

/// A record that can stand where its id is expected.
pub trait Identified {
    /// The record's own id, if it came with one.
    fn id(&self) -> Option<&str>;
}

impl<T: Identified> Ref<T> {
    /// The id it points to. A populated record without an id points nowhere.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Populated(record) => record.id(),
        }
    }
}

impl<T> Ref<T> {
    /// The populated record, if the server sent it.
    pub fn record(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Populated(record) => Some(record),
        }
    }
}

impl<T> From<&str> for Ref<T> {
    fn from(id: &str) -> Self {
        Self::Id(id.to_owned())
    }
}

impl<T> From<String> for Ref<T> {
    fn from(id: String) -> Self {
        Self::Id(id)
    }
}

impl<T: Serialize> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => serializer.serialize_str(id),
            Self::Populated(record) => record.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefVisitor(PhantomData))
    }
}

/// By hand, because an untagged enum would lose the path to what does not fit.
struct RefVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RefVisitor<T> {
    type Value = Ref<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id or a populated record")
    }

    fn visit_str<E>(self, id: &str) -> Result<Ref<T>, E> {
        Ok(Ref::Id(id.to_owned()))
    }

    fn visit_string<E>(self, id: String) -> Result<Ref<T>, E> {
        Ok(Ref::Id(id))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Ref<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|record| Ref::Populated(Box::new(record)))
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id(_) => "Id(..)",
            Self::Populated(_) => "Populated(..)",
        })
    }
}
