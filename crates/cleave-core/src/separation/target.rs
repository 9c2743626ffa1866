//! The two sides of a separation.

use serde::{Deserialize, Serialize};

/// Which of the two contacts something goes to (schema `SeparationTarget`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// The contact that was there.
    Original,
    /// The contact that the separation makes.
    New,
}

impl Target {
    /// Both, the original first.
    pub const BOTH: [Target; 2] = [Target::Original, Target::New];

    /// The opposite side.
    pub fn other(self) -> Target {
        match self {
            Target::Original => Target::New,
            Target::New => Target::Original,
        }
    }

    /// The word the API uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Target::Original => "original",
            Target::New => "new",
        }
    }
}

/// Where a child record goes. Nothing undecided can be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Assignment {
    /// Nobody has said yet.
    #[default]
    Undecided,
    /// It stays with the original contact.
    Original,
    /// It goes to the new contact.
    New,
}

impl Assignment {
    /// The side, once there is one.
    pub fn target(self) -> Option<Target> {
        match self {
            Assignment::Undecided => None,
            Assignment::Original => Some(Target::Original),
            Assignment::New => Some(Target::New),
        }
    }
}

impl From<Target> for Assignment {
    fn from(target: Target) -> Self {
        match target {
            Target::Original => Assignment::Original,
            Target::New => Assignment::New,
        }
    }
}

/// One thing for each side.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair<T> {
    /// What the original contact has.
    pub original: T,
    /// What the new contact has.
    pub new: T,
}

impl<T> Pair<T> {
    /// The thing of one side.
    pub fn of(&self, side: Target) -> &T {
        match side {
            Target::Original => &self.original,
            Target::New => &self.new,
        }
    }

    /// The thing of one side, to change in place.
    pub fn of_mut(&mut self, side: Target) -> &mut T {
        match side {
            Target::Original => &mut self.original,
            Target::New => &mut self.new,
        }
    }
}

/// Personal data: nothing of either side is printed.
impl<T> std::fmt::Debug for Pair<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pair(..)")
    }
}
