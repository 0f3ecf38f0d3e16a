#pragma once

#include "core/base/Clock.h"

#include <QString>

namespace warder {

/// What access tokens say and how long they live.
struct TokenPolicy
{
    QString issuer = QStringLiteral("http://localhost:8000");
    QString audience = QStringLiteral("warder");
    Milliseconds accessLifetime = std::chrono::minutes {15};
    Milliseconds leeway = Seconds {5}; ///< How far clocks may differ.

    /// How long a key must verify after it signed its last token.
    Milliseconds overlap() const { return accessLifetime + 2 * leeway + std::chrono::minutes {5}; } // JWKS is cached for five
};

} // namespace warder
