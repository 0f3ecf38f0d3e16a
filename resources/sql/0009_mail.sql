-- Mails wait here until a mail server took them, and are told of for a week after. A row is written in the transaction of its cause.
CREATE TABLE outbox (
    id            BLOB    NOT NULL PRIMARY KEY,     -- becomes the Message-ID: a mail that is sent twice is one to most programs
    once          BLOB    UNIQUE,                   -- of two mails with the same one the first is kept; NULL: of no consequence
    kind          TEXT    NOT NULL,                 -- of a mail: verify_email, …; of a request: forgot_password, …
    is_request    INTEGER NOT NULL,                 -- 1: nobody has looked yet whether there is somebody to write to
    is_asked      INTEGER NOT NULL,                 -- 1: strangers can cause it; such rows are bounded and counted apart from notices
    user_id       BLOB    REFERENCES users (id) ON DELETE CASCADE,
    recipient     TEXT    NOT NULL,                 -- as the account has it, or of a request: as typed
    recipient_key TEXT    NOT NULL,                 -- whose mails are counted together
    language      TEXT    NOT NULL,
    sealed        BLOB    NOT NULL,                 -- a JSON object, bound to id: link, code, values; emptied once it is sent or dropped
    state         TEXT    NOT NULL,                 -- queued, sending, sent, dropped, failed
    attempts      INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,                 -- when it is tried next; while it is being sent: when that is taken for lost
    use_by        INTEGER NOT NULL,                 -- from then on it is dropped unsent
    counted_at    INTEGER,                          -- when its recipient was found to have room for it
    began_at      INTEGER,                          -- when it was first handed to a mail server
    ended_at      INTEGER,                          -- when it was sent, dropped or failed; NULL: it waits
    last_line     TEXT    NOT NULL DEFAULT ''       -- what the mail server said last, or why it was dropped
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (due_at) WHERE ended_at IS NULL;
CREATE INDEX outbox_over ON outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX outbox_of_state ON outbox (state, id);
CREATE INDEX outbox_of_recipient ON outbox (recipient_key, is_asked, counted_at);
CREATE INDEX outbox_begun ON outbox (began_at) WHERE began_at IS NOT NULL;
CREATE INDEX outbox_of_user ON outbox (user_id);

-- How many wait, and how many are told of: strangers cause them, so there is a most.
INSERT INTO row_counts (name, number) VALUES ('asked_mails_waiting', 0), ('notices_waiting', 0), ('mails_over', 0);

CREATE TRIGGER outbox_comes AFTER INSERT ON outbox BEGIN
    UPDATE row_counts SET number = number + 1
        WHERE name = iif(new.ended_at IS NOT NULL, 'mails_over', iif(new.is_asked, 'asked_mails_waiting', 'notices_waiting'));
END;

CREATE TRIGGER outbox_goes AFTER DELETE ON outbox BEGIN
    UPDATE row_counts SET number = number - 1
        WHERE name = iif(old.ended_at IS NOT NULL, 'mails_over', iif(old.is_asked, 'asked_mails_waiting', 'notices_waiting'));
END;

CREATE TRIGGER outbox_ends AFTER UPDATE OF ended_at ON outbox WHEN (old.ended_at IS NULL) <> (new.ended_at IS NULL) BEGIN
    UPDATE row_counts SET number = number - 1
        WHERE name = iif(old.ended_at IS NOT NULL, 'mails_over', iif(old.is_asked, 'asked_mails_waiting', 'notices_waiting'));
    UPDATE row_counts SET number = number + 1
        WHERE name = iif(new.ended_at IS NOT NULL, 'mails_over', iif(new.is_asked, 'asked_mails_waiting', 'notices_waiting'));
END;
