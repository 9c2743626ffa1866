//! What happens to a pair with some score.

use cleave_core::settings::FuzzyMergeSettings;

/// From how many contacts on a phone number is taken for a switchboard or a placeholder, and no longer for a
/// number of one household: sharing it is then no conflict for a person to decide.
pub const SWITCHBOARD_FROM: u32 = 6;

/// What happens to a pair, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A field of `instantMergeFields` is equal: merged whatever the score.
    InstantMerge,
    /// At or above `thresholdPercent`: merged.
    Merge,
    /// At or above `reviewThresholdPercent`: a person decides (`fuzzy_match`).
    Review,
    /// The contacts differ, but share a phone number: a person decides (`phone_conflict`).
    PhoneConflict,
    /// Two contacts.
    Separate,
}

/// What is known of a pair besides its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shared {
    /// A field of `instantMergeFields` has the same normalised value on both sides.
    pub instant: bool,
    /// How many contacts have the phone number that both sides have; 0 if they have different ones or none.
    pub phone_contacts: u32,
}

impl Shared {
    /// Whether a shared number is one that a person should decide about.
    #[must_use]
    pub fn is_phone_conflict(self) -> bool {
        self.phone_contacts > 0 && self.phone_contacts < SWITCHBOARD_FROM
    }
}

/// The band of a pair. Limits belong to the band above them.
#[must_use]
pub fn band(settings: &FuzzyMergeSettings, score: f64, shared: Shared) -> Band {
    if shared.instant {
        Band::InstantMerge
    } else if score >= settings.threshold_percent {
        Band::Merge
    } else if score >= settings.review_threshold_percent {
        Band::Review
    } else if shared.is_phone_conflict() {
        Band::PhoneConflict
    } else {
        Band::Separate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_bands() {
        let settings = FuzzyMergeSettings::default();
        let none = Shared::default();
        let phone = |phone_contacts| Shared { phone_contacts, ..none };
        let instant = Shared { instant: true, ..none };
        for (score, shared, expected) in [
            (100.0, none, Band::Merge),
            (90.0, none, Band::Merge),
            (89.999, none, Band::Review),
            (70.0, none, Band::Review),
            (69.999, none, Band::Separate),
            (0.0, instant, Band::InstantMerge),
            (95.0, instant, Band::InstantMerge),
            (10.0, phone(2), Band::PhoneConflict),
            (10.0, phone(SWITCHBOARD_FROM - 1), Band::PhoneConflict),
            (10.0, phone(SWITCHBOARD_FROM), Band::Separate),
            (75.0, phone(2), Band::Review),
            (92.0, phone(2), Band::Merge),
        ] {
            assert_eq!(band(&settings, score, shared), expected, "{score} {shared:?}");
        }
    }
}
