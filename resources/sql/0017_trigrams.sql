-- A search of a million users finds what is rare by its groups of three characters (core/accounts/UserSearch.h). Deleted accounts are
-- searched as the others are, so that their rows stay; `number` is what the index knows a row by.
DROP TRIGGER users_change;
DROP TRIGGER users_are_deleted;
DROP TRIGGER users_are_restored;
DROP TRIGGER users_go;
DROP INDEX users_deleted;
DROP TABLE user_search;

-- Two line ends at the end: so one or two characters at the end of a text begin a group as well.
CREATE TABLE user_search (
    deleted   INTEGER NOT NULL,
    email_key TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    email     TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    user_id   BLOB    NOT NULL,
    words     TEXT    NOT NULL AS (email || char(10) || name || char(10, 10)),
    PRIMARY KEY (deleted, email_key)
) STRICT, WITHOUT ROWID;

INSERT INTO user_search (deleted, email_key, number, email, name, user_id)
    SELECT deleted_at IS NOT NULL, email_key, row_number() OVER (ORDER BY email_key), search_key(email), search_key(name), id
    FROM users ORDER BY 1, 2;

CREATE UNIQUE INDEX user_search_numbers ON user_search (number);

-- The texts are folded already; what is found is looked at once more, so that the index need not know where in a text a group stands.
CREATE VIRTUAL TABLE user_trigrams USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE user_trigram_terms USING fts5vocab (user_trigrams, row);

INSERT INTO user_trigrams (rowid, words) SELECT number, words FROM user_search ORDER BY number;

-- Whoever inserts a user inserts into these as well (UserStore::insert): 0002_search_and_count.sql says why. An index without the texts
-- must be told what it forgets.
CREATE TRIGGER user_search_change AFTER UPDATE OF email, name ON user_search WHEN old.words <> new.words BEGIN
    INSERT INTO user_trigrams (user_trigrams, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO user_trigrams (rowid, words) VALUES (new.number, new.words);
END;

CREATE TRIGGER user_search_go AFTER DELETE ON user_search BEGIN
    INSERT INTO user_trigrams (user_trigrams, rowid, words) VALUES ('delete', old.number, old.words);
END;

CREATE TRIGGER users_change AFTER UPDATE OF email, email_key, name ON users BEGIN
    UPDATE user_search SET email_key = new.email_key, email = search_key(new.email), name = search_key(new.name)
        WHERE deleted = (new.deleted_at IS NOT NULL) AND email_key = old.email_key;
END;

CREATE TRIGGER users_are_deleted AFTER UPDATE OF deleted_at ON users WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
    UPDATE user_search SET deleted = 1 WHERE deleted = 0 AND email_key = new.email_key;
    UPDATE row_counts SET number = number - 1 WHERE name = 'users';
    UPDATE row_counts SET number = number + 1 WHERE name = 'deleted_users';
END;

CREATE TRIGGER users_are_restored AFTER UPDATE OF deleted_at ON users WHEN old.deleted_at IS NOT NULL AND new.deleted_at IS NULL BEGIN
    UPDATE user_search SET deleted = 0 WHERE deleted = 1 AND email_key = new.email_key;
    UPDATE row_counts SET number = number + 1 WHERE name = 'users';
    UPDATE row_counts SET number = number - 1 WHERE name = 'deleted_users';
END;

CREATE TRIGGER users_go AFTER DELETE ON users BEGIN
    DELETE FROM user_search WHERE deleted = (old.deleted_at IS NOT NULL) AND email_key = old.email_key;
    UPDATE row_counts SET number = number - 1 WHERE name = iif(old.deleted_at IS NULL, 'users', 'deleted_users');
END;
