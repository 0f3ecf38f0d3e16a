-- What a search of users looks at: e-mail and name, folded (search_key() is searchKey() of core/base/Text.h). Dense, by
-- e-mail, so that one pass over it answers for any part of any length.
CREATE TABLE user_search (
    email_key TEXT NOT NULL PRIMARY KEY,
    email     TEXT NOT NULL,
    name      TEXT NOT NULL,
    user_id   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How many rows a table has: nobody walks a million rows to count them.
CREATE TABLE row_counts (
    name   TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO user_search (email_key, email, name, user_id) SELECT email_key, search_key(email), search_key(name), id FROM users ORDER BY email_key;
INSERT INTO row_counts (name, number) SELECT 'users', count(*) FROM user_search;

-- Whoever inserts a user inserts these rows too (UserStore::insert). A trigger would do it as well, but a statement with a trigger
-- keeps a journal of its own, which costs the more the longer the transaction is: an import brings a hundred thousand in one.
CREATE TRIGGER users_change AFTER UPDATE OF email, email_key, name ON users BEGIN
    DELETE FROM user_search WHERE email_key = old.email_key;
    INSERT INTO user_search (email_key, email, name, user_id) VALUES (new.email_key, search_key(new.email), search_key(new.name), new.id);
END;

CREATE TRIGGER users_go AFTER DELETE ON users BEGIN
    DELETE FROM user_search WHERE email_key = old.email_key;
    UPDATE row_counts SET number = number - 1 WHERE name = 'users';
END;
