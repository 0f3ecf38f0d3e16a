#include "core/console/ConsoleMethods.h"

#include "core/base/Text.h"
#include "core/console/Messages.h"

#include <QFutureWatcher>
#include <QPromise>

#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

template <typename T>
void watchProgress(const Answer<T> &answer, QObject *context, const std::function<void(int, int)> &tell)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, context,
                     [watcher, tell](int done) { tell(done, watcher->progressMaximum()); });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(answer);
}

template <typename T>
PendingResult asJson(Answer<T> answer)
{
    auto json = answer.then([](const Result<T> &result) -> Result<QJsonValue> {
        if (!result)
            return refused(result);
        if constexpr (std::is_void_v<T>)
            return QJsonValue();
        else
            return toJson(*result);
    });
    return {.json = json,
            .cancel = [answer]() mutable { answer.cancel(); },
            .watch = [answer](QObject *context, const auto &tell) { watchProgress(answer, context, tell); }};
}

PendingResult refusal(const QString &why)
{
    QPromise<Result<QJsonValue>> promise;
    promise.start();
    promise.addResult(refused(ErrorCode::InvalidInput, why));
    promise.finish();
    return {.json = promise.future(), .cancel = [] {}, .watch = [](QObject *, const auto &) {}};
}

QString text(const QJsonObject &params, QLatin1StringView name) { return params.value(name).toString(); }
int number(const QJsonObject &params, QLatin1StringView name) { return params.value(name).toInt(); }
Id id(const QJsonObject &params, QLatin1StringView name) { return Id::fromString(text(params, name)).value_or(Id {}); }
Seconds seconds(const QJsonObject &params) { return Seconds {params.value("window"_L1).toInteger()}; }

template <typename T>
T value(const QJsonObject &params, QLatin1StringView name)
{
    T read {};
    fromJson(params.value(name), read);
    return read;
}

/// Exactly `{"text", "ended"}` and perhaps `"user"`: a filter that lost a member would end other people's sessions.
std::optional<SessionFilter> sessionFilter(const QJsonObject &params)
{
    const QJsonObject given = params.value("filter"_L1).toObject();
    const bool hasUser = given.contains("user"_L1);
    const auto user = Id::fromString(given.value("user"_L1).toString());
    if (!given.value("text"_L1).isString() || !given.value("ended"_L1).isBool() || given.size() != (hasUser ? 3 : 2) || (hasUser && !user))
        return std::nullopt;
    return SessionFilter {
        .text = given.value("text"_L1).toString(), .user = hasUser ? user : std::nullopt, .ended = given.value("ended"_L1).toBool()};
}

/// Runs `ask` with the filter, if it is one.
PendingResult withFilter(const QJsonObject &params, const std::function<PendingResult(const SessionFilter &)> &ask)
{
    const auto filter = sessionFilter(params);
    return filter ? ask(*filter) : refusal(u"a filter has exactly the members text and ended, and user if one is meant"_s);
}

bool isWhole(const QJsonObject &params, QLatin1StringView name)
{
    const double value = params.value(name).toDouble();
    return value >= 0 && value <= 1e15 && value == std::floor(value);
}

PendingResult sessions(Console &console, const QJsonObject &params)
{
    if (!isWhole(params, "limit"_L1))
        return refusal(u"limit is not a whole number"_s);
    return withFilter(params, [&](const SessionFilter &filter) {
        return asJson(console.sessions(filter, text(params, "cursor"_L1), number(params, "limit"_L1)));
    });
}

PendingResult users(Console &console, const QJsonObject &params)
{
    if (!isWhole(params, "limit"_L1))
        return refusal(u"limit is not a whole number"_s);
    return asJson(console.users(text(params, "text"_L1), text(params, "cursor"_L1), number(params, "limit"_L1)));
}

PendingResult revokeShown(Console &console, const QJsonObject &params)
{
    if (!isWhole(params, "seen"_L1))
        return refusal(u"seen is not a whole number"_s);
    return withFilter(
        params, [&](const SessionFilter &filter) { return asJson(console.revokeShown(filter, params.value("seen"_L1).toInteger())); });
}

PendingResult revokeSessions(Console &console, const QJsonObject &params)
{
    QList<Id> ids;
    for (const auto &one : params.value("sessions"_L1).toArray()) {
        const auto id = Id::fromString(one.toString());
        if (!id)
            return refusal(u"%1 is not a session id"_s.arg(shortened(one.toString())));
        ids += *id;
    }
    return asJson(console.revokeSessions(ids));
}

} // namespace

bool ConsoleMethod::isServedBy(const QJsonObject &given) const
{
    return given.size() == params.size()
           && std::ranges::all_of(params, [&given](const auto &param) { return given.value(param.first).type() == param.second; });
}

