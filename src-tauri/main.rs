//! Starts the shell.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cleave_lib::run(cleave_lib::Options::parse())
}
