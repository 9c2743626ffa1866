-- What the server said, kept to be shown without it. Disposable: everything can be read again.

-- Documents as received. `whole` says that the contact's own route answered, not only a reference or a list.
CREATE TABLE contact (
  id      TEXT PRIMARY KEY,
  whole   INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  doc     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a review, with everything that the queue shows, filters, sorts and searches by. The document has a
-- table of its own, so that a scan of the queue stays in few pages.
CREATE TABLE review (
  key            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  is_open        INTEGER NOT NULL,
  -- Word of what was decided here: open, queued, done, needs_you.
  local          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  -- Percent; -1 where the server gave none.
  score          REAL NOT NULL,
  created_at     TEXT NOT NULL,
  source_id      TEXT NOT NULL,
  candidate_id   TEXT NOT NULL,
  source_name    TEXT NOT NULL,
  candidate_name TEXT NOT NULL,
  -- JSON list of paths.
  differing      TEXT NOT NULL,
  -- Folded names, e-mail addresses and digits of phone numbers of both contacts.
  search         TEXT NOT NULL,
  seen_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX review_score ON review (score, id, kind) WHERE is_open = 1 AND local = 'open';
CREATE INDEX review_created ON review (created_at, id, kind) WHERE is_open = 1 AND local = 'open';
CREATE INDEX review_decided ON review (local, score, id) WHERE local IN ('queued', 'needs_you');
CREATE INDEX review_source ON review (source_id);
CREATE INDEX review_candidate ON review (candidate_id);

-- Populated contacts stand in `contact`; here they are ids.
CREATE TABLE review_doc (
  id  TEXT PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Child records of a contact, in the order they were received.
CREATE TABLE child (
  contact_id TEXT NOT NULL,
  kind       TEXT NOT NULL,
  position   INTEGER NOT NULL,
  doc        TEXT NOT NULL,
  PRIMARY KEY (contact_id, kind, position)
) STRICT, WITHOUT ROWID;

-- Which kinds are known of a contact. No row: unknown, which is not the same as none.
CREATE TABLE child_list (
  contact_id TEXT NOT NULL,
  kind       TEXT NOT NULL,
  complete   INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (contact_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE protection (
  contact_id TEXT PRIMARY KEY,
  seen_at    INTEGER NOT NULL,
  doc        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the server was found to support.
CREATE TABLE capability (
  route      TEXT PRIMARY KEY,
  support    TEXT NOT NULL,
  checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Marks of the last rounds of reading.
CREATE TABLE sync_state (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
