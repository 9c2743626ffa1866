//! A service, and a home to run commands in.

use std::path::PathBuf;

use assert_cmd::Command;
use cleave_app::ipc::{AppError, QueuePage, ReviewView};
use cleave_service::{Config, DataDir, Fault, Running, Seed, Service, World};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Runtime;

pub const PASSWORD: &str = "correct horse battery";
pub const ADMIN: &str = "admin@example.com";

/// A service that answers on threads of its own while the test waits for commands.
pub struct Desk {
    runtime: Runtime,
    service: Option<Running>,
    pub url: String,
    /// What signs [`ADMIN`] in.
    pub password: String,
    dir: tempfile::TempDir,
}

/// What a command left behind.
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Done {
    /// stdout as a type of the application; the command must have ended with this code.
    pub fn json<T: DeserializeOwned>(&self, code: i32) -> T {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert_eq!(self.stdout.lines().count(), 1, "more than one document: {}", self.stdout);
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// stderr as an error; the command must have ended with this code and printed nothing else.
    pub fn error(&self, code: i32) -> AppError {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert_eq!((self.stdout.as_str(), self.stderr.lines().count()), ("", 1), "{}", self.stderr);
        serde_json::from_str(&self.stderr).unwrap()
    }
}

impl Desk {
    pub fn new() -> Desk {
        let mut desk = Desk::without_service();
        let seeded = config(desk.path("service"), 0);
        let service = desk.runtime.block_on(Service::start(seeded)).unwrap();
        desk.url.clone_from(&service.url);
        desk.service = Some(service);
        desk
    }

    /// A desk for a service that is somewhere else.
    pub fn without_service() -> Desk {
        cleave_app::install_tls();
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("passphrase"), "open sesame\n").unwrap();
        Desk {
            runtime: Runtime::new().unwrap(),
            service: None,
            url: String::new(),
            password: PASSWORD.to_owned(),
            dir,
        }
    }

    /// A desk whose home is signed in.
    pub fn signed_in() -> Desk {
        let desk = Desk::new();
        let done = desk.connect("home");
        assert_eq!(done.code, 0, "{}", done.stderr);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn stop(&mut self) {
        self.runtime.block_on(self.service.take().unwrap().shutdown());
    }

    pub fn come_back(&mut self) {
        let port = self.url.rsplit(':').next().unwrap().parse().unwrap();
        let service = self.runtime.block_on(Service::start(config(self.path("service"), port)));
        self.service = Some(service.unwrap());
    }

    /// Runs a command in a home, with text on stdin.
    pub fn run_in(&self, home: &str, args: &[&str], stdin: &str) -> Done {
        let mut command = self.bare(args);
        command.arg("--home").arg(self.path(home)).arg("--passphrase-file").arg(self.path("passphrase"));
        finish(command.write_stdin(stdin))
    }

    /// Runs a command in the usual home.
    pub fn run(&self, args: &[&str]) -> Done {
        self.run_in("home", args, "")
    }

    /// Runs a command in the usual home by a shell that lets no file grow beyond so many blocks of 512 bytes.
    #[cfg(unix)]
    pub fn limited(&self, args: &[&str], blocks: u32) -> Done {
        let mut command = Command::new("sh");
        // A write beyond the limit then fails, as one to a full disk does, and ends no process.
        command.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
        command.arg(env!("CARGO_BIN_EXE_cleave-cli")).args(args);
        command.arg("--home").arg(self.path("home")).arg("--passphrase-file").arg(self.path("passphrase"));
        finish(self.apart(&mut command))
    }

    /// The command and nothing of this machine's own Cleave or keyring.
    pub fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cleave-cli"));
        self.apart(command.args(args));
        command
    }

    /// Keeps a command from this machine's own Cleave and keyring.
    fn apart<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("HOME", self.dir.path()).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        for variable in ["CLEAVE_HOME", "CLEAVE_LOG", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"] {
            command.env_remove(variable);
        }
        command
    }

    /// Makes the next requests go wrong.
    pub fn fault(&self, fault: Fault) {
        self.service.as_ref().unwrap().faults().unwrap().add(fault).unwrap();
    }

    /// Alters a file of the one account in the usual home.
    pub fn alter(&self, file: &str, sql: &str) {
        let mut accounts = std::fs::read_dir(self.path("home").join("accounts")).unwrap();
        let database = accounts.next().unwrap().unwrap().path().join(file);
        rusqlite::Connection::open(database).unwrap().execute_batch(sql).unwrap();
    }

    pub fn connect(&self, home: &str) -> Done {
        let args = ["connect", "--url", &self.url, "--email", ADMIN, "--password-stdin", "--json"];
        self.run_in(home, &args, &format!("{}\n", self.password))
    }

    pub fn queue(&self, args: &[&str]) -> QueuePage {
        self.run(&[&["queue", "--json"], args].concat()).json(0)
    }

    pub fn review(&self, id: &str) -> ReviewView {
        self.run(&["review", id, "--json"]).json(0)
    }

    /// What another client of the server sees.
    pub fn server(&self, path: &str) -> Value {
        let (status, body) = self.answer(path);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// What another client of the server is answered, whatever it is.
    pub fn answer(&self, path: &str) -> (u16, Value) {
        self.runtime.block_on(async {
            let http = reqwest::Client::new();
            let request = http.get(format!("{}{path}", self.url)).bearer_auth(self.token(&http).await);
            let answer = request.send().await.unwrap();
            (answer.status().as_u16(), answer.json().await.unwrap())
        })
    }

    /// Another client resolves a review.
    pub fn resolve(&self, review: &str, how: &str) {
        self.runtime.block_on(async {
            let http = reqwest::Client::new();
            let url = format!("{}/api/contacts/dedup-reviews/{review}/{how}", self.url);
            let request = http.patch(url).bearer_auth(self.token(&http).await).json(&serde_json::json!({}));
            assert!(request.send().await.unwrap().status().is_success());
        });
    }

    pub fn a_token(&self) -> String {
        self.runtime.block_on(async { self.token(&reqwest::Client::new()).await })
    }

    async fn token(&self, http: &reqwest::Client) -> String {
        let body = serde_json::json!({"email": ADMIN, "password": self.password});
        let request = http.post(format!("{}/api/auth/login", self.url)).json(&body);
        let login: Value = request.send().await.unwrap().json().await.unwrap();
        login["token"].as_str().unwrap().to_owned()
    }
}

pub fn finish(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn config(data: PathBuf, port: u16) -> Config {
    Config {
        data: DataDir::Dir(data),
        world: World::Seed(Seed { number: 7, contacts: 250 }),
        port,
        password: Some(PASSWORD.to_owned()),
        faults: true,
        ..Config::default()
    }
}
