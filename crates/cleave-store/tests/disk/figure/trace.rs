//! What a session did to its files, read from a trace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::child::{CALLS, Run};

/// One call of the system by the session.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// Which one of its name it is, from one, counted as `strace` counts.
    pub number: usize,
    /// What it did.
    pub act: Act,
}

/// What a call did. Files are numbered as they are made: a name may come to stand for another file.
#[derive(Debug, Clone)]
pub enum Act {
    /// A folder came to be.
    Folder(PathBuf),
    /// A file came to be.
    File(PathBuf, usize),
    /// Bytes were written.
    Write(usize, usize, Vec<u8>),
    /// A file was cut, or made longer.
    Length(usize, usize),
    /// A file was brought to the disk.
    Sync(usize),
    /// The names in a folder were brought to the disk.
    SyncFolder(PathBuf),
    /// A name was taken away.
    Unlink(PathBuf),
    /// A name was changed.
    Rename(PathBuf, PathBuf),
    /// The child told that a step was saved.
    Saved,
    /// Nothing that changes a file.
    Nothing,
}

/// Runs the session once under a folder, and reads what it did there.
pub fn record(run: Run<'_>, folder: &Path) -> Vec<Call> {
    let log = folder.join("trace");
    let calls = format!("trace={}", CALLS.join(","));
    let options = ["--seccomp-bpf", "-y", "-xx", "-s", "8000000", "-e", "signal=none", "-e", &calls, "-o"];
    let ended = run.traced(folder, &[&options[..], &[log.to_str().unwrap()]].concat());
    assert!(ended.ended && ended.code == Some(0), "the session did not run through: {:?}", ended.failures);
    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(log).unwrap();
    read(&text, &folder.join("store"))
}

fn read(text: &str, store: &Path) -> Vec<Call> {
    // The thread of the session is the one that tells.
    let told = hex(b"step: saved");
    let thread = text.lines().find(|line| line.contains(&told)).and_then(|line| line.split(' ').next());
    let thread = thread.unwrap_or_default();
    let mut reader = Reader { store: store.to_owned(), files: BTreeMap::new(), made: 0, told };
    let mut counts = BTreeMap::<String, usize>::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((of, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if of != thread {
            continue;
        }
        let Some((name, rest)) = rest.split_once('(') else { continue };
        assert!(!rest.contains("unfinished"), "calls of other threads in between");
        let number = counts.entry(name.to_owned()).or_default();
        *number += 1;
        let (rest, answer) = rest.rsplit_once(" = ").unwrap_or((rest, "?"));
        let act = if answer.starts_with('-') { Act::Nothing } else { reader.act(name, rest) };
        calls.push(Call { name: name.to_owned(), number: *number, act });
    }
    calls
}

struct Reader {
    store: PathBuf,
    files: BTreeMap<PathBuf, usize>,
    made: usize,
    told: String,
}

impl Reader {
    fn act(&mut self, name: &str, rest: &str) -> Act {
        let strings = strings(rest);
        // With `-y` the path of a descriptor stands first, between angle brackets.
        let of =
            rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(path, _)| path_of(path));
        if name == "write" {
            return if rest.contains(&self.told) { Act::Saved } else { Act::Nothing };
        }
        let named = strings.first().map(|text| PathBuf::from(String::from_utf8_lossy(text).into_owned()));
        let path = match name {
            "openat" | "mkdir" | "rename" | "unlink" | "unlinkat" => named,
            _ => of,
        };
        let parent = self.store.parent().unwrap();
        if name == "fsync" && path.as_deref() == Some(parent) {
            return Act::SyncFolder(parent.to_owned());
        }
        let Some(path) = path.filter(|path| path.starts_with(&self.store)) else { return Act::Nothing };
        // The index of the log is made anew after a restart.
        if path.to_string_lossy().ends_with("-shm") {
            return Act::Nothing;
        }
        let last = |offset: usize| numbers(rest).into_iter().rev().nth(offset).unwrap();
        match name {
            "mkdir" => Act::Folder(path),
            "openat" if rest.contains("O_CREAT") && !self.files.contains_key(&path) => {
                self.made += 1;
                self.files.insert(path.clone(), self.made);
                Act::File(path, self.made)
            }
            "pwrite64" => Act::Write(self.files[&path], last(0), strings[0].clone()),
            "ftruncate" => Act::Length(self.files[&path], last(0)),
            "fsync" | "fdatasync" => match self.files.get(&path) {
                Some(file) => Act::Sync(*file),
                None => Act::SyncFolder(path),
            },
            "unlink" | "unlinkat" => {
                self.files.remove(&path);
                Act::Unlink(path)
            }
            "rename" => {
                let to = PathBuf::from(String::from_utf8_lossy(&strings[1]).into_owned());
                let file = self.files.remove(&path).unwrap();
                self.files.insert(to.clone(), file);
                Act::Rename(path, to)
            }
            "fallocate" => panic!("the store allocates; this is not read yet"),
            _ => Act::Nothing,
        }
    }
}

/// As `strace -xx` prints bytes.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|digits| u8::from_str_radix(&digits[..2], 16).unwrap()).collect()
}

fn path_of(text: &str) -> PathBuf {
    let bytes = if text.contains("\\x") { unhex(text) } else { text.as_bytes().to_vec() };
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// The strings among the arguments.
fn strings(rest: &str) -> Vec<Vec<u8>> {
    rest.split('"').skip(1).step_by(2).map(unhex).collect()
}

/// The plain numbers among the arguments.
fn numbers(rest: &str) -> Vec<usize> {
    rest.trim_end().trim_end_matches(')').split(", ").filter_map(|word| word.parse().ok()).collect()
}
