//! From bytes to a wire type, with an error that names the place and not the value.

use std::fmt;

use serde::de::DeserializeOwned;

/// The longest path an error carries, in characters: keys come from the other side.
const PATH_LIMIT: usize = 200;

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DecodeError {
    /// Where, as a dotted path with indices (`data[3].phoneNumber`); empty for the document itself.
    pub path: String,
    /// What is wrong there.
    pub fault: DecodeFault,
}

/// What is wrong at one place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeFault {
    /// Not JSON.
    NotJson,
    /// The document ends too early.
    Truncated,
    /// A required field is not there; the path ends in its name.
    Missing,
    /// A field that the schema does not allow.
    Unexpected,
    /// The value is of another type than the contract says.
    WrongType,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = match self.fault {
            DecodeFault::NotJson => "is not JSON",
            DecodeFault::Truncated => "ends too early",
            DecodeFault::Missing => "is required",
            DecodeFault::Unexpected => "is not allowed",
            DecodeFault::WrongType => "has the wrong type",
        };
        match self.path.as_str() {
            "" => write!(f, "the document {fault}"),
            path => write!(f, "{path} {fault}"),
        }
    }
}

/// Reads a document of type `T`.
///
/// # Errors
///
/// [`DecodeError`] when the bytes are not JSON or do not fit the type. It holds no value of the document.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        decode_error(&path, &error.into_inner())
    })?;
    reader.end().map_err(|error| decode_error("", &error))?;
    Ok(value)
}

/// The same for a document that is already parsed.
///
/// # Errors
///
/// [`DecodeError`] when the value does not fit the type.
pub fn decode_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, DecodeError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        decode_error(&path, &error.into_inner())
    })
}

fn decode_error(path: &str, error: &serde_json::Error) -> DecodeError {
    // A question mark stands for a place inside a key that was being read.
    let mut path = path.trim_end_matches('?').trim_end_matches('.').to_owned();
    let fault = match error.classify() {
        serde_json::error::Category::Eof => DecodeFault::Truncated,
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => DecodeFault::NotJson,
        serde_json::error::Category::Data => {
            // serde reports these two only in words. The name of a missing field is one of ours, so it is safe to keep.
            let words = error.to_string();
            let missing = words.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
            if let Some(name) = missing {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                DecodeFault::Missing
            } else if words.starts_with("unknown field `") {
                DecodeFault::Unexpected
            } else {
                DecodeFault::WrongType
            }
        }
    };
    DecodeError { path: path.chars().take(PATH_LIMIT).collect(), fault }
}
