//! Keeps the documents honest: links between files lead somewhere, commands they name exist, and so do tests; and no
//! fault that is expected goes without a word.

mod faults;

use std::path::{Path, PathBuf};

use crate::repo::Repo;
use crate::step::Stop;

/// The documents a newcomer reads, besides everything under `docs/`.
const ROOT: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"];

/// The document that accounts for every fault.
const FAULTS: &str = "docs/reliability.md";

/// Checks all documents.
pub fn check(repo: &Repo) -> Result<(), Stop> {
    let mut files: Vec<PathBuf> = ROOT.iter().map(|name| repo.root.join(name)).collect();
    markdown(&repo.root.join("docs"), &mut files)?;
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(&repo.root).unwrap_or(&file).display().to_string();
        let Ok(text) = std::fs::read_to_string(&file) else {
            wrong.push(format!("{name}: cannot be read"));
            continue;
        };
        if file == repo.root.join(FAULTS) {
            wrong.extend(faults::missing(&text).into_iter().map(|missing| format!("{name}: {missing}")));
        }
        let folder = file.parent().unwrap_or(&repo.root);
        wrong.extend(
            links(&text).filter(|link| !leads(folder, link)).map(|link| format!("{name}: no file at {link}")),
        );
        wrong.extend(
            unknown_commands(&text).map(|command| format!("{name}: no command `cargo xtask {command}`")),
        );
        wrong.extend(
            named_tests(&text)
                .filter(|(file, test)| !is_test(&repo.root, file, test))
                .map(|(file, test)| format!("{name}: no test {test} in {file}")),
        );
    }
    if wrong.is_empty() { Ok(()) } else { Err(Stop::found(format!("documents:\n  {}", wrong.join("\n  ")))) }
}

fn markdown(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    let entries = std::fs::read_dir(folder).map_err(|error| Stop::io("list docs/", &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Stop::io("list docs/", &error))?.path();
        if path.is_dir() {
            markdown(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// The targets of `[text](target)` and `![text](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

fn leads(folder: &Path, link: &str) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    link.contains("://") || path.is_empty() || folder.join(path).exists()
}

/// Tests as the documents name them: a file and a function between backticks, `sync/tests/it/service.rs::name`.
fn named_tests(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter_map(|quoted| quoted.split_once(".rs::"))
}

/// Whether a file has a test of this name: a function right behind an attribute that makes it one.
fn is_test(root: &Path, file: &str, test: &str) -> bool {
    let folder = if file.starts_with("tests/") { root.to_owned() } else { root.join("crates") };
    let file = if file.starts_with("tests/") { format!("{file}.rs") } else { format!("cleave-{file}.rs") };
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else { return false };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let function = format!("fn {test}(");
    let at = lines.iter().position(|line| line.strip_prefix("async ").unwrap_or(line).starts_with(&function));
    // `proptest!` and other attributes may stand between.
    at.is_some_and(|at| {
        let above =
            lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        above.into_iter().any(|line| line.contains("test"))
    })
}

fn unknown_commands(text: &str) -> impl Iterator<Item = &str> {
    text.split("cargo xtask ")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next())
        .filter(|command| !command.is_empty() && !crate::COMMANDS.iter().any(|(name, _)| name == command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_commands_are_found() {
        let text =
            "See [a](src/main.rs) and ![b](https://x.example/y). `cargo xtask run`, `cargo xtask deploy`.";
        assert_eq!(links(text).collect::<Vec<_>>(), ["src/main.rs", "https://x.example/y"]);
        assert_eq!(unknown_commands(text).collect::<Vec<_>>(), ["deploy"]);
    }

    #[test]
    fn a_test_that_is_named_must_be_one() {
        let text = "Shown by `tests/a/b.rs::works`, `x/src/c.rs`.";
        assert_eq!(named_tests(text).collect::<Vec<_>>(), [("tests/a/b", "works")]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert!(is_test(root, "core/src/reconcile", "the_table_of_evidence"));
        assert!(!is_test(root, "core/src/reconcile", "before_sending"), "a function, but no test");
        assert!(!is_test(root, "core/src/reconcile", "absent"));
        assert!(!is_test(root, "core/src/absent", "works"));
    }

    #[test]
    fn a_link_must_lead_to_a_file() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(leads(here, "src/main.rs#top"));
        assert!(leads(here, "#heading"));
        assert!(!leads(here, "src/absent.rs"));
    }
}
