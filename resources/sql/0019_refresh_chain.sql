-- How a session's refresh token was used lately, for whoever looks into it: the last ten uses as a short JSON text of some 20 bytes each
-- (core/sessions/RefreshChain.h), written with the use itself. Of uses before the upgrade only their number is known.
ALTER TABLE sessions ADD COLUMN refreshes TEXT NOT NULL DEFAULT '';
