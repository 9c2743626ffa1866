//! What fills an empty database: two organisations with their people and pipelines, and then a world.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use crate::auth::password;
use crate::auth::role::Role;
use crate::clock::stamp;
use crate::config::{Config, World};
use crate::db::{fresh_id, organization, user};
use crate::error::StartError;
use crate::http::Refusal;
use crate::{import, seed};

/// Sign-in name of the main organisation's ADMIN.
pub(crate) const ADMIN_EMAIL: &str = "admin@example.com";

/// The people of the main organisation. All of them sign in with the demo password.
const PEOPLE: [(&str, &str, Role); 6] = [
    (ADMIN_EMAIL, "Dana Whitfield", Role::Admin),
    ("superadmin@example.com", "Iris Novak", Role::SuperAdmin),
    ("head@example.com", "Tomasz Lind", Role::DepartmentHead),
    ("sales@example.com", "Priya Raman", Role::SalesRep),
    ("marco.bell@example.com", "Marco Bell", Role::SalesRep),
    ("lena.fischer@example.com", "Lena Fischer", Role::SalesRep),
];

const PIPELINES: [(&str, &[&str]); 2] = [
    ("Sales", &["New Lead", "Contacted", "Qualified", "Proposal", "Won"]),
    ("Service", &["Open", "Waiting", "Done"]),
];

/// What the rest of a world is built on.
pub(crate) struct Base {
    /// The main organisation.
    pub(crate) organization: String,
    /// Its ordinal.
    pub(crate) ordinal: i64,
    /// Its people, the ADMIN first.
    pub(crate) users: Vec<String>,
    /// Names of its people, in the same order.
    pub(crate) names: Vec<String>,
    /// Its pipelines as documents, the default one first.
    pub(crate) pipelines: Vec<Value>,
    /// Now, in milliseconds since 1970.
    pub(crate) now: i64,
}

/// Fills a database that holds no world, and sees to it that the demo users have the password.
pub(crate) fn ensure(tx: &Transaction<'_>, config: &Config, password: &str) -> Result<(), StartError> {
    let ready: i64 = tx.query_row("SELECT count(*) FROM meta WHERE key = 'world'", [], |row| row.get(0))?;
    if ready == 0 {
        make(tx, config)?;
        tx.execute("INSERT INTO meta (key, value) VALUES ('world', ?1)", [stamp(config.clock.millis())])?;
    }
    set_password(tx, password)
}

fn make(tx: &Transaction<'_>, config: &Config) -> Result<(), StartError> {
    let number = match &config.world {
        World::Seed(seed) => seed.number,
        World::Csv { number, .. } => *number,
        World::Empty => 0,
    };
    fresh_id::start(tx, number)?;
    let base = main_organization(tx, config.clock.millis())?;
    other_organization(tx)?;
    match &config.world {
        World::Empty => Ok(()),
        World::Seed(seed) => seed::fill(tx, &base, *seed),
        World::Csv { path, number } => import::fill(tx, &base, path, *number),
    }
}

fn main_organization(tx: &Transaction<'_>, now: i64) -> Result<Base, StartError> {
    let id = fresh_id::next(tx)?;
    let ordinal = organization::insert(tx, &id, "Harbour & Vale")?;
    let mut users = Vec::new();
    for (email, name, role) in PEOPLE {
        users.push(person(tx, &id, (email, name, role))?);
    }
    let mut pipelines = Vec::new();
    for (name, stages) in PIPELINES {
        let stages: Vec<Value> = stages
            .iter()
            .map(|stage| Ok(json!({"_id": fresh_id::next(tx)?, "name": stage})))
            .collect::<Result<_, rusqlite::Error>>()?;
        let pipeline =
            json!({"_id": fresh_id::next(tx)?, "organizationId": id, "name": name, "stages": stages});
        organization::insert_pipeline(tx, &pipeline)?;
        pipelines.push(pipeline);
    }
    let names = PEOPLE.map(|(_, name, _)| name.to_owned()).to_vec();
    Ok(Base { organization: id, ordinal, users, names, pipelines, now })
}

/// A second organisation with an ADMIN of its own, so that nothing of one is seen by the other can be tried out.
fn other_organization(tx: &Transaction<'_>) -> Result<(), StartError> {
    let id = fresh_id::next(tx)?;
    organization::insert(tx, &id, "Elsewhere & Co")?;
    person(tx, &id, ("admin@example.org", "Noor Haddad", Role::Admin))?;
    Ok(())
}

fn person(
    tx: &Transaction<'_>,
    organization: &str,
    (email, name, role): (&str, &str, Role),
) -> Result<String, StartError> {
    let id = fresh_id::next(tx)?;
    let document = json!({"_id": id, "fullName": name, "email": email, "organizationId": organization,
        "accessRole": role.name()});
    user::insert(tx, &document, role, "")?;
    Ok(id)
}

/// Gives the demo users the password unless they have it. One hash serves all: they are one secret.
fn set_password(tx: &Transaction<'_>, password: &str) -> Result<(), StartError> {
    let stored: String = tx.query_row("SELECT password_hash FROM user LIMIT 1", [], |row| row.get(0))?;
    if !password::matches(password, &stored) {
        let hash = password::hash(password).map_err(StartError::Credentials)?;
        tx.execute("UPDATE user SET password_hash = ?1", params![hash])?;
    }
    Ok(())
}

impl From<Refusal> for StartError {
    fn from(refusal: Refusal) -> Self {
        StartError::World(refusal.to_string())
    }
}
