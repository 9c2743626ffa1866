//! A change of settings, as it was decided: what it asks for, and how it stands beside what the server holds.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::judge;
use super::problem::{SettingsProblem, SettingsProblemCode as Code};
use super::same::{as_compared, same_setting, shows_setting};

/// Thresholds are sent together: the review threshold must not be above the other, and a server judges what it has.
const THRESHOLDS: [&str; 2] = ["thresholdPercent", "reviewThresholdPercent"];

/// What an admin changed, and what they saw when they did.
///
/// Both are in the documented form (`ContactFuzzyMergeSettingsData`), every value as the server or the admin wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedSettings {
    /// The whole configuration that the admin saw.
    pub seen: Map<String, Value>,
    /// The keys that the admin changed, with what is wanted. No key that is as it was seen.
    pub change: Map<String, Value>,
}

/// What the server shows of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsShown {
    /// Every changed key is as wanted.
    Wanted,
    /// The changed keys are as the admin saw them, save some that are as wanted already. Other keys may be anything.
    Before,
    /// A changed key is neither: somebody has set it to something else.
    Other,
}

impl DecidedSettings {
    /// The change from what was seen to what is wanted. A key that `wanted` does not have stays as it is.
    ///
    /// # Errors
    /// Everything that is wrong with what is wanted, each at its key. What the server shows and nobody changes is not
    /// judged.
    pub fn of(seen: Map<String, Value>, wanted: &Map<String, Value>) -> Result<Self, Vec<SettingsProblem>> {
        let changed = wanted.iter().filter(|(key, value)| !same_setting(seen.get(*key), Some(value)));
        let change = changed.map(|(key, value)| (key.clone(), value.clone())).collect();
        let decided = DecidedSettings { seen, change };
        let problems = decided.problems_with(&decided.seen);
        if problems.is_empty() { Ok(decided) } else { Err(problems) }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.change.is_empty()
    }

    /// Fingerprint of a configuration, for telling whether it is the one that was seen. Two that mean the same have the
    /// same.
    #[must_use]
    pub fn basis_of(settings: &Map<String, Value>) -> String {
        let digest = Sha256::digest(as_compared(Some(&Value::Object(settings.clone()))).to_string());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What is sent to a server that holds `now`: the changed keys, lists whole, and both thresholds where one of them
    /// changes, the other as the server has it.
    #[must_use]
    pub fn request(&self, now: &Map<String, Value>) -> Map<String, Value> {
        let mut request = self.change.clone();
        if THRESHOLDS.iter().any(|key| self.change.contains_key(*key)) {
            for key in THRESHOLDS {
                let held = now.get(key).or_else(|| self.seen.get(key)).filter(|value| !value.is_null());
                if let (Some(held), false) = (held, request.contains_key(key)) {
                    request.insert(key.to_owned(), held.clone());
                }
            }
        }
        request
    }

    /// Everything that is wrong with the configuration that this makes of `now`, where it sets something.
    #[must_use]
    pub fn problems_with(&self, now: &Map<String, Value>) -> Vec<SettingsProblem> {
        let request = self.request(now);
        let missing = THRESHOLDS.into_iter().filter(|key| {
            THRESHOLDS.iter().any(|other| request.contains_key(*other)) && !request.contains_key(*key)
        });
        let message = "must be given too: the server does not show it, and both are sent together";
        let missing =
            missing.map(|key| SettingsProblem::new(key, Code::Missing, message)).collect::<Vec<_>>();
        judge::problems(now, &request).into_iter().chain(missing).collect()
    }

    /// What `now` shows of this change.
    #[must_use]
    pub fn shown_by(&self, now: &Map<String, Value>) -> SettingsShown {
        let is_wanted = |(key, wanted): (&String, &Value)| shows_setting(key, now.get(key), wanted);
        let is_as_seen = |key: &String| same_setting(now.get(key), self.seen.get(key));
        if self.change.iter().all(is_wanted) {
            SettingsShown::Wanted
        } else if self.change.iter().all(|entry| is_wanted(entry) || is_as_seen(entry.0)) {
            SettingsShown::Before
        } else {
            SettingsShown::Other
        }
    }

    /// The changed keys that `now` shows otherwise than they were seen or are wanted, in the order of the contract.
    #[must_use]
    pub fn contradicted_by(&self, now: &Map<String, Value>) -> Vec<&str> {
        self.keys()
            .filter(|key| {
                let wanted =
                    self.change.get(*key).is_some_and(|wanted| shows_setting(key, now.get(*key), wanted));
                !wanted && !same_setting(now.get(*key), self.seen.get(*key))
            })
            .collect()
    }

    /// The changed keys, in the order of the contract.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        super::SETTINGS_KEYS.into_iter().filter(|key| self.change.contains_key(*key))
    }
}

#[cfg(test)]
#[path = "decided_tests.rs"]
mod tests;
