#include "core/config/SettingFaults.h"

#include "core/config/ListenPoint.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder::setting_faults {
namespace {

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

QString ofOrigin(const QString &item)
{
    if (item.contains(u'*'))
        return u"exact origins; a wildcard is refused because credentials are allowed, and with them any site could act for a "
               u"signed-in user"_s;
    static const QString host = u"("_s + hostName.toString() + u"|\\[[0-9a-f:.]+\\])"_s;
    // Packaged apps and extensions have schemes of their own; pages from files and the like share the origin "null".
    const bool right = isLike(item, u"[a-z][a-z0-9+.-]*://"_s + host + u"(:[1-9][0-9]{0,4})?"_s)
                       && !isLike(item, u"http://.*[^:]:80|https://.*[^:]:443|(file|data|blob|about|javascript|ftp)://.*"_s);
    return right ? QString() : u"origins as browsers send them: scheme://host[:port] in lower case, no path, no default port"_s;
}

QString ofSubnet(const QString &item)
{
    return parseSubnet(item) ? QString() : u"addresses or subnets such as 10.0.0.7, 10.0.0.0/8, 2001:db8::/32"_s;
}

QString ofIssuer(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool right = text.isEmpty() || (isLike(text, u"https?://[!-~]{1,247}"_s) && !url.host().isEmpty() && url.userInfo().isEmpty());
    return right ? QString() : u"empty, or a URL such as https://auth.example.com, without spaces, at most 255 characters"_s;
}

} // namespace warder::setting_faults
