//! Names and order of the files while an outbox is salvaged.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::file;
use crate::connection::{beside, private_dir, private_file, sync_dir};
use crate::error::Result;

/// Begins the name of a new file that is complete; the stamp of the damaged one follows.
const COMPLETE: &str = "outbox.salvaged-";
/// Begins the name that a damaged file gets.
const DAMAGED: &str = "outbox.damaged-";
/// What SQLite keeps beside the file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// What is given up together where the disk cannot read it: a page, if the file is not cut short.
const BLOCK: usize = 4096;

/// Where one salvage works.
pub(super) struct Place {
    dir: PathBuf,
    scratch: PathBuf,
    stamp: String,
    /// The copy that is read.
    pub copied: PathBuf,
    /// The new file while it is written.
    pub fresh: PathBuf,
}

impl Place {
    pub fn new(dir: &Path, now: Timestamp) -> Self {
        let taken = |stamp: &str| dir.join(format!("{DAMAGED}{stamp}.db")).exists();
        let second = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let stamp = std::iter::once(second.clone())
            .chain((2..).map(|number| format!("{second}.{number}")))
            .find(|stamp| !taken(stamp))
            .unwrap_or(second);
        let scratch = dir.join("salvage");
        Place {
            dir: dir.to_owned(),
            copied: scratch.join("copy.db"),
            fresh: scratch.join(file()),
            scratch,
            stamp,
        }
    }

    pub fn kept_as(&self) -> String {
        format!("{DAMAGED}{}.db", self.stamp)
    }

    /// Copies the damaged file and its log.
    pub fn copy(&self) -> Result<()> {
        self.clear();
        private_dir(&self.scratch)?;
        let damaged = self.dir.join(file());
        copy_what_can_be_read(&damaged, &self.copied)?;
        for suffix in ["-wal", "-journal"] {
            let log = beside(&damaged, suffix);
            if log.exists() {
                copy_what_can_be_read(&log, &beside(&self.copied, suffix))?;
            }
        }
        Ok(())
    }

    /// Puts the first page of a new file in the place of that of the copy. The size of the file then counts, not what
    /// that page says of it.
    pub fn take_first_page_of_fresh(&self) -> Result<()> {
        let mut page = vec![0_u8; BLOCK];
        File::open(&self.fresh)?.read_exact(&mut page)?;
        // At 92 stands for which change the size at 28 holds.
        page[92..96].fill(0xFF);
        let mut copy = private_file(&self.copied)?;
        copy.write_all(&page)?;
        fs::remove_file(&self.fresh)?;
        Ok(())
    }

    /// The new file is complete. From here on it takes the place of the damaged one, whatever happens.
    pub fn complete(&self) -> Result<()> {
        // Opened for writing: not every system brings a file to the disk that is only read.
        private_file(&self.fresh)?.sync_all()?;
        fs::rename(&self.fresh, self.dir.join(format!("{COMPLETE}{}.db", self.stamp)))?;
        Ok(sync_dir(&self.dir)?)
    }

    /// Removes what only this salvage made.
    pub fn clear(&self) {
        if let Err(error) = fs::remove_dir_all(&self.scratch)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(kind = %error.kind(), "a working copy could not be removed");
        }
    }
}

/// Puts a complete new file in the place of the damaged one, if there is such a file. Can be cut short anywhere and
/// done again.
pub(crate) fn finish(dir: &Path) -> Result<()> {
    let Some((complete, stamp)) = complete_one(dir)? else { return Ok(()) };
    let outbox = dir.join(file());
    let damaged = dir.join(format!("{DAMAGED}{stamp}.db"));
    for suffix in BESIDE {
        move_if_there(&beside(&outbox, suffix), &beside(&damaged, suffix))?;
    }
    move_if_there(&outbox, &damaged)?;
    // The log is known to be away before there is a file that it does not belong to.
    sync_dir(dir)?;
    fs::rename(complete, outbox)?;
    Ok(sync_dir(dir)?)
}

fn complete_one(dir: &Path) -> Result<Option<(PathBuf, String)>> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let stamp = name.to_str().and_then(|name| name.strip_prefix(COMPLETE)?.strip_suffix(".db"));
        if let Some(stamp) = stamp {
            return Ok(Some((entry.path(), stamp.to_owned())));
        }
    }
    Ok(None)
}

fn move_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Copies block by block. A block that the disk does not give is left empty.
fn copy_what_can_be_read(from: &Path, to: &Path) -> Result<()> {
    let mut source = File::open(from)?;
    let length = source.metadata()?.len();
    let mut copy = private_file(to)?;
    copy.set_len(length)?;
    let mut block = [0_u8; BLOCK];
    let mut at = 0;
    while at < length {
        let size = usize::try_from(length - at).map_or(BLOCK, |left| left.min(BLOCK));
        let block = &mut block[..size];
        source.seek(SeekFrom::Start(at))?;
        if source.read_exact(block).is_ok() {
            copy.seek(SeekFrom::Start(at))?;
            copy.write_all(block)?;
        }
        at += size as u64;
    }
    Ok(())
}
