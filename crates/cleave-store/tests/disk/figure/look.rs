//! What the next process finds, against what was told.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use cleave_store::Store;

use super::disk::Image;
use super::session::afterwards;
use super::told;

/// What was looked at, and what was wrong.
#[derive(Debug, Default)]
pub struct Figure {
    /// How many kills, errors or images there were.
    pub points: usize,
    /// Those that differ from all before.
    pub distinct: usize,
    /// Where a step was there that had not been told of.
    pub more: usize,
    /// What was wrong, one line each.
    pub wrong: Vec<String>,
}

impl Figure {
    /// Adds what another thread looked at.
    pub fn add(mut self, other: Figure) -> Figure {
        self.points += other.points;
        self.distinct += other.distinct;
        self.more += other.more;
        self.wrong.extend(other.wrong);
        self
    }
}

/// Opens what is left with the real code and compares: every step that was told is there, and at most the one that was
/// under way besides, whole. Answers whether that one is.
///
/// # Errors
/// What is wrong.
pub fn store_in(folder: &Path, saved: usize, expected: &[String]) -> Result<bool, String> {
    let store = Store::open(folder, afterwards())
        .map_err(|error| format!("after {saved} steps it does not open: {error}"))?;
    let found =
        told::all(&store).map_err(|error| format!("after {saved} steps it is not readable: {error}"))?;
    if found == expected[saved] {
        return Ok(false);
    }
    if expected.get(saved + 1) == Some(&found) {
        return Ok(true);
    }
    let like = expected.iter().position(|other| *other == found);
    Err(match like {
        Some(like) => format!("{saved} steps were told, {like} are there"),
        None => format!("{saved} steps were told, and what is there is of no moment"),
    })
}

/// Looks at images, each once.
pub struct Looker<'a> {
    folder: PathBuf,
    /// Where the session ran.
    from: &'a Path,
    expected: &'a [String],
    /// A sound cache, where that of the image is left out.
    cache: Vec<u8>,
    seen: HashSet<u64>,
    /// What it found.
    pub figure: Figure,
}

impl<'a> Looker<'a> {
    /// Works in a folder of its own.
    pub fn new(folder: &Path, from: &'a Path, expected: &'a [String]) -> Self {
        let ready = folder.join("ready");
        drop(Store::open(&ready, afterwards()).unwrap());
        let cache = std::fs::read(ready.join("cache.db")).unwrap();
        Looker {
            folder: folder.join("image"),
            from,
            expected,
            cache,
            seen: HashSet::new(),
            figure: Figure::default(),
        }
    }

    /// Opens an image; the cache in it takes part, or is taken for granted.
    pub fn look(&mut self, image: &Image, saved: usize, with_cache: bool, what: impl Fn() -> String) {
        self.figure.points += 1;
        let is_cache =
            |path: &Path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("cache.db"));
        let mut hasher = DefaultHasher::new();
        let taken = || image.iter().filter(|(path, _)| with_cache || !is_cache(path));
        (saved, with_cache).hash(&mut hasher);
        taken().for_each(|file| file.hash(&mut hasher));
        if !self.seen.insert(hasher.finish()) {
            return;
        }
        self.figure.distinct += 1;
        let _ = std::fs::remove_dir_all(&self.folder);
        std::fs::create_dir(&self.folder).unwrap();
        let mut store = None;
        for (path, bytes) in taken() {
            let to = self.folder.join(path.strip_prefix(self.from).unwrap());
            // A name whose folder is not there is lost with it.
            let Some(bytes) = bytes else {
                std::fs::create_dir(&to).unwrap();
                store = Some(to);
                continue;
            };
            if to.parent().unwrap().is_dir() {
                std::fs::write(&to, bytes).unwrap();
            }
        }
        if let Some(store) = store.filter(|_| !with_cache) {
            std::fs::write(store.join("cache.db"), &self.cache).unwrap();
        }
        match store_in(&self.folder.join("store"), saved, self.expected) {
            Ok(more) => self.figure.more += usize::from(more),
            Err(wrong) => self.figure.wrong.push(format!("{}: {wrong}", what())),
        }
    }
}
