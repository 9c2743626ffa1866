//! One file a command.

pub(crate) mod accounts;
pub(crate) mod connect;
pub(crate) mod decide;
pub(crate) mod outbox;
pub(crate) mod queue;
pub(crate) mod review;
pub(crate) mod sync;
