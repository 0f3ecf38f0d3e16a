#include "core/config/SettingFaults.h"

#include "core/config/ListenPoint.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder::setting_faults {
namespace {

bool isLike(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

/// A URL that others are made of by adding a path.
bool isPlace(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return isLike(text, u"https?://[!-~]{0,246}[!-.0-~]"_s) && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery()
           && !url.hasFragment();
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

/// Over plain HTTP whoever is on the way reads along and answers in the other's place, but on the way to this machine itself.
QString ofOutboundUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    QHostAddress address;
    const bool isOwn = url.scheme() == "http"_L1 && address.setAddress(url.host()) && address.isLoopback();
    return isPlace(text) && (isOwn || url.scheme() == "https"_L1)
               ? QString()
               : u"an https URL without a slash at its end such as https://api.pwnedpasswords.com, or http at an address of this machine"_s;
}

QString ofMailHost(const QString &text)
{
    const bool right = text.isEmpty() || !QHostAddress(text).isNull() || (text.size() <= 253 && isLike(text, hostName.toString()));
    return right ? QString() : u"empty, or a host name in lower case or an address, without port, such as smtp.example.com"_s;
}

/// What is no address in earnest, the first mail shows.
QString ofMailAddress(const QString &text)
{
    const bool right =
        text.isEmpty() || (text.size() <= 254 && isLike(text, uR"([^\s\p{C}<>()\[\]\\,;:"@]{1,64}@[^\s\p{C}<>()\[\]\\,;:"@]+)"_s));
    return right ? QString() : u"empty, or an e-mail address without a name, such as no-reply@example.com"_s;
}

QString ofLinkBase(const QString &text)
{
    return isPlace(text) ? QString() : u"a URL without a slash at its end such as https://app.example.com"_s;
}

QString ofRpId(const QString &text)
{
    const bool isHost = isLike(text, hostName.toString()) && text.size() <= 253 && QHostAddress(text).isNull();
    return text.isEmpty() || isHost ? QString() : u"empty, or a host name in lower case such as example.com, no address and without port"_s;
}

/// An Android app calls itself by the hash of its certificate.
QString ofPasskeyOrigin(const QString &item)
{
    return isLike(item, u"android:apk-key-hash:[A-Za-z0-9_-]{43}"_s) ? QString() : ofOrigin(item);
}

QString ofFrontend(const QString &text)
{
    const bool isWeb = text.startsWith("https://"_L1) || text.startsWith("http://"_L1);
    return text.isEmpty() || (isWeb && ofOrigin(text).isEmpty()) ? QString()
                                                                 : u"empty, or an origin such as https://app.example.com, without a path"_s;
}

} // namespace warder::setting_faults
