//! The Debian packages each job needs: looked up with dpkg, installed when we are root, named in a
//! line ready to paste when we are not.

use std::process::{Command, Stdio};

use crate::repo::Repo;
use crate::step::{Stop, quiet, say, succeeds};

/// To compile the app and show its window with readable text.
const BUILD: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "libsoup-3.0-dev",
    "librsvg2-dev",
    "libdbus-1-dev",
    "pkg-config",
    "fonts-dejavu-core",
];

/// To drive the real window where nobody sits: a display with a pointer, a WebDriver, a bus, what a screen reader is
/// told over, and a keyring. And to let the disk fail under the store.
const WINDOW: &[&str] =
    &["xvfb", "xdotool", "webkit2gtk-driver", "dbus", "dbus-x11", "at-spi2-core", "gnome-keyring", "strace"];

/// What a command is about to do, and so what must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Compile the app.
    Build,
    /// Compile it and drive its window without a display.
    Window,
}

/// Makes sure the system packages for `need` are there.
pub fn ensure(repo: &Repo, need: Need) -> Result<(), Stop> {
    let mut wanted: Vec<&str> = BUILD.to_vec();
    if need == Need::Window {
        wanted.extend(WINDOW);
    }
    install(repo, &wanted)?;
    node()
}

/// Installs those of `wanted` that dpkg does not know as installed.
pub fn install(repo: &Repo, wanted: &[&str]) -> Result<(), Stop> {
    if !succeeds("dpkg-query", &["--version"]) {
        say(&format!("no dpkg here: make sure the equivalents of these are installed: {}", wanted.join(" ")));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !root() {
        return Err(Stop::missing(format!(
            "some system packages are missing. Install them and run this again:\n\n  sudo apt-get install --no-install-recommends {}\n",
            missing.join(" ")
        )));
    }
    quiet(repo, "refresh the package lists", "apt-update", apt().args(["update"]))?;
    let what = format!("install {}", missing.join(" "));
    quiet(
        repo,
        &what,
        "apt-install",
        apt().args(["install", "--yes", "--no-install-recommends"]).args(&missing),
    )
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn installed(name: &str) -> bool {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status}", name])
        .stderr(Stdio::null())
        .output();
    output.is_ok_and(|output| output.stdout == b"installed")
}

fn root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Node is the one thing besides Rust that we expect to find.
fn node() -> Result<(), Stop> {
    const LEAST: u32 = 20;
    let output = Command::new("node").arg("--version").output();
    let version =
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    match major(&version) {
        Some(major) if major >= LEAST => Ok(()),
        Some(_) => Err(Stop::missing(format!("Node {LEAST} or newer is needed; found {version}"))),
        None => {
            Err(Stop::missing(format!("Node {LEAST} or newer is needed, with npm; none was found on PATH")))
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major(""), None);
        assert_eq!(major("20"), None);
    }

    #[test]
    fn an_unknown_package_is_not_installed() {
        assert!(!installed("cleave-no-such-package"));
    }
}
