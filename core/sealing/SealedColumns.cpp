#include "core/sealing/SealedColumns.h"

#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sealing/MasterKeyStore.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct SealedColumn
{
    QByteArrayView purpose;
    QString select; ///< The row's key, the sealed value, then what `context` looks at.
    QString update; ///< Of the sealed value, by the row's key.
    QByteArray (*context)(const Row &row);
    QVariant (*key)(const Row &row) = [](const Row &row) { return QVariant(row.text(0)); };
};

QVariant bytesOfKey(const Row &row) { return row.bytes(0); }

/// All of them.
const QList<SealedColumn> &columns()
{
    static const QList<SealedColumn> list {
        {.purpose = sealed_columns::keyRingPurpose,
         .select = u"SELECT kid, sealed, purpose, algorithm FROM signing_keys"_s,
         .update = u"UPDATE signing_keys SET sealed = ? WHERE kid = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfSigningKey(row.text(0), row.text(2), row.text(3)); }},
        {.purpose = sealed_columns::totpPurpose,
         .select = u"SELECT id, sealed, user_id FROM totp_factors"_s,
         .update = u"UPDATE totp_factors SET sealed = ? WHERE id = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfTotpFactor(row.id(0), row.id(2)); },
         .key = bytesOfKey},
        {.purpose = sealed_columns::challengePurpose,
         .select = u"SELECT id, data, purpose FROM challenges"_s,
         .update = u"UPDATE challenges SET data = ? WHERE id = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfChallenge(row.bytes(0), row.text(2)); },
         .key = bytesOfKey},
        {.purpose = sealed_columns::mailPurpose,
         .select = u"SELECT id, sealed FROM outbox WHERE sealed <> x''"_s, // it is emptied once the mail is sent
         .update = u"UPDATE outbox SET sealed = ? WHERE id = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfMail(row.id(0)); },
         .key = bytesOfKey},
        {.purpose = sealed_columns::providerPurpose,
         .select = u"SELECT name, sealed_secret, kind FROM oauth_providers"_s,
         .update = u"UPDATE oauth_providers SET sealed_secret = ? WHERE name = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfProvider(row.text(0), row.text(2)); }},
        {.purpose = sealed_columns::recoveryPurpose,
         .select = u"SELECT key, value FROM facts WHERE key = '%1'"_s.arg(sealed_columns::recoveryKeyFact),
         .update = u"UPDATE facts SET value = ? WHERE key = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfFact(row.text(0)); }},
        {.purpose = sealed_columns::knownDevicesPurpose,
         .select = u"SELECT key, value FROM facts WHERE key = '%1'"_s.arg(sealed_columns::knownDevicesFact),
         .update = u"UPDATE facts SET value = ? WHERE key = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfFact(row.text(0)); }},
    };
    return list;
}

struct SealedValue
{
    QVariant key;
    QByteArray sealed;
    QByteArray context;
};

Result<void> sealOne(DbConnection &connection, const SealedColumn &column, const SealedValue &value, const Sealer &sealer,
                     const VersionedKey &next)
{
    const auto named = [&value](const Error &error) {
        return refused(ErrorCode::CryptoFailure,
                       u"the sealed value of %1 does not open: %2"_s.arg(QLatin1StringView(value.context), error.detail));
    };
    const auto plain = sealer.open(value.sealed, value.context);
    if (!plain)
        return named(plain.error());
    const QByteArray fresh = sealer.sealUnder(next, plain->view(), value.context);
    const auto again = sealer.open(fresh, value.context);
    if (!again || !equalInConstantTime(again->view(), plain->view()))
        return named(again ? Error {.code = ErrorCode::CryptoFailure, .detail = u"it came back changed"_s} : again.error());
    return connection.perform(column.update, {fresh, value.key});
}

} // namespace

QByteArray sealed_columns::contextOfSigningKey(QStringView kid, QStringView purpose, QStringView algorithm)
{
    return u"signing_keys|%1|%2|%3"_s.arg(kid, purpose, algorithm).toUtf8();
}

QByteArray sealed_columns::contextOfTotpFactor(Id factor, Id user)
{
    return u"totp_factors|%1|%2"_s.arg(factor.toString(), user.toString()).toUtf8();
}

QByteArray sealed_columns::contextOfChallenge(const QByteArray &id, QStringView purpose)
{
    return "challenges|" + id.toHex() + '|' + purpose.toUtf8();
}

QByteArray sealed_columns::contextOfMail(Id mail) { return "outbox|" + mail.toBytes().toHex(); }

QByteArray sealed_columns::contextOfProvider(QStringView name, QStringView kind)
{
    return u"oauth_providers|%1|%2"_s.arg(name, kind).toUtf8();
}

QByteArray sealed_columns::contextOfFact(QStringView key) { return "facts|" + key.toUtf8(); }

Result<bool> sealed_columns::hasAny(DbConnection &connection)
{
    for (const SealedColumn &column : columns()) {
        const auto first = connection.one(column.select + u" LIMIT 1"_s, {}, [](const Row &) { return true; });
        if (!first || first->has_value())
            return first.transform([](const auto &) { return true; });
    }
    return false;
}

Result<QByteArray> sealed_columns::sealWithin(DbConnection &transaction, const Sealer &sealer, QByteArrayView plain, QByteArrayView context)
{
    const auto note = MasterKeyStore::find(transaction);
    if (!note)
        return refused(note);
    return sealer.sealAs(note->value_or(MasterKeyNote {}).version, plain, context);
}

Result<qint64> sealed_columns::sealAnew(DbConnection &connection, const SealingKeys &keys, const VersionedKey &next)
{
    qint64 count = 0;
    for (const SealedColumn &column : columns()) {
        const auto values = connection.all(column.select, {}, [&column](const Row &row) {
            return SealedValue {.key = column.key(row), .sealed = row.bytes(1), .context = column.context(row)};
        });
        if (!values)
            return refused(values);
        const Sealer sealer(keys, column.purpose);
        for (const SealedValue &value : *values) {
            if (const auto done = sealOne(connection, column, value, sealer, next); !done)
                return refused(done);
        }
        count += values->size();
    }
    return count;
}

} // namespace warder
