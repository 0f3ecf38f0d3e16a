#include "core/config/SettingDefinition.h"

#include "core/base/Text.h"
#include "core/config/SettingFaults.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using enum SettingType;
using Definitions = QList<SettingDefinition>;

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

Definitions httpSettings()
{
    // clang-format off: a row a setting
    return {
        {.key = u"http.listen"_s, .type = List, .defaultValue = u"127.0.0.1:8000"_s,
         .text = u"Where the server listens: addresses with ports, and unix:/path for unix domain sockets."_s, .min = 1,
         .fault = setting_faults::ofListenPoint},
        {.key = u"http.unix_mode"_s, .type = Text, .defaultValue = u"0660"_s, .text = u"File mode of the unix domain sockets."_s,
         .fault = setting_faults::ofFileMode},
        {.key = u"http.unix_group"_s, .type = Text, .defaultValue = u""_s,
         .text = u"Group of the unix domain sockets; empty: the server's own."_s, .fault = setting_faults::ofGroup},
        {.key = u"http.tls_certificate"_s, .type = Text, .defaultValue = u""_s,
         .text = u"PEM file with the certificate and its chain: TLS on all addresses, not on unix sockets; empty: none."_s,
         .fault = setting_faults::ofFilePath},
        {.key = u"http.tls_key"_s, .type = Text, .defaultValue = u""_s, .text = u"PEM file with the certificate's private key."_s,
         .fault = setting_faults::ofFilePath},
        {.key = u"http.threads"_s, .type = Integer, .defaultValue = u"0"_s,
         .text = u"Threads that read and answer requests; 0: one a core."_s, .min = 0, .max = 64},
        {.key = u"http.base_path"_s, .type = Text, .defaultValue = u""_s,
         .text = u"In front of every path, for a proxy that gives the server a folder of a site."_s,
         .fault = setting_faults::ofBasePath},
        {.key = u"http.allowed_origins"_s, .type = List, .defaultValue = u"http://localhost:3000,http://127.0.0.1:3000"_s,
         .text = u"Web pages of these origins may call the server with cookies."_s, .fault = setting_faults::ofOrigin},
        {.key = u"http.hosts"_s, .type = List, .defaultValue = u""_s,
         .text = u"Names that browsers reach this server by over plain HTTP, beside localhost, addresses and the issuer's."_s,
         .fault = setting_faults::ofHost},
        {.key = u"http.cookies_insecure"_s, .type = Boolean, .defaultValue = u"false"_s,
         .text = u"Cookies also over plain HTTP; for development only."_s},
        {.key = u"http.cookie_prefix"_s, .type = Text, .defaultValue = u"warder"_s,
         .text = u"How the names of the cookies begin: two servers on one host need two prefixes."_s,
         .fault = setting_faults::ofCookiePrefix},
        {.key = u"http.trusted_proxies"_s, .type = List, .defaultValue = u""_s,
         .text = u"Proxies whose word about the client's address is believed."_s, .fault = setting_faults::ofSubnet},
        {.key = u"http.proxy_protocol"_s, .type = Boolean, .defaultValue = u"false"_s,
         .text = u"Trusted proxies and unix sockets begin each connection with a PROXY header."_s},
        {.key = u"http.docs"_s, .type = Boolean, .defaultValue = u"true"_s,
         .text = u"Whether /docs and /openapi.json describe the API to everybody."_s},
    };
    // clang-format on
}

