-- Separations: drafts of them, what was decided, and what became of it.

-- A plan that somebody works on. It goes when the person throws it away, or with the decision that carries it.
CREATE TABLE draft (
  contact_id TEXT PRIMARY KEY,
  -- For people: the contact's name.
  title      TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  saved_at   INTEGER NOT NULL,
  -- The stored form of the plan, with its version inside. Last, so that a list does not read it.
  doc        TEXT NOT NULL
) STRICT;

-- What was decided, where that is large: the payload of the entry then holds its kind and no more. Apart from the
-- entry, so that lists do not read it and a change of state does not write it again.
CREATE TABLE separation (
  op_id TEXT PRIMARY KEY REFERENCES entry (op_id),
  doc   TEXT NOT NULL
) STRICT;
CREATE TRIGGER separation_stays BEFORE DELETE ON separation
  BEGIN SELECT RAISE(ABORT, 'the outbox keeps every decision'); END;
CREATE TRIGGER separation_is_final BEFORE UPDATE ON separation
  BEGIN SELECT RAISE(ABORT, 'a decision is not rewritten'); END;

-- Prediction beside what became of it, and whether the two differ anywhere.
ALTER TABLE entry ADD COLUMN receipt TEXT;
ALTER TABLE entry ADD COLUMN receipt_differs INTEGER NOT NULL DEFAULT 0;
-- Where the server's refusal points, such as phoneNumber.new; empty where it points nowhere.
ALTER TABLE entry ADD COLUMN refused_at TEXT NOT NULL DEFAULT '';

-- A contact and a review may have the same id: they are two subjects.
DROP INDEX entry_live;
CREATE UNIQUE INDEX entry_live ON entry (subject, (kind = 'separate'))
  WHERE state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded');

CREATE INDEX entry_settled ON entry (seq)
  WHERE state IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded');
