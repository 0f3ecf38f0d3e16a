-- Until when CSRF tokens that a refresh key made are accepted: those of before there were keys for them. Set when the first of these is made.
ALTER TABLE signing_keys ADD COLUMN csrf_until INTEGER;

-- When each key signed. A key may sign again, after a rotation was taken back: activated_at is the first time, retired_at the last.
CREATE TABLE signing_spans (
    kid      TEXT    NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER                             -- NULL while it signs
) STRICT;

CREATE INDEX signing_spans_of_key ON signing_spans (kid, began_at);

INSERT INTO signing_spans (kid, began_at, ended_at)
    SELECT kid, activated_at, retired_at FROM signing_keys WHERE activated_at IS NOT NULL;
