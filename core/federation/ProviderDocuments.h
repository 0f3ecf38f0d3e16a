#pragma once

#include "core/federation/Checked.h"
#include "core/federation/FederationPolicy.h"
#include "core/federation/Provider.h"
#include "core/federation/ProviderCalls.h"
#include "core/federation/ProviderKeys.h"
#include "core/federation/ProviderMetadata.h"

#include <QHash>

#include <mutex>

namespace warder {

/// The discovery documents and keys of providers, kept for a while, and how their providers failed to give them, kept for a moment.
/// Bounded: beyond `most` of each those go that were read first. Any thread that may wait for other servers; holds no lock while it does.
class ProviderDocuments final
{
public:
    static constexpr qsizetype most = 64;

    explicit ProviderDocuments(const FederationPolicy &policy) : m_policy(policy) {}

    /// From what is kept, or from the provider.
    Checked<ProviderMetadata> metadataOf(const Provider &provider, const ProviderCalls &calls, TimePoint now);
    Checked<ProviderKeys> keysOf(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now);

    /// Those that the provider has now, for a token that none of the kept ones signed; nothing where that was looked at a moment ago.
    std::optional<ProviderKeys> newKeysOf(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now);

    /// Everything of providers that were edited: what is read next is theirs.
    void forget();

private:
    template <typename T>
    struct Kept
    {
        Checked<T> value;
        TimePoint readAt;
    };
    template <typename T>
    using Shelf = QHash<QByteArray, Kept<T>>;

    template <typename T>
    std::optional<Checked<T>> find(const Shelf<T> &shelf, const QByteArray &place, Seconds life, TimePoint now) const;
    template <typename T>
    void keep(Shelf<T> &shelf, const QByteArray &place, const Checked<T> &value, Seconds life, TimePoint now);
    Checked<ProviderKeys> readKeys(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now);

    const FederationPolicy &m_policy;
    mutable std::mutex m_mutex; ///< Guards the rest.
    Shelf<ProviderMetadata> m_metadata;
    Shelf<ProviderKeys> m_keys;
};

} // namespace warder
