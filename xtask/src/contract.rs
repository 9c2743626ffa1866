//! Schemathesis against the local API service: generated requests for every operation the service
//! publishes at `/openapi.json`, each answer held against its schema.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::python;
use crate::repo::Repo;
use crate::step::{Stop, open};

/// How many generated requests an operation gets, by default; enough to find a hole in a minute.
const EXAMPLES: &str = "25";

/// Starts the service on a free port with a seeded world, signs in, and lets schemathesis at it.
pub fn check(repo: &Repo) -> Result<(), Stop> {
    let program = python::schemathesis(repo)?;
    let service = Service::start(repo)?;
    let token = service.token()?;
    let mut command = Command::new(program);
    command
        .current_dir(repo.scratch("")?)
        .arg("run")
        .arg(format!("{}/openapi.json", service.url))
        .arg("--header")
        .arg(format!("Authorization: Bearer {token}"))
        // The same requests every time, so that a failure can be repeated.
        .args(["--generation-deterministic", "--max-examples", EXAMPLES])
        .args(["--phases", "examples,coverage,fuzzing"])
        // The one check that cannot hold: the contract answers 400 to preconditions no schema can say,
        // such as a threshold above the highest possible score.
        .args(["--exclude-checks", "positive_data_acceptance"])
        .args(["--request-timeout", "10"])
        .args(["--suppress-health-check", "all"]);
    open("schemathesis against the local API service", &mut command)
}

/// A running `cleave-cli serve`, ended when dropped.
struct Service {
    child: Child,
    data: PathBuf,
    url: String,
    email: String,
    password: String,
}

impl Service {
    fn start(repo: &Repo) -> Result<Self, Stop> {
        let data = repo.scratch("contract-data")?;
        let _ = std::fs::remove_dir_all(&data);
        let mut child = Command::new(repo.binary("debug", "cleave-cli"))
            .args(["serve", "--port", "0", "--seed", "1", "--json", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Stop::io("start cleave-cli serve (is it built?)", &error))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout)
                .read_line(&mut line)
                .map_err(|error| Stop::io("read its first line", &error))?;
        }
        let first: Value = serde_json::from_str(&line).unwrap_or_default();
        let text = |name: &str| first[name].as_str().unwrap_or_default().to_owned();
        let service =
            Self { child, data, url: text("url"), email: text("email"), password: text("password") };
        if service.url.is_empty() {
            return Err(Stop::found(format!("cleave-cli serve did not say where it is: {line:?}")));
        }
        Ok(service)
    }

    /// Signs in with the demo credentials.
    fn token(&self) -> Result<String, Stop> {
        let body = json!({"email": self.email, "password": self.password}).to_string();
        let answer =
            post(&self.url, "/api/auth/login", &body).map_err(|error| Stop::io("sign in", &error))?;
        answer["token"].as_str().map(str::to_owned).ok_or_else(|| Stop::found("the service gave no token"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// One plain HTTP exchange on loopback: not worth an HTTP client in everybody's first build.
fn post(url: &str, path: &str, body: &str) -> std::io::Result<Value> {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    Ok(serde_json::from_str(body).unwrap_or_default())
}
