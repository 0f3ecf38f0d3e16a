#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"
#include "core/federation/Provider.h"

#include <QList>

namespace warder {

class Database;
class Federation;
class Sealer;
class Transaction;

/// What an admin says of a new provider. What is absent is the preset's (ProviderPreset).
struct NewProvider
{
    ProviderKind kind = ProviderKind::Oidc;
    QString name = {};  ///< Empty: the kind's.
    QString label = {}; ///< Empty: the preset's.
    QString issuer = {};
    QString clientId = {};
    SecretBytes secret = {}; ///< Of Apple the private key, in PEM.
    std::optional<QStringList> scopes = {};
    QStringList callbacks = {};
    ProviderOptions options = {};
    std::optional<bool> trustsEmail = {};
};

/// A change of one: members without a value stay as they are. Name, kind, issuer and tenant are for ever: what is known of people there
/// hangs on them.
struct ProviderEdit
{
    std::optional<QString> label = {};
    std::optional<QString> clientId = {};
    std::optional<SecretBytes> secret = {};
    std::optional<QStringList> scopes = {};
    std::optional<QStringList> callbacks = {};
    std::optional<QString> team = {};
    std::optional<QString> keyId = {};
    std::optional<bool> trustsEmail = {};
    std::optional<bool> isEnabled = {};
};

/// The providers that an admin has set up. Nobody else writes their table; secrets are sealed in it. Functions that take a Transaction join
/// the caller's job; add(), edit() and remove() wait for the writer; the others read, also on an HTTP thread.
class Providers final
{
public:
    static constexpr qint64 most = 32;

    /// `sealer`: of sealed_columns::providerPurpose. `federation` forgets what it knew of providers that change.
    Providers(Database &database, const Sealer &sealer, Federation &federation);

    /// By label.
    Result<QList<Provider>> all() const;
    /// Nothing where there is none of that name.
    Result<std::optional<Provider>> find(const QString &name) const;
    Result<SecretBytes> secretOf(const Provider &provider) const;

    /// InvalidInput with a sentence that says what is wrong; Conflict where the name is taken, or there are `most`.
    Result<Provider> add(const NewProvider &wanted, const QString &actor, TimePoint now);
    /// NotFound, InvalidInput. Nothing is written or recorded where nothing changes.
    Result<Provider> edit(const QString &name, const ProviderEdit &edit, const QString &actor, TimePoint now);
    /// With what is left of its identities. NotFound. `details`: of the audit event.
    Result<void> remove(const QString &name, const QString &actor, const QJsonObject &details, TimePoint now);

    /// It brought somebody. NotConfigured when it is gone, or turned off, since the sign-in began.
    static Result<void> noteSignIn(Transaction &transaction, const QString &name, TimePoint now);

private:
    Result<Provider> store(Transaction &transaction, const Provider &before, const ProviderEdit &edit, const QString &actor, TimePoint now);
    QByteArray sealed(const Provider &provider, const SecretBytes &secret) const;

    Database &m_database;
    const Sealer &m_sealer;
    Federation &m_federation;
};

} // namespace warder
