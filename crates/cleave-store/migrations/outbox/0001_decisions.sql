-- Decisions and everything that happened to them. Nothing here is ever deleted.

CREATE TABLE entry (
  -- Order of the decisions, independent of any clock.
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id           TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL,
  -- The review (later also a contact or an organisation's settings) that the decision is about.
  subject         TEXT NOT NULL,
  -- For people: names of the pair.
  title           TEXT NOT NULL,
  payload         TEXT NOT NULL,
  payload_version INTEGER NOT NULL,
  -- Fingerprint of what the admin saw, and what it was.
  basis           TEXT NOT NULL,
  seen            TEXT NOT NULL,
  -- Field values that were predicted, and those in which the server did something else.
  predicted       TEXT NOT NULL,
  differences     TEXT NOT NULL DEFAULT '[]',
  state           TEXT NOT NULL,
  hold            TEXT NOT NULL,
  reason          TEXT NOT NULL,
  -- Checks and sends in a row that failed without effect.
  failures        INTEGER NOT NULL DEFAULT 0,
  -- Milliseconds since 1970. When the hold ends by itself; none if it does not.
  not_before      INTEGER,
  cancel_until    INTEGER,
  decided_at      INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL DEFAULT 1
) STRICT;

-- One live decision a subject, whatever the code above does.
CREATE UNIQUE INDEX entry_live ON entry (subject)
  WHERE state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded');
CREATE INDEX entry_subject ON entry (subject, seq);
CREATE INDEX entry_state ON entry (state, hold, seq);

-- Contacts that an entry changes or depends on, in the order of the decision: source, then candidate.
CREATE TABLE touch (
  op_id      TEXT NOT NULL REFERENCES entry (op_id),
  position   INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (op_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_contact ON touch (contact_id, op_id);

-- Every send. Born maybe_written; only the live process that saw how it ended says otherwise.
CREATE TABLE attempt (
  op_id     TEXT NOT NULL REFERENCES entry (op_id),
  number    INTEGER NOT NULL,
  written   TEXT NOT NULL,
  -- SHA-256 of the bytes of the body.
  body_hash TEXT NOT NULL,
  at        INTEGER NOT NULL,
  ended_at  INTEGER,
  status    INTEGER,
  outcome   TEXT NOT NULL,
  PRIMARY KEY (op_id, number)
) STRICT, WITHOUT ROWID;

-- What was read from the server about an entry, and what it proves.
CREATE TABLE evidence (
  id     INTEGER PRIMARY KEY,
  op_id  TEXT NOT NULL REFERENCES entry (op_id),
  at     INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_entry ON evidence (op_id, id);

-- Every change of state, in the transaction that made it.
CREATE TABLE transition (
  id         INTEGER PRIMARY KEY,
  op_id      TEXT NOT NULL REFERENCES entry (op_id),
  at         INTEGER NOT NULL,
  from_state TEXT NOT NULL,
  from_hold  TEXT NOT NULL,
  to_state   TEXT NOT NULL,
  to_hold    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  UNIQUE (op_id, revision)
) STRICT;

CREATE TRIGGER entry_stays BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the outbox keeps every entry'); END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt
  BEGIN SELECT RAISE(ABORT, 'the outbox keeps every attempt'); END;
CREATE TRIGGER transition_stays BEFORE DELETE ON transition
  BEGIN SELECT RAISE(ABORT, 'the outbox keeps every transition'); END;
CREATE TRIGGER transition_is_final BEFORE UPDATE ON transition
  BEGIN SELECT RAISE(ABORT, 'a transition is not rewritten'); END;
