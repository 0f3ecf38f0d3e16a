-- What was answered, by minute for two days and by hour for a month, so that a restart forgets nothing of it.
CREATE TABLE traffic_counts (
    step            INTEGER NOT NULL,                 -- seconds: 60 or 3600
    at              INTEGER NOT NULL,                 -- when it begins
    succeeded       INTEGER NOT NULL,                 -- requests: 2xx
    redirected      INTEGER NOT NULL,                 -- 3xx
    refused         INTEGER NOT NULL,                 -- 4xx but 429
    limited         INTEGER NOT NULL,                 -- 429
    failed          INTEGER NOT NULL,                 -- 5xx
    sign_ins        INTEGER NOT NULL,
    failed_sign_ins INTEGER NOT NULL,
    refreshes       INTEGER NOT NULL,                 -- that succeeded
    durations       BLOB    NOT NULL,                 -- of the requests: five bytes a class that has any, its number and how many
    sessions        INTEGER,                          -- how many were live at the end; NULL: no server ran
    users           INTEGER,
    PRIMARY KEY (step, at)
) STRICT, WITHOUT ROWID;
