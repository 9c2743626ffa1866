//! A disk, and what a kill or a power cut leaves of it.
//!
//! After a kill, everything that was written is there. After a power cut, only what was brought to the disk is sure to
//! be: of the rest, every sector of 512 bytes holds what it held at some moment since, each for itself, the length of a
//! file is that of some moment, and names that were made, changed or taken away may or may not be so.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rand::Rng;

use super::trace::Act;

const SECTOR: usize = 512;

/// Files by number, and names.
#[derive(Default)]
pub struct Disk {
    files: HashMap<usize, File>,
    names: Names,
    pending: Vec<Act>,
}

#[derive(Default, Clone)]
struct File {
    /// What is on the disk.
    safe: Vec<u8>,
    /// What a program reads.
    seen: Vec<u8>,
    /// What is not on the disk for sure.
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

/// What stands under each name: a file, or a folder.
type Names = BTreeMap<PathBuf, Option<usize>>;

/// What a machine finds when it starts again.
pub type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl Disk {
    /// One more call was made.
    pub fn apply(&mut self, act: &Act) {
        match act {
            Act::Write(file, at, bytes) => self.change(*file, Change::Write(*at, bytes.clone())),
            Act::Length(file, length) => self.change(*file, Change::Length(*length)),
            Act::Sync(file) => {
                let file = self.files.entry(*file).or_default();
                for change in file.pending.drain(..) {
                    put(&mut file.safe, &change);
                }
            }
            Act::File(_, file) => {
                self.files.entry(*file).or_default();
                self.pending.push(act.clone());
            }
            Act::Folder(_) | Act::Unlink(_) | Act::Rename(..) => self.pending.push(act.clone()),
            Act::SyncFolder(folder) => {
                for act in std::mem::take(&mut self.pending) {
                    if folder_of(&act) == Some(folder) {
                        name(&mut self.names, &act)
                    } else {
                        self.pending.push(act)
                    }
                }
            }
            Act::Saved | Act::Nothing => {}
        }
    }

    fn change(&mut self, file: usize, change: Change) {
        let file = self.files.entry(file).or_default();
        put(&mut file.seen, &change);
        file.pending.push(change);
    }

    /// After a kill.
    pub fn killed(&self) -> Image {
        self.killed_within(0, 0, &[])
    }

    /// After a kill in the middle of a write, of which so many bytes came through.
    pub fn killed_within(&self, file: usize, at: usize, bytes: &[u8]) -> Image {
        let mut names = self.names.clone();
        self.pending.iter().for_each(|act| name(&mut names, act));
        let contents = |number: usize| {
            let mut seen = self.files[&number].seen.clone();
            if number == file {
                put(&mut seen, &Change::Write(at, bytes.to_vec()));
            }
            seen
        };
        names.into_iter().map(|(path, file)| (path, file.map(contents))).collect()
    }

    /// After a power cut.
    pub fn cut(&self, rng: &mut impl Rng) -> Image {
        let keep = [0.0, 0.05, 0.5, 0.5, 0.95, 1.0][rng.random_range(0..6)];
        let mut names = self.names.clone();
        for act in &self.pending {
            if rng.random_bool(keep) {
                name(&mut names, act);
            }
        }
        names
            .into_iter()
            .map(|(path, file)| (path, file.map(|file| self.files[&file].cut(keep, rng))))
            .collect()
    }
}

impl File {
    fn cut(&self, keep: f64, rng: &mut impl Rng) -> Vec<u8> {
        let all = self.pending.len();
        if all == 0 {
            return self.safe.clone();
        }
        // How many of the changes came through: to one sector, or to the length.
        let mut came = || {
            if rng.random_bool(keep) {
                all
            } else {
                rng.random_range(0..=all) * usize::from(rng.random_bool(0.3))
            }
        };
        let until = came();
        let length = self.pending[..until].iter().fold(self.safe.len(), |length, change| match change {
            Change::Write(at, bytes) => length.max(*at + bytes.len()),
            Change::Length(to) => *to,
        });
        let mut sectors = HashMap::new();
        let mut found = self.safe.clone();
        for (number, change) in self.pending.iter().enumerate() {
            let (start, end) = match change {
                Change::Write(at, bytes) => (*at, at + bytes.len()),
                Change::Length(length) => (*length, found.len()),
            };
            let mut at = start;
            while at < end {
                let next = end.min((at / SECTOR + 1) * SECTOR);
                if number < *sectors.entry(at / SECTOR).or_insert_with(&mut came) {
                    let piece = match change {
                        Change::Write(start, bytes) => bytes[at - start..next - start].to_vec(),
                        Change::Length(_) => vec![0; next - at],
                    };
                    put(&mut found, &Change::Write(at, piece));
                }
                at = next;
            }
        }
        found.resize(length, 0);
        found
    }
}

fn put(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write(at, new) => {
            let end = at + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*at..end].copy_from_slice(new);
        }
        Change::Length(length) => bytes.resize(*length, 0),
    }
}

fn folder_of(act: &Act) -> Option<&Path> {
    match act {
        Act::Folder(path) | Act::File(path, _) | Act::Unlink(path) | Act::Rename(path, _) => path.parent(),
        _ => None,
    }
}

fn name(names: &mut Names, act: &Act) {
    match act {
        Act::Folder(path) => drop(names.insert(path.clone(), None)),
        Act::File(path, file) => drop(names.insert(path.clone(), Some(*file))),
        Act::Unlink(path) => drop(names.remove(path)),
        Act::Rename(from, to) => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
        _ => {}
    }
}
