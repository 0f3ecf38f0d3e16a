-- What an admin should notice, until they say that they have. Another one of the same episode is a count, not a row; at most 10000 rows.
CREATE TABLE alarms (
    id          BLOB    NOT NULL PRIMARY KEY,         -- sorts by when it began
    episode     TEXT    NOT NULL,                     -- what it shares with others that may be the same
    type        TEXT    NOT NULL,                     -- brute_force, refresh_reused, limit_exceeded, problem
    about       TEXT    NOT NULL DEFAULT '',          -- the sign of the guesser, the name of the limit, the code of the problem
    detail      TEXT    NOT NULL DEFAULT '',          -- of a problem: a path, a number
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    times       INTEGER NOT NULL DEFAULT 1,           -- how often, within the episode
    count       INTEGER NOT NULL DEFAULT 0,           -- of a guesser: what the sign counts
    address     TEXT    NOT NULL DEFAULT '',          -- of the last time, as all that follows up to the session
    opened_from TEXT    NOT NULL DEFAULT '',
    email       TEXT    NOT NULL DEFAULT '',
    user_id     BLOB,                                 -- no reference: the alarm outlives the account
    session_id  BLOB,
    state       TEXT    NOT NULL DEFAULT 'open',      -- open, seen, done
    changed_at  INTEGER,                              -- when the state became that; NULL: it is as it began
    changed_by  TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX alarms_of_episode ON alarms (episode, last_at) WHERE state <> 'done';
CREATE INDEX alarms_of_state ON alarms (state, id);
CREATE INDEX alarms_of_type ON alarms (type, id);
