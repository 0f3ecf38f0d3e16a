#pragma once

#include "core/config/SettingDefinition.h"
#include "core/config/SettingFaults.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace warder {

/// Every setting there is, in the order people read them.
inline constexpr auto settingTable = [] {
    using enum SettingType;
    using enum SettingEffect;
    using namespace setting_faults;
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    constexpr qint64 mib = 1024 * 1024;
    constexpr SettingRules file {.form = uR"((/[\s\S]*)?)", .right = u"empty, or an absolute path"};
    constexpr QStringView oneLine = uR"([^\p{Cc}]{0,255})";
    constexpr SettingRules page {.form = uR"(/[A-Za-z0-9._~/-]{0,200})", .right = u"a path such as /verify, which begins with a slash"};
    constexpr SettingRules timeout {.min = 1, .max = hour};
    constexpr SettingRules rotation {.min = day, .max = 3650 * day, .orZero = true};
    // clang-format off: a row a setting
    return std::to_array<SettingDefinition>({
        {u"http.listen", List, AtOnce, u"127.0.0.1:8000",
         u"Where the server listens: addresses with ports, and unix:/path for unix domain sockets.", {.min = 1, .fault = ofListenPoint}},
        {u"http.unix_mode", Text, AtOnce, u"0660", u"File mode of the unix domain sockets.",
         {.form = u"0?[0-7]{3}", .right = u"an octal file mode such as 0660"}},
        {u"http.unix_group", Text, AtOnce, u"", u"Group of the unix domain sockets; empty: the server's own.",
         {.form = u"([A-Za-z_][A-Za-z0-9_.-]{0,31})?", .right = u"empty, or the name of a group"}},
        {u"http.tls_certificate", Text, AtOnce, u"",
         u"PEM file with the certificate and its chain: TLS on all addresses, not on unix sockets; empty: none.", file},
        {u"http.tls_key", Text, AtOnce, u"", u"PEM file with the certificate's private key.", file},
        {u"http.threads", Integer, AtOnce, u"0", u"Threads that read and answer requests; 0: one a core.", {.min = 0, .max = 64}},
        {u"http.base_path", Text, AtOnce, u"", u"In front of every path, for a proxy that gives the server a folder of a site.",
         {.form = uR"((/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*)", .right = u"empty, or a path such as /auth without a slash at its end"}},
        {u"http.allowed_origins", List, AtOnce, u"http://localhost:3000,http://127.0.0.1:3000",
         u"Web pages of these origins may call the server with cookies.", {.fault = ofOrigin}},
        {u"http.hosts", List, AtOnce, u"",
         u"Names that browsers reach this server by over plain HTTP, beside localhost, addresses and the issuer's.",
         {.form = hostName, .right = u"host names in lower case without scheme and port, such as auth.example.com"}},
        {u"http.cookies_insecure", Boolean, AtOnce, u"false", u"Cookies also over plain HTTP; for development only."},
        {u"http.cookie_prefix", Text, AtOnce, u"warder",
         u"How the names of the cookies begin: two servers on one host need two prefixes.",
         {.form = u"[A-Za-z][A-Za-z0-9_-]{0,31}", .right = u"a letter, then at most 31 letters, digits, - or _, such as shop"}},
        {u"http.trusted_proxies", List, AtOnce, u"", u"Proxies whose word about the client's address is believed.", {.fault = ofSubnet}},
        {u"http.proxy_protocol", Boolean, AtOnce, u"false", u"Trusted proxies and unix sockets begin each connection with a PROXY header."},
        {u"http.service_token", Text, AtOnce, u"",
         u"Lets a frontend's server say for which client it asks (X-Warder-Service-Token); empty: none may.",
         {.form = u"([!-~]{32,255})?", .right = u"empty, or 32 to 255 characters without spaces", .secret = true}},
        {u"http.docs", Boolean, AtOnce, u"true", u"Whether /docs and /openapi.json describe the API to everybody."},

        {u"http.max_request_line_bytes", Integer, AtOnce, u"8192", u"Longer request lines are refused.", {.min = 256, .max = mib}},
        {u"http.max_head_bytes", Integer, AtOnce, u"16384", u"Longer request heads are refused.", {.min = 1024, .max = mib}},
        {u"http.max_header_fields", Integer, AtOnce, u"64", u"Requests with more header fields are refused.", {.min = 8, .max = 1000}},
        {u"http.max_body_bytes", Integer, AtOnce, u"65536", u"Longer request bodies are refused.", {.min = 1024, .max = 16 * mib}},
        {u"http.min_body_rate", Integer, AtOnce, u"500", u"Bytes a second that a body must keep once its time-out is over.",
         {.min = 1, .max = mib}},
        {u"http.max_connections", Integer, AtOnce, u"4096", u"Connections at once; more are refused.", {.min = 1, .max = 1'000'000}},
        {u"http.max_connections_per_address", Integer, AtOnce, u"256", u"Connections at once from one address.",
         {.min = 1, .max = 1'000'000}},
        {u"http.max_unsent_bytes", Integer, AtOnce, u"67108864",
         u"Long answers that clients have not taken yet, all together; 503 beyond.", {.min = mib, .max = 1024 * mib}},
        {u"http.max_requests_per_connection", Integer, AtOnce, u"100000", u"After so many requests a connection is closed.",
         {.min = 1, .max = 1'000'000'000}},

        {u"http.handshake_timeout", Duration, AtOnce, u"8s", u"A PROXY header, and then a TLS handshake, must each be over within.", timeout},
        {u"http.first_byte_timeout", Duration, AtOnce, u"10s", u"A new connection must send its first byte within.", timeout},
        {u"http.head_timeout", Duration, AtOnce, u"10s", u"A request must send its head within.", timeout},
        {u"http.body_timeout", Duration, AtOnce, u"20s", u"A request must send its body within.", timeout},
        {u"http.write_timeout", Duration, AtOnce, u"20s", u"A client must take an answer within, and more for a long one.", timeout},
        {u"http.idle_timeout", Duration, AtOnce, u"30s", u"A connection between two requests is closed after.", timeout},
        {u"http.handler_timeout", Duration, AtOnce, u"60s", u"A request that is not answered by then is answered 503.", timeout},

        {u"tokens.issuer", Text, AfterRestart, u"", u"Claim iss of access tokens; empty: the server's own URL.", {.fault = ofIssuer}},
        {u"tokens.audience", Text, AfterRestart, u"warder", u"Claim aud of access tokens.",
         {.form = u"[!-~]{1,255}", .right = u"1 to 255 characters without spaces"}},
        {u"tokens.algorithm", Text, AfterRestart, u"ES256", u"How access tokens are signed from the next rotation of their key on.",
         {.choices = u"ES256, EdDSA, RS256, PS256, HS256"}},
        {u"tokens.access_lifetime", Duration, AfterRestart, u"15m", u"How long access tokens live.", {.min = minute, .max = day}},
        {u"tokens.leeway", Duration, AfterRestart, u"5s", u"How far clocks of other machines may differ.", {.min = 0, .max = 120}},
        {u"tokens.delivery", Text, AtOnce, u"body", u"Where tokens go unless the request says.", {.choices = u"body, cookie"}},

        {u"keys.access_rotation", Duration, AtOnce, u"90d",
         u"A key that signs access tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.refresh_rotation", Duration, AtOnce, u"90d",
         u"A key that signs refresh tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.csrf_rotation", Duration, AtOnce, u"90d",
         u"A key that signs CSRF tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.spent_kept", Duration, AtOnce, u"30d",
         u"A key is deleted so long after nothing that it signed is accepted any more; 0: never.",
         {.min = 1, .max = 3650 * day, .orZero = true}},
        {u"keys.master_key_sources", List, AfterRestart, u"credential,keychain,file,environment",
         u"Where the master key may come from, in this order; the first that has one is taken.",
         {.min = 1, .form = u"credential|keychain|file|environment", .right = u"credential, keychain, file or environment"}},

        {u"backup.every", Duration, AtOnce, u"1d", u"How often the server backs its database up by itself; 0: never.",
         {.min = hour, .max = 365 * day, .orZero = true}},
        {u"backup.keep", Integer, AtOnce, u"7", u"How many backups stay that nobody named; the oldest go.", {.min = 1, .max = 1000}},
        {u"backup.directory", Text, AtOnce, u"", u"Folder of the backups; empty: backups in the data directory.", file},

        {u"sessions.idle_lifetime", Duration, AfterRestart, u"14d", u"A session ends when it was not used for so long.",
         {.min = minute, .max = 3650 * day}},
        {u"sessions.absolute_lifetime", Duration, AfterRestart, u"90d", u"A session ends at this age, used or not.",
         {.min = minute, .max = 3650 * day}},
        {u"sessions.refresh_grace", Duration, AfterRestart, u"30s",
         u"How long a just exchanged refresh token gets the same successor.", {.min = 0, .max = 300}},
        {u"sessions.max_per_user", Integer, AfterRestart, u"200",
         u"Live sessions of one user; a sign-in beyond ends the one unused longest.", {.min = 1, .max = 1000}},
        {u"sessions.fresh_for", Duration, AtOnce, u"10m",
         u"How long after proving who they are somebody may change what is sensitive, such as factors.", {.min = minute, .max = day}},
        {u"accounts.registration", Text, AfterRestart, u"open", u"Whether anybody may register.", {.choices = u"open, closed"}},
        {u"accounts.registration_answer", Text, AfterRestart, u"open",
         u"Whether a registration says at once that the address has an account, or (private) always the same, and a mail says the rest.",
         {.choices = u"open, private"}},
        {u"accounts.require_verified_email", Boolean, AfterRestart, u"false",
         u"Whether only who has proved that the account's address is theirs may sign in."},
        {u"accounts.delete_after", Duration, AtOnce, u"30d",
         u"How long an account that an admin has deleted can be restored, before it goes for good; 0: it goes within a minute.",
         {.min = 0, .max = 3650 * day}},
        {u"accounts.magic_link", Boolean, AfterRestart, u"false", u"Whether people may sign in by a link or a code that is sent to them."},

        {u"passwords.algorithm", Text, AfterRestart, u"argon2id", u"How new passwords are hashed.", {.choices = u"argon2id, bcrypt"}},
        {u"passwords.argon2_memory_kib", Integer, AfterRestart, u"19456", u"Memory of one Argon2id hash.", {.min = 128, .max = mib}},
        {u"passwords.argon2_iterations", Integer, AfterRestart, u"2", u"Passes of one Argon2id hash.", {.min = 1, .max = 20}},
        {u"passwords.argon2_parallelism", Integer, AfterRestart, u"1", u"Lanes of one Argon2id hash.", {.min = 1, .max = 16}},
        {u"passwords.bcrypt_cost", Integer, AfterRestart, u"12", u"Cost of bcrypt hashes; one more doubles the work.",
         {.min = 4, .max = 17}},
        {u"passwords.min_length", Integer, AfterRestart, u"8", u"Fewest characters of a new password.", {.min = 8, .max = 128}},
        {u"passwords.min_guesses", Integer, AfterRestart, u"1000000",
         u"Guesses that a new password must withstand; 0 takes common passwords.", {.min = 0, .max = 1'000'000'000'000}},
        {u"passwords.breach_check", Text, AfterRestart, u"off",
         u"Whether new passwords are refused that a server knows from data breaches; it gets 5 digits of a hash.", {.choices = u"off, on"}},
        {u"passwords.breach_url", Text, AfterRestart, u"https://api.pwnedpasswords.com",
         u"The server that is asked, by the range API of Have I Been Pwned.", {.fault = ofOutboundUrl}},
        {u"passwords.hashing_threads", Integer, AfterRestart, u"0", u"Hashes at once; 0: one a core.", {.min = 0, .max = 256}},

        {u"mfa.required", Text, AfterRestart, u"none",
         u"Who must have a second factor: nobody, users with the role admin, or everybody; who has none sets it up at the next sign-in.",
         {.choices = u"none, admins, all"}},
        {u"mfa.remember_for", Duration, AfterRestart, u"30d",
         u"How long a browser that asked for it needs no second factor; 0: browsers are never remembered.",
         {.min = hour, .max = 365 * day, .orZero = true}},
        {u"mfa.after_oauth", Text, AfterRestart, u"ask",
         u"Whether who signs in by a provider is asked for the second factor of their account here, or the provider is trusted with that.",
         {.choices = u"ask, trust"}},
        {u"mfa.issuer", Text, AfterRestart, u"", u"What authenticator apps show beside the e-mail address; empty: Warder.",
         {.form = uR"([^:\p{C}]{0,40})", .right = u"at most 40 characters without a colon"}},

        {u"passkeys.enabled", Boolean, AfterRestart, u"true", u"Whether people may add passkeys and sign in with them."},
        {u"passkeys.rp_id", Text, AfterRestart, u"",
         u"The host that passkeys are bound to; empty: that of the first page in passkeys.origins. Another one makes all passkeys useless.",
         {.fault = ofRpId}},
        {u"passkeys.rp_name", Text, AfterRestart, u"", u"What browsers show when a passkey is made; empty: Warder.",
         {.form = uR"([^\p{C}]{0,64})", .right = u"at most 64 characters"}},
        {u"passkeys.origins", List, AfterRestart, u"",
         u"Pages and apps that may ask for passkeys; empty: the http.allowed_origins that belong to passkeys.rp_id.",
         {.fault = ofPasskeyOrigin}},

        {u"oauth.auto_link", Boolean, AfterRestart, u"true",
         u"Whether who proves an address by a provider signs in to the account that has proven the same address."},
        {u"oauth.allow_private", Boolean, AfterRestart, u"false",
         u"Whether providers may be in networks of your own, or on this machine; else only in the internet."},
        {u"oauth.frontend", Text, AtOnce, u"",
         u"The site that browsers are sent back to by /oauth/callback; empty: the first of http.allowed_origins.",
         {.fault = ofFrontend}},
        {u"mail.transport", Text, AtOnce, u"file",
         u"Where mails go: nowhere, into the log, into files in the data directory, or to a mail server.",
         {.choices = u"off, log, file, smtp"}},
        {u"mail.smtp_host", Text, AtOnce, u"", u"The mail server.", {.fault = ofMailHost}},
        {u"mail.smtp_port", Integer, AtOnce, u"0", u"Its port; 0: 587, with tls 465, with none 25.", {.min = 0, .max = 65535}},
        {u"mail.smtp_security", Text, AtOnce, u"starttls", u"How the way there is kept secret; starttls demands it.",
         {.choices = u"starttls, tls, none"}},
        {u"mail.smtp_auth", Text, AtOnce, u"password", u"How Warder logs in there.", {.choices = u"password, xoauth2, none"}},
        {u"mail.smtp_user", Text, AtOnce, u"", u"As whom.", {.form = oneLine, .right = u"at most 255 characters in one line"}},
        {u"mail.smtp_password", Text, AtOnce, u"", u"With which password, or access token of OAuth 2.",
         {.form = uR"([^\p{Cc}]{0,4096})", .right = u"at most 4096 characters in one line", .secret = true}},
        {u"mail.from", Text, AtOnce, u"", u"The address that mails are from.", {.fault = ofMailAddress}},
        {u"mail.from_name", Text, AtOnce, u"", u"The name that mails are from, and that they call the service; empty: Warder.",
         {.form = uR"([^\p{C}]{0,64})", .right = u"at most 64 characters"}},
        {u"mail.reply_to", Text, AtOnce, u"", u"Where answers to mails go; empty: to mail.from.", {.fault = ofMailAddress}},
        {u"mail.language", Text, AtOnce, u"en", u"The language of mails to people of whom nobody knows theirs.",
         {.choices = u"en, de, es, fr, ja, pt-BR, zh-CN"}},
        {u"mail.templates", Text, AtOnce, u"", u"Folder of mail templates of your own; empty: mail-templates in the data directory.", file},
        {u"mail.link_base", Text, AtOnce, u"http://localhost:3000", u"What links in mails begin with: the address of your pages.",
         {.fault = ofLinkBase}},
        {u"mail.verify_path", Text, AtOnce, u"/verify", u"The page where an address is confirmed.", page},
        {u"mail.reset_path", Text, AtOnce, u"/reset-password", u"The page where a new password is set.", page},
        {u"mail.email_path", Text, AtOnce, u"/confirm-email", u"The page where another address is agreed to.", page},
        {u"mail.sign_in_path", Text, AtOnce, u"/login/link", u"The page where a link of a mail signs in.", page},
        {u"mail.report_path", Text, AtOnce, u"/not-me", u"The page for who did not sign in themselves.", page},
        {u"mail.invitation_path", Text, AtOnce, u"/invitation", u"The page for who is invited.", page},
        {u"mail.per_hour", Integer, AtOnce, u"500", u"Mails in an hour, all together; further ones wait.", {.min = 1, .max = 1'000'000}},

        {u"rate_limit.enabled", Boolean, AtOnce, u"true", u"Whether limits apply at all."},
        {u"rate_limit.login_per_address", Rate, AtOnce, u"30/1m burst 30", u"Sign-ins tried from one address."},
        {u"rate_limit.login_per_account", Rate, AtOnce, u"10/1m burst 10", u"Sign-ins tried at one account from one address."},
        {u"rate_limit.login_proof", Rate, AtOnce, u"100/7d burst 100",
         u"Wrong passwords in a row at one account from places that it does not know; then it needs another proof than a password."},
        {u"rate_limit.login_stuffing", Rate, AtOnce, u"30/1h burst 30",
         u"Different accounts at which one network (IPv4 by /24, IPv6 by /48) tries wrong passwords.", {.max = 1000}},
        {u"rate_limit.mfa_per_address", Rate, AtOnce, u"30/1m burst 30", u"Second factors tried from one address."},
        {u"rate_limit.passkey_per_address", Rate, AtOnce, u"120/1m burst 120",
         u"Questions for a passkey, or for the options to add one, from one address; each sign-in page that offers passkeys asks once."},
        {u"rate_limit.oauth_per_address", Rate, AtOnce, u"60/1m burst 60",
         u"Steps of sign-ins by a provider from one address; a sign-in has two."},
        {u"rate_limit.register_per_address", Rate, AtOnce, u"30/10m burst 30", u"Registrations from one address."},
        {u"rate_limit.mail_per_address", Rate, AtOnce, u"30/10m burst 30",
         u"Mails asked for, and links of mails tried, from one address."},
        {u"rate_limit.refresh_per_address", Rate, AtOnce, u"1200/1m burst 1200",
         u"Refreshes from one address; generous, since a server that renders pages refreshes for all its users."},
        {u"rate_limit.refresh_per_session", Rate, AtOnce, u"120/1m burst 120", u"Refreshes of one session."},
        {u"rate_limit.account_per_address", Rate, AtOnce, u"600/1m burst 600",
         u"Sign-outs, changes of a name and looks at own sessions from one address; generous for the same reason."},
        {u"rate_limit.login_backoff", Boolean, AtOnce, u"true", u"Whether wrong passwords in a row make the next try wait."},
        {u"rate_limit.login_backoff_longest", Duration, AtOnce, u"15m",
         u"The longest such wait; four times that for all addresses together that are new to the account.", {.min = 1, .max = day}},
        {u"rate_limit.buckets", Integer, AfterRestart, u"200000",
         u"How many addresses, accounts and sessions limits remember at once, 36 bytes each.", {.min = 1000, .max = 2'000'000}},
        {u"rate_limit.recorded", Integer, AfterRestart, u"200000",
         u"How many of the last requests a change of a limit can be tried on, 32 bytes each; 0: none.", {.min = 0, .max = 1'000'000}},

        {u"audit.keep", Duration, AtOnce, u"365d", u"How long records of who did what are kept; 0: for ever.",
         {.min = day, .max = 3650 * day, .orZero = true}},
        {u"log.level", Text, AtOnce, u"info", u"The least important lines still logged.", {.choices = u"debug, info, warning, error"}},
        {u"log.format", Text, AtOnce, u"text", u"Form of the log's lines.", {.choices = u"text, json, journald"}},
        {u"metrics.token", Text, AtOnce, u"", u"Lets other machines read /metrics; empty: only this machine may.",
         {.form = u"([!-~]{16,255})?", .right = u"empty, or 16 to 255 characters without spaces", .secret = true}},
    });
    // clang-format on
}();

/// A row of the table, by its key: a template argument, so that a key that is not in the table does not compile.
struct SettingKey
{
    consteval SettingKey(const char *key) // NOLINT(google-explicit-constructor): written as text
    {
        const auto isMeant = [key](const SettingDefinition &each) {
            return std::ranges::equal(std::string_view(key), std::u16string_view(each.key.utf16(), std::size_t(each.key.size())));
        };
        row = std::size_t(std::ranges::find_if(settingTable, isMeant) - settingTable.begin());
        if (row == settingTable.size())
            throw "no setting has this key";
    }
    constexpr const SettingDefinition &definition() const { return settingTable[row]; }

    std::size_t row = 0;
};

} // namespace warder
