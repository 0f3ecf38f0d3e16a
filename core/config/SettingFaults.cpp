#include "core/config/SettingFaults.h"

#include "core/config/ListenPoint.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder::setting_faults {
namespace {

/// Names of a company's own network have underscores, too.
const QString hostName = u"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?"_s;

bool isLike(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

} // namespace

QString ofListenPoint(const QString &item)
{
    return parseListenPoint(item)
               ? QString()
               : u"address:port such as 127.0.0.1:8000 or [::1]:8000, or a socket such as unix:/run/warder/warder.sock"_s;
}

QString ofFileMode(const QString &text) { return isLike(text, u"0?[0-7]{3}"_s) ? QString() : u"an octal file mode such as 0660"_s; }

QString ofGroup(const QString &text)
{
    return isLike(text, u"([A-Za-z_][A-Za-z0-9_.-]{0,31})?"_s) ? QString() : u"empty, or the name of a group"_s;
}

QString ofFilePath(const QString &text) { return text.isEmpty() || text.startsWith(u'/') ? QString() : u"empty, or an absolute path"_s; }

QString ofHost(const QString &item)
{
    return isLike(item, hostName) ? QString() : u"host names in lower case without scheme and port, such as auth.example.com"_s;
}

QString ofOrigin(const QString &item)
{
    if (item.contains(u'*'))
        return u"exact origins; a wildcard is refused because credentials are allowed, and with them any site could act for a "
               u"signed-in user"_s;
    static const QString host = u"("_s + hostName + u"|\\[[0-9a-f:.]+\\])"_s;
    // Packaged apps and extensions have schemes of their own; pages from files and the like share the origin "null".
    const bool right = isLike(item, u"[a-z][a-z0-9+.-]*://"_s + host + u"(:[1-9][0-9]{0,4})?"_s)
                       && !isLike(item, u"http://.*[^:]:80|https://.*[^:]:443|(file|data|blob|about|javascript|ftp)://.*"_s);
    return right ? QString() : u"origins as browsers send them: scheme://host[:port] in lower case, no path, no default port"_s;
}

QString ofSubnet(const QString &item)
{
    return parseSubnet(item) ? QString() : u"addresses or subnets such as 10.0.0.7, 10.0.0.0/8, 2001:db8::/32"_s;
}

QString ofBasePath(const QString &text)
{
    const bool right = text.isEmpty() || isLike(text, u"(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+"_s);
    return right ? QString() : u"empty, or a path such as /auth without a slash at its end"_s;
}

QString ofCookiePrefix(const QString &text)
{
    return isLike(text, u"[A-Za-z][A-Za-z0-9_-]{0,31}"_s) ? QString()
                                                          : u"a letter, then at most 31 letters, digits, - or _, such as shop"_s;
}

QString ofIssuer(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool right = text.isEmpty() || (isLike(text, u"https?://[!-~]{1,247}"_s) && !url.host().isEmpty() && url.userInfo().isEmpty());
    return right ? QString() : u"empty, or a URL such as https://auth.example.com, without spaces, at most 255 characters"_s;
}

QString ofAudience(const QString &text) { return isLike(text, u"[!-~]{1,255}"_s) ? QString() : u"1 to 255 characters without spaces"_s; }

QString ofMetricsToken(const QString &text)
{
    return isLike(text, u"([!-~]{16,255})?"_s) ? QString() : u"empty, or 16 to 255 characters without spaces"_s;
}

} // namespace warder::setting_faults
