-- Ids are 16-byte UUIDv7, times UTC milliseconds.

CREATE TABLE users (
    id                  BLOB    NOT NULL PRIMARY KEY,
    email               TEXT    NOT NULL,               -- as typed
    email_key           TEXT    NOT NULL UNIQUE,        -- normalised: what makes two addresses the same
    name                TEXT    NOT NULL DEFAULT '',
    roles               TEXT    NOT NULL DEFAULT '[]',  -- JSON array of texts
    password_hash       TEXT    NOT NULL,
    email_verified      INTEGER NOT NULL DEFAULT 0,
    disabled            INTEGER NOT NULL DEFAULT 0,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    last_sign_in_at     INTEGER
) STRICT, WITHOUT ROWID;

-- One sign-in on one device. No token is kept: a refresh token is an HMAC over id and generation.
CREATE TABLE sessions (
    id              BLOB    NOT NULL PRIMARY KEY,
    user_id         BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    generation      INTEGER NOT NULL DEFAULT 0,
    opened_at       INTEGER NOT NULL,
    rotated_at      INTEGER NOT NULL,
    last_seen_at    INTEGER NOT NULL,
    idle_expires_at INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    revoked_at      INTEGER,
    revoked_reason  TEXT,
    grace_hits      INTEGER NOT NULL DEFAULT 0,
    user_agent      TEXT    NOT NULL DEFAULT '',
    address         TEXT    NOT NULL DEFAULT '',
    method          TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX sessions_newest ON sessions (id) WHERE revoked_at IS NULL; -- a page of live ones, newest first
CREATE INDEX sessions_live ON sessions (idle_expires_at, expires_at) WHERE revoked_at IS NULL;

CREATE TABLE signing_keys (
    kid          TEXT    NOT NULL PRIMARY KEY,
    purpose      TEXT    NOT NULL,               -- access, refresh
    algorithm    TEXT    NOT NULL,
    state        TEXT    NOT NULL,               -- standby, current, retiring, revoked
    sealed       BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,
    retired_at   INTEGER,
    verify_until INTEGER,
    revoked_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX signing_keys_one_current ON signing_keys (purpose) WHERE state = 'current';

CREATE TABLE audit_events (
    id         BLOB    NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    actor      TEXT    NOT NULL,                 -- "user", "console", "command line", "system"
    subject_id BLOB,
    session_id BLOB,
    address    TEXT    NOT NULL DEFAULT '',
    details    TEXT    NOT NULL DEFAULT '{}'     -- JSON object
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_events_of_subject ON audit_events (subject_id, id);
CREATE INDEX audit_events_of_type ON audit_events (type, id);

CREATE TABLE settings (
    key        TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single values about the database itself, such as the check value of the master key it is sealed under.
CREATE TABLE facts (
    key   TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Where an account has signed in from: failed tries from elsewhere cannot lock it out there.
CREATE TABLE sign_in_addresses (
    user_id BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address TEXT    NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_addresses_oldest ON sign_in_addresses (last_at);
