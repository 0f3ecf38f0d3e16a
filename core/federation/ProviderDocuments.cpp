#include "core/federation/ProviderDocuments.h"

#include "core/federation/ProviderPresets.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The clock may have been set back.
bool isYounger(TimePoint since, Seconds than, TimePoint now) { return now >= since && now - since < than; }

} // namespace

template <typename T>
std::optional<Checked<T>> ProviderDocuments::find(const Shelf<T> &shelf, const QByteArray &place, Seconds life, TimePoint now) const
{
    const std::scoped_lock lock(m_mutex);
    const auto kept = shelf.constFind(place);
    if (kept == shelf.cend() || !isYounger(kept->readAt, kept->value ? life : m_policy.failureRest, now))
        return std::nullopt;
    return kept->value;
}

/// A failure takes nothing away that is still good.
template <typename T>
void ProviderDocuments::keep(Shelf<T> &shelf, const QByteArray &place, const Checked<T> &value, Seconds life, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    const auto kept = shelf.constFind(place);
    if (!value && kept != shelf.cend() && kept->value && isYounger(kept->readAt, life, now))
        return;
    shelf.insert(place, Kept<T> {.value = value, .readAt = now});
    if (shelf.size() > most)
        shelf.erase(std::ranges::min_element(shelf, {}, &Kept<T>::readAt));
}

Checked<ProviderMetadata> ProviderDocuments::metadataOf(const Provider &provider, const ProviderCalls &calls, TimePoint now)
{
    if (!provider_presets::of(provider.kind).hasDiscovery)
        return provider_metadata::known(provider);
    const QByteArray place = provider_metadata::documentOf(provider.issuer);
    const QByteArray shelfMark = place + ' ' + nameOf(provider.kind).toLatin1() + ' ' + provider.options.tenant.toUtf8();
    if (const auto kept = find(m_metadata, shelfMark, m_policy.documentLife, now))
        return *kept;
    const auto read =
        calls.getObject(place).and_then([&](const QJsonObject &document) { return provider_metadata::read(provider, document); });
    keep(m_metadata, shelfMark, read, m_policy.documentLife, now);
    return read;
}

Checked<ProviderKeys> ProviderDocuments::readKeys(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now)
{
    const auto read = calls.getObject(metadata.jwksUri).and_then([&](const QJsonObject &set) -> Checked<ProviderKeys> {
        if (!set.value("keys"_L1).isArray())
            return unfit(u"%1 holds no list of keys"_s.arg(placeOf(metadata.jwksUri)));
        return ProviderKeys::read(set);
    });
    keep(m_keys, metadata.jwksUri, read, m_policy.keyLife, now);
    return read;
}

Checked<ProviderKeys> ProviderDocuments::keysOf(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now)
{
    if (const auto kept = find(m_keys, metadata.jwksUri, m_policy.keyLife, now))
        return *kept;
    return readKeys(metadata, calls, now);
}

std::optional<ProviderKeys> ProviderDocuments::newKeysOf(const ProviderMetadata &metadata, const ProviderCalls &calls, TimePoint now)
{
    if (find(m_keys, metadata.jwksUri, m_policy.keyRest, now))
        return std::nullopt;
    const auto read = readKeys(metadata, calls, now);
    return read ? std::optional(*read) : std::nullopt;
}

void ProviderDocuments::forget()
{
    const std::scoped_lock lock(m_mutex);
    m_metadata.clear();
    m_keys.clear();
}

} // namespace warder
