//! Instants as the databases hold them: whole milliseconds since 1970.

use jiff::Timestamp;

/// The stored form.
pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// Reads the stored form; a number outside of what a time can be becomes 1970.
pub(crate) fn instant(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}
