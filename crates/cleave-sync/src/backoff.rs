//! How long to wait after a failure: full jitter, so that many clients do not come back together.

use std::time::Duration;

const BASE: Duration = Duration::from_secs(2);
const CAP: Duration = Duration::from_secs(300);

/// The pause after `failures` failures in a row, where `fraction` is drawn evenly from 0 to 1; at least what the
/// server asked for.
pub(crate) fn pause(failures: u32, fraction: f64, asked: Option<Duration>) -> Duration {
    let most = BASE.saturating_mul(1 << failures.min(16)).min(CAP);
    most.mul_f64(fraction.clamp(0.0, 1.0)).max(asked.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_the_cap_and_never_undercuts_the_server() {
        for (failures, seconds) in [(0, 2), (1, 4), (3, 16), (7, 256), (8, 300), (99, 300)] {
            assert_eq!(pause(failures, 1.0, None), Duration::from_secs(seconds), "{failures}");
        }
        assert_eq!(pause(5, 0.0, None), Duration::ZERO);
        assert_eq!(pause(1, 0.5, None), Duration::from_secs(2));
        assert_eq!(pause(0, 0.1, Some(Duration::from_secs(9))), Duration::from_secs(9));
    }
}
