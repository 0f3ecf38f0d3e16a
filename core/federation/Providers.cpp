#include "core/federation/Providers.h"

#include "core/audit/AuditStore.h"
#include "core/base/Text.h"
#include "core/crypto/Sealer.h"
#include "core/federation/Federation.h"
#include "core/federation/ProviderFaults.h"
#include "core/federation/ProviderPresets.h"
#include "core/federation/ProviderStore.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> wrong(const QString &sentence) { return refused(ErrorCode::InvalidInput, sentence); }

QByteArray contextOf(const Provider &provider) { return sealed_columns::contextOfProvider(provider.name, nameOf(provider.kind)); }

Provider providerFrom(const NewProvider &wanted, TimePoint now)
{
    const ProviderPreset &preset = provider_presets::of(wanted.kind);
    const QString issuer = provider_presets::issuerOf(preset, wanted.issuer.trimmed(), wanted.options.tenant);
    const bool isUsual = issuer == provider_presets::issuerOf(preset, {}, wanted.options.tenant);
    return {.name = wanted.name.isEmpty() ? nameOf(wanted.kind) : wanted.name,
            .kind = wanted.kind,
            .label = wanted.label.isEmpty() ? preset.label : wanted.label.trimmed(),
            .issuer = issuer,
            .clientId = wanted.clientId.trimmed(),
            .scopes = wanted.scopes.value_or(preset.scopes),
            .callbacks = wanted.callbacks,
            .options = wanted.options,
            .trustsEmail = wanted.trustsEmail.value_or(preset.trustsEmail && isUsual),
            .createdAt = now,
            .updatedAt = now};
}

Provider changed(const Provider &before, const ProviderEdit &edit)
{
    Provider after = before;
    after.label = edit.label.value_or(before.label).trimmed();
    after.clientId = edit.clientId.value_or(before.clientId).trimmed();
    after.scopes = edit.scopes.value_or(before.scopes);
    after.callbacks = edit.callbacks.value_or(before.callbacks);
    after.options.team = edit.team.value_or(before.options.team);
    after.options.keyId = edit.keyId.value_or(before.options.keyId);
    after.trustsEmail = edit.trustsEmail.value_or(before.trustsEmail);
    after.isEnabled = edit.isEnabled.value_or(before.isEnabled);
    return after;
}

/// For the record: which members, and of a switch what it is now. Never a secret.
QJsonObject differences(const Provider &before, const Provider &after, bool hasNewSecret)
{
    QJsonObject details {{u"provider"_s, after.name}};
    const auto note = [&details](bool differs, const QString &member, const QJsonValue &value) {
        if (differs)
            details.insert(member, value);
    };
    note(before.label != after.label, u"label"_s, after.label);
    note(before.clientId != after.clientId, u"client_id"_s, after.clientId);
    note(before.scopes != after.scopes, u"scopes"_s, after.scopes.join(u' '));
    note(before.callbacks != after.callbacks, u"callbacks"_s, after.callbacks.join(u' '));
    note(before.options != after.options, u"options"_s, true);
    note(before.trustsEmail != after.trustsEmail, u"trust_email"_s, after.trustsEmail);
    note(before.isEnabled != after.isEnabled, u"enabled"_s, after.isEnabled);
    note(hasNewSecret, u"secret"_s, true);
    return details;
}

AuditEvent eventOf(QLatin1StringView type, const QString &actor, const QJsonObject &details, TimePoint now)
{
    return {.at = now, .type = type, .actor = actor, .details = details};
}

Result<void> checkRoomFor(DbConnection &connection, const QString &name)
{
    const auto count = ProviderStore::count(connection);
    const auto twin = ProviderStore::find(connection, name);
    if (!count)
        return refused(count);
    if (!twin)
        return refused(twin);
    if (*twin)
        return refused(ErrorCode::Conflict, u"there is a provider named %1 already"_s.arg(name));
    return *count < Providers::most ? Result<void>()
                                    : refused(ErrorCode::Conflict, u"there are %1 providers: remove one first"_s.arg(*count));
}

Result<Provider> orNoProvider(const Result<std::optional<Provider>> &found, const QString &name)
{
    if (!found)
        return refused(found);
    return *found ? Result<Provider>(**found) : refused(ErrorCode::NotFound, u"no provider is named %1"_s.arg(shortened(name)));
}

} // namespace

