//! One file a command.

pub(crate) mod accounts;
pub(crate) mod conflict;
pub(crate) mod connect;
pub(crate) mod contacts;
pub(crate) mod decide;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod outbox;
pub(crate) mod queue;
pub(crate) mod rehearse;
pub(crate) mod review;
pub(crate) mod salvage;
pub(crate) mod separate;
pub(crate) mod settings;
pub(crate) mod sync;
pub(crate) mod take;
