//! The dependency arrows of ARCHITECTURE.md, read from `cargo metadata`: an edge that is not listed
//! here fails the test. Only what ships counts; a test may start the service.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::repo::Repo;
use crate::step::Stop;

/// Which of our crates each crate may use, directly.
const ARROWS: &[(&str, &[&str])] = &[
    ("cleave", &["cleave-app", "cleave-service"]),
    ("cleave-cli", &["cleave-app", "cleave-service"]),
    ("cleave-app", &["cleave-sync", "cleave-store", "cleave-wire", "cleave-match", "cleave-core"]),
    ("cleave-sync", &["cleave-store", "cleave-wire", "cleave-core"]),
    ("cleave-store", &["cleave-wire", "cleave-core"]),
    ("cleave-wire", &["cleave-core"]),
    ("cleave-match", &["cleave-core"]),
    ("cleave-service", &["cleave-wire", "cleave-match", "cleave-core"]),
    ("cleave-core", &[]),
    ("xtask", &[]),
];

/// What only the named crates may use, because of what it would let in.
const KEPT: &[(&str, &[&str])] = &[
    ("tauri", &["cleave"]),
    ("reqwest", &["cleave-sync"]),
    ("axum", &["cleave-service"]),
    ("rusqlite", &["cleave-store", "cleave-service"]),
    ("keyring", &["cleave-app"]),
];

/// Crates that decide and never do: no clock, disk, network, randomness or runtime.
const PURE: &[&str] = &["cleave-core", "cleave-match", "cleave-wire"];

/// What would let one of those in.
const IMPURE: &[&str] = &["tokio", "rand", "uuid", "tempfile", "futures-util"];

/// Checks every edge of the workspace.
pub fn check(repo: &Repo) -> Result<(), Stop> {
    let wrong = wrong(&edges(&repo.metadata(&["--no-deps"])?));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Stop::found(format!("dependencies that ARCHITECTURE.md does not allow:\n  {}", wrong.join("\n  "))))
}

/// Package → what it depends on, without dev-dependencies.
type Edges = BTreeMap<String, BTreeSet<String>>;

fn edges(metadata: &Value) -> Edges {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let uses = list(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
                .collect();
            (package["name"].as_str().unwrap_or_default().to_owned(), uses)
        })
        .collect()
}

fn wrong(edges: &Edges) -> Vec<String> {
    let mut wrong = Vec::new();
    for (package, uses) in edges {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == package) else {
            wrong.push(format!("{package}: not a crate of the layout"));
            continue;
        };
        for used in uses {
            let used = used.as_str();
            let ours = edges.contains_key(used) && !allowed.contains(&used);
            let kept = KEPT.iter().any(|(name, by)| *name == used && !by.contains(&package.as_str()));
            let impure = PURE.contains(&package.as_str()) && IMPURE.contains(&used);
            if ours || kept || impure {
                wrong.push(format!("{package} → {used}"));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(pairs: &[(&str, &[&str])]) -> Edges {
        pairs
            .iter()
            .map(|(name, uses)| ((*name).to_owned(), uses.iter().map(|used| (*used).to_owned()).collect()))
            .collect()
    }

    #[test]
    fn listed_arrows_pass_and_others_are_named() {
        assert!(wrong(&graph(ARROWS)).is_empty());
        let found = wrong(&graph(&[
            ("cleave-service", &["cleave-store"]),
            ("cleave-store", &["reqwest"]),
            ("cleave-core", &["tokio"]),
            ("cleave-extra", &[]),
        ]));
        assert_eq!(
            found,
            [
                "cleave-core → tokio",
                "cleave-extra: not a crate of the layout",
                "cleave-service → cleave-store",
                "cleave-store → reqwest"
            ]
        );
    }

    #[test]
    fn dev_dependencies_do_not_count() {
        let metadata = serde_json::json!({"packages": [
            {"name": "cleave-sync", "dependencies": [
                {"name": "cleave-service", "kind": "dev"}, {"name": "cleave-core", "kind": null}]},
            {"name": "cleave-service", "dependencies": []},
            {"name": "cleave-core", "dependencies": []},
        ]});
        assert!(wrong(&edges(&metadata)).is_empty());
    }
}
