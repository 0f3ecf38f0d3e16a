-- Other servers that sign people in here. The console and the command line edit them; name, kind and issuer of one never change.
CREATE TABLE oauth_providers (
    name            TEXT    NOT NULL PRIMARY KEY,      -- in addresses: "google"
    kind            TEXT    NOT NULL,                  -- oidc, google, microsoft, apple, github, gitlab, discord
    label           TEXT    NOT NULL,                  -- for people
    issuer          TEXT    NOT NULL DEFAULT '',
    client_id       TEXT    NOT NULL,
    sealed_secret   BLOB    NOT NULL,                  -- the client's secret, of apple a private key in PEM; bound to name and kind
    scopes          TEXT    NOT NULL DEFAULT '',       -- with blanks between
    callbacks       TEXT    NOT NULL DEFAULT '[]',     -- JSON array of URLs
    options         TEXT    NOT NULL DEFAULT '{}',     -- JSON object: what the kind asks for beside these
    trust_email     INTEGER NOT NULL DEFAULT 0,        -- an address that it calls verified is believed to be
    enabled         INTEGER NOT NULL DEFAULT 1,
    sign_ins        INTEGER NOT NULL DEFAULT 0,        -- how many it brought
    last_sign_in_at INTEGER,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Accounts at providers, and whose they are here. What identifies one is issuer and subject, never an e-mail address.
CREATE TABLE identities (
    id             BLOB    NOT NULL PRIMARY KEY,
    user_id        BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider       TEXT    NOT NULL REFERENCES oauth_providers (name) ON DELETE CASCADE,
    issuer         TEXT    NOT NULL,                   -- of one with tenants that of the tenant
    subject        TEXT    NOT NULL,
    email          TEXT    NOT NULL DEFAULT '',        -- what the provider said last, for display
    email_verified INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL,
    last_used_at   INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_of_user ON identities (user_id, id);
CREATE INDEX identities_of_provider ON identities (provider, user_id);
