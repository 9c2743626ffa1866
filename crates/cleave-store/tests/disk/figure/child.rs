//! Starting the session as a child, under `strace`, which fails or kills it at one call of the system.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use cleave_store::planted::Fault;

use super::run::{FAULT, FOLDER, Length, SESSION, fault_word};

/// Every call by which the store changes what is on the disk, and the one by which the child tells.
pub const CALLS: [&str; 13] = [
    "openat",
    "mkdir",
    "chmod",
    "write",
    "pwrite64",
    "ftruncate",
    "fallocate",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "unlinkat",
    "close",
];

/// What a child said, and how it ended.
pub struct Ended {
    /// Steps that the store answered.
    pub saved: usize,
    /// Errors, by kind.
    pub failures: Vec<String>,
    /// Whether a failed step changed what is told.
    pub moved: bool,
    /// Whether it got past every step, or gave up at one, and closed the store.
    pub ended: bool,
    /// Its exit code; `None` if it was killed.
    pub code: Option<i32>,
}

/// Why `strace` cannot be used here, if it cannot.
pub fn hindrance() -> Option<&'static str> {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let works = *FOUND.get_or_init(|| {
        let tried = Command::new("strace")
            .args(["-f", "-o", "/dev/null", "-e", "inject=write:error=ENOSPC:when=1", "echo", "hi"])
            .output();
        tried.is_ok_and(|output| output.stdout.is_empty() && output.status.code() == Some(1))
    });
    (!works).then_some("strace is missing, or not permitted to trace")
}

/// A session to run.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Program and arguments that lead to [`super::run::is_child`].
    pub program: &'a Program,
    /// Which session.
    pub length: Length,
    /// What is planted.
    pub fault: Option<Fault>,
}

/// How this process is started as the child.
pub struct Program {
    /// Arguments for the same executable.
    pub args: Vec<String>,
}

impl Run<'_> {
    /// Runs it with options for `strace`, and waits for its end.
    pub fn traced(&self, folder: &Path, options: &[&str]) -> Ended {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(options).arg(std::env::current_exe().unwrap());
        command.args(&self.program.args).stdin(Stdio::null());
        // Nothing of a test runner's: how many calls a process makes before its own follows from its variables too.
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env(FOLDER, folder.join("store")).env(SESSION, self.length.word());
        if let Some(fault) = self.fault {
            command.env(FAULT, fault_word(fault));
        }
        heard(&command.output().unwrap())
    }

    /// Kills it with the given call of one kind, before that is made.
    pub fn killed(&self, folder: &Path, call: &str, number: usize) -> Ended {
        let inject = format!("inject={call}:signal=KILL:when={number}");
        self.traced(folder, &["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject])
    }

    /// Lets the given call of one kind fail, and every one after it if it is for good.
    pub fn failing(&self, folder: &Path, call: &str, number: usize, error: &str, for_good: bool) -> Ended {
        let on = if for_good { "+" } else { "" };
        let inject = format!("inject={call}:error={error}:when={number}{on}");
        self.traced(
            folder,
            &["--seccomp-bpf", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject],
        )
    }
}

fn heard(output: &Output) -> Ended {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("step: ")).collect();
    Ended {
        saved: lines.iter().filter(|line| line.starts_with("saved ")).count(),
        failures: lines
            .iter()
            .filter_map(|line| line.strip_prefix("failed ")?.split_once(' '))
            .map(|(_, kind)| kind.to_owned())
            .collect(),
        moved: lines.iter().any(|line| line.starts_with("moved ")),
        ended: lines.contains(&"ended"),
        code: output.status.code(),
    }
}
