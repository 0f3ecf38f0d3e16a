#include "core/tokens/SealedKeys.h"

#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sealing/SealedColumns.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray contextOf(const SealedKey &key)
{
    return sealed_columns::contextOfSigningKey(key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm));
}

/// A kid that begins like an option could not be typed at a command.
Result<std::shared_ptr<const KeyMaterial>> materialOf(SignatureAlgorithm algorithm)
{
    auto material = KeyMaterial::generate(algorithm);
    while (material && (*material)->thumbprint().value_or(QString()).startsWith(u'-'))
        material = KeyMaterial::generate(algorithm);
    return material;
}

QString kidFor(const KeyMaterial &material)
{
    const QString kid = material.thumbprint().value_or(QString::fromLatin1(randomBytes(16).toHex()));
    return kid.startsWith(u'-') ? u'k' + kid : kid; // of a key that was made elsewhere
}

} // namespace

Result<SigningKey> SealedKeys::open(const SealedKey &sealed, const Sealer &sealer)
{
    const auto bytes = sealer.open(sealed.sealed, contextOf(sealed));
    if (!bytes)
        return refused(ErrorCode::CryptoFailure, u"the signing key %1 does not open: %2"_s.arg(sealed.key.kid, bytes.error().detail));
    const auto material = sealed.key.purpose == KeyPurpose::Former ? KeyMaterial::fromFormerSecret(*bytes)
                                                                   : KeyMaterial::fromPrivate(sealed.algorithm, *bytes);
    if (!material)
        return refused(material);
    SigningKey key = sealed.key;
    key.material = *material;
    return key;
}

Result<SealedKey> SealedKeys::make(KeyPurpose purpose, SignatureAlgorithm algorithm, Milliseconds longestLife, const Sealer &sealer,
                                   TimePoint now)
{
    return materialOf(algorithm).transform(
        [&](const auto &material) { return seal(purpose, {.material = material}, longestLife, sealer, now); });
}

SealedKey SealedKeys::seal(KeyPurpose purpose, const ForeignKey &foreign, Milliseconds longestLife, const Sealer &sealer, TimePoint now)
{
    SealedKey key {.key = {.kid = foreign.kid.isEmpty() ? kidFor(*foreign.material) : foreign.kid,
                           .purpose = purpose,
                           .state = KeyState::Standby,
                           .material = foreign.material,
                           .createdAt = now,
                           .longestLife = longestLife},
                   .algorithm = foreign.material->algorithm()};
    key.sealed = sealer.seal(foreign.material->toPrivate().view(), contextOf(key));
    return key;
}

bool SealedKeys::isSameKey(const KeyMaterial &one, const KeyMaterial &other)
{
    if (const auto thumbprint = one.thumbprint())
        return thumbprint == other.thumbprint();
    return !other.thumbprint() && equalInConstantTime(one.toPrivate().view(), other.toPrivate().view());
}

} // namespace warder
