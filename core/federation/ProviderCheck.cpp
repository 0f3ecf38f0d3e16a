#include "core/federation/ProviderCheck.h"

#include "core/federation/CodeExchange.h"
#include "core/federation/ProviderPresets.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// No provider ever gave this code.
const QString madeUpCode = u"warder-asks-whether-you-know-this-client"_s;

/// What a provider answers that looked at the code: so it knew the client. The second is GitHub's.
bool isAboutCode(const QString &error)
{
    constexpr std::array names {"invalid_grant"_L1, "bad_verification_code"_L1};
    return std::ranges::contains(names, error);
}

bool isAboutClient(const QString &error)
{
    constexpr std::array names {"invalid_client"_L1, "unauthorized_client"_L1, "incorrect_client_credentials"_L1, "Not Found"_L1};
    return std::ranges::contains(names, error);
}

} // namespace

void ProviderCheck::add(const QString &subject, Outcome outcome, const QString &sentence)
{
    m_steps += {.subject = subject, .outcome = outcome, .sentence = sentence};
}

QList<ProviderCheckStep> ProviderCheck::walk(TimePoint now)
{
    const QString subject = u"Discovery document"_s;
    const auto metadata = m_documents.metadataOf(m_provider, m_calls, now);
    if (!metadata) {
        add(subject, Outcome::Bad, metadata.error());
        return m_steps;
    }
    if (provider_presets::of(m_provider.kind).hasDiscovery) {
        add(subject, Outcome::Good,
            u"read from %1, of the issuer %2"_s.arg(placeOf(provider_metadata::documentOf(m_provider.issuer)), quoted(metadata->issuer)));
        checkKeys(*metadata, now);
        checkScopes(*metadata);
    }
    checkClient(*metadata, now);
    return m_steps;
}

void ProviderCheck::checkKeys(const ProviderMetadata &metadata, TimePoint now)
{
    const QString subject = u"Keys"_s;
    const auto keys = m_documents.keysOf(metadata, m_calls, now);
    if (!keys)
        return add(subject, Outcome::Bad, keys.error());
    if (keys->isEmpty())
        return add(subject, Outcome::Bad,
                   u"none of the keys at %1 is for RS256, ES256, EdDSA or PS256: its id_tokens cannot be checked"_s.arg(
                       placeOf(metadata.jwksUri)));
    add(subject, Outcome::Good, u"there are keys for %1"_s.arg(keys->algorithms().join(u", "_s)));
}

void ProviderCheck::checkScopes(const ProviderMetadata &metadata)
{
    if (metadata.scopes.isEmpty())
        return;
    QStringList unknown = m_provider.scopes;
    unknown.removeIf([&metadata](const QString &scope) { return metadata.scopes.contains(scope); });
    if (unknown.isEmpty())
        add(u"Scopes"_s, Outcome::Good, u"it knows all that it is asked for"_s);
    else
        add(u"Scopes"_s, Outcome::Doubtful,
            u"it does not list %1: it may refuse the question, or tell no address"_s.arg(quoted(unknown.join(u' '))));
}

/// By a code that cannot be right: who knows the client complains of the code.
void ProviderCheck::checkClient(const ProviderMetadata &metadata, TimePoint now)
{
    const QString subject = u"Client"_s;
    const CodeExchange exchange(m_provider, metadata, m_secret);
    if (const auto secret = exchange.clientSecret(now); !secret)
        return add(subject, Outcome::Bad, secret.error());
    const auto answered = exchange.exchange(madeUpCode, AuthorizationAttempt::to(m_provider.callbacks.value(0)), m_calls, now);
    if (answered)
        return add(subject, Outcome::Bad, u"it gave tokens for a code that nobody has: do not use it"_s);
    const ExchangeRefusal &refusal = answered.error();
    if (isAboutCode(refusal.code))
        return add(subject, Outcome::Good, u"it knows the client: a made-up code was refused, and not the client"_s);
    if (isAboutClient(refusal.code))
        return add(subject, Outcome::Bad, u"it does not know the client, or the secret is not its: %1"_s.arg(refusal.sentence));
    if (refusal.code == "redirect_uri_mismatch"_L1)
        return add(subject, Outcome::Bad, u"the callback %1 is not registered there"_s.arg(quoted(m_provider.callbacks.value(0))));
    if (refusal.code.isEmpty())
        return add(subject, Outcome::Bad, refusal.sentence);
    add(subject, Outcome::Doubtful, u"whether it knows the client cannot be told: %1"_s.arg(refusal.sentence));
}

} // namespace warder
