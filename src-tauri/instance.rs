//! One process a home, as the desktop knows it: a second start brings the first window to the front.
//!
//! Promises: a start finds a running Cleave of its home by a name on the session bus; one that is about to end, or was
//! killed and is still being taken down, is waited for. Where there is no bus, the lock in the home decides.

use std::path::Path;
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::{thread, time::Instant};

use sha2::{Digest, Sha256};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager};

/// How long a start waits for one that has the name and does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The plugin that ends this start where another Cleave of the home runs. Blocks while that one is neither running nor
/// gone.
pub fn plugin(home: &Path) -> TauriPlugin<tauri::Wry> {
    let bus_name = bus_name(home);
    wait_for_one_that_ends(&bus_name);
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|handle, _, _| {
            // The other start waits until this returns; the window may be busy, or about to end.
            let handle = handle.clone();
            tauri::async_runtime::spawn(async move { bring_to_front(&handle) });
        })
        .build()
}

/// Gives the name up, so that a start from now on is one of its own and no call on a window that is gone.
pub fn let_go(handle: &AppHandle) {
    tauri_plugin_single_instance::destroy(handle);
}

fn bring_to_front(handle: &AppHandle) {
    for window in handle.webview_windows().values() {
        if let Err(error) = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus())
        {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}

/// The name by which a second start finds the first: one for each home, so that several can be open side by side.
fn bus_name(home: &Path) -> String {
    let digest = Sha256::digest(home.as_os_str().as_encoded_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("com.cleave.desktop.home_{short}")
}

/// A process that is killed keeps its name until its last thread is gone, which takes a while where one writes to the
/// disk. The plugin would call on it, get no answer, and this start would fail.
#[cfg(target_os = "linux")]
fn wait_for_one_that_ends(bus_name: &str) {
    let name = format!("{bus_name}.SingleInstance");
    let start = Instant::now();
    while start.elapsed() < PATIENCE && has_the_name_and_is_silent(&name).unwrap_or(false) {
        thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(not(target_os = "linux"))]
fn wait_for_one_that_ends(_: &str) {}

#[cfg(target_os = "linux")]
fn has_the_name_and_is_silent(name: &str) -> zbus::Result<bool> {
    let bus =
        zbus::blocking::connection::Builder::session()?.method_timeout(Duration::from_secs(1)).build()?;
    let owned: bool = bus
        .call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            "NameHasOwner",
            &name,
        )?
        .body()
        .deserialize()?;
    let answers = || bus.call_method(Some(name), "/", Some("org.freedesktop.DBus.Peer"), "Ping", &()).is_ok();
    Ok(owned && !answers())
}
