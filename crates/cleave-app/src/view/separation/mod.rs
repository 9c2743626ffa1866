//! A separation for the window: from a draft and its preview to lines, cards and sentences.

pub(crate) mod cards;
mod cuts;
pub(crate) mod drift;
pub(crate) mod label;
mod lines;
pub(crate) mod options;
pub(crate) mod problems;
pub(crate) mod receipt;
pub(crate) mod sheet;
pub(crate) mod side;
pub(crate) mod state;
pub(crate) mod suggestions;
