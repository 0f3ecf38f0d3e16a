#pragma once

#include "core/base/EnumNames.h"
#include "core/base/SettingSource.h"
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

    static void members(auto &visit, auto &v)
    {
        visit("state"_L1, v.state, "url"_L1, v.url, "addresses"_L1, v.addresses, "configured"_L1, v.configured, "running_for"_L1,
              v.runningFor, "problem"_L1, v.problem, "problem_code"_L1, v.problemCode, "other_port"_L1, v.otherPort, "version"_L1,
              v.version, "data_directory"_L1, v.dataDirectory, "started_at"_L1, v.startedAt, "connections"_L1, v.connections,
              "certificate_until"_L1, v.certificateUntil, "problems"_L1, v.problems);
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

    static void members(auto &visit, auto &v)
    {
        visit("live_sessions"_L1, v.liveSessions, "users"_L1, v.users, "sign_ins_today"_L1, v.signInsToday, "failed_sign_ins_today"_L1,
              v.failedSignInsToday, "bare_admins"_L1, v.bareAdmins);
    }
};

/// The numbers on Overview's cards, in one reading.
struct OverviewView
{
    ServerView server;
    std::optional<OverviewCounts> counts; ///< Nothing while the database cannot be read; the server says why.
    qint64 limitedNow = 0;
    TimePoint signingKeySince;
    double requestsPerSecond = 0; ///< Mean of the last ten seconds.

    static void members(auto &visit, auto &v)
    {
        visit("server"_L1, v.server, "counts"_L1, v.counts, "limited_now"_L1, v.limitedNow, "signing_key_since"_L1, v.signingKeySince,
              "requests_per_second"_L1, v.requestsPerSecond);
    }
};

/// Counts of one second (windows up to ten minutes) or one minute (longer ones).
struct TrafficView
{
    TimePoint from;
    qint64 ok = 0;
    qint64 refused = 0; ///< 4xx but 429.
    qint64 limited = 0; ///< 429.
    qint64 failed = 0;  ///< 5xx.
    qint64 signIns = 0;
    qint64 failedSignIns = 0;
    double p50 = 0; ///< Milliseconds.
    double p99 = 0;

    static void members(auto &visit, auto &v)
    {
        visit("from"_L1, v.from, "ok"_L1, v.ok, "refused"_L1, v.refused, "limited"_L1, v.limited, "failed"_L1, v.failed, "sign_ins"_L1,
              v.signIns, "failed_sign_ins"_L1, v.failedSignIns, "p50"_L1, v.p50, "p99"_L1, v.p99);
    }
};

struct SettingView
{
    QString key;
    QString value; ///< Masked for secrets.
    QString defaultValue;
    SettingSource source = SettingSource::Default;
    QString sourceName; ///< The file and line, or the variable.
    QString text;

    static void members(auto &visit, auto &v)
    {
        visit("key"_L1, v.key, "value"_L1, v.value, "default"_L1, v.defaultValue, "source"_L1, v.source, "source_name"_L1, v.sourceName,
              "text"_L1, v.text);
    }
};

/// A value to be stored of a setting, as it would be written in warder.conf; nothing: as if none had ever been stored.
struct SettingChoice
{
    QString key;
    std::optional<QString> value = {};

    static void members(auto &visit, auto &v) { visit("key"_L1, v.key, "value"_L1, v.value); }
};

using ReadOverview = OrderFor<OverviewView, "server.overview">;

/// Oldest first; by second for windows up to ten minutes, by minute up to a day.
struct ReadTraffic : OrderFor<QList<TrafficView>, "server.traffic">
{
    Seconds window {0};
    static void members(auto &visit, auto &v) { visit("window"_L1, v.window); }
};

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

using ServerOrders = std::tuple<ReadOverview, ReadTraffic, StartServer, UsePort, StopServer, PauseServer, ResumeServer, ReloadServer,
                                ListSettings, StoreSettings>;

} // namespace warder
