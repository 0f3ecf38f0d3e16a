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

        {u"keys.access_rotation", Duration, AfterRestart, u"90d",
         u"A key that signs access tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.refresh_rotation", Duration, AfterRestart, u"90d",
         u"A key that signs refresh tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.csrf_rotation", Duration, AfterRestart, u"90d",
         u"A key that signs CSRF tokens is replaced at this age; 0: never by itself.", rotation},
        {u"keys.spent_kept", Duration, AfterRestart, u"30d",
         u"A key is deleted so long after nothing that it signed is accepted any more; 0: never.",
         {.min = 1, .max = 3650 * day, .orZero = true}},
        {u"keys.master_key_sources", List, AfterRestart, u"credential,keychain,file,environment",
         u"Where the master key may come from, in this order; the first that has one is taken.",
         {.min = 1, .form = u"credential|keychain|file|environment", .right = u"credential, keychain, file or environment"}},

        {u"sessions.idle_lifetime", Duration, AfterRestart, u"14d", u"A session ends when it was not used for so long.",
         {.min = minute, .max = 3650 * day}},
        {u"sessions.absolute_lifetime", Duration, AfterRestart, u"90d", u"A session ends at this age, used or not.",
         {.min = minute, .max = 3650 * day}},
        {u"sessions.refresh_grace", Duration, AfterRestart, u"30s",
         u"How long a just exchanged refresh token gets the same successor.", {.min = 0, .max = 300}},
        {u"sessions.max_per_user", Integer, AfterRestart, u"200",
         u"Live sessions of one user; a sign-in beyond ends the one unused longest.", {.min = 1, .max = 1000}},
        {u"accounts.registration", Text, AfterRestart, u"open", u"Whether anybody may register.", {.choices = u"open, closed"}},

        {u"passwords.algorithm", Text, AfterRestart, u"argon2id", u"How new passwords are hashed.", {.choices = u"argon2id, bcrypt"}},
        {u"passwords.argon2_memory_kib", Integer, AfterRestart, u"19456", u"Memory of one Argon2id hash.", {.min = 128, .max = mib}},
        {u"passwords.argon2_iterations", Integer, AfterRestart, u"2", u"Passes of one Argon2id hash.", {.min = 1, .max = 20}},
        {u"passwords.argon2_parallelism", Integer, AfterRestart, u"1", u"Lanes of one Argon2id hash.", {.min = 1, .max = 16}},
        {u"passwords.bcrypt_cost", Integer, AfterRestart, u"12", u"Cost of bcrypt hashes; one more doubles the work.",
         {.min = 4, .max = 17}},
        {u"passwords.min_length", Integer, AfterRestart, u"8", u"Fewest characters of a new password.", {.min = 8, .max = 128}},
        {u"passwords.min_guesses", Integer, AfterRestart, u"1000000",
         u"Guesses that a new password must withstand; 0 takes common passwords.", {.min = 0, .max = 1'000'000'000'000}},
        {u"passwords.hashing_threads", Integer, AfterRestart, u"0", u"Hashes at once; 0: one a core.", {.min = 0, .max = 256}},

        {u"rate_limit.enabled", Boolean, AfterRestart, u"true", u"Whether limits apply at all."},
        {u"rate_limit.login_per_address", Rate, AfterRestart, u"30/1m burst 30", u"Sign-ins tried from one address."},
        {u"rate_limit.login_per_account", Rate, AfterRestart, u"10/1m burst 10", u"Sign-ins tried at one account from one address."},
        {u"rate_limit.register_per_address", Rate, AfterRestart, u"30/10m burst 30", u"Registrations from one address."},
        {u"rate_limit.refresh_per_address", Rate, AfterRestart, u"1200/1m burst 1200",
         u"Refreshes from one address; generous, since a server that renders pages refreshes for all its users."},
        {u"rate_limit.refresh_per_session", Rate, AfterRestart, u"120/1m burst 120", u"Refreshes of one session."},
        {u"rate_limit.account_per_address", Rate, AfterRestart, u"600/1m burst 600",
         u"Sign-outs, changes of a name and looks at own sessions from one address; generous for the same reason."},
        {u"rate_limit.login_backoff", Boolean, AfterRestart, u"true", u"Whether wrong passwords in a row make the next try wait."},
        {u"rate_limit.login_backoff_longest", Duration, AfterRestart, u"15m",
         u"The longest such wait; four times that for all addresses together that are new to the account.", {.min = 1, .max = day}},

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
