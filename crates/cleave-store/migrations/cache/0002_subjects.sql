-- What a separation works on: messages by conversation, and contacts by words and numbers.

-- All messages of a conversation, oldest first, as a JSON list of [id, createdAt, inbound, text]. One row, because
-- they are read and replaced together.
CREATE TABLE message_list (
  conversation_id TEXT PRIMARY KEY,
  seen_at         INTEGER NOT NULL,
  doc             TEXT NOT NULL
) STRICT;

-- Which conversations a contact is known to have.
ALTER TABLE child ADD COLUMN child_id TEXT GENERATED ALWAYS AS (doc ->> '$._id') VIRTUAL;
CREATE INDEX child_conversation ON child (child_id) WHERE kind = 'conversation';

-- Folded names, e-mail address and digits of phone numbers.
CREATE TABLE contact_search (
  contact_id TEXT PRIMARY KEY,
  search     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers under phoneNumber, which belong to one contact of an organisation, in their comparable form.
CREATE TABLE contact_phone (
  number     TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (number, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_phone_contact ON contact_phone (contact_id);
