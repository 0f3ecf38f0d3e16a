#include "core/federation/Federation.h"

#include "core/federation/CodeExchange.h"
#include "core/federation/IdToken.h"
#include "core/federation/ProviderCheck.h"
#include "core/federation/ProviderPresets.h"
#include "core/federation/ProviderProfile.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> faulty(const Provider &provider, const QString &sentence)
{
    return refused(ErrorCode::ProviderError, u"provider %1: %2"_s.arg(provider.name, sentence));
}

/// What people do, by OAuth's, OpenID Connect's and Apple's names; the other errors are a program's.
bool isRefusalOfPerson(const QString &error)
{
    constexpr std::array names {"access_denied"_L1,        "user_cancelled_authorize"_L1,   "consent_required"_L1,    "login_required"_L1,
                                "interaction_required"_L1, "account_selection_required"_L1, "user_cancelled_login"_L1};
    return std::ranges::contains(names, error);
}

/// Mix-up (RFC 9207 §2.4, RFC 9700 §4.4): who says from whom an answer is must be who was asked, and who promised to say so must. One
/// without a document may name itself by any address of its own.
QString issuerFault(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationResponse &response)
{
    if (!response.issuer)
        return metadata.namesIssuer ? u"its answer does not say from whom it is (iss), which its document promises"_s : QString();
    const QString &said = *response.issuer;
    const bool isOurs = provider_presets::of(provider.kind).hasDiscovery
                            ? provider_metadata::issuerBehind(metadata, said).has_value()
                            : said == provider.issuer || said.startsWith(provider.issuer + u'/');
    return isOurs ? QString() : u"the answer is from the issuer %1 (iss), who was not asked"_s.arg(quoted(said));
}

} // namespace

/// One of those that may ask a provider at the same time; given back by itself.
class Federation::Seat final
{
public:
    Seat(Federation &federation, const QString &provider) : m_federation(federation), m_provider(provider)
    {
        const std::scoped_lock lock(m_federation.m_mutex);
        int &asking = m_federation.m_asking[m_provider];
        m_isTaken = asking < m_federation.m_policy.mostAtOnce;
        asking += m_isTaken ? 1 : 0;
    }
    ~Seat()
    {
        const std::scoped_lock lock(m_federation.m_mutex);
        if (m_isTaken && --m_federation.m_asking[m_provider] == 0)
            m_federation.m_asking.remove(m_provider);
    }
    Q_DISABLE_COPY_MOVE(Seat)

    Result<void> check() const
    {
        if (m_isTaken)
            return {};
        return std::unexpected(Error {.code = ErrorCode::Busy,
                                      .detail = u"provider %1: too many wait for its answers already"_s.arg(m_provider),
                                      .retryAfter = Seconds {1}});
    }

private:
    Federation &m_federation;
    const QString m_provider;
    bool m_isTaken = false;
};

Federation::Federation(const HttpsClient &client, const FederationPolicy &policy)
    : m_client(client), m_policy(policy), m_documents(m_policy)
{}

Result<ProviderMetadata> Federation::metadataOf(const Provider &provider, TimePoint now)
{
    const Seat seat(*this, provider.name);
    if (const auto taken = seat.check(); !taken)
        return refused(taken);
    const ProviderCalls calls(m_client, m_policy);
    const auto metadata = m_documents.metadataOf(provider, calls, now);
    if (!metadata)
        return faulty(provider, metadata.error());
    return *metadata;
}

Result<ForeignIdentity> Federation::identify(const Provider &provider, const SecretBytes &secret, const AuthorizationAttempt &attempt,
                                             const AuthorizationResponse &response, TimePoint now)
{
    const Seat seat(*this, provider.name);
    if (const auto taken = seat.check(); !taken)
        return refused(taken);
    const ProviderCalls calls(m_client, m_policy);
    const auto metadata = m_documents.metadataOf(provider, calls, now);
    if (!metadata)
        return faulty(provider, metadata.error());
    if (const QString fault = issuerFault(provider, *metadata, response); !fault.isEmpty())
        return faulty(provider, fault);
    if (isRefusalOfPerson(response.error))
        return refused(ErrorCode::ProviderDenied, u"provider %1: %2"_s.arg(provider.name, response.error));
    if (!response.error.isEmpty())
        return faulty(provider, u"it sent the browser back with the error %1"_s.arg(quoted(response.error)));
    const auto tokens = CodeExchange(provider, *metadata, secret).exchange(response.code, attempt, calls, now);
    if (!tokens)
        return faulty(provider, tokens.error().sentence);
    const auto identity = profileOf(provider, *metadata, attempt, *tokens, response.user, calls, now);
    if (!identity)
        return faulty(provider, identity.error());
    return *identity;
}

Checked<ForeignIdentity> Federation::profileOf(const Provider &provider, const ProviderMetadata &metadata,
                                               const AuthorizationAttempt &attempt, const ProviderTokens &tokens, const QString &user,
                                               const ProviderCalls &calls, TimePoint now)
{
    if (metadata.jwksUri.isEmpty())
        return provider_profile::ofApi(provider, metadata, tokens, calls);
    return claimsOf(provider, metadata, attempt, tokens, calls, now).and_then([&](const QJsonObject &claims) {
        return provider_profile::ofIdToken(provider, metadata, claims, tokens, user, calls);
    });
}

Checked<QJsonObject> Federation::claimsOf(const Provider &provider, const ProviderMetadata &metadata, const AuthorizationAttempt &attempt,
                                          const ProviderTokens &tokens, const ProviderCalls &calls, TimePoint now)
{
    const IdTokenExpectation expected {.metadata = metadata, .clientId = provider.clientId, .nonce = attempt.nonce, .now = now};
    const auto keys = m_documents.keysOf(metadata, calls, now);
    if (!keys)
        return unfit(keys.error());
    auto claims = verifyIdToken(tokens.idToken, *keys, expected);
    if (!claims && claims.error().mayHaveNewKey) {
        if (const auto fresh = m_documents.newKeysOf(metadata, calls, now))
            claims = verifyIdToken(tokens.idToken, *fresh, expected);
    }
    if (!claims)
        return unfit(u"its id_token is refused: "_s + claims.error().sentence);
    return *claims;
}

QList<ProviderCheckStep> Federation::check(const Provider &provider, const SecretBytes &secret, TimePoint now)
{
    m_documents.forget();
    const ProviderCalls calls(m_client, m_policy);
    return ProviderCheck(provider, secret, m_documents, calls).walk(now);
}

} // namespace warder
