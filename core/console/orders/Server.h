#pragma once

#include "core/base/EnumNames.h"
#include "core/base/SettingSource.h"
#include "core/base/SettingType.h"
#include "core/console/orders/Members.h"

#include <array>
#include <tuple>

namespace warder {

enum class ServerState { Stopped, Starting, Running, Paused, Stopping, Failed };

template <>
inline constexpr std::array namesOf<ServerState> {"stopped"_L1, "starting"_L1, "running"_L1, "paused"_L1, "stopping"_L1, "failed"_L1};

/// Something that an operator should mend while the server serves all the same: it comes and goes by itself, known by its code.
struct ProblemView
{
    QString code;   ///< "disk_full", "database_locked", "clock_jumped", "log_lines_dropped", …
    QString detail; ///< The particulars: a path, a number; for people who know the system. May be empty.
    TimePoint since;
    bool down = false; ///< Requests are being refused because of it.

    bool operator==(const ProblemView &) const = default;

    static void members(auto &visit, auto &v) { visit("code"_L1, v.code, "detail"_L1, v.detail, "since"_L1, v.since, "down"_L1, v.down); }
};

/// A way out while another program uses the server's port.
struct OtherPort
{
    int port = 0; ///< Free a moment ago: for UsePort. 0: none is near, or it would not be heeded for `source`.
    SettingSource source = SettingSource::Default; ///< What sets http.listen; what comes after Stored wins over what UsePort stores.
    QString sourceName;

    static void members(auto &visit, auto &v) { visit("port"_L1, v.port, "source"_L1, v.source, "source_name"_L1, v.sourceName); }
};

struct ServerView
{
    ServerState state = ServerState::Stopped;
    QString url;                 ///< "http://127.0.0.1:8000", the first of the addresses; empty unless listening.
    QStringList addresses = {};  ///< All of them, and unix domain sockets as "unix:/path".
    QStringList configured = {}; ///< While it does not listen, those of the settings that no other program uses; none of inherited sockets.
    Seconds runningFor {0};      ///< Since it began to listen, by a clock that nobody sets; 0 unless it does.
    QString problem;             ///< Why it does not listen, in English with what to do; empty if it does.
    QString problemCode = {};    ///< The name of the ErrorCode of that.
    std::optional<OtherPort> otherPort = {}; ///< Only if that is address_taken.
    QString version;
    QString dataDirectory;
    TimePoint startedAt;
    int connections = 0;
    std::optional<TimePoint> certificateUntil = {}; ///< When the certificate expires; nothing without TLS.
    QList<ProblemView> problems = {};               ///< Its health: what is wrong now, the worst first; empty: nothing.
    QStringList waiting = {};                       ///< The keys of the settings whose change acts only after a restart.

    static void members(auto &visit, auto &v)
    {
        visit("state"_L1, v.state, "url"_L1, v.url, "addresses"_L1, v.addresses, "configured"_L1, v.configured, "running_for"_L1,
              v.runningFor, "problem"_L1, v.problem, "problem_code"_L1, v.problemCode, "other_port"_L1, v.otherPort, "version"_L1,
              v.version, "data_directory"_L1, v.dataDirectory, "started_at"_L1, v.startedAt, "connections"_L1, v.connections,
              "certificate_until"_L1, v.certificateUntil, "problems"_L1, v.problems, "waiting"_L1, v.waiting);
    }
};

/// What the database counts.
struct OverviewCounts
{
    qint64 liveSessions = 0;
    qint64 users = 0;
    qint64 signInsToday = 0;
    qint64 failedSignInsToday = 0;
    qint64 bareAdmins = 0; ///< Enabled users with the role admin who have a password and no second factor, be it a passkey
                           ///< where mfa.required demands one.
    qint64 admins = 0;     ///< Enabled users with the role admin.
    qint64 oldHashes = 0;  ///< Passwords that are not kept by argon2id; of more than mostOldHashes, that number.

    static constexpr qint64 mostOldHashes = 1'000; ///< Looked at each second.

