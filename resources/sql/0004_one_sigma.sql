-- An address has one key, whichever of its two small letters a Greek sigma was typed with (core/accounts/EmailAddress). Earlier versions
-- kept them as typed, also inside a word, where no rule says which was meant. Who has a twin by now keeps it: both stay as they are.
UPDATE OR IGNORE users SET email_key = replace(email_key, 'ς', 'σ') WHERE instr(email_key, 'ς') > 0;
