//! Who calls: passwords, tokens and roles, and what each role reaches.

pub(crate) mod call;
pub(crate) mod password;
pub(crate) mod role;
pub(crate) mod token;

pub(crate) use call::{Admin, Call};