    static void members(auto &visit, auto &v)
    {
        visit("live_sessions"_L1, v.liveSessions, "users"_L1, v.users, "sign_ins_today"_L1, v.signInsToday, "failed_sign_ins_today"_L1,
              v.failedSignInsToday, "bare_admins"_L1, v.bareAdmins, "admins"_L1, v.admins, "old_hashes"_L1, v.oldHashes);
    }
};

/// The numbers on Overview's cards, in one reading.
struct OverviewView
{
    ServerView server;
    std::optional<OverviewCounts> counts; ///< Nothing while the database cannot be read; the server says why.
    qint64 limitedNow = 0;
    TimePoint signingKeySince;
    double requestsPerSecond = 0;          ///< Mean of the last ten seconds.
    std::optional<double> p99 = {};        ///< Milliseconds, of the same time, at most a tenth off; nothing: without requests.
    std::optional<Seconds> backupAge = {}; ///< Of the newest good backup; nothing: there is none.
    bool backupOverdue = false;            ///< There are accounts, and should be a newer one.
    std::optional<qint64> diskLeft = {};   ///< Bytes that the data directory may still grow by; nothing: nobody knows.

    static void members(auto &visit, auto &v)
    {
        visit("server"_L1, v.server, "counts"_L1, v.counts, "limited_now"_L1, v.limitedNow, "signing_key_since"_L1, v.signingKeySince,
              "requests_per_second"_L1, v.requestsPerSecond, "p99"_L1, v.p99, "backup_age"_L1, v.backupAge, "backup_overdue"_L1,
              v.backupOverdue, "disk_left"_L1, v.diskLeft);
    }
};

/// What happened in one step of time.
struct TrafficView
{
    TimePoint from;
    qint64 ok = 0;
    qint64 refused = 0; ///< 4xx but 429.
    qint64 limited = 0; ///< 429.
    qint64 failed = 0;  ///< 5xx.
    qint64 signIns = 0;
    qint64 failedSignIns = 0;
    double p50 = 0; ///< Milliseconds, at most a tenth off, also over months; 0 without requests.
    double p99 = 0;

    bool operator==(const TrafficView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("from"_L1, v.from, "ok"_L1, v.ok, "refused"_L1, v.refused, "limited"_L1, v.limited, "failed"_L1, v.failed, "sign_ins"_L1,
              v.signIns, "failed_sign_ins"_L1, v.failedSignIns, "p50"_L1, v.p50, "p99"_L1, v.p99);
    }
};

/// A half hour of the last two days.
struct TrendView
{
    TimePoint from;
    qint64 requests = 0;
    qint64 signIns = 0;
    qint64 limited = 0;
    qint64 tokens = 0;                   ///< How often access tokens were given out: sign-ins and refreshes.
    std::optional<qint64> sessions = {}; ///< Live at its end; nothing: no server ran.
    std::optional<qint64> users = {};    ///< Likewise.

    bool operator==(const TrendView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("from"_L1, v.from, "requests"_L1, v.requests, "sign_ins"_L1, v.signIns, "limited"_L1, v.limited, "tokens"_L1, v.tokens,
              "sessions"_L1, v.sessions, "users"_L1, v.users);
    }
};

/// What the sources say of a setting by now, while what was there at the start goes on until a restart.
struct WaitingSettingView
{
    QString value; ///< Masked for secrets.
    SettingSource source = SettingSource::Default;
    QString sourceName;

    bool operator==(const WaitingSettingView &) const = default;

    static void members(auto &visit, auto &v) { visit("value"_L1, v.value, "source"_L1, v.source, "source_name"_L1, v.sourceName); }
};

struct SettingView
{
    QString key;
    QString value; ///< In force; masked for secrets.
    QString defaultValue;
    SettingSource source = SettingSource::Default;
    QString sourceName; ///< The file and line, or the variable.
    QString text;
    SettingType type = SettingType::Text;
    SettingEffect effect = SettingEffect::AtOnce;
    bool secret = false;            ///< Its value is told to be there, and never told.
    QStringList choices = {};       ///< Of a text that may be nothing else.
    std::optional<qint64> least {}; ///< Of a whole number, or of a duration in seconds; nothing: no bound.
    std::optional<qint64> most {};
    bool mayBeNever = false; ///< Of a duration: 0 as well.
    std::optional<WaitingSettingView> waiting {};

