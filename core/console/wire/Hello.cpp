#include "core/console/wire/Hello.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {

constexpr qsizetype longestVersion = 64;

QString Hello::ownVersion() { return QStringLiteral(WARDER_VERSION); }

std::optional<Hello> Hello::of(const QJsonObject &message)
{
    const QJsonObject hello = message["hello"_L1].toObject();
    if (!hello["protocol"_L1].isDouble())
        return std::nullopt;
    return Hello {.protocol = hello["protocol"_L1].toInt(), .version = hello["version"_L1].toString().left(longestVersion)};
}

QJsonObject Hello::message()
{
    const Hello own;
    return {{u"hello"_s, QJsonObject {{u"protocol"_s, own.protocol}, {u"version"_s, own.version}}}};
}

Result<void> Hello::check(const std::optional<Hello> &theirs, From from)
{
    const Hello own;
    const Hello other = theirs.value_or(Hello {.protocol = 0, .version = u"of an older version"_s});
    if (other.protocol == own.protocol)
        return {};
    const Hello &server = from == From::Server ? other : own;
    const Hello &program = from == From::Server ? own : other;
    const QString remedy = server.protocol < program.protocol ? u"update the server and start it anew"_s : u"update this program"_s;
    return refused(ErrorCode::Conflict,
                   u"the server is Warder %1 (console protocol %2), this program Warder %3 (console protocol %4): %5"_s.arg(
                       server.version, QString::number(server.protocol), program.version, QString::number(program.protocol), remedy));
}

QJsonObject toJson(const Error &error)
{
    QJsonArray faults;
    for (const Fault &fault : error.faults)
        faults.append(QJsonObject {{u"type"_s, fault.type},
                                   {u"field"_s, fault.location.isEmpty() ? QJsonValue() : fault.location.last()},
                                   {u"message"_s, fault.message}});
    return {{u"code"_s, nameOf(error.code)},
            {u"detail"_s, error.detail},
            {u"retry_after"_s, qint64(error.retryAfter.count())},
            {u"faults"_s, faults},
            {u"trouble"_s, nameOf(error.trouble)}};
}

Error errorFrom(const QJsonObject &json)
{
    Error error {.code = errorCodeFromName(json.value("code"_L1).toString()),
                 .detail = json.value("detail"_L1).toString(),
                 .retryAfter = std::chrono::seconds {json.value("retry_after"_L1).toInteger()},
                 .trouble = fromName<StorageTrouble>(json.value("trouble"_L1).toString()).value_or(StorageTrouble::Other)};
    for (const auto &fault : json.value("faults"_L1).toArray())
        error.faults += Fault {
            .type = fault["type"_L1].toString(), .location = {u"body"_s, fault["field"_L1]}, .message = fault["message"_L1].toString()};
    return error;
}

} // namespace warder
