//! The files of a data directory: the database, the signing secret and the demo credentials.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::auth::password;
use crate::config::DataDir;
use crate::error::StartError;

const DATABASE: &str = "service.db";
const SECRET: &str = "signing.key";
const CREDENTIALS: &str = "credentials.json";

/// An e-mail address and a password that sign in.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credentials {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// A secret: nothing of it is printed.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(..)")
    }
}

/// An open data directory. A temporary one is removed when this is dropped.
pub(crate) struct Files {
    path: PathBuf,
    _temporary: Option<TempDir>,
}

impl Files {
    /// Makes the directory where it is missing; `reset` removes what an earlier service left in it.
    pub(crate) fn open(data: &DataDir, reset: bool) -> Result<Files, StartError> {
        let files = match data {
            DataDir::Dir(path) => Files { path: path.clone(), _temporary: None },
            DataDir::Temp => {
                let made = tempfile::Builder::new().prefix("cleave-service-").tempdir();
                let dir = made.map_err(|cause| StartError::Data { path: std::env::temp_dir(), cause })?;
                Files { path: dir.path().to_owned(), _temporary: Some(dir) }
            }
        };
        fs::create_dir_all(&files.path).map_err(|cause| files.failed(cause))?;
        if reset {
            for name in [DATABASE, "service.db-wal", "service.db-shm", SECRET, CREDENTIALS] {
                match fs::remove_file(files.path.join(name)) {
                    Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(files.failed(cause)),
                    _ => {}
                }
            }
        }
        Ok(files)
    }

    /// Where the database is.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// The signing secret, made on first use.
    pub(crate) fn secret(&self) -> Result<Vec<u8>, StartError> {
        let path = self.path.join(SECRET);
        match fs::read(&path) {
            Ok(secret) if secret.len() >= 32 => return Ok(secret),
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(self.failed(cause)),
            _ => {}
        }
        let secret = rand::random::<[u8; 32]>().to_vec();
        write_private(&path, &secret).map_err(|cause| self.failed(cause))?;
        Ok(secret)
    }

    /// The demo credentials: with the password asked for, else those of the last start, else new ones.
    pub(crate) fn credentials(&self, email: &str, asked: Option<&str>) -> Result<Credentials, StartError> {
        let path = self.path.join(CREDENTIALS);
        let stored = fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Credentials>(&text).ok());
        let password = match (asked, stored) {
            (Some(asked), _) => asked.to_owned(),
            (None, Some(stored)) => return Ok(stored),
            (None, None) => password::fresh(),
        };
        let credentials = Credentials { email: email.to_owned(), password };
        let text =
            serde_json::to_vec(&credentials).map_err(|error| StartError::Credentials(error.to_string()))?;
        write_private(&path, &text).map_err(|cause| self.failed(cause))?;
        Ok(credentials)
    }

    fn failed(&self, cause: io::Error) -> StartError {
        StartError::Data { path: self.path.clone(), cause }
    }
}

/// Writes a file that only its owner may read.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_and_credentials_outlive_a_start_but_not_a_reset() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::Dir(dir.path().join("service"));
        let first = Files::open(&data, false).unwrap();
        let (secret, password) =
            (first.secret().unwrap(), first.credentials("a@example.com", None).unwrap().password);
        let again = Files::open(&data, false).unwrap();
        assert_eq!(again.secret().unwrap(), secret);
        assert_eq!(again.credentials("a@example.com", None).unwrap().password, password);
        assert_eq!(again.credentials("a@example.com", Some("given")).unwrap().password, "given");
        let reset = Files::open(&data, true).unwrap();
        assert_ne!(reset.secret().unwrap(), secret);
        assert_ne!(reset.credentials("a@example.com", None).unwrap().password, "given");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_secrets() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&DataDir::Dir(dir.path().to_owned()), false).unwrap();
        files.secret().unwrap();
        files.credentials("a@example.com", None).unwrap();
        for name in [SECRET, CREDENTIALS] {
            let mode = fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }
}
