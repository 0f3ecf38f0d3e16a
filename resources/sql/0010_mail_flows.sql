-- When an admin last sent somebody a mail to set their first password, and the language of mails to them (BCP 47, '': not known).
ALTER TABLE users ADD COLUMN invited_at INTEGER;
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- What was answered and still stays: the one half of what takes two answers, and sign-ins by mail, whose end must not be seen from outside.
ALTER TABLE challenges ADD COLUMN answered_at INTEGER;

-- A sign-in by mail belongs to nobody until the mail thread knows whose it is.
CREATE TRIGGER challenges_find_their_user AFTER UPDATE OF user_id ON challenges WHEN old.user_id IS NULL AND new.user_id IS NOT NULL BEGIN
    UPDATE row_counts SET number = number - 1 WHERE name = 'challenges_of_nobody';
END;

-- With what kind of browser or app each account has signed in: "Firefox, Linux".
CREATE TABLE sign_in_devices (
    user_id BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device  TEXT    NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, device)
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_devices_oldest ON sign_in_devices (last_at);
