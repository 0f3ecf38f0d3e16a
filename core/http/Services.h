#pragma once

#include "core/base/Clock.h"

#include <QStringList>

namespace warder {

class AccountService;
class Authenticator;
class Lanes;
class LoginBackoff;
class RateLimiter;
class RefreshTokens;
class SessionService;
class SigningKeys;
class TokenVerifier;
class TrafficStatistics;

/// The parts of the core that HTTP stands on; all must outlive it.
struct Services
{
    const Clock &clock;
    Lanes &lanes;
    AccountService &accounts;
    SessionService &sessions;
    const Authenticator &authenticator;
    const TokenVerifier &verifier;
    const RefreshTokens &refreshTokens;
    const SigningKeys &keys;
    RateLimiter &limiter;
    LoginBackoff &backoff;
    TrafficStatistics &traffic;
};

/// What settings decide about HTTP.
struct HttpOptions
{
    QByteArray basePath = {};              ///< "" or "/auth", without a slash at the end.
    QStringList allowedOrigins = {};
    bool cookiesInsecure = false;
    bool deliverByCookie = false;          ///< tokens.delivery
    QString metricsToken = {};             ///< Empty: /metrics answers loopback only.
    qint64 bodyLimit = 64 * 1024;
};

} // namespace warder
