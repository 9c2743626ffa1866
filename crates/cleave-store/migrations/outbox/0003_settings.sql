-- Changes of settings are decisions, too. A build that cannot read them must not open a queue that may hold one, so they
-- come with a version of their own.

-- An organisation may have the id of a review or a contact: it is a subject of its own.
DROP INDEX entry_live;
CREATE UNIQUE INDEX entry_live ON entry (
  subject,
  (CASE kind WHEN 'separate' THEN 'contact' WHEN 'settings' THEN 'organization' ELSE 'review' END)
) WHERE state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded');
