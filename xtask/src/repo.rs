//! Where things are: the repository's root, its UI and the target folder cargo really uses.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::step::Stop;

/// The repository this command runs in.
pub struct Repo {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the configuration put it.
    pub target: PathBuf,
}

impl Repo {
    /// Finds the root beside this crate and asks cargo for the rest.
    pub fn find() -> Result<Self, Stop> {
        // Cargo says at run time where this is; a target folder may be shared by two clones.
        let here = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = here.parent().ok_or_else(|| Stop::usage("xtask is not inside a workspace"))?.to_path_buf();
        let mut repo = Self { target: root.join("target"), root };
        let metadata = repo.metadata(&["--no-deps"])?;
        if let Some(target) = metadata["target_directory"].as_str() {
            repo.target = PathBuf::from(target);
        }
        Ok(repo)
    }

    /// `cargo`, in the root, without the variables that belong to xtask's own package.
    pub fn cargo(&self) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            // Build scripts that watch one of these would run again on every second command.
            if name
                .to_str()
                .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
            {
                command.env_remove(name);
            }
        }
        command
    }

    /// The parsed answer of `cargo metadata`, with extra arguments.
    pub fn metadata(&self, args: &[&str]) -> Result<Value, Stop> {
        let mut command = self.cargo();
        command.args(["metadata", "--format-version", "1"]).args(args).stderr(Stdio::inherit());
        let output = command.output().map_err(|error| Stop::io("start cargo metadata", &error))?;
        if !output.status.success() {
            return Err(Stop::failed("cargo metadata", output.status.code()));
        }
        serde_json::from_slice(&output.stdout)
            .map_err(|error| Stop::usage(format!("cargo metadata answered something else: {error}")))
    }

    /// The UI's folder.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Our own corner of the target folder: stamps, logs, the Python environment.
    pub fn scratch(&self, name: &str) -> Result<PathBuf, Stop> {
        let folder = self.target.join("xtask");
        std::fs::create_dir_all(&folder).map_err(|error| Stop::io("create target/xtask", &error))?;
        Ok(folder.join(name))
    }

    /// A built program of the given profile folder (`debug` or `release`).
    pub fn binary(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(name)
    }
}
