//! Stamps: a file under `target/xtask/` that holds the hash of what a step read (and wrote), so that
//! the step is skipped until one of those files changes.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::repo::Repo;
use crate::step::Stop;

/// The hash of files and of everything under folders, by relative name and content.
///
/// Folders named in `skip` are left out at any depth. A path that does not exist counts as such.
/// The hash is only ever compared with one made by the same toolchain on the same machine.
pub fn hash(base: &Path, paths: &[&str], skip: &[&str]) -> Result<String, Stop> {
    let mut files = Vec::new();
    for path in paths {
        collect(&base.join(path), skip, &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(base).unwrap_or(file).hash(&mut hasher);
        fs::read(file).ok().hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, skip: &[&str], files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| Stop::io("list a folder", &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Stop::io("list a folder", &error))?;
        let name = entry.file_name();
        if name.to_str().is_none_or(|name| !skip.contains(&name)) {
            collect(&entry.path(), skip, files)?;
        }
    }
    Ok(())
}

/// Whether the stamp `name` holds exactly `hash`.
pub fn is(repo: &Repo, name: &str, hash: &str) -> Result<bool, Stop> {
    Ok(fs::read_to_string(repo.scratch(&format!("{name}.stamp"))?).is_ok_and(|found| found == hash))
}

/// Writes the stamp `name`.
pub fn set(repo: &Repo, name: &str, hash: &str) -> Result<(), Stop> {
    fs::write(repo.scratch(&format!("{name}.stamp"))?, hash)
        .map_err(|error| Stop::io("write a stamp", &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_follows_names_and_contents_and_skips_what_it_is_told() {
        let base = std::env::temp_dir().join(format!("cleave-stamp-{}", std::process::id()));
        fs::create_dir_all(base.join("src/node_modules")).unwrap();
        fs::write(base.join("src/a"), "1").unwrap();
        let hash = || super::hash(&base, &["src", "absent"], &["node_modules"]).unwrap();

        let first = hash();
        fs::write(base.join("src/node_modules/b"), "2").unwrap();
        assert_eq!(hash(), first, "a skipped folder does not count");
        fs::write(base.join("src/a"), "3").unwrap();
        assert_ne!(hash(), first, "contents count");
        let second = hash();
        fs::rename(base.join("src/a"), base.join("src/c")).unwrap();
        assert_ne!(hash(), second, "names count");
        fs::remove_dir_all(base).unwrap();
    }
}
