//! Where the service gets the time from: the system, or a hand that tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;

/// The time of day, to the millisecond.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A clock that stands still until [`Clock::advance`] moves it.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at the given milliseconds since 1970-01-01 UTC.
    pub fn fixed(millis: i64) -> Self {
        Clock::Fixed(Arc::new(AtomicI64::new(millis)))
    }

    /// Moves a fixed clock forward; a system clock is not moved.
    pub fn advance(&self, by: Duration) {
        if let Clock::Fixed(millis) = self {
            millis.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn millis(&self) -> i64 {
        match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Fixed(millis) => millis.load(Ordering::SeqCst),
        }
    }

    /// Now, in the form of every time the API sends.
    pub(crate) fn stamp(&self) -> String {
        stamp(self.millis())
    }
}

/// RFC 3339 in UTC with three decimals, such as `2026-05-10T12:00:00.000Z`.
pub(crate) fn stamp(millis: i64) -> String {
    const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(3));
    PRINTER.timestamp_to_string(&Timestamp::from_millisecond(millis).unwrap_or_default())
}

/// Milliseconds of an RFC 3339 time or a calendar date (its midnight UTC); `None` where it is neither.
pub(crate) fn millis_of(text: &str) -> Option<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_millisecond());
    }
    let date = text.parse::<jiff::civil::Date>().ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_form_of_the_contract() {
        assert_eq!(stamp(1_778_414_400_000), "2026-05-10T12:00:00.000Z");
        assert_eq!(millis_of("2026-05-10T12:00:00.000Z"), Some(1_778_414_400_000));
        assert_eq!(millis_of("2026-05-10"), Some(1_778_371_200_000));
        assert_eq!(millis_of("yesterday"), None);
    }

    #[test]
    fn a_fixed_clock_moves_only_by_hand() {
        let clock = Clock::fixed(1_000);
        assert_eq!(clock.millis(), 1_000);
        clock.advance(Duration::from_secs(2));
        assert_eq!(clock.millis(), 3_000);
    }
}
