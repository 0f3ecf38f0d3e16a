#pragma once

#include "core/config/ServerUrl.h"
#include "core/config/Settings.h"
#include "core/crypto/KeyMaterial.h"

namespace warder {

/// What access tokens say and how long they live.
struct TokenPolicy
{
    QString issuer = QStringLiteral("http://localhost:8000");
    QString audience = QStringLiteral("warder");
    Milliseconds accessLifetime = std::chrono::minutes {15};
    Milliseconds leeway = Seconds {5}; ///< How far clocks may differ.
    SignatureAlgorithm algorithm = SignatureAlgorithm::ES256;

    /// Without an issuer in the settings it is the server's own URL.
    static TokenPolicy from(const Settings &settings)
    {
        const QString issuer = settings.get<"tokens.issuer">();
        return {.issuer = issuer.isEmpty() ? ownUrl(listenPointsFrom(settings), settings) : issuer,
                .audience = settings.get<"tokens.audience">(),
                .accessLifetime = settings.get<"tokens.access_lifetime">(),
                .leeway = settings.get<"tokens.leeway">(),
                .algorithm = fromName<SignatureAlgorithm>(settings.get<"tokens.algorithm">()).value()};
    }

    /// For how long a token is accepted after it was signed.
    Milliseconds longestLife() const { return accessLifetime + leeway; }
};

} // namespace warder
