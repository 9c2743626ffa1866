//! Two processes on one store.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cleave_core::outbox::State;
use cleave_store::{Access, ReadOnlyReason, Store, StoreError, Superseding};

use crate::figure::run::{FOLDER, HELD, SESSION};
use crate::figure::session::{SHORT, afterwards, at, merge};
use crate::figure::{scratch, told};

pub fn processes() {
    let folder = scratch();
    let store = folder.path().join("store");
    let mut first = Command::new(std::env::current_exe().unwrap())
        .args(crate::program().args)
        .env(FOLDER, &store)
        .env(SESSION, HELD)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(first.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "step: holding"));

    let second = Store::open_or_read(&store, afterwards()).unwrap();
    assert_eq!(second.access(), Access::ReadOnly(ReadOnlyReason::AnotherProcess));
    let before = told::all(&second).unwrap();
    assert_eq!(second.entry("waits").unwrap().state, State::Sending, "as the first left it");
    let refused = second.insert_decision(&merge("new", "r9", at(SHORT.len())), Superseding::No).unwrap_err();
    assert!(matches!(refused, StoreError::OpenToRead(ReadOnlyReason::AnotherProcess)), "{refused}");
    assert!(matches!(Store::open(&store, afterwards()), Err(StoreError::AlreadyOpen)));

    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(told::all(&second).unwrap(), before, "the second still reads");
    let third = Store::open_or_read(&store, afterwards()).unwrap();
    assert_eq!(third.access(), Access::ReadWrite);
    assert_eq!(third.entry("waits").unwrap().state, State::Uncertain);
    third.insert_decision(&merge("new", "r9", afterwards()), Superseding::No).unwrap();
    assert_eq!(second.entry("new").unwrap().state, third.entry("new").unwrap().state);
}
