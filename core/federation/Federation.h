#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"
#include "core/federation/Authorization.h"
#include "core/federation/Checked.h"
#include "core/federation/FederationPolicy.h"
#include "core/federation/ForeignIdentity.h"
#include "core/federation/Provider.h"
#include "core/federation/ProviderCalls.h"
#include "core/federation/ProviderDocuments.h"
#include "core/federation/ProviderMetadata.h"

#include <QList>

namespace warder {

class HttpsClient;
struct ProviderTokens;

/// One thing that was tried at a provider, in words for an admin.
struct ProviderCheckStep
{
    enum class Outcome { Good, Doubtful, Bad };

    QString subject; ///< "Discovery document"
    Outcome outcome = Outcome::Good;
    QString sentence; ///< What was found, or is wrong and what to do.
};

template <>
inline constexpr std::array namesOf<ProviderCheckStep::Outcome> {"good"_L1, "doubtful"_L1, "bad"_L1};

/// Asks providers who somebody is (OAuth 2, RFC 6749, with PKCE, RFC 7636; OpenID Connect Core; RFC 9207; RFC 9700). Refusals are
/// ProviderError with a sentence that says what the provider did and holds no secret; ProviderDenied where the person did not agree; Busy
/// where as many as may ask that provider already. Any thread that may wait for other servers (lane outbound, the console's); no call takes
/// longer than FederationPolicy::longestWalk. Keeps documents and keys, and nothing of a person.
class Federation final
{
public:
    Federation(const HttpsClient &client, const FederationPolicy &policy);

    /// Where the provider is asked for what. Asks it, unless that is known.
    Result<ProviderMetadata> metadataOf(const Provider &provider, TimePoint now);

    /// Who came back from a provider. `attempt`: what they were sent with, which the caller has found by their `state` and spent.
    Result<ForeignIdentity> identify(const Provider &provider, const SecretBytes &secret, const AuthorizationAttempt &attempt,
                                     const AuthorizationResponse &response, TimePoint now);

    /// Walks the way of a sign-in as far as it goes without a person, and says what is found. Kept documents are read anew.
    QList<ProviderCheckStep> check(const Provider &provider, const SecretBytes &secret, TimePoint now);

    /// After a provider was added, changed or removed.
    void forget() { m_documents.forget(); }

private:
    class Seat;

    Checked<ForeignIdentity> profileOf(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationAttempt &attempt,
                                       const ProviderTokens &tokens, const QString &user, const ProviderCalls &calls, TimePoint now);
    Checked<QJsonObject> claimsOf(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationAttempt &attempt,
                                  const ProviderTokens &tokens, const ProviderCalls &calls, TimePoint now);

    const HttpsClient &m_client;
    const FederationPolicy m_policy;
    ProviderDocuments m_documents;
    std::mutex m_mutex;           ///< Guards the next.
    QHash<QString, int> m_asking; ///< How many are at each provider now, by its name.
};

} // namespace warder
