//! `cleave-cli serve` as a process of its own, and a file of contacts for it.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::Value;

/// A service that is ended with the test.
pub struct Served {
    process: Child,
    stdout: BufReader<ChildStdout>,
    /// The first line it printed.
    pub greeting: Value,
}

impl Served {
    /// Serves on a free port, and waits for the greeting.
    pub fn start(args: &[&str]) -> Served {
        let mut process = Command::new(env!("CARGO_BIN_EXE_cleave-cli"))
            .args(["serve", "--json", "--port", "0"])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        Served { process, stdout, greeting: serde_json::from_str(&line).unwrap() }
    }

    pub fn text(&self, key: &str) -> String {
        self.greeting[key].as_str().unwrap().to_owned()
    }

    /// Asks it to terminate. Answers how it ended, and what it printed after the greeting.
    #[cfg(unix)]
    pub fn terminate(mut self) -> (ExitStatus, String) {
        let kill = format!("kill -TERM {}", self.process.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (self.process.wait().unwrap(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

const GIVEN: [&str; 16] = [
    "Ada", "Bruno", "Chloé", "Dmitri", "Elif", "Farah", "Günther", "Hana", "Ivo", "Jolanta", "Kwame",
    "Lucía", "Marek", "Noor", "Oskar", "Priya",
];
const FAMILY: [&str; 15] = [
    "Abendroth",
    "Bianchi",
    "Castellanos",
    "Dvořák",
    "Eriksson",
    "Fitzgerald",
    "Grünwald",
    "Hashimoto",
    "Ivanović",
    "Jankowski",
    "Kallas",
    "Lindqvist",
    "Mbeki",
    "Novotný",
    "Okafor",
];

/// How many people the file has.
pub const PEOPLE: usize = GIVEN.len() * FAMILY.len();

/// Writes a file of [`PEOPLE`] contacts and a second row for every third of them: with a letter missing and another
/// address, or with the number of the first in another spelling. Answers with the number of rows.
pub fn contacts(path: &Path) -> usize {
    let mut file = String::from("Given Name,surname,E-Mail,Mobile,company,Favourite Colour\n");
    let mut rows = 0;
    for person in 0..PEOPLE {
        let (given, family) = (GIVEN[person % GIVEN.len()], FAMILY[person / GIVEN.len()]);
        let mut row = |given: &str, family: &str, email: &str, phone: &str| {
            rows += 1;
            writeln!(file, "{given},{family},{email},{phone},\"{family}, Sons & Co\",green").unwrap();
        };
        let email = format!("person{person}@example.com");
        let digits = format!("41579{person:04}");
        row(given, family, &email, &format!("+1{digits}"));
        match person % 6 {
            0 => row(given, &family[1..], &email, ""),
            3 => row(given, family, "", &format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..])),
            _ => {}
        }
    }
    std::fs::write(path, file).unwrap();
    rows
}
