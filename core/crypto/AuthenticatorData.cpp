#include "core/crypto/AuthenticatorData.h"

#include "core/crypto/StrictCbor.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

enum Flag : quint8 {
    UserPresent = 0x01,
    UserVerified = 0x04,
    BackupEligible = 0x08,
    BackedUp = 0x10,
    HasCredential = 0x40,
    HasExtensions = 0x80
};

constexpr qsizetype rpIdHashSize = 32;
constexpr qsizetype fixedSize = rpIdHashSize + 1 + 4;
constexpr qsizetype aaguidSize = 16;

std::unexpected<Error> badData(const QString &why) { return refused(ErrorCode::InvalidInput, why); }

/// Takes it from the front of `rest`.
Result<AttestedCredential> takeCredential(QByteArrayView &rest)
{
    if (rest.size() < aaguidSize + 2)
        return badData(u"the attested credential is cut off"_s);
    const QByteArrayView aaguid = rest.first(aaguidSize);
    const qsizetype size = qFromBigEndian<quint16>(rest.data() + aaguidSize);
    rest = rest.sliced(aaguidSize + 2);
    if (size == 0 || size > AttestedCredential::longestId || rest.size() < size)
        return badData(u"the credential id has a bad length"_s);
    const QByteArrayView id = rest.first(size);
    rest = rest.sliced(size);
    const auto key = CoseKey::first(rest);
    if (!key)
        return refused(key);
    const QByteArrayView publicKey = rest.first(key->size());
    rest = rest.sliced(key->size());
    return AttestedCredential {.aaguid = aaguid.toByteArray(), .id = id.toByteArray(), .publicKey = publicKey.toByteArray(), .key = *key};
}

Result<void> takeExtensions(QByteArrayView &rest)
{
    const auto extensions = firstCborItem(rest);
    if (!extensions || !extensions->value.isMap())
        return badData(u"the extensions are no map"_s);
    rest = rest.sliced(extensions->size);
    return {};
}

} // namespace

Result<AuthenticatorData> AuthenticatorData::parse(QByteArrayView bytes)
{
    if (bytes.size() < fixedSize || bytes.size() > longest)
        return badData(u"the authenticator data are too short or too long"_s);
    const auto flags = quint8(bytes[rpIdHashSize]);
    AuthenticatorData data {.rpIdHash = bytes.first(rpIdHashSize).toByteArray(),
                            .isPresent = (flags & UserPresent) != 0,
                            .isVerified = (flags & UserVerified) != 0,
                            .isBackupEligible = (flags & BackupEligible) != 0,
                            .isBackedUp = (flags & BackedUp) != 0,
                            .counter = qFromBigEndian<quint32>(bytes.data() + rpIdHashSize + 1)};
    QByteArrayView rest = bytes.sliced(fixedSize);
    if (flags & HasCredential) {
        auto credential = takeCredential(rest);
        if (!credential)
            return refused(credential);
        data.credential = std::move(*credential);
    }
    if (flags & HasExtensions) {
        if (const auto extensions = takeExtensions(rest); !extensions)
            return refused(extensions);
    }
    if (!rest.isEmpty())
        return badData(u"bytes behind the authenticator data"_s);
    return data;
}

} // namespace warder
