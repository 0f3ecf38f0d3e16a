#include "core/console/wire/Hello.h"

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
    const bool isServerOld = server.protocol < program.protocol;
    const QString remedy = isServerOld ? u"update the server and start it anew"_s : u"update this program"_s;
    return refused(isServerOld ? ErrorCode::ServerOutdated : ErrorCode::ProgramOutdated,
                   u"the server is Warder %1 (console protocol %2), this program Warder %3 (console protocol %4): %5"_s.arg(
                       server.version, QString::number(server.protocol), program.version, QString::number(program.protocol), remedy));
}

} // namespace warder
