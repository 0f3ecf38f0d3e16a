#include "core/sealing/SealedColumns.h"

#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
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
};

/// All of them.
const QList<SealedColumn> &columns()
{
    static const QList<SealedColumn> list {
        {.purpose = sealed_columns::keyRingPurpose,
         .select = u"SELECT kid, sealed, purpose, algorithm FROM signing_keys"_s,
         .update = u"UPDATE signing_keys SET sealed = ? WHERE kid = ?"_s,
         .context = [](const Row &row) { return sealed_columns::contextOfSigningKey(row.text(0), row.text(2), row.text(3)); }},
    };
    return list;
}

struct SealedValue
{
    QString key;
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

Result<bool> sealed_columns::hasAny(DbConnection &connection)
{
    for (const SealedColumn &column : columns()) {
        const auto first = connection.one(column.select + u" LIMIT 1"_s, {}, [](const Row &) { return true; });
        if (!first || first->has_value())
            return first.transform([](const auto &) { return true; });
    }
    return false;
}

Result<qint64> sealed_columns::sealAnew(DbConnection &connection, const SealingKeys &keys, const VersionedKey &next)
{
    qint64 count = 0;
    for (const SealedColumn &column : columns()) {
        const auto values = connection.all(column.select, {}, [&column](const Row &row) {
            return SealedValue {.key = row.text(0), .sealed = row.bytes(1), .context = column.context(row)};
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
