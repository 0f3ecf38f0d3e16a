#include "core/console/ConsoleMethods.h"

#include "core/console/Messages.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using JsonAnswer = QFuture<Result<QJsonValue>>;

template <typename T>
JsonAnswer asJson(Answer<T> answer)
{
    return answer.then([](const Result<T> &result) -> Result<QJsonValue> {
        if (!result)
            return refused(result);
        if constexpr (std::is_void_v<T>)
            return QJsonValue();
        else
            return toJson(*result);
    });
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

QList<Id> ids(const QJsonObject &params)
{
    QList<Id> list;
    for (const auto &one : params.value("sessions"_L1).toArray())
        list += Id::fromString(one.toString()).value_or(Id {});
    return list;
}

} // namespace

bool ConsoleMethod::isServedBy(const QJsonObject &given) const
{
    return std::ranges::all_of(params, [&given](const auto &param) { return given.value(param.first).type() == param.second; });
}

const QList<ConsoleMethod> &consoleMethods()
{
    using P = const QJsonObject &;
    using enum QJsonValue::Type;
    static const QList<ConsoleMethod> methods {
        {"overview"_L1, {}, [](Console &c, P) { return asJson(c.overview()); }},
        {"traffic"_L1, {{"window"_L1, Double}},
         [](Console &c, P p) { return asJson(c.traffic(seconds(p))); }},
        {"changesSince"_L1, {{"position"_L1, Double}},
         [](Console &c, P p) { return asJson(c.changesSince(quint64(p.value("position"_L1).toInteger()))); }},
        {"startServer"_L1, {}, [](Console &c, P) { return asJson(c.startServer()); }},
        {"stopServer"_L1, {}, [](Console &c, P) { return asJson(c.stopServer()); }},
        {"pauseServer"_L1, {}, [](Console &c, P) { return asJson(c.pauseServer()); }},
        {"resumeServer"_L1, {}, [](Console &c, P) { return asJson(c.resumeServer()); }},
        {"reloadServer"_L1, {}, [](Console &c, P) { return asJson(c.reloadServer()); }},
        {"sessions"_L1, {{"filter"_L1, Object}, {"cursor"_L1, String}, {"limit"_L1, Double}},
         [](Console &c, P p) { return asJson(c.sessions(value<SessionFilter>(p, "filter"_L1), text(p, "cursor"_L1), number(p, "limit"_L1))); }},
        {"revokeSessions"_L1, {{"sessions"_L1, Array}},
         [](Console &c, P p) { return asJson(c.revokeSessions(ids(p))); }},
        {"revokeShown"_L1, {{"filter"_L1, Object}},
         [](Console &c, P p) { return asJson(c.revokeShown(value<SessionFilter>(p, "filter"_L1))); }},
        {"users"_L1, {{"text"_L1, String}, {"cursor"_L1, String}, {"limit"_L1, Double}},
         [](Console &c, P p) { return asJson(c.users(text(p, "text"_L1), text(p, "cursor"_L1), number(p, "limit"_L1))); }},
        {"findUser"_L1, {{"user"_L1, String}},
         [](Console &c, P p) { return asJson(c.findUser(text(p, "user"_L1))); }},
        {"createUser"_L1, {{"user"_L1, Object}},
         [](Console &c, P p) { return asJson(c.createUser(value<NewUser>(p, "user"_L1))); }},
        {"editUser"_L1, {{"user"_L1, String}, {"edit"_L1, Object}},
         [](Console &c, P p) { return asJson(c.editUser(id(p, "user"_L1), value<UserEdit>(p, "edit"_L1))); }},
        {"setUserDisabled"_L1, {{"user"_L1, String}, {"disabled"_L1, Bool}},
         [](Console &c, P p) { return asJson(c.setUserDisabled(id(p, "user"_L1), p.value("disabled"_L1).toBool())); }},
        {"setUserPassword"_L1, {{"user"_L1, String}, {"password"_L1, String}},
         [](Console &c, P p) { return asJson(c.setUserPassword(id(p, "user"_L1), text(p, "password"_L1))); }},
        {"removeUser"_L1, {{"user"_L1, String}},
         [](Console &c, P p) { return asJson(c.removeUser(id(p, "user"_L1))); }},
        {"endSessionsOf"_L1, {{"user"_L1, String}},
         [](Console &c, P p) { return asJson(c.endSessionsOf(id(p, "user"_L1))); }},
        {"addToImport"_L1, {{"import"_L1, String}, {"users"_L1, Array}},
         [](Console &c, P p) { return asJson(c.addToImport(id(p, "import"_L1), value<QList<ImportedUser>>(p, "users"_L1))); }},
        {"finishImport"_L1, {{"import"_L1, String}, {"options"_L1, Object}},
         [](Console &c, P p) { return asJson(c.finishImport(id(p, "import"_L1), value<ImportOptions>(p, "options"_L1))); }},
        {"limitRules"_L1, {}, [](Console &c, P) { return asJson(c.limitRules()); }},
        {"limitHistory"_L1, {{"rule"_L1, String}, {"window"_L1, Double}},
         [](Console &c, P p) { return asJson(c.limitHistory(text(p, "rule"_L1), seconds(p))); }},
        {"limitedNow"_L1, {}, [](Console &c, P) { return asJson(c.limitedNow()); }},
        {"unblock"_L1, {{"rule"_L1, String}, {"key"_L1, String}},
         [](Console &c, P p) { return asJson(c.unblock(text(p, "rule"_L1), text(p, "key"_L1))); }},
        {"keys"_L1, {}, [](Console &c, P) { return asJson(c.keys()); }},
        {"rotateKey"_L1, {{"purpose"_L1, String}},
         [](Console &c, P p) { return asJson(c.rotateKey(text(p, "purpose"_L1))); }},
        {"revokeKey"_L1, {{"kid"_L1, String}},
         [](Console &c, P p) { return asJson(c.revokeKey(text(p, "kid"_L1))); }},
        {"settings"_L1, {}, [](Console &c, P) { return asJson(c.settings()); }},
    };
    return methods;
}

} // namespace warder
