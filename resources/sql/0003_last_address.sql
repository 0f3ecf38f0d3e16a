-- Where a session was last refreshed from; of one that ended because a spent token came back, where that came from.
ALTER TABLE sessions ADD COLUMN last_address TEXT NOT NULL DEFAULT '';

-- What a sign-in looks at to keep within sessions.max_per_user: not the ended ones, which are kept for a month.
CREATE INDEX sessions_live_of_user ON sessions (user_id) WHERE revoked_at IS NULL;
