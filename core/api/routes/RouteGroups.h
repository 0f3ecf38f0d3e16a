#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Route.h"

/// The public surface by what it is about. What each function gives lives no longer than the context. Pure; any thread.
namespace warder::routes {

QList<Route> signIn(const ApiContext &a);
QList<Route> secondStep(const ApiContext &a); ///< Of a sign-in.
QList<Route> account(const ApiContext &a);
QList<Route> factors(const ApiContext &a);
QList<Route> passkeys(const ApiContext &a);
QList<Route> mails(const ApiContext &a);     ///< What people do by mail. A GET spends nothing: programs that look for viruses send it, too.
QList<Route> providers(const ApiContext &a); ///< Sign-ins by other servers, and the accounts there.
QList<Route> system(const ApiContext &a);
/// RFC 8414, which lets openid-configuration speak of any authorization server. None without a URL as issuer: there is nothing to tell.
QList<Route> metadata(const ApiContext &a);
QList<Route> docs(const ApiContext &a, const QByteArray &description);

} // namespace warder::routes
