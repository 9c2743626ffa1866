//! From what core decided and the store holds to what crosses to the window. Formats; decides nothing.

pub(crate) mod children;
pub(crate) mod conflict;
pub(crate) mod entry;
pub(crate) mod field;
pub(crate) mod merge;
pub(crate) mod names;
pub(crate) mod review;
pub(crate) mod row;
pub(crate) mod score;
pub(crate) mod separation;

use cleave_core::field::Side;

use crate::ipc::SideName;

/// The side, for the window.
pub(crate) fn side_name(side: Side) -> SideName {
    match side {
        Side::Source => SideName::Source,
        Side::Candidate => SideName::Candidate,
    }
}

/// The side, from the window.
pub(crate) fn side(name: SideName) -> Side {
    match name {
        SideName::Source => Side::Source,
        SideName::Candidate => Side::Candidate,
    }
}
