//! How many tests passed and failed, read from the reports the test runners write.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Tests that passed and tests that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: u64,
    /// Failed, timed out or could not start.
    pub failed: u64,
}

impl Counts {
    /// One check without parts.
    pub fn one(passed: bool) -> Self {
        if passed { Self { passed: 1, failed: 0 } } else { Self { passed: 0, failed: 1 } }
    }
}

/// The counts of a JUnit report as nextest writes it, if there is one.
pub fn junit(path: &Path) -> Option<Counts> {
    junit_text(&fs::read_to_string(path).ok()?)
}

fn junit_text(text: &str) -> Option<Counts> {
    let head = text.split("<testsuites ").nth(1)?.split('>').next()?;
    let number = |name: &str| -> Option<u64> {
        head.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok()
    };
    let failed = number("failures")? + number("errors")?;
    Some(Counts { passed: number("tests")?.checked_sub(failed)?, failed })
}

/// The counts of a Vitest JSON report, if there is one.
pub fn vitest(path: &Path) -> Option<Counts> {
    let report: Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let failed_files = report["numFailedTestSuites"].as_u64().unwrap_or_default();
    let failed = report["numFailedTests"].as_u64()?;
    // A file that does not load has no tests to count, but it failed all the same.
    let failed = if failed == 0 { failed_files } else { failed };
    Some(Counts { passed: report["numPassedTests"].as_u64()?, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_junit_report_is_counted() {
        let text = r#"<?xml version="1.0"?>
<testsuites name="nextest-run" tests="12" failures="2" errors="1" uuid="x" time="0.1"><testsuite name="a" tests="12">"#;
        assert_eq!(junit_text(text), Some(Counts { passed: 9, failed: 3 }));
        assert_eq!(junit_text("<html>"), None);
    }

    #[test]
    fn a_missing_report_is_not_a_success() {
        assert_eq!(junit(Path::new("absent.xml")), None);
        assert_eq!(vitest(Path::new("absent.json")), None);
    }
}
