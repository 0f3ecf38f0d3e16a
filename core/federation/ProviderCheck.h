#pragma once

#include "core/crypto/SecretBytes.h"
#include "core/federation/Federation.h"
#include "core/federation/Provider.h"
#include "core/federation/ProviderCalls.h"
#include "core/federation/ProviderDocuments.h"
#include "core/federation/ProviderMetadata.h"

namespace warder {

/// One walk of Federation::check(): the document, the keys, the client's secret, and whether the provider knows the client.
class ProviderCheck final
{
public:
    ProviderCheck(const Provider &provider, const SecretBytes &secret, ProviderDocuments &documents, const ProviderCalls &calls)
        : m_provider(provider), m_secret(secret), m_documents(documents), m_calls(calls)
    {}

    QList<ProviderCheckStep> walk(TimePoint now);

private:
    using Outcome = ProviderCheckStep::Outcome;

    void add(const QString &subject, Outcome outcome, const QString &sentence);
    void checkKeys(const ProviderMetadata &metadata, TimePoint now);
    void checkScopes(const ProviderMetadata &metadata);
    void checkClient(const ProviderMetadata &metadata, TimePoint now);

    const Provider &m_provider;
    const SecretBytes &m_secret;
    ProviderDocuments &m_documents;
    const ProviderCalls &m_calls;
    QList<ProviderCheckStep> m_steps;
};

} // namespace warder
