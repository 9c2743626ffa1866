-- How far contacts were read one by one: what can be shown and decided without the server, and what is to be read again.

-- A row for every contact whose own route has answered.
CREATE TABLE contact_read (
  contact_id TEXT PRIMARY KEY,
  -- When its own route last answered.
  whole_at   INTEGER NOT NULL,
  -- When that was last tried.
  tried_at   INTEGER NOT NULL,
  -- Whether a list has shown it differently since.
  changed    INTEGER NOT NULL,
  -- Mark of how a list or a reference last showed it differently; 0 for never.
  part       INTEGER NOT NULL,
  -- Whether all records of every kind are here, and all messages of every conversation.
  records    INTEGER NOT NULL,
  messages   INTEGER NOT NULL,
  -- When the contact and its lists were read, the one read longest ago.
  read_at    INTEGER NOT NULL,
  -- Bytes of the stored documents.
  bytes      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_read_due ON contact_read (changed DESC, tried_at);

INSERT INTO contact_read SELECT id, seen_at, seen_at, 0, 0, 0, 0, seen_at, 0 FROM contact WHERE whole = 1;

-- Whether the list that names the conversation speaks against what was read of it.
ALTER TABLE message_list ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;
