-- What an account can sign in with. An account may have none (it cannot sign in), a password, or later others beside it.
CREATE TABLE credentials (
    user_id      BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL,              -- password
    label        TEXT    NOT NULL DEFAULT '',   -- what its owner calls it, where there can be several of a kind
    data         BLOB    NOT NULL,              -- of a password: its hash as ASCII text; of a secret that must be read again: sealed
    created_at   INTEGER NOT NULL,              -- of a password: when it was set; moves with every new one, also within a millisecond
    last_used_at INTEGER,
    PRIMARY KEY (user_id, kind, label)
) STRICT, WITHOUT ROWID;

INSERT INTO credentials (user_id, kind, data, created_at, last_used_at)
    SELECT id, 'password', CAST(password_hash AS BLOB), password_changed_at, last_sign_in_at FROM users ORDER BY id;

ALTER TABLE users DROP COLUMN password_hash;
ALTER TABLE users DROP COLUMN password_changed_at;

-- How the owner of a session proved who they are (RFC 8176, a JSON array), and when they last did; NULL: when it was opened. (To write
-- that into every row would keep a million sessions for 14 s.)
ALTER TABLE sessions ADD COLUMN amr TEXT NOT NULL DEFAULT '["pwd"]';
ALTER TABLE sessions ADD COLUMN authenticated_at INTEGER;
