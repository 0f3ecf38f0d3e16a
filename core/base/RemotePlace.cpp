#include "core/base/RemotePlace.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int highestPort = 65535;
constexpr int noPort = -1;

bool isWhole(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

bool isName(const QString &host) { return isWhole(host, u"[A-Za-z0-9_][A-Za-z0-9._-]{0,252}"_s); }

bool isAddress(const QString &host) { return host.contains(u':') && isWhole(host, u"[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?"_s); }

bool isUser(const QString &user) { return isWhole(user, u"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}"_s); }

/// ssh takes colons and backslashes of a forwarded socket for its own, and puts values in place of `%h` and `${HOME}`.
bool isFolder(const QString &folder)
{
    const auto isOdd = [](QChar c) { return !c.isPrint() || c == u'\\' || c == u':' || c == u'%' || c == u'$'; };
    return folder.startsWith(u'/') && folder.toUtf8().size() <= RemotePlace::longestFolder && std::ranges::none_of(folder, isOdd);
}

int portOf(const QString &digits) { return isWhole(digits, u"[1-9][0-9]{0,4}"_s) ? digits.toInt() : noPort; }

/// "example.com", "example.com:22", "::1", "[::1]", "[::1]:22".
void readHost(const QString &text, RemotePlace &place)
{
    const qsizetype closing = text.startsWith(u'[') ? text.indexOf(u']') : -1;
    const bool isBareAddress = closing < 0 && text.count(u':') > 1;
    const qsizetype colon = isBareAddress ? -1 : text.indexOf(u':', closing + 1);
    place.host = closing > 0 ? text.sliced(1, closing - 1) : text.left(colon < 0 ? text.size() : colon);
    if (colon >= 0)
        place.port = portOf(text.sliced(colon + 1));
    if (closing > 0 && colon != closing + 1 && text.size() > closing + 1)
        place.host = text; // something else behind the bracket
}

} // namespace

std::expected<RemotePlace, PlaceFault> RemotePlace::parse(const QString &text)
{
    QString rest = text.trimmed();
    RemotePlace place;
    if (const qsizetype folder = rest.indexOf(":/"_L1); folder >= 0) {
        place.dataDirectory = rest.sliced(folder + 1);
        rest.truncate(folder);
    }
    const qsizetype at = rest.lastIndexOf(u'@');
    if (at == 0)
        return std::unexpected(PlaceFault::UserMalformed);
    if (at > 0)
        place.user = rest.first(at);
    readHost(rest.sliced(at + 1), place);
    if (const auto fault = place.fault())
        return std::unexpected(*fault);
    return place;
}

std::optional<PlaceFault> RemotePlace::fault() const
{
    if (host.isEmpty())
        return PlaceFault::Missing;
    if (!user.isEmpty() && !isUser(user))
        return PlaceFault::UserMalformed;
    if (!isName(host) && !isAddress(host))
        return PlaceFault::HostMalformed;
    if (port < 0 || port > highestPort)
        return PlaceFault::PortMalformed;
    if (!dataDirectory.isEmpty() && !isFolder(dataDirectory))
        return PlaceFault::FolderMalformed;
    return std::nullopt;
}

QString RemotePlace::toText() const
{
    QString text = user.isEmpty() ? QString() : user + u'@';
    text += host.contains(u':') ? u'[' + host + u']' : host;
    if (port > 0)
        text += u':' + QString::number(port);
    return dataDirectory.isEmpty() ? text : text + u':' + dataDirectory;
}

} // namespace warder
