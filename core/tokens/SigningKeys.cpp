#include "core/tokens/SigningKeys.h"

#include "core/audit/AuditStore.h"
#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/storage/Database.h"
#include "core/tokens/KeyStore.h"

#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What a sealed key is bound to: it does not open in another row, purpose or algorithm.
QByteArray contextOf(const SealedKey &key)
{
    return u"signing_keys|%1|%2|%3"_s.arg(key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm)).toUtf8();
}

Result<SigningKey> opened(const SealedKey &sealed, const Sealer &sealer)
{
    const auto bytes = sealer.open(sealed.sealed, contextOf(sealed));
    if (!bytes)
        return refused(ErrorCode::CryptoFailure, u"the signing key %1 does not open: %2"_s.arg(sealed.key.kid, bytes.error().detail));
    const auto material = KeyMaterial::fromPrivate(sealed.algorithm, *bytes);
    if (!material)
        return refused(material);
    SigningKey key = sealed.key;
    key.material = *material;
    return key;
}

Result<SealedKey> created(KeyPurpose purpose, SignatureAlgorithm algorithm, const Sealer &sealer, TimePoint now)
{
    const auto material = KeyMaterial::generate(algorithm);
    if (!material)
        return refused(material);
    SealedKey key {.key = {.kid = (*material)->thumbprint().value_or(QString::fromLatin1(toBase64Url(randomBytes(16)))), .purpose = purpose,
                           .state = KeyState::Current, .material = *material, .createdAt = now, .activatedAt = now, .retiredAt = {}, .verifyUntil = {}},
                   .algorithm = algorithm, .sealed = {}};
    key.sealed = sealer.seal((*material)->toPrivate().view(), contextOf(key));
    return key;
}

quint64 nextNumber()
{
    static std::atomic<quint64> last {0};
    return ++last;
}

bool mayVerify(const SigningKey &key, TimePoint now)
{
    return key.state == KeyState::Current || (key.state == KeyState::Retiring && key.verifyUntil && now < *key.verifyUntil);
}

} // namespace

const SigningKey &KeyRing::current(KeyPurpose purpose) const
{
    for (const SigningKey &key : keys) {
        if (key.purpose == purpose && key.state == KeyState::Current)
            return key;
    }
    qFatal("a key ring without a current key"); // load() made one of each purpose
}

const SigningKey *KeyRing::verifying(KeyPurpose purpose, QStringView kid, TimePoint now) const
{
    for (const SigningKey &key : keys) {
        if (key.purpose == purpose && key.kid == kid)
            return mayVerify(key, now) ? &key : nullptr;
    }
    return nullptr;
}

QList<const SigningKey *> KeyRing::verifying(KeyPurpose purpose, TimePoint now) const
{
    QList<const SigningKey *> found;
    for (const SigningKey &key : keys) {
        if (key.purpose == purpose && mayVerify(key, now))
            found += &key;
    }
    return found;
}

SigningKeys::SigningKeys(Database &database, const Sealer &sealer, SignatureAlgorithm accessAlgorithm)
    : m_database(database), m_sealer(sealer), m_accessAlgorithm(accessAlgorithm), m_ring(std::make_shared<const KeyRing>())
{
}

SignatureAlgorithm SigningKeys::algorithmFor(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? m_accessAlgorithm : SignatureAlgorithm::HS256;
}

Result<void> SigningKeys::load(TimePoint now, Milliseconds overlap)
{
    if (const auto read = reload(); !read)
        return read;
    for (const KeyPurpose purpose : {KeyPurpose::Access, KeyPurpose::Refresh}) {
        const auto keys = ring();
        const bool there = std::ranges::any_of(keys->keys, [this, purpose](const SigningKey &key) {
            return key.purpose == purpose && key.state == KeyState::Current && key.material->algorithm() == algorithmFor(purpose);
        });
        if (!there) {
            if (const auto made = rotate(purpose, overlap, u"system"_s, now); !made)
                return refused(made);
        }
    }
    return {};
}

Result<void> SigningKeys::reload()
{
    const std::lock_guard reloading(m_reloading);
    const auto sealed = KeyStore::all(m_database.reader());
    if (!sealed)
        return refused(sealed);
    auto fresh = std::make_shared<KeyRing>();
    fresh->number = nextNumber();
    for (const SealedKey &one : *sealed) {
        const auto key = opened(one, m_sealer);
        if (!key)
            return refused(key);
        fresh->keys += *key;
    }
    const std::unique_lock lock(m_mutex);
    m_ring = std::move(fresh);
    return {};
}

std::shared_ptr<const KeyRing> SigningKeys::ring() const
{
    const std::shared_lock lock(m_mutex);
    return m_ring;
}

Result<SigningKey> SigningKeys::rotate(KeyPurpose purpose, Milliseconds overlap, const QString &actor, TimePoint now)
{
    const auto fresh = created(purpose, algorithmFor(purpose), m_sealer, now);
    if (!fresh)
        return refused(fresh);
    const auto done = m_database.write([&](Connection &connection) -> Result<void> {
        if (const auto retired = KeyStore::retireCurrent(connection, purpose, now, now + overlap); !retired)
            return retired;
        if (const auto inserted = KeyStore::insert(connection, *fresh); !inserted)
            return inserted;
        return AuditStore::append(connection, {.at = now, .type = audit::keyRotated, .actor = actor,
                                               .details = {{u"kid"_s, fresh->key.kid}, {u"purpose"_s, nameOf(purpose)}}});
    });
    if (!done)
        return refused(done);
    if (const auto read = reload(); !read)
        return refused(read);
    return fresh->key;
}

} // namespace warder
