#pragma once

#include "core/crypto/SecretBytes.h"
#include "core/federation/Authorization.h"
#include "core/federation/Checked.h"
#include "core/federation/Provider.h"
#include "core/federation/ProviderCalls.h"
#include "core/federation/ProviderMetadata.h"

namespace warder {

/// What the token endpoint gave. Kept for as long as the sign-in takes, and nowhere.
struct ProviderTokens
{
    QByteArray accessToken; ///< May stand in a header: printable ASCII.
    QByteArray idToken;     ///< Empty of a provider without.
};

/// How a token endpoint refused.
struct ExchangeRefusal
{
    QString sentence;
    QString code = {}; ///< "invalid_grant" (RFC 6749 §5.2); empty: it gave no answer of that form.
};

/// Exchanges a code for tokens (RFC 6749 §4.1.3), with PKCE. Blocks for one answer.
class CodeExchange final
{
public:
    /// `secret`: of the client; of Apple the private key that one is made by.
    CodeExchange(const Provider &provider, const ProviderMetadata &metadata, const SecretBytes &secret)
        : m_provider(provider), m_metadata(metadata), m_secret(secret)
    {}

    std::expected<ProviderTokens, ExchangeRefusal> exchange(const QString &code, const AuthorizationAttempt &attempt,
                                                            const ProviderCalls &calls, TimePoint now) const;

    /// What the client proves itself by: its secret, or what Apple wants in its place, a JWT that the private key signed. A sentence where
    /// the key is none.
    Checked<QString> clientSecret(TimePoint now) const;

private:
    const Provider &m_provider;
    const ProviderMetadata &m_metadata;
    const SecretBytes &m_secret;
};

} // namespace warder
