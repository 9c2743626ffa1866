//! A desk of its own for each test: a virtual display, a D-Bus session, an unlocked keyring and a home
//! nobody else uses. Everything ends when the desk is dropped.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How the display and the app in it are made.
pub struct Options {
    /// Size of the display, and so of the window, in pixels.
    pub size: (u32, u32),
    /// Contacts of a sandbox the app makes.
    pub sandbox_contacts: u32,
    /// How long a decision can still be taken back, in milliseconds.
    pub cancel_window_ms: u32,
    /// How long a request whose answer was lost may still take effect; `None` is the app's own time, minutes.
    pub quarantine_ms: Option<u32>,
    /// The folder the app keeps everything in, where it is that of another desk; its own where there is none.
    pub app_home: Option<PathBuf>,
    /// How long anything may take to appear before the test gives up.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size: (1280, 820),
            sandbox_contacts: 300,
            cancel_window_ms: 600,
            quarantine_ms: None,
            app_home: None,
            patience: Duration::from_secs(30),
        }
    }
}

/// The running parts. They are ended in the order of the fields: a program before what it needs.
pub struct Desk {
    driver: Owned,
    _keyring: Owned,
    _bus: Owned,
    _display: Owned,
    home: TempDir,
    options: Options,
    port: u16,
    display: String,
    bus_address: String,
}

impl Desk {
    /// Starts all of it; takes about half a second.
    pub fn new(options: Options) -> Self {
        let home = tempfile::Builder::new().prefix("cleave-desk-").tempdir().expect("a folder for the home");
        let at = |name: &str| home.path().join(name).display().to_string();
        for folder in ["config", "data", "cache", "state", "run", "app"] {
            std::fs::create_dir(home.path().join(folder)).expect("a folder in the home");
        }
        // Sockets live here, and the keyring refuses a folder that others may enter.
        set_private(&home.path().join("run"));

        let (width, height) = options.size;
        let (display, number) = Owned::talking(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
                .arg(format!("{width}x{height}x24")),
        );
        let name = format!(":{number}");
        let mut environment = vec![
            ("DISPLAY".to_owned(), name.clone()),
            ("HOME".to_owned(), home.path().display().to_string()),
            ("XDG_CONFIG_HOME".to_owned(), at("config")),
            ("XDG_DATA_HOME".to_owned(), at("data")),
            ("XDG_CACHE_HOME".to_owned(), at("cache")),
            ("XDG_STATE_HOME".to_owned(), at("state")),
            ("XDG_RUNTIME_DIR".to_owned(), at("run")),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("GDK_BACKEND".to_owned(), "x11".to_owned()),
            ("GTK_THEME".to_owned(), "Adwaita".to_owned()),
            // What the driver needs to find the web view in the app.
            ("TAURI_WEBVIEW_AUTOMATION".to_owned(), "true".to_owned()),
            ("CLEAVE_SANDBOX_CONTACTS".to_owned(), options.sandbox_contacts.to_string()),
            ("CLEAVE_CANCEL_WINDOW_MS".to_owned(), options.cancel_window_ms.to_string()),
        ];
        let quarantine = options.quarantine_ms;
        environment.extend(quarantine.map(|ms| ("CLEAVE_QUARANTINE_MS".to_owned(), ms.to_string())));
        let (bus, address) = Owned::talking(within(&mut Command::new("dbus-daemon"), &environment).args([
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
        ]));
        environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), address.clone()));

        let keyring = unlock_keyring(&environment);
        let port = free_port();
        let log = File::create(home.path().join("driver.log")).expect("a log for the driver");
        let driver = Owned::new(
            within(&mut Command::new("WebKitWebDriver"), &environment)
                .arg(format!("--port={port}"))
                .stdout(log.try_clone().expect("the driver's log"))
                .stderr(log),
        );
        Self {
            driver,
            _keyring: keyring,
            _bus: bus,
            _display: display,
            home,
            options,
            port,
            display: name,
            bus_address: address,
        }
    }

    /// Where the WebDriver listens.
    pub fn driver_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The folder the app keeps everything in.
    pub fn app_home(&self) -> PathBuf {
        self.options.app_home.clone().unwrap_or_else(|| self.home.path().join("app"))
    }

    /// What the app and the driver wrote to their output so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.path().join("driver.log")).unwrap_or_default()
    }

    /// The name of its display.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Whether the app runs.
    pub fn app_runs(&self) -> bool {
        !children(self.driver.0.id()).is_empty()
    }

    /// Kills the app as a crash would: without a word to it.
    pub fn kill_app(&self) {
        for pid in children(self.driver.0.id()) {
            let killed = Command::new("kill").args(["-9", &pid.to_string()]).status();
            assert!(killed.expect("kill starts").success(), "the app can be killed");
        }
    }

    /// The address of its D-Bus session.
    pub fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// What was asked for.
    pub fn options(&self) -> &Options {
        &self.options
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The app is the driver's child; it must not outlive its display by writing to a removed home.
        for pid in children(self.driver.0.id()) {
            let _ = Command::new("kill").arg(pid.to_string()).stderr(Stdio::null()).status();
        }
    }
}

/// A process that is killed when dropped.
struct Owned(Child);

impl Owned {
    fn new(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self(
            command
                .stdin(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| panic!("{name} does not start: {error}")),
        )
    }

    /// Starts a program that prints one line when it is ready, and reads that line.
    fn talking(command: &mut Command) -> (Self, String) {
        let mut owned = Self::new(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut line = String::new();
        let stdout = owned.0.stdout.take().expect("its output is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("its first line");
        assert!(!line.trim().is_empty(), "{command:?} ended before it was ready");
        (owned, line.trim().to_owned())
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A keyring daemon that is unlocked with a password made up here, ready to keep secrets.
fn unlock_keyring(environment: &[(String, String)]) -> Owned {
    let mut command = Command::new("gnome-keyring-daemon");
    within(&mut command, environment).args(["--foreground", "--unlock", "--components=secrets"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon starts");
    child
        .stdin
        .take()
        .expect("its input is a pipe")
        .write_all(b"a test's own password")
        .expect("the password is taken");
    let owned = Owned(child);
    let start = Instant::now();
    while !has_owner("org.freedesktop.secrets", environment) {
        assert!(start.elapsed() < Duration::from_secs(30), "the keyring did not come up");
        std::thread::sleep(Duration::from_millis(20));
    }
    owned
}

/// Whether somebody answers to a name on the bus.
fn has_owner(name: &str, environment: &[(String, String)]) -> bool {
    let mut command = Command::new("dbus-send");
    within(&mut command, environment).args([
        "--session",
        "--print-reply=literal",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
    ]);
    command.arg("org.freedesktop.DBus.NameHasOwner").arg(format!("string:{name}"));
    command.output().is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("true"))
}

/// The desk's surroundings instead of those of whoever runs the tests.
fn within<'a>(command: &'a mut Command, environment: &[(String, String)]) -> &'a mut Command {
    for name in
        ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "WEBKIT_DISABLE_DMABUF_RENDERER", "CLEAVE_HOME"]
    {
        command.env_remove(name);
    }
    command.envs(environment.iter().cloned())
}

fn children(parent: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").expect("/proc").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // `pid (name) state ppid …`, and the name may hold anything.
        let after = stat.rsplit(')').next().unwrap_or_default();
        after.split_whitespace().nth(1).and_then(|field| field.parse::<u32>().ok()) == Some(parent)
    })
    .collect()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

fn set_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).expect("a private folder");
}
