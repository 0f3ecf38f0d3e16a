#include "core/credentials/PasskeyPolicy.h"

#include "core/config/Settings.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// As browsers and settings write it: xn--… of an international name.
QString hostOf(const QUrl &url) { return url.host(QUrl::EncodeUnicode); }

/// Browsers name no address as the owner of a passkey.
QString ownerIn(const QString &origin)
{
    const QString host = hostOf(QUrl(origin));
    return QHostAddress(host).isNull() && mayAskFor(host, origin) ? host : QString();
}

QString rpIdFrom(const Settings &settings, const QStringList &origins)
{
    const QString set = settings.get<"passkeys.rp_id">();
    if (!set.isEmpty())
        return set;
    for (const QString &origin : origins) {
        if (const QString owner = ownerIn(origin); !owner.isEmpty())
            return owner;
    }
    return {};
}

} // namespace

bool mayAskFor(const QString &rpId, const QString &origin)
{
    if (origin.startsWith("android:"_L1))
        return true;
    const QUrl url(origin);
    const QString host = hostOf(url);
    const bool isHere = host == "localhost"_L1 || host.endsWith(".localhost"_L1);
    const bool isSecure = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isHere);
    return isSecure && !host.isEmpty() && (host == rpId || host.endsWith(u'.' + rpId));
}

PasskeyPolicy PasskeyPolicy::from(const Settings &settings)
{
    const QStringList allowed = settings.get<"http.allowed_origins">();
    const QStringList set = settings.get<"passkeys.origins">();
    PasskeyPolicy policy {.enabled = settings.get<"passkeys.enabled">(), .origins = set};
    policy.rpId = rpIdFrom(settings, set.isEmpty() ? allowed : set);
    if (const QString name = settings.get<"passkeys.rp_name">(); !name.isEmpty())
        policy.rpName = name;
    if (set.isEmpty())
        std::ranges::copy_if(allowed, std::back_inserter(policy.origins),
                             [&](const QString &each) { return mayAskFor(policy.rpId, each); });
    return policy;
}

QStringList PasskeyPolicy::warnings(const Settings &settings)
{
    const QString rpId = settings.get<"passkeys.rp_id">();
    const QStringList set = settings.get<"passkeys.origins">();
    if (!settings.get<"passkeys.enabled">() || (rpId.isEmpty() && set.isEmpty()))
        return {};
    const PasskeyPolicy policy = from(settings);
    if (policy.rpId.isEmpty())
        return {u"passkeys.origins holds no page that browsers let ask for passkeys, so there are none: they want https://, or "
                "http://localhost, and a name and no address"_s};
    if (policy.origins.isEmpty())
        return {u"passkeys.rp_id = %1: no page of http.allowed_origins belongs to it, so there are no passkeys. It must be the host of "
                "those pages or a domain above it, and they need https:// or http://localhost"_s.arg(rpId)};
    QStringList warnings;
    for (const QString &origin : set) {
        if (!mayAskFor(policy.rpId, origin))
            warnings += u"passkeys.origins: browsers let no page of %1 ask for passkeys of passkeys.rp_id = %2, unless "
                        "https://%2/.well-known/webauthn names it (related origins)"_s.arg(origin, policy.rpId);
    }
    return warnings;
}

} // namespace warder
