-- Authenticator apps (RFC 6238). One without confirmed_at is being set up: it counts for nothing and goes after 15 minutes.
CREATE TABLE totp_factors (
    id           BLOB    NOT NULL PRIMARY KEY,
    user_id      BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL DEFAULT '',
    sealed       BLOB    NOT NULL,                 -- the secret; bound to id and user_id
    last_step    INTEGER NOT NULL DEFAULT 0,       -- of the last code that was taken: it and all before it are spent
    created_at   INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX totp_factors_of_user ON totp_factors (user_id, created_at);
CREATE INDEX totp_factors_unconfirmed ON totp_factors (created_at) WHERE confirmed_at IS NULL;

-- Spent is deleted. The key of the HMAC is the fact recovery_key, which is sealed.
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash    BLOB NOT NULL,                         -- HMAC-SHA-256 of the user's id and the code
    PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
    id              BLOB    NOT NULL PRIMARY KEY,
    user_id         BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    credential_id   BLOB    NOT NULL UNIQUE,       -- 1 to 1023 bytes, chosen by the authenticator
    public_key      BLOB    NOT NULL,              -- a COSE_Key (RFC 9052 §7), as it came
    algorithm       INTEGER NOT NULL,              -- its number at IANA: -7, -8, -257
    counter         INTEGER NOT NULL,
    uv_initialized  INTEGER NOT NULL,
    backup_eligible INTEGER NOT NULL,
    backed_up       INTEGER NOT NULL,
    discoverable    INTEGER,                       -- NULL: the browser did not say
    transports      TEXT    NOT NULL DEFAULT '[]', -- JSON array of texts
    aaguid          BLOB    NOT NULL,
    attestation     TEXT    NOT NULL,              -- format of the statement, which is not trusted
    rp_id           TEXT    NOT NULL,
    name            TEXT    NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    last_used_at    INTEGER,
    cloned_at       INTEGER                        -- when its counter went back
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_of_user ON passkeys (user_id, id);

-- The user handle of WebAuthn: random, never the user's id or e-mail address (Level 3 §14.6.1), unchanged for life.
CREATE TABLE passkey_handles (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    handle  BLOB NOT NULL UNIQUE                   -- 32 random bytes
) STRICT, WITHOUT ROWID;

-- What is good once and soon over. Only the client has the secret; to spend one is to delete it.
CREATE TABLE challenges (
    id         BLOB    NOT NULL PRIMARY KEY,       -- SHA-256 of the secret's 32 random bytes
    purpose    TEXT    NOT NULL,                   -- mfa, passkey_mfa, passkey_login, passkey_register, reauthenticate
    user_id    BLOB    REFERENCES users (id) ON DELETE CASCADE,
    session_id BLOB    REFERENCES sessions (id) ON DELETE CASCADE,
    data       BLOB    NOT NULL,                   -- a JSON object, sealed; bound to id and purpose
    attempts   INTEGER NOT NULL DEFAULT 0,         -- counted before anything is compared
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX challenges_of_user ON challenges (user_id, purpose, created_at);
CREATE INDEX challenges_of_session ON challenges (session_id);
CREATE INDEX challenges_oldest ON challenges (expires_at);

-- How many belong to nobody: strangers make these, so there is a most.
INSERT INTO row_counts (name, number) VALUES ('challenges_of_nobody', 0);

CREATE TRIGGER challenges_come AFTER INSERT ON challenges WHEN new.user_id IS NULL BEGIN
    UPDATE row_counts SET number = number + 1 WHERE name = 'challenges_of_nobody';
END;

CREATE TRIGGER challenges_go AFTER DELETE ON challenges WHEN old.user_id IS NULL BEGIN
    UPDATE row_counts SET number = number - 1 WHERE name = 'challenges_of_nobody';
END;

-- Browsers that need no second factor for a while.
CREATE TABLE trusted_devices (
    id           BLOB    NOT NULL PRIMARY KEY,     -- SHA-256 of the cookie's 32 random bytes
    user_id      BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,                 -- when a second factor was last given there
    last_used_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX trusted_devices_of_user ON trusted_devices (user_id, created_at);
CREATE INDEX trusted_devices_oldest ON trusted_devices (expires_at);

-- Admins without a second factor are counted, also among a million users.
CREATE INDEX users_admins ON users (id) WHERE instr(roles, '"admin"') > 0;
