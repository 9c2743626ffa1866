//! The layout of the database, a migration a step.

use rusqlite_migration::{M, Migrations};

/// All steps in order. A step that was released is never changed.
pub(crate) fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(FIRST)])
}

const FIRST: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE organization (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    doc TEXT NOT NULL,
    settings TEXT NOT NULL
);

CREATE TABLE user (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;

-- Refresh tokens by the hash of their text; each is used once.
CREATE TABLE refresh_token (
    hash BLOB PRIMARY KEY,
    user_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE pipeline (id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;

-- The rowid is the order of the list: contacts stored later come first.
CREATE TABLE contact (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    owner TEXT,
    status TEXT,
    source TEXT,
    created_at INTEGER,
    doc TEXT NOT NULL
);
CREATE INDEX contact_by_organization ON contact (organization_id);
CREATE INDEX contact_by_owner ON contact (organization_id, owner);
CREATE INDEX contact_by_status ON contact (organization_id, status);
CREATE INDEX contact_by_source ON contact (organization_id, source);

-- How many contacts and how many reviews of each status an organisation has, kept by the triggers below:
-- counting 100,000 rows for each page of a list would take most of its time.
CREATE TABLE tally (
    organization_id TEXT NOT NULL,
    what TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (organization_id, what)
) WITHOUT ROWID;
CREATE TRIGGER contact_counted AFTER INSERT ON contact BEGIN
    INSERT INTO tally VALUES (NEW.organization_id, 'contacts', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contact_discounted AFTER DELETE ON contact BEGIN
    UPDATE tally SET n = n - 1 WHERE organization_id = OLD.organization_id AND what = 'contacts';
END;

-- Per-organisation phone uniqueness: a number under phoneNumber belongs to one contact.
CREATE TABLE contact_phone (
    organization_id TEXT NOT NULL,
    number TEXT NOT NULL,
    contact_id TEXT NOT NULL
);
CREATE UNIQUE INDEX contact_phone_unique ON contact_phone (organization_id, number);
CREATE INDEX contact_phone_by_contact ON contact_phone (contact_id);

-- Contacts that a merge dissolved, as they were.
CREATE TABLE dissolved_contact (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    at TEXT NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;

-- Words of a contact, each behind the ordinal of its organisation; rowids are those of contact.
CREATE VIRTUAL TABLE contact_words USING fts5 (
    words, content='', contentless_delete=1, detail=none, prefix='3 4 5', tokenize='ascii'
);

CREATE TABLE review (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    candidate_id TEXT NOT NULL,
    status TEXT NOT NULL,
    review_source TEXT NOT NULL,
    score REAL NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX review_queue ON review (organization_id, status, score DESC, id);
CREATE INDEX review_by_source ON review (source_id, status);
CREATE INDEX review_by_candidate ON review (candidate_id, status);

CREATE TRIGGER review_counted AFTER INSERT ON review BEGIN
    INSERT INTO tally VALUES (NEW.organization_id, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER review_recounted AFTER UPDATE OF status ON review BEGIN
    UPDATE tally SET n = n - 1 WHERE organization_id = OLD.organization_id AND what = OLD.status;
    INSERT INTO tally VALUES (NEW.organization_id, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Pairs that are not suggested again. low < high.
CREATE TABLE suppressed_pair (low TEXT NOT NULL, high TEXT NOT NULL, PRIMARY KEY (low, high)) WITHOUT ROWID;

-- What the organisation routes record.
CREATE TABLE audit (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    action TEXT NOT NULL,
    review_id TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversation_by_contact ON conversation (contact_id);

CREATE TABLE message (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX message_by_conversation ON message (conversation_id, created_at, id);
CREATE INDEX message_by_contact ON message (contact_id);

-- Applications, notes, reminders, training snapshots and documents.
CREATE TABLE child (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    doc TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX child_by_contact ON child (contact_id, kind, created_at);

CREATE TABLE protection (contact_id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
";
