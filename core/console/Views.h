#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// What the window and the command line see: plain values, free of every other room, each with its JSON form (the local
/// socket and `--json` speak it). Times cross as RFC 3339 texts.
namespace warder {

enum class ServerState { Stopped, Starting, Running, Paused, Stopping, Failed };

/// Something that an operator should mend while the server serves all the same: it comes and goes by itself, known by its code.
struct ProblemView
{
    QString code;   ///< "disk_full", "database_locked", "clock_jumped", "log_lines_dropped", …
    QString detail; ///< The particulars: a path, a number; for people who know the system. May be empty.
    TimePoint since;
    bool down = false; ///< Requests are being refused because of it.

    bool operator==(const ProblemView &) const = default;
};

struct ServerView
{
    ServerState state = ServerState::Stopped;
    QString url;                 ///< "http://127.0.0.1:8000", the first of the addresses; empty unless listening.
    QStringList addresses = {};  ///< All of them, and unix domain sockets as "unix:/path".
    QStringList configured = {}; ///< The same of the settings, also while it does not listen; empty where its sockets are inherited.
    Seconds runningFor {0};      ///< Since it began to listen, by a clock that nobody sets; 0 unless it does.
    QString problem;             ///< Why it does not listen, in words with what to do; empty if it does.
    QString version;
    QString dataDirectory;
    TimePoint startedAt;
    int connections = 0;
    std::optional<TimePoint> certificateUntil = {}; ///< When the certificate expires; nothing without TLS.
    QList<ProblemView> problems = {};               ///< Its health: what is wrong now, the worst first; empty: nothing.
};

/// The numbers on Overview's cards, in one reading.
struct OverviewView
{
    ServerView server;
    qint64 liveSessions = 0;
    qint64 users = 0;
    qint64 signInsToday = 0;
    qint64 failedSignInsToday = 0;
    qint64 limitedNow = 0;
    TimePoint signingKeySince;
    double requestsPerSecond = 0; ///< Mean of the last ten seconds.
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
};

struct SessionView
{
    Id id;
    Id userId;
    QString email;
    QString device; ///< In words, from the user agent: "Firefox on Linux".
    QString userAgent;
    QString address; ///< Where it was opened.
    QString method;
    TimePoint openedAt;
    TimePoint lastSeenAt;
    TimePoint expiresAt; ///< The earlier of idle and absolute expiry.
    qint64 generation = 0;
    qint64 graceHits = 0;
    std::optional<TimePoint> endedAt;
    QString endReason;        ///< "logout", "admin", "reuse", …; empty while live.
    QString lastAddress = {}; ///< Where it was last refreshed; after a reuse: where the spent token came from. May be empty.

    bool isLive(TimePoint now) const { return !endedAt && now < expiresAt; }
    bool operator==(const SessionView &) const = default;
};

struct UserView
{
    Id id;
    QString email;
    QString name;
    QStringList roles;
    bool disabled = false;
    bool emailVerified = false;
    TimePoint createdAt;
    std::optional<TimePoint> lastSignInAt;
    QString passwordScheme;

    bool operator==(const UserView &) const = default;
};

struct RuleView
{
    QString name;      ///< "login_per_address"
    QString appliesTo; ///< "POST /login"
    QString key;       ///< "address", "account", "address+account", "session"
    qint64 amount = 0;
    Seconds period {0};
    qint64 burst = 0;
    bool enabled = true;
    qint64 allowed = 0; ///< In the last ten minutes.
    qint64 denied = 0;
    QList<qint64> deniedHistory; ///< One number for each of the last ten minutes, oldest first.
};

struct LimitPoint
{
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;
};

struct LimitedView
{
    QString rule;
    QString key; ///< Who: an address, an account, or both.
    TimePoint since;
    TimePoint until;
    qint64 denials = 0;

    bool operator==(const LimitedView &) const = default;
};

struct KeyView
{
    QString kid;
    QString purpose; ///< "access", "refresh"
    QString algorithm;
    QString state; ///< "standby", "current", "retiring", "revoked"
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt;
    std::optional<TimePoint> retiredAt;
    std::optional<TimePoint> verifyUntil; ///< Until then tokens signed with it stay good.
    qint64 sessions = 0;                  ///< Live ones that hold a token it signed: how many its revocation concerns.

    bool operator==(const KeyView &) const = default;
};

struct SettingView
{
    QString key;
    QString value; ///< Masked for secrets.
    QString defaultValue;
    QString source;     ///< "default", "stored", "file", "environment", "command line"
    QString sourceName; ///< The file and line, or the variable.
    QString text;
};

} // namespace warder
