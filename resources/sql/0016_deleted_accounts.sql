-- An account that an admin deletes stays for a while (accounts.delete_after): its address stays taken, nobody signs in to it, and lists
-- and searches leave it out. When it goes is written down with the deletion, so that a date that was told stays true.
ALTER TABLE users ADD COLUMN deleted_at INTEGER;
ALTER TABLE users ADD COLUMN goes_at INTEGER;

CREATE INDEX users_deleted ON users (email_key) WHERE deleted_at IS NOT NULL;
CREATE INDEX users_going ON users (goes_at) WHERE goes_at IS NOT NULL;

-- 'users' counts those that lists have.
INSERT INTO row_counts (name, number) VALUES ('deleted_users', 0);

DROP TRIGGER users_change;
CREATE TRIGGER users_change AFTER UPDATE OF email, email_key, name ON users WHEN new.deleted_at IS NULL BEGIN
    DELETE FROM user_search WHERE email_key = old.email_key;
    INSERT INTO user_search (email_key, email, name, user_id) VALUES (new.email_key, search_key(new.email), search_key(new.name), new.id);
END;

CREATE TRIGGER users_are_deleted AFTER UPDATE OF deleted_at ON users WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
    DELETE FROM user_search WHERE email_key = new.email_key;
    UPDATE row_counts SET number = number - 1 WHERE name = 'users';
    UPDATE row_counts SET number = number + 1 WHERE name = 'deleted_users';
END;

CREATE TRIGGER users_are_restored AFTER UPDATE OF deleted_at ON users WHEN old.deleted_at IS NOT NULL AND new.deleted_at IS NULL BEGIN
    INSERT INTO user_search (email_key, email, name, user_id) VALUES (new.email_key, search_key(new.email), search_key(new.name), new.id);
    UPDATE row_counts SET number = number + 1 WHERE name = 'users';
    UPDATE row_counts SET number = number - 1 WHERE name = 'deleted_users';
END;

DROP TRIGGER users_go;
CREATE TRIGGER users_go AFTER DELETE ON users BEGIN
    DELETE FROM user_search WHERE email_key = old.email_key;
    UPDATE row_counts SET number = number - 1 WHERE name = iif(old.deleted_at IS NULL, 'users', 'deleted_users');
END;

-- Of a password that somebody else has chosen: it signs in to nothing but the choice of another one.
ALTER TABLE credentials ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
