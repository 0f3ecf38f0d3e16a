-- Rate limits that an admin made or changed. One of Warder's own is here only while it differs from what the settings say.
CREATE TABLE rate_rules (
    name       TEXT    NOT NULL PRIMARY KEY,          -- "login_per_address"
    title      TEXT    NOT NULL DEFAULT '',           -- in an admin's words; of Warder's own empty
    routes     TEXT    NOT NULL DEFAULT '[]',         -- JSON array of groups and paths
    key        TEXT    NOT NULL,                      -- address, network, account, address+account, session
    amount     INTEGER NOT NULL,                      -- 0: off
    period     INTEGER NOT NULL,                      -- seconds
    burst      INTEGER NOT NULL,
    longest    INTEGER NOT NULL DEFAULT 0,            -- seconds
    action     TEXT    NOT NULL DEFAULT 'deny',       -- deny, delay, alert
    enabled    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Networks for which no limit holds, or to which nothing is answered.
CREATE TABLE rate_networks (
    id         BLOB    NOT NULL PRIMARY KEY,
    network    TEXT    NOT NULL UNIQUE,               -- "203.0.113.0/24"
    standing   TEXT    NOT NULL,                      -- exempt, blocked
    reason     TEXT    NOT NULL DEFAULT '',
    until      INTEGER,                               -- from then on it is over; NULL: for ever
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What rules decided: by minute for a day, by hour for 30 days.
CREATE TABLE rate_counts (
    rule    TEXT    NOT NULL,
    step    INTEGER NOT NULL,                         -- seconds: 60 or 3600
    at      INTEGER NOT NULL,                         -- when it begins
    allowed INTEGER NOT NULL,
    denied  INTEGER NOT NULL,
    PRIMARY KEY (rule, step, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX rate_counts_over ON rate_counts (step, at);

-- Who still has to wait, so that a restart does not let go on whom rules hold back. Written anew each time.
CREATE TABLE rate_waits (
    rule    TEXT    NOT NULL,
    address TEXT    NOT NULL,
    account TEXT    NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    count   INTEGER NOT NULL,                         -- what the rule counts by
    denials INTEGER NOT NULL,
    PRIMARY KEY (rule, address, account)
) STRICT, WITHOUT ROWID;
