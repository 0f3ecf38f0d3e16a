-- Passwords that are kept by another method than argon2id ('$argon2id$' begins those): an operator is told how many they are, each second,
-- and a million others are not looked at.
CREATE INDEX credentials_old ON credentials (user_id) WHERE kind = 'password' AND substr(data, 1, 10) <> x'246172676f6e32696424';
