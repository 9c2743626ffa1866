//! Running other programs: in the open when they show their own progress, or quietly with a line
//! every ten seconds and the ends of their output when they fail. Also the one error of this tool.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::repo::Repo;

/// Why a command of ours ends early.
#[derive(Debug)]
pub struct Stop {
    message: String,
    code: u8,
}

impl Stop {
    /// The request or the machine is not as we need it; exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// Something must be installed by hand first; exit code 3.
    pub fn missing(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 3 }
    }

    /// A program we ran failed; exit code 1.
    pub fn failed(what: &str, code: Option<i32>) -> Self {
        let how = code
            .map_or_else(|| "was ended by a signal".to_owned(), |code| format!("failed (exit code {code})"));
        Self { message: format!("{what} {how}"), code: 1 }
    }

    /// A check of ours found something; exit code 1.
    pub fn found(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The operating system refused something; exit code 1.
    pub fn io(what: &str, error: &io::Error) -> Self {
        Self { message: format!("could not {what}: {error}"), code: 1 }
    }

    /// Everything was said already; exit code 1.
    pub fn told() -> Self {
        Self { message: String::new(), code: 1 }
    }

    /// The exit code of the whole command.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Says what begins.
pub fn say(what: &str) {
    println!("→ {what}");
}

/// Says what ended well, and when it began.
pub fn done(what: &str, since: Instant) {
    println!("✓ {what}  {}", seconds(since.elapsed()));
}

/// A duration as a person reads it.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// Runs a program that shows its own progress.
pub fn open(what: &str, command: &mut Command) -> Result<(), Stop> {
    say(what);
    let start = Instant::now();
    let status = command.status().map_err(|error| Stop::io(&format!("start {what}"), &error))?;
    if !status.success() {
        return Err(Stop::failed(what, status.code()));
    }
    done(what, start);
    Ok(())
}

/// Runs a talkative program with its output in `target/xtask/<log>.log`.
pub fn quiet(repo: &Repo, what: &str, log: &str, command: &mut Command) -> Result<(), Stop> {
    say(what);
    let start = Instant::now();
    let path = repo.scratch(&format!("{log}.log"))?;
    let file = File::create(&path).map_err(|error| Stop::io("write a log", &error))?;
    let copy = file.try_clone().map_err(|error| Stop::io("write a log", &error))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(copy)
        .spawn()
        .map_err(|error| Stop::io(&format!("start {what}"), &error))?;
    let mut told = Duration::ZERO;
    let status = loop {
        match child.try_wait().map_err(|error| Stop::io(&format!("wait for {what}"), &error))? {
            Some(status) => break status,
            None => sleep(Duration::from_millis(50)),
        }
        if start.elapsed() - told >= Duration::from_secs(10) {
            told = start.elapsed();
            println!("  … {what}: {}", seconds(told));
        }
    };
    if !status.success() {
        eprintln!("{}", ends(&path));
        return Err(Stop::failed(what, status.code()));
    }
    done(what, start);
    Ok(())
}

/// A text file as far as it helps: programs say what is wrong first or last. Nothing when it cannot be read.
fn ends(path: &Path) -> String {
    const LINES: usize = 20;
    let text =
        std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= 2 * LINES {
        return lines.join("\n");
    }
    format!("{}\n  …\n{}", lines[..LINES].join("\n"), lines[lines.len() - LINES..].join("\n"))
}

/// Whether a program can be started and says yes.
pub fn succeeds(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
