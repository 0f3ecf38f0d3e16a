-- For how many milliseconds at most what a key signs is accepted, whatever the settings said while it signed: so long it verifies when it is
-- replaced. Of keys from before: the most that the settings allow for access tokens, and what sessions were given for refresh tokens.
ALTER TABLE signing_keys ADD COLUMN longest_life INTEGER NOT NULL DEFAULT 0;

UPDATE signing_keys SET longest_life = 86520000 WHERE purpose = 'access' AND state = 'current';
UPDATE signing_keys
    SET longest_life = (SELECT coalesce(max(idle_expires_at - rotated_at), 0) FROM sessions WHERE revoked_at IS NULL)
    WHERE purpose = 'refresh' AND state = 'current';