    static void members(auto &visit, auto &v)
    {
        visit("key"_L1, v.key, "value"_L1, v.value, "default"_L1, v.defaultValue, "source"_L1, v.source, "source_name"_L1, v.sourceName,
              "text"_L1, v.text, "type"_L1, v.type, "effect"_L1, v.effect, "secret"_L1, v.secret, "choices"_L1, v.choices, "least"_L1,
              v.least, "most"_L1, v.most, "may_be_never"_L1, v.mayBeNever, "waiting"_L1, v.waiting);
    }
};

/// A value to be stored of a setting, as it would be written in warder.conf; nothing: as if none had ever been stored.
struct SettingChoice
{
    QString key;
    std::optional<QString> value = {};

    static void members(auto &visit, auto &v) { visit("key"_L1, v.key, "value"_L1, v.value); }
};

/// What is wrong with a value, as a phrase: "must be a whole number from 0 to 64".
struct SettingFault
{
    QString key;
    QString message;

    static void members(auto &visit, auto &v) { visit("key"_L1, v.key, "message"_L1, v.message); }
};

using ReadOverview = OrderFor<OverviewView, "server.overview">;

/// Oldest first, without gaps, the step that now is in last. Ten minutes are of this process, longer windows outlive a restart.
struct ReadTraffic : OrderFor<QList<TrafficView>, "server.traffic">
{
    static constexpr Seconds longest = std::chrono::days {31};

    Seconds window {0};

    /// How long a step is in a window: at most some 190 of them fill any.
    static constexpr Seconds stepOf(Seconds span)
    {
        if (span <= std::chrono::minutes {10})
            return Seconds {5};
        if (span <= std::chrono::hours {2})
            return std::chrono::minutes {1};
        if (span <= std::chrono::days {1})
            return std::chrono::minutes {10};
        return span <= std::chrono::days {7} ? std::chrono::hours {1} : std::chrono::hours {4};
    }

    static void members(auto &visit, auto &v) { visit("window"_L1, v.window); }
};

/// 96 of them, oldest first: the newest ends now, the first half are those of the day before.
using ReadTrends = OrderFor<QList<TrendView>, "server.trends">;

using StartServer = OrderFor<ServerView, "server.start">;

/// Stores http.listen with another port in place of the one that another program uses, and listens there. If it is used by then, too, the
/// refusal is that of a start; SettingFixed where a source that wins sets it.
struct UsePort : OrderFor<ServerView, "server.usePort">
{
    int port = 0;
    static void members(auto &visit, auto &v) { visit("port"_L1, v.port); }
};

using StopServer = OrderFor<ServerView, "server.stop">;
using PauseServer = OrderFor<ServerView, "server.pause">;
using ResumeServer = OrderFor<ServerView, "server.resume">;

/// Ends the server a moment after the answer, as at any stop, and opens it anew in the same process, with the settings that the sources
/// give by then: whoever is connected to it loses the connection. If it cannot be opened with those, it goes on with those of before, and
/// has the problem reload_failed. Refused as ReloadServer is, which comes first; Busy where it opens anew already.
using RestartServer = OrderFor<void, "server.restart">;

/// Reads settings and certificate again; the keys of the settings whose change needs a restart.
using ReloadServer = OrderFor<QStringList, "server.reload">;
using ListSettings = OrderFor<QList<SettingView>, "server.settings">;

/// Stores settings, all or none, and puts them in force; the keys of those whose change needs a restart. InvalidInput with a fault at each
/// key that has no such value, SettingFixed where a source that wins sets one of them.
struct StoreSettings : OrderFor<QStringList, "server.storeSettings">
{
    QList<SettingChoice> choices;
    static void members(auto &visit, auto &v) { visit("choices"_L1, v.choices); }
};

/// What StoreSettings would say of values, each by itself, and stores nothing: for while they are typed. A choice without a value is right.
struct CheckSettings : OrderFor<QList<SettingFault>, "server.checkSettings">
{
    QList<SettingChoice> choices;
    static void members(auto &visit, auto &v) { visit("choices"_L1, v.choices); }
};

using ServerOrders = std::tuple<ReadOverview, ReadTraffic, ReadTrends, StartServer, UsePort, StopServer, PauseServer, ResumeServer,
                                RestartServer, ReloadServer, ListSettings, StoreSettings, CheckSettings>;

} // namespace warder
