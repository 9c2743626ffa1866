//! Users and their refresh tokens.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::auth::role::Role;
use crate::db::document::{self, text};
use crate::http::Refusal;

/// A user as sign-in needs it.
pub(crate) struct Account {
    /// The id.
    pub(crate) id: String,
    /// The organisation the user works for.
    pub(crate) organization: String,
    /// What the user may do.
    pub(crate) role: Role,
    /// Argon2 hash of the password, in PHC form.
    pub(crate) password_hash: String,
    /// The document `{_id, fullName, email, …}`.
    pub(crate) document: Value,
}

/// Stores a user.
pub(crate) fn insert(db: &Connection, user: &Value, role: Role, password_hash: &str) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO user (id, organization_id, email, password_hash, role, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute([
        text(user, "_id"),
        text(user, "organizationId"),
        text(user, "email"),
        password_hash,
        role.name(),
        &user.to_string(),
    ])?;
    Ok(())
}

/// The account with an e-mail address, in any case of its letters.
pub(crate) fn by_email(db: &Connection, email: &str) -> Result<Option<Account>, Refusal> {
    account(db, "SELECT id, organization_id, role, password_hash, doc FROM user WHERE email = ?1", email)
}

/// The account with an id.
pub(crate) fn by_id(db: &Connection, id: &str) -> Result<Option<Account>, Refusal> {
    account(db, "SELECT id, organization_id, role, password_hash, doc FROM user WHERE id = ?1", id)
}

/// `{_id, fullName, email}`, the form in which other documents name a user; just the id where nobody is known by it.
pub(crate) fn reference(db: &Connection, id: &str) -> Result<Value, Refusal> {
    let user = document::one(db, "SELECT doc FROM user WHERE id = ?1", [id])?;
    Ok(user.map_or_else(
        || json!(id),
        |user| json!({"_id": id, "fullName": user["fullName"], "email": user["email"]}),
    ))
}

/// The users of an organisation, by id.
pub(crate) fn of_organization(db: &Connection, organization: &str) -> Result<Vec<Value>, Refusal> {
    document::many(db, "SELECT doc FROM user WHERE organization_id = ?1 ORDER BY id", [organization])
}

/// Keeps a refresh token by its hash.
pub(crate) fn keep_refresh(db: &Connection, hash: &[u8], user: &str, expires: i64) -> Result<(), Refusal> {
    db.prepare_cached("INSERT INTO refresh_token (hash, user_id, expires_at) VALUES (?1, ?2, ?3)")?
        .execute(params![hash, user, expires])?;
    Ok(())
}

/// Uses up a refresh token: its user, if it was good at this time.
pub(crate) fn spend_refresh(db: &Connection, hash: &[u8], now: i64) -> Result<Option<Account>, Refusal> {
    let sql = "DELETE FROM refresh_token WHERE hash = ?1 RETURNING user_id, expires_at";
    let spent: Option<(String, i64)> =
        db.prepare_cached(sql)?.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match spent {
        Some((user, expires)) if expires > now => by_id(db, &user),
        _ => Ok(None),
    }
}

fn account(db: &Connection, sql: &str, by: &str) -> Result<Option<Account>, Refusal> {
    type Row = (String, String, String, String, String);
    let row: Option<Row> = db
        .prepare_cached(sql)?
        .query_row([by], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((id, organization, role, password_hash, document)) = row else { return Ok(None) };
    let role = Role::from_name(&role).ok_or_else(|| Refusal::internal("a stored role has no meaning"))?;
    Ok(Some(Account { id, organization, role, password_hash, document: serde_json::from_str(&document)? }))
}
