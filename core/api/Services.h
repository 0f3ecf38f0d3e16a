#pragma once

#include "core/base/Clock.h"

#include <QStringList>

#include <atomic>

namespace warder {

class AccountChanges;
class Accounts;
class Authenticator;
class ConnectionCounts;
class Health;
class Lanes;
class LoginThrottle;
class Passwords;
class RateLimiter;
class RefreshTokens;
class Registration;
class Sessions;
class SignIn;
class SigningKeys;
class TokenVerifier;
class TrafficStatistics;

/// The parts of the core that HTTP stands on; all must outlive it.
struct Services
{
    const Clock &clock;
    Lanes &lanes;
    Accounts &accounts;
    const Passwords &passwords;
    Sessions &sessions;
    SignIn &signIn;
    Registration &registration;
    AccountChanges &changes;
    LoginThrottle &throttle;
    const Authenticator &authenticator;
    const TokenVerifier &verifier;
    const RefreshTokens &refreshTokens;
    const SigningKeys &keys;
    RateLimiter &limiter;
    TrafficStatistics &traffic;
    const ConnectionCounts &counts;
    const Health &health;
    const std::atomic<bool> &paused; ///< All but the health routes answer 503.
};

/// What settings decide about HTTP.
struct HttpOptions
{
    QByteArray basePath = {}; ///< "" or "/auth", without a slash at the end.
    QStringList allowedOrigins = {};
    QStringList hosts = {}; ///< Names that browsers reach the server by, beside this machine's.
    bool cookiesInsecure = false;
    QByteArray cookiePrefix = "warder"; ///< http.cookie_prefix
    bool deliverByCookie = false;       ///< tokens.delivery
    QString metricsToken = {};          ///< Empty: /metrics answers loopback only.
    QString issuer = {};                ///< Of access tokens; a URL makes the metadata routes.
    bool docs = true;                   ///< /docs and /openapi.json
    qint64 bodyLimit = 64 * 1024;
    std::chrono::minutes freshFor {10}; ///< Access::Recent
    bool strictTransport = false;       ///< Tells browsers to come over TLS only (RFC 6797); for a server with TLS of its own.
};

} // namespace warder