const QList<ConsoleMethod> &consoleMethods()
{
    using P = const QJsonObject &;
    using enum QJsonValue::Type;
    static const QList<ConsoleMethod> methods {
        {"overview"_L1, {}, [](Console &c, P) { return asJson(c.overview()); }},
        {"traffic"_L1, {{"window"_L1, Double}}, [](Console &c, P p) { return asJson(c.traffic(seconds(p))); }},
        {"changesSince"_L1,
         {{"position"_L1, Double}},
         [](Console &c, P p) { return asJson(c.changesSince(quint64(p.value("position"_L1).toInteger()))); }},
        {"startServer"_L1, {}, [](Console &c, P) { return asJson(c.startServer()); }},
        {"stopServer"_L1, {}, [](Console &c, P) { return asJson(c.stopServer()); }},
        {"pauseServer"_L1, {}, [](Console &c, P) { return asJson(c.pauseServer()); }},
        {"resumeServer"_L1, {}, [](Console &c, P) { return asJson(c.resumeServer()); }},
        {"reloadServer"_L1, {}, [](Console &c, P) { return asJson(c.reloadServer()); }},
        {"sessions"_L1, {{"filter"_L1, Object}, {"cursor"_L1, String}, {"limit"_L1, Double}}, sessions},
        {"countSessions"_L1,
         {{"filter"_L1, Object}},
         [](Console &c, P p) { return withFilter(p, [&c](const SessionFilter &filter) { return asJson(c.countSessions(filter)); }); }},
        {"revokeSessions"_L1, {{"sessions"_L1, Array}}, revokeSessions},
        {"revokeShown"_L1, {{"filter"_L1, Object}, {"seen"_L1, Double}}, revokeShown},
        {"users"_L1, {{"text"_L1, String}, {"cursor"_L1, String}, {"limit"_L1, Double}}, users},
        {"countUsers"_L1, {{"text"_L1, String}}, [](Console &c, P p) { return asJson(c.countUsers(text(p, "text"_L1))); }},
        {"findUser"_L1, {{"user"_L1, String}}, [](Console &c, P p) { return asJson(c.findUser(text(p, "user"_L1))); }},
        {"createUser"_L1, {{"user"_L1, Object}}, [](Console &c, P p) { return asJson(c.createUser(value<NewUser>(p, "user"_L1))); }},
        {"editUser"_L1,
         {{"user"_L1, String}, {"edit"_L1, Object}},
         [](Console &c, P p) { return asJson(c.editUser(id(p, "user"_L1), value<UserEdit>(p, "edit"_L1))); }},
        {"setUserDisabled"_L1,
         {{"user"_L1, String}, {"disabled"_L1, Bool}},
         [](Console &c, P p) { return asJson(c.setUserDisabled(id(p, "user"_L1), p.value("disabled"_L1).toBool())); }},
        {"setUserPassword"_L1,
         {{"user"_L1, String}, {"password"_L1, String}},
         [](Console &c, P p) { return asJson(c.setUserPassword(id(p, "user"_L1), text(p, "password"_L1))); }},
        {"removeUser"_L1, {{"user"_L1, String}}, [](Console &c, P p) { return asJson(c.removeUser(id(p, "user"_L1))); }},
        {"endSessionsOf"_L1, {{"user"_L1, String}}, [](Console &c, P p) { return asJson(c.endSessionsOf(id(p, "user"_L1))); }},
        {"addToImport"_L1,
         {{"import"_L1, String}, {"users"_L1, Array}},
         [](Console &c, P p) { return asJson(c.addToImport(id(p, "import"_L1), value<QList<ImportedUser>>(p, "users"_L1))); }},
        {"finishImport"_L1,
         {{"import"_L1, String}, {"options"_L1, Object}},
         [](Console &c, P p) { return asJson(c.finishImport(id(p, "import"_L1), value<ImportOptions>(p, "options"_L1))); }},
        {"limitRules"_L1, {}, [](Console &c, P) { return asJson(c.limitRules()); }},
        {"limitHistory"_L1,
         {{"rule"_L1, String}, {"window"_L1, Double}},
         [](Console &c, P p) { return asJson(c.limitHistory(text(p, "rule"_L1), seconds(p))); }},
        {"limitedNow"_L1, {}, [](Console &c, P) { return asJson(c.limitedNow()); }},
        {"unblock"_L1,
         {{"rule"_L1, String}, {"key"_L1, String}},
         [](Console &c, P p) { return asJson(c.unblock(text(p, "rule"_L1), text(p, "key"_L1))); }},
        {"keys"_L1, {}, [](Console &c, P) { return asJson(c.keys()); }},
        {"rotateKey"_L1, {{"purpose"_L1, String}}, [](Console &c, P p) { return asJson(c.rotateKey(text(p, "purpose"_L1))); }},
        {"revokeKey"_L1, {{"kid"_L1, String}}, [](Console &c, P p) { return asJson(c.revokeKey(text(p, "kid"_L1))); }},
        {"settings"_L1, {}, [](Console &c, P) { return asJson(c.settings()); }},
    };
    return methods;
}

} // namespace warder
