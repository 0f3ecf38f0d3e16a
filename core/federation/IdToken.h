#pragma once

#include "core/base/Clock.h"
#include "core/federation/ProviderKeys.h"
#include "core/federation/ProviderMetadata.h"

namespace warder {

/// What an id_token must say.
struct IdTokenExpectation
{
    const ProviderMetadata &metadata; ///< From whom.
    QString clientId;                 ///< For whom.
    QByteArray nonce;                 ///< For which question.
    TimePoint now;
};

/// Why an id_token is none.
struct IdTokenRefusal
{
    QString sentence;
    bool mayHaveNewKey = false; ///< No key that is known made its signature: the provider's keys may have changed.
};

/// The claims of an id_token (OpenID Connect Core §2) that is signed by one of these keys and holds what was expected (§3.1.3.7): issuer,
/// subject, audience and authorized party, times within a minute, nonce. Which algorithm it names is only compared with what the keys are
/// for; keys and addresses of keys that it brings along are not looked at (RFC 8725). Pure; any thread.
std::expected<QJsonObject, IdTokenRefusal> verifyIdToken(QByteArrayView token, const ProviderKeys &keys,
                                                         const IdTokenExpectation &expected);

} // namespace warder