Providers::Providers(Database &database, const Sealer &sealer, Federation &federation)
    : m_database(database), m_sealer(sealer), m_federation(federation)
{}

Result<QList<Provider>> Providers::all() const { return ProviderStore::all(m_database.reader()); }

Result<std::optional<Provider>> Providers::find(const QString &name) const
{
    if (!provider_faults::ofName(name).isEmpty()) // what a stranger wrote into a path
        return std::nullopt;
    return ProviderStore::find(m_database.reader(), name);
}

Result<SecretBytes> Providers::secretOf(const Provider &provider) const
{
    return m_sealer.open(provider.sealedSecret, contextOf(provider));
}

QByteArray Providers::sealed(const Provider &provider, const SecretBytes &secret) const
{
    return m_sealer.seal(secret.view(), contextOf(provider));
}

Result<Provider> Providers::add(const NewProvider &wanted, const QString &actor, TimePoint now)
{
    Provider provider = providerFrom(wanted, now);
    for (const QString &fault :
         {provider_faults::ofName(provider.name), provider_faults::of(provider), provider_faults::ofSecret(provider.kind, wanted.secret)}) {
        if (!fault.isEmpty())
            return wrong(fault);
    }
    const auto sealing = m_sealer.hold();
    provider.sealedSecret = sealed(provider, wanted.secret);
    const AuditEvent event = eventOf(audit::providerAdded, actor,
                                     {{u"provider"_s, provider.name},
                                      {u"kind"_s, nameOf(provider.kind)},
                                      {u"issuer"_s, provider.issuer},
                                      {u"trust_email"_s, provider.trustsEmail}},
                                     now);
    const auto stored = m_database.write([&](Transaction &transaction) {
        return checkRoomFor(transaction, provider.name)
            .and_then([&] { return ProviderStore::insert(transaction, provider); })
            .and_then([&] { return AuditStore::append(transaction, event); });
    });
    m_federation.forget();
    return stored.transform([&] { return provider; });
}

Result<Provider> Providers::edit(const QString &name, const ProviderEdit &edit, const QString &actor, TimePoint now)
{
    const auto known = orNoProvider(find(name), name);
    if (!known)
        return known;
    const QString fault = edit.secret ? provider_faults::ofSecret(known->kind, *edit.secret) : QString(); // not on the writer
    if (!fault.isEmpty())
        return wrong(fault);
    const auto sealing = m_sealer.hold();
    const auto stored = m_database.write([&](Transaction &transaction) {
        return orNoProvider(ProviderStore::find(transaction, name), name).and_then([&](const Provider &before) {
            return store(transaction, before, edit, actor, now);
        });
    });
    m_federation.forget();
    return stored;
}

Result<Provider> Providers::store(Transaction &transaction, const Provider &before, const ProviderEdit &edit, const QString &actor,
                                  TimePoint now)
{
    Provider after = changed(before, edit);
    if (const QString fault = provider_faults::of(after); !fault.isEmpty())
        return wrong(fault);
    if (after == before && !edit.secret)
        return before;
    if (edit.secret)
        after.sealedSecret = sealed(after, *edit.secret);
    after.updatedAt = now;
    const AuditEvent event = eventOf(audit::providerChanged, actor, differences(before, after, edit.secret.has_value()), now);
    return ProviderStore::update(transaction, after).and_then([&] { return AuditStore::append(transaction, event); }).transform([&] {
        return after;
    });
}

Result<void> Providers::remove(const QString &name, const QString &actor, const QJsonObject &details, TimePoint now)
{
    QJsonObject told = details;
    told.insert("provider"_L1, name);
    const auto removed = m_database.write([&](Transaction &transaction) {
        return ProviderStore::remove(transaction, name).and_then([&] {
            return AuditStore::append(transaction, eventOf(audit::providerRemoved, actor, told, now));
        });
    });
    m_federation.forget();
    return removed;
}

Result<void> Providers::noteSignIn(Transaction &transaction, const QString &name, TimePoint now)
{
    const auto noted = ProviderStore::noteSignIn(transaction, name, now);
    if (!noted && noted.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::NotConfigured, u"the provider was removed or turned off meanwhile"_s);
    return noted;
}

} // namespace warder
