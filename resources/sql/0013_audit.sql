-- The record becomes a chain: each record has a number and a hash, SHA-256 over the hash of the one before and all of its fields
-- (core/audit/AuditChain.h). Records of before are numbered, and have no hash: docs/decisions/0026-audit-record-is-a-chain.md.
ALTER TABLE audit_events ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit_events ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

UPDATE audit_events SET seq = numbered.place
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM audit_events) AS numbered
    WHERE numbered.id = audit_events.id;

CREATE UNIQUE INDEX audit_events_in_order ON audit_events (seq);
CREATE INDEX audit_events_of_address ON audit_events (address, id);

-- Where the chain begins to be checked, and where it ends now.
CREATE TABLE audit_chain (
    place TEXT    NOT NULL PRIMARY KEY,               -- anchor, head
    seq   INTEGER NOT NULL,
    hash  BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO audit_chain SELECT 'anchor', coalesce(max(seq), 0), zeroblob(32) FROM audit_events;
INSERT INTO audit_chain SELECT 'head', coalesce(max(seq), 0), zeroblob(32) FROM audit_events;

CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events BEGIN
    SELECT raise(ABORT, 'a record is never changed');
END;

-- Those that are too old go once the anchor says so.
CREATE TRIGGER audit_events_are_kept BEFORE DELETE ON audit_events
    WHEN old.seq > (SELECT seq FROM audit_chain WHERE place = 'anchor') BEGIN
    SELECT raise(ABORT, 'a record behind the anchor is never removed');
END;
