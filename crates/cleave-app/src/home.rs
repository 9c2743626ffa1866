//! The folder everything is stored in, and who may write to it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Environment variable that names the folder.
pub const HOME_VARIABLE: &str = "CLEAVE_HOME";

/// Cleave's folder. Several can live side by side.
///
/// ```text
/// accounts.json              who signed in where; no secrets
/// sessions-keyring.json      sessions, sealed
/// accounts/<id>/outbox.db    decisions: precious
/// accounts/<id>/cache.db     what the server said: disposable
/// ```
#[derive(Debug, Clone)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// The folder to use where nobody names one: `$CLEAVE_HOME`, else where the platform keeps data of programs.
    ///
    /// `None` where the environment names no place at all.
    pub fn default_root() -> Option<PathBuf> {
        let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        variable(HOME_VARIABLE).or_else(|| platform_data(variable))
    }

    /// Opens the folder, making it where it is missing; only its owner may look inside.
    ///
    /// # Errors
    /// The disk's.
    pub fn open(root: impl Into<PathBuf>) -> io::Result<Self> {
        let home = Home { root: root.into() };
        make_private(&home.root)?;
        make_private(&home.root.join("accounts"))?;
        Ok(home)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The list of accounts.
    pub fn account_list(&self) -> PathBuf {
        self.root.join("accounts.json")
    }

    /// Sessions sealed under a key in the keyring.
    pub fn sealed_by_keyring(&self) -> PathBuf {
        self.root.join("sessions-keyring.json")
    }

    /// Sessions sealed under a passphrase.
    pub fn sealed_by_passphrase(&self) -> PathBuf {
        self.root.join("sessions-passphrase.json")
    }

    /// The folder of an account. The id is one of ours: hexadecimal digits.
    pub fn account(&self, id: &str) -> PathBuf {
        self.root.join("accounts").join(id)
    }

    /// Takes the right to write, until the answer is dropped; `None` where another process has it.
    ///
    /// # Errors
    /// The disk's.
    pub fn lock(&self) -> io::Result<Option<File>> {
        let file = File::options().write(true).create(true).truncate(false).open(self.root.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(target_os = "windows")]
fn platform_data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    variable("APPDATA").map(|data| data.join("Cleave"))
}

#[cfg(target_os = "macos")]
fn platform_data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    variable("HOME").map(|home| home.join("Library/Application Support/Cleave"))
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn platform_data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    // The XDG base directory specification: a relative path is to be ignored.
    let data = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
    data.or_else(|| variable("HOME").map(|home| home.join(".local/share"))).map(|data| data.join("cleave"))
}

/// Rights of a folder that only its owner may look into.
#[cfg(unix)]
const PRIVATE: u32 = 0o700;

fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(folder)?.permissions().mode() & 0o777 != PRIVATE {
            fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE))?;
        }
    }
    Ok(())
}

/// Writes a file so that a reader, or a crash, finds either the old contents or the new.
///
/// # Errors
/// The disk's; the old contents are then untouched.
pub(crate) fn write_atomically(path: &Path, contents: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let written = write_and_sync(&fresh, contents).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        // The error that matters is the one already at hand.
        drop(fs::remove_file(&fresh));
        return written;
    }
    sync_folder(path)
}

fn write_and_sync(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(contents)?;
    file.sync_all()
}

/// A rename is only safe from a power cut once the folder is written too.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_writes_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let first = home.lock().unwrap();
        assert!(first.is_some());
        assert!(home.lock().unwrap().is_none());
        drop(first);
        assert!(home.lock().unwrap().is_some());
    }

    #[test]
    fn writing_replaces_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("accounts.json");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_look() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().join("a/b")).unwrap();
        let path = home.account_list();
        write_atomically(&path, b"{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(home.root()), mode(&path)), (0o700, 0o600));
    }
}