/// What a client may take of the server.
Definitions boundSettings()
{
    const auto bound = [](const QString &key, const QString &standard, const QString &text, qint64 min, qint64 max) {
        return SettingDefinition {.key = key, .type = Integer, .defaultValue = standard, .text = text, .min = min, .max = max};
    };
    return {
        bound(u"http.max_request_line_bytes"_s, u"8192"_s, u"Longer request lines are refused."_s, 256, 1024 * 1024),
        bound(u"http.max_head_bytes"_s, u"16384"_s, u"Longer request heads are refused."_s, 1024, 1024 * 1024),
        bound(u"http.max_header_fields"_s, u"64"_s, u"Requests with more header fields are refused."_s, 8, 1000),
        bound(u"http.max_body_bytes"_s, u"65536"_s, u"Longer request bodies are refused."_s, 1024, 16 * 1024 * 1024),
        bound(u"http.min_body_rate"_s, u"500"_s, u"Bytes a second that a body must keep once its time-out is over."_s, 1, 1024 * 1024),
        bound(u"http.max_connections"_s, u"4096"_s, u"Connections at once; more are refused."_s, 1, 1'000'000),
        bound(u"http.max_connections_per_address"_s, u"256"_s, u"Connections at once from one address."_s, 1, 1'000'000),
        bound(u"http.max_unsent_bytes"_s, u"67108864"_s, u"Long answers that clients have not taken yet, all together; 503 beyond."_s,
              1024 * 1024, 1024 * 1024 * 1024),
        bound(u"http.max_requests_per_connection"_s, u"100000"_s, u"After so many requests a connection is closed."_s, 1, 1'000'000'000),
    };
}

Definitions timeoutSettings()
{
    const auto timeout = [](const QString &key, const QString &standard, const QString &text) {
        return SettingDefinition {.key = key, .type = Duration, .defaultValue = standard, .text = text, .min = 1, .max = hour};
    };
    return {
        timeout(u"http.handshake_timeout"_s, u"8s"_s, u"A PROXY header, and then a TLS handshake, must each be over within."_s),
        timeout(u"http.first_byte_timeout"_s, u"10s"_s, u"A new connection must send its first byte within."_s),
        timeout(u"http.head_timeout"_s, u"10s"_s, u"A request must send its head within."_s),
        timeout(u"http.body_timeout"_s, u"20s"_s, u"A request must send its body within."_s),
        timeout(u"http.write_timeout"_s, u"20s"_s, u"A client must take an answer within, and more for a long one."_s),
        timeout(u"http.idle_timeout"_s, u"30s"_s, u"A connection between two requests is closed after."_s),
        timeout(u"http.handler_timeout"_s, u"60s"_s, u"A request that is not answered by then is answered 503."_s),
    };
}

Definitions tokenSettings()
{
    // clang-format off: a row a setting
    return {
        {.key = u"tokens.issuer"_s, .type = Text, .defaultValue = u""_s,
         .text = u"Claim iss of access tokens; empty: the server's own URL."_s, .fault = setting_faults::ofIssuer},
        {.key = u"tokens.audience"_s, .type = Text, .defaultValue = u"warder"_s, .text = u"Claim aud of access tokens."_s,
         .fault = setting_faults::ofAudience},
        {.key = u"tokens.algorithm"_s, .type = Choice, .defaultValue = u"ES256"_s, .text = u"How new access tokens are signed."_s,
         .choices = {u"ES256"_s, u"EdDSA"_s, u"RS256"_s, u"HS256"_s}},
        {.key = u"tokens.access_lifetime"_s, .type = Duration, .defaultValue = u"15m"_s, .text = u"How long access tokens live."_s,
         .min = minute, .max = day},
        {.key = u"tokens.leeway"_s, .type = Duration, .defaultValue = u"5s"_s,
         .text = u"How far clocks of other machines may differ."_s, .min = 0, .max = 120},
        {.key = u"tokens.delivery"_s, .type = Choice, .defaultValue = u"body"_s,
         .text = u"Where tokens go unless the request says."_s, .choices = {u"body"_s, u"cookie"_s}, .restartNeeded = false},
    };
    // clang-format on
}

Definitions sessionSettings()
{
    // clang-format off: a row a setting
    return {
        {.key = u"sessions.idle_lifetime"_s, .type = Duration, .defaultValue = u"14d"_s,
         .text = u"A session ends when it was not used for so long."_s, .min = minute, .max = 3650 * day},
        {.key = u"sessions.absolute_lifetime"_s, .type = Duration, .defaultValue = u"90d"_s,
         .text = u"A session ends at this age, used or not."_s, .min = minute, .max = 3650 * day},
        {.key = u"sessions.refresh_grace"_s, .type = Duration, .defaultValue = u"30s"_s,
         .text = u"How long a just exchanged refresh token gets the same successor."_s, .min = 0, .max = 300},
        {.key = u"sessions.max_per_user"_s, .type = Integer, .defaultValue = u"200"_s,
         .text = u"Live sessions of one user; a sign-in beyond ends the one unused longest."_s, .min = 1, .max = 1000},
        {.key = u"accounts.registration"_s, .type = Choice, .defaultValue = u"open"_s,
         .text = u"Whether anybody may register."_s, .choices = {u"open"_s, u"closed"_s}},
    };
    // clang-format on
}

Definitions passwordSettings()
{
    // clang-format off: a row a setting
    return {
        {.key = u"passwords.algorithm"_s, .type = Choice, .defaultValue = u"argon2id"_s, .text = u"How new passwords are hashed."_s,
         .choices = {u"argon2id"_s, u"bcrypt"_s}},
        {.key = u"passwords.argon2_memory_kib"_s, .type = Integer, .defaultValue = u"19456"_s,
         .text = u"Memory of one Argon2id hash."_s, .min = 128, .max = 1024 * 1024},
        {.key = u"passwords.argon2_iterations"_s, .type = Integer, .defaultValue = u"2"_s,
         .text = u"Passes of one Argon2id hash."_s, .min = 1, .max = 20},
        {.key = u"passwords.argon2_parallelism"_s, .type = Integer, .defaultValue = u"1"_s,
         .text = u"Lanes of one Argon2id hash."_s, .min = 1, .max = 16},
        {.key = u"passwords.bcrypt_cost"_s, .type = Integer, .defaultValue = u"12"_s,
         .text = u"Cost of bcrypt hashes; one more doubles the work."_s, .min = 4, .max = 17},
        {.key = u"passwords.min_length"_s, .type = Integer, .defaultValue = u"8"_s,
         .text = u"Fewest characters of a new password."_s, .min = 8, .max = 128},
        {.key = u"passwords.min_guesses"_s, .type = Integer, .defaultValue = u"1000000"_s,
         .text = u"Guesses that a new password must withstand; 0 takes common passwords."_s, .min = 0, .max = 1'000'000'000'000},
        {.key = u"passwords.hashing_threads"_s, .type = Integer, .defaultValue = u"0"_s,
         .text = u"Hashes at once; 0: one a core."_s, .min = 0, .max = 256},
    };
    // clang-format on
}

Definitions limitSettings()
{
    const auto rule = [](const QString &key, const QString &standard, const QString &text) {
        return SettingDefinition {.key = u"rate_limit."_s + key, .type = SettingType::Rate, .defaultValue = standard, .text = text};
    };
    return {
        {.key = u"rate_limit.enabled"_s, .type = Boolean, .defaultValue = u"true"_s, .text = u"Whether limits apply at all."_s},
        rule(u"login_per_address"_s, u"30/1m burst 30"_s, u"Sign-ins tried from one address."_s),
        rule(u"login_per_account"_s, u"10/1m burst 10"_s, u"Sign-ins tried at one account from one address."_s),
        rule(u"register_per_address"_s, u"30/10m burst 30"_s, u"Registrations from one address."_s),
        rule(u"refresh_per_address"_s, u"1200/1m burst 1200"_s,
             u"Refreshes from one address; generous, since a server that renders pages refreshes for all its users."_s),
        rule(u"refresh_per_session"_s, u"120/1m burst 120"_s, u"Refreshes of one session."_s),
        rule(u"account_per_address"_s, u"600/1m burst 600"_s,
             u"Sign-outs, changes of a name and looks at own sessions from one address; generous for the same reason."_s),
        {.key = u"rate_limit.login_backoff"_s,
         .type = Boolean,
         .defaultValue = u"true"_s,
         .text = u"Whether wrong passwords in a row make the next try wait."_s},
        {.key = u"rate_limit.login_backoff_longest"_s,
         .type = Duration,
         .defaultValue = u"15m"_s,
         .text = u"The longest such wait; four times that for all addresses together that are new to the account."_s,
         .min = 1,
         .max = day},
    };
}

Definitions watchingSettings()
{
    // clang-format off: a row a setting
    return {
        {.key = u"log.level"_s, .type = Choice, .defaultValue = u"info"_s, .text = u"The least important lines still logged."_s,
         .choices = {u"debug"_s, u"info"_s, u"warning"_s, u"error"_s}},
        {.key = u"log.format"_s, .type = Choice, .defaultValue = u"text"_s, .text = u"Form of the log's lines."_s,
         .choices = {u"text"_s, u"json"_s, u"journald"_s}},
        {.key = u"metrics.token"_s, .type = Text, .defaultValue = u""_s,
         .text = u"Lets other machines read /metrics; empty: only this machine may."_s,
         .fault = setting_faults::ofMetricsToken, .secret = true},
    };
    // clang-format on
}

/// Those that a reload brings into effect.
Definitions atOnce(Definitions definitions)
{
    for (SettingDefinition &each : definitions)
        each.restartNeeded = false;
    return definitions;
}

} // namespace

const QList<SettingDefinition> &settingDefinitions()
{
    static const Definitions all = atOnce(httpSettings() + boundSettings() + timeoutSettings()) + tokenSettings() + sessionSettings()
                                   + passwordSettings() + limitSettings() + atOnce(watchingSettings());
    return all;
}

const SettingDefinition *findSetting(QStringView key)
{
    const auto &all = settingDefinitions();
    const auto found = std::ranges::find(all, key, &SettingDefinition::key);
    return found == all.end() ? nullptr : &*found;
}

QString nearestSetting(QStringView key)
{
    if (key.size() > 64)
        return {};
    const auto &all = settingDefinitions();
    const auto far = [&](const SettingDefinition &each) { return distance(key, each.key); };
    const auto nearest = std::ranges::min_element(all, {}, far);
    return far(*nearest) <= std::max<qsizetype>(2, nearest->key.size() / 3) ? nearest->key : QString();
}

bool isMisspeltSetting(QStringView key)
{
    const QString nearest = nearestSetting(key);
    return !nearest.isEmpty() && distance(key, nearest) <= 2;
}

} // namespace warder
