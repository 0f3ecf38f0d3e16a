#include "app/StartWarnings.h"

#include "core/config/ServerUrl.h"
#include "core/config/Settings.h"
#include "core/credentials/PasskeyPolicy.h"
#include "core/mail/MailPolicy.h"
#include "core/net/gate/ListenerLimits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Whether machines elsewhere can reach it without anything in between.
bool isOpen(const ListenPoint &point) { return !point.isUnix() && !point.place.address.isLoopback(); }

/// Whether whoever comes may say that they are a proxy.
bool holdsEverybody(const QPair<QHostAddress, int> &subnet) { return subnet.second <= 1; }

/// What the settings demand that only mails can finish, where none are sent.
QStringList neededMails(const Settings &settings)
{
    if (settings.get<"mail.transport">() != "off"_L1)
        return {};
    QStringList warnings;
    if (settings.get<"accounts.require_verified_email">())
        warnings +=
            u"accounts.require_verified_email, but mail.transport is off: nobody can prove their address, and only whose address is "
            "verified already gets in"_s;
    if (settings.get<"accounts.registration_answer">() == "private"_L1)
        warnings += u"accounts.registration_answer is private, but mail.transport is off: nobody can register"_s;
    if (settings.get<"accounts.magic_link">())
        warnings += u"accounts.magic_link, but mail.transport is off: nobody can sign in by mail"_s;
    return warnings;
}

} // namespace

QStringList startWarnings(const Settings &settings, const QList<ListenPoint> &points)
{
    QStringList warnings =
        settings.warnings() + PasskeyPolicy::warnings(settings) + MailPolicy::from(settings).warnings() + neededMails(settings);
    const auto proxies = ListenerLimits::from(settings).trustedProxies;
    if (std::ranges::any_of(points, isOpen) && !servesTls(settings) && proxies.isEmpty())
        warnings +=
            u"http.listen: other machines can reach the server, and neither it nor a proxy that it knows of speaks TLS: passwords cross the "
            "network in the clear. Set http.tls_certificate, or http.trusted_proxies for the proxy in front"_s;
    if (std::ranges::any_of(proxies, holdsEverybody))
        warnings +=
            u"http.trusted_proxies holds everybody: any client may claim any address, and no limit by address holds. Name the proxies"_s;
    if (std::ranges::all_of(points, &ListenPoint::isUnix) && settings.get<"tokens.issuer">().isEmpty())
        warnings +=
            u"tokens.issuer is not set: on Unix sockets only the server has no URL of its own for the claim iss. Set it to the one that "
            "browsers use, such as https://auth.example.com"_s;
    return warnings;
}

} // namespace warder
