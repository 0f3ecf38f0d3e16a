#include "core/credentials/TrustedDevices.h"

#include "core/base/Bytes.h"
#include "core/credentials/TrustedDeviceStore.h"
#include "core/crypto/Primitives.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype secretSize = 32;

std::optional<QByteArray> idOf(QByteArrayView secret)
{
    const auto bytes = fromBase64Url(secret);
    return bytes && bytes->size() == secretSize ? std::optional(sha256(*bytes)) : std::nullopt;
}

/// Under a new secret, which comes back.
Result<QByteArray> insertAnew(DbConnection &connection, TrustedDevice device)
{
    const QByteArray secret = randomBytes(secretSize);
    device.id = sha256(secret);
    return TrustedDeviceStore::insert(connection, device).transform([&secret] { return toBase64Url(secret); });
}

} // namespace

Result<bool> TrustedDevices::isTrusted(Id user, QByteArrayView secret, TimePoint now) const
{
    const auto id = idOf(secret);
    if (!id || m_life == Seconds {0})
        return false;
    return TrustedDeviceStore::find(m_database.reader(), user, *id, now - m_life, now).transform([](const auto &found) {
        return found.has_value();
    });
}

Result<QByteArray> TrustedDevices::remember(Transaction &transaction, Id user, const QString &userAgent, TimePoint now) const
{
    if (m_life == Seconds {0})
        return QByteArray();
    const TrustedDevice device {
        .id = {}, .user = user, .userAgent = userAgent, .createdAt = now, .lastUsedAt = now, .expiresAt = now + m_life};
    const auto secret = insertAnew(transaction, device);
    if (!secret)
        return secret;
    return TrustedDeviceStore::trim(transaction, user, idOf(*secret).value_or(QByteArray()), mostOfUser - 1).transform([&secret] {
        return *secret;
    });
}

Result<QByteArray> TrustedDevices::rotate(Transaction &transaction, Id user, QByteArrayView secret, const QString &userAgent,
                                          TimePoint now) const
{
    const auto id = idOf(secret);
    auto former = id ? TrustedDeviceStore::remove(transaction, user, *id, now) : Result<std::optional<TrustedDevice>>();
    if (!former)
        return refused(former);
    if (!*former)
        return refused(ErrorCode::InvalidToken, u"the browser is not trusted any more"_s);
    (*former)->userAgent = userAgent;
    (*former)->lastUsedAt = now;
    return insertAnew(transaction, **former);
}

Result<qint64> TrustedDevices::forgetAll(Transaction &transaction, Id user) { return TrustedDeviceStore::removeByUser(transaction, user); }

} // namespace warder
