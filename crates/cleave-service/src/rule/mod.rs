//! The rules of the service, each in a file and free of HTTP. They are a second reading of the contract beside the
//! client's, on purpose: neither borrows the other's.

pub(crate) mod merge;
pub(crate) mod phones;
pub(crate) mod separation;
