#include "core/federation/ProviderStore.h"

#include "core/storage/DbConnection.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView providerColumns =
    u"name, kind, label, issuer, client_id, sealed_secret, scopes, callbacks, options, trust_email, enabled, sign_ins, last_sign_in_at, "
    "created_at, updated_at";

QString textOf(const ProviderOptions &options)
{
    QJsonObject json;
    if (!options.tenant.isEmpty())
        json.insert("tenant"_L1, options.tenant);
    if (!options.team.isEmpty())
        json.insert("team"_L1, options.team);
    if (!options.keyId.isEmpty())
        json.insert("key_id"_L1, options.keyId);
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

ProviderOptions optionsIn(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    return {.tenant = json.value("tenant"_L1).toString(),
            .team = json.value("team"_L1).toString(),
            .keyId = json.value("key_id"_L1).toString()};
}

Provider toProvider(const Row &row)
{
    return {.name = row.text(0),
            .kind = fromName<ProviderKind>(row.text(1)).value_or(ProviderKind::Oidc),
            .label = row.text(2),
            .issuer = row.text(3),
            .clientId = row.text(4),
            .sealedSecret = row.bytes(5),
            .scopes = row.text(6).split(u' ', Qt::SkipEmptyParts),
            .callbacks = row.texts(7),
            .options = optionsIn(row.text(8)),
            .trustsEmail = row.flag(9),
            .isEnabled = row.flag(10),
            .signIns = row.integer(11),
            .lastSignInAt = row.optionalTime(12),
            .createdAt = row.time(13),
            .updatedAt = row.time(14)};
}

Result<void> oneTouched(const Result<qint64> &changed)
{
    if (!changed)
        return refused(changed);
    return *changed == 1 ? Result<void>() : refused(ErrorCode::NotFound, u"no such provider"_s);
}

} // namespace

Result<void> ProviderStore::insert(DbConnection &connection, const Provider &provider)
{
    static const QString sql =
        u"INSERT INTO oauth_providers (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(providerColumns);
    return connection.perform(sql,
                              {provider.name, nameOf(provider.kind), bound(provider.label), bound(provider.issuer),
                               bound(provider.clientId), provider.sealedSecret, bound(provider.scopes.join(u' ')),
                               bound(provider.callbacks), textOf(provider.options), bound(provider.trustsEmail), bound(provider.isEnabled),
                               provider.signIns, bound(provider.lastSignInAt), bound(provider.createdAt), bound(provider.updatedAt)});
}

Result<std::optional<Provider>> ProviderStore::find(DbConnection &connection, const QString &name)
{
    static const QString sql = u"SELECT %1 FROM oauth_providers WHERE name = ?"_s.arg(providerColumns);
    return connection.one(sql, {bound(name)}, toProvider);
}

Result<QList<Provider>> ProviderStore::all(DbConnection &connection)
{
    static const QString sql = u"SELECT %1 FROM oauth_providers ORDER BY label, name"_s.arg(providerColumns);
    return connection.all(sql, {}, toProvider);
}

Result<qint64> ProviderStore::count(DbConnection &connection) { return connection.number(u"SELECT count(*) FROM oauth_providers"_s); }

Result<void> ProviderStore::update(DbConnection &connection, const Provider &provider)
{
    return oneTouched(connection.run(
        u"UPDATE oauth_providers SET label = ?, client_id = ?, sealed_secret = ?, scopes = ?, callbacks = ?, options = ?, trust_email = ?, "
        "enabled = ?, updated_at = ? WHERE name = ?"_s,
        {bound(provider.label), bound(provider.clientId), provider.sealedSecret, bound(provider.scopes.join(u' ')),
         bound(provider.callbacks), textOf(provider.options), bound(provider.trustsEmail), bound(provider.isEnabled),
         bound(provider.updatedAt), provider.name}));
}

Result<void> ProviderStore::noteSignIn(DbConnection &connection, const QString &name, TimePoint now)
{
    return oneTouched(connection.run(
        u"UPDATE oauth_providers SET sign_ins = sign_ins + 1, last_sign_in_at = ? WHERE name = ? AND enabled = 1"_s, {bound(now), name}));
}

Result<void> ProviderStore::remove(DbConnection &connection, const QString &name)
{
    return oneTouched(connection.run(u"DELETE FROM oauth_providers WHERE name = ?"_s, {name}));
}

} // namespace warder
