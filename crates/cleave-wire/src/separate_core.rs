//! A separation plan as a request and back, and a contact's separation data as what a plan is made for.

mod from_request;
mod subject;
mod to_request;

use cleave_core::separation::{Direction, Target};

use crate::separate::{DividerDirection, SeparationTarget};

pub use from_request::{RequestFault, plan};
pub use subject::{documents, messages, protection, subject};
pub use to_request::{Undecided, request};

impl From<Target> for SeparationTarget {
    fn from(target: Target) -> Self {
        match target {
            Target::Original => Self::Original,
            Target::New => Self::New,
        }
    }
}

impl From<SeparationTarget> for Target {
    fn from(target: SeparationTarget) -> Self {
        match target {
            SeparationTarget::Original => Self::Original,
            SeparationTarget::New => Self::New,
        }
    }
}

impl From<Direction> for DividerDirection {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::BeforeToOriginal => Self::BeforeToOriginal,
            Direction::BeforeToNew => Self::BeforeToNew,
        }
    }
}

impl From<DividerDirection> for Direction {
    fn from(direction: DividerDirection) -> Self {
        match direction {
            DividerDirection::BeforeToOriginal => Self::BeforeToOriginal,
            DividerDirection::BeforeToNew => Self::BeforeToNew,
        }
    }
}
