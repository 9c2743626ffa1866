//! Faults that the tests of the disk plant, to show that they would be found. Only in builds of those tests.

use std::sync::atomic::{AtomicU8, Ordering};

use rusqlite::{DropBehavior, Transaction};

use crate::error::Result;

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Fault {
    /// `synchronous=NORMAL`: a commit does not wait for the disk.
    NoSync = 1,
    /// The commit comes with the next transaction, after the answer.
    AnswerBeforeCommit,
    /// A send without its attempt.
    LostAttempt,
    /// An error of the commit is passed over.
    SwallowedError,
}

static PLANTED: AtomicU8 = AtomicU8::new(0);

/// Plants a fault for the rest of the process.
pub fn plant(fault: Fault) {
    PLANTED.store(fault as u8, Ordering::SeqCst);
}

pub(crate) fn is(fault: Fault) -> bool {
    PLANTED.load(Ordering::SeqCst) == fault as u8
}

pub(crate) fn commit(mut tx: Transaction<'_>) -> Result<()> {
    if is(Fault::AnswerBeforeCommit) {
        tx.set_drop_behavior(DropBehavior::Ignore);
        return Ok(());
    }
    match tx.commit() {
        Err(_) if is(Fault::SwallowedError) => Ok(()),
        other => Ok(other?),
    }
}
