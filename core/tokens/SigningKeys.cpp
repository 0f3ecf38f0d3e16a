#include "core/tokens/SigningKeys.h"

#include "core/audit/AuditStore.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/storage/Database.h"
#include "core/tokens/KeyStore.h"

#include <QJsonArray>

#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Of another algorithm's key at a start: it signed under other settings, whose tokens live for a day at most.
constexpr Milliseconds overlapOfFormer = std::chrono::days {1};

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

/// A kid that begins like an option could not be typed at a command.
Result<std::shared_ptr<const KeyMaterial>> materialOf(SignatureAlgorithm algorithm)
{
    auto material = KeyMaterial::generate(algorithm);
    while (material && (*material)->thumbprint().value_or(QString()).startsWith(u'-'))
        material = KeyMaterial::generate(algorithm);
    return material;
}

/// A key that signs nothing yet.
Result<SealedKey> spare(KeyPurpose purpose, SignatureAlgorithm algorithm, const Sealer &sealer, TimePoint now)
{
    const auto material = materialOf(algorithm);
    if (!material)
        return refused(material);
    SealedKey key {.key = {.kid = (*material)->thumbprint().value_or(QString::fromLatin1(randomBytes(16).toHex())),
                           .purpose = purpose,
                           .state = KeyState::Standby,
                           .material = *material,
                           .createdAt = now},
                   .algorithm = algorithm};
    key.sealed = sealer.seal((*material)->toPrivate().view(), contextOf(key));
    return key;
}

/// What is current steps down, the standby steps up and `next` stands by; without a standby `next` steps up itself.
Result<void> advance(Transaction &transaction, SealedKey next, Milliseconds overlap, const QString &actor, TimePoint now)
{
    const KeyPurpose purpose = next.key.purpose;
    if (const auto retired = KeyStore::retireCurrent(transaction, purpose, now, now + overlap); !retired)
        return retired;
    const auto stoodBy = KeyStore::activateStandby(transaction, purpose, next.algorithm, now);
    if (!stoodBy)
        return refused(stoodBy);
    if (!stoodBy->has_value()) {
        next.key.state = KeyState::Current;
        next.key.activatedAt = now;
    }
    if (const auto inserted = KeyStore::insert(transaction, next); !inserted)
        return inserted;
    return AuditStore::append(transaction, {.at = now,
                                            .type = audit::keyRotated,
                                            .actor = actor,
                                            .details = {{u"kid"_s, stoodBy->value_or(next.key.kid)}, {u"purpose"_s, nameOf(purpose)}}});
}

bool isPublished(SignatureAlgorithm algorithm) { return algorithm != SignatureAlgorithm::HS256; }

quint64 nextNumber()
{
    static std::atomic<quint64> last {0};
    return ++last;
}

bool mayVerify(const SigningKey &key, TimePoint now)
{
    // A standby has signed nothing yet; whoever reads the JWKS believes it, so that we do as well.
    return key.state == KeyState::Current || key.state == KeyState::Standby
           || (key.state == KeyState::Retiring && key.verifyUntil && now < *key.verifyUntil);
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

QJsonObject KeyRing::jwks(TimePoint now) const
{
    QJsonArray set;
    for (const SigningKey *key : verifying(KeyPurpose::Access, now)) {
        auto jwk = key->material->publicJwk();
        if (!jwk)
            continue;
        jwk->insert("kid"_L1, key->kid);
        if (key->state == KeyState::Current)
            set.prepend(*jwk);
        else
            set.append(*jwk);
    }
    return {{u"keys"_s, set}};
}

SigningKeys::SigningKeys(Database &database, const Sealer &sealer, TokenPolicy policy, Milliseconds refreshLifetime, KeyListener &listener)
    : m_database(database), m_sealer(sealer), m_policy(std::move(policy)), m_refreshLifetime(refreshLifetime), m_listener(listener),
      m_ring(std::make_shared<const KeyRing>())
{}

SignatureAlgorithm SigningKeys::algorithmFor(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? m_policy.algorithm : SignatureAlgorithm::HS256;
}

Result<void> SigningKeys::load(TimePoint now)
{
    return open().and_then([&] { return makeMissing(now); });
}

Result<void> SigningKeys::makeMissing(TimePoint now)
{
    const auto keys = ring();
    const auto has = [&keys, this](KeyPurpose purpose, KeyState state) {
        return std::ranges::any_of(keys->keys, [&](const SigningKey &key) {
            return key.purpose == purpose && key.state == state && key.material->algorithm() == algorithmFor(purpose);
        });
    };
    for (const KeyPurpose purpose : {KeyPurpose::Access, KeyPurpose::Refresh}) {
        const auto stepped = has(purpose, KeyState::Current) ? Result<void>() : step(purpose, overlapOfFormer, u"system"_s, now);
        if (!stepped)
            return stepped;
    }
    return has(KeyPurpose::Access, KeyState::Standby) ? Result<void>() : addStandby(now);
}

Result<void> SigningKeys::step(KeyPurpose purpose, Milliseconds overlap, const QString &actor, TimePoint now)
{
    const auto next = spare(purpose, algorithmFor(purpose), m_sealer, now); // before the job: an RSA key takes long
    if (!next)
        return refused(next);
    return m_database.write([&](Transaction &transaction) {
        return advance(transaction, *next, overlap, actor, now).and_then([&] { return changeRing(transaction); });
    });
}

Result<void> SigningKeys::addStandby(TimePoint now)
{
    std::optional<SealedKey> next;
    if (isPublished(m_policy.algorithm)) {
        const auto made = spare(KeyPurpose::Access, m_policy.algorithm, m_sealer, now);
        if (!made)
            return refused(made);
        next = *made;
    }
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        // One of another algorithm never signed, and never will.
        if (const auto gone = KeyStore::revokeStandby(transaction, m_policy.algorithm, now); !gone)
            return gone;
        const auto stands = KeyStore::hasStandby(transaction);
        if (!stands)
            return refused(stands);
        const auto made = next && !*stands ? KeyStore::insert(transaction, *next) : Result<void>();
        return made ? changeRing(transaction) : made;
    });
}

Result<void> SigningKeys::open()
{
    return ringIn(m_database.reader()).transform([this](const auto &ring) { setRing(ring); });
}

Result<std::shared_ptr<const KeyRing>> SigningKeys::ringIn(DbConnection &connection) const
{
    const auto sealed = KeyStore::all(connection);
    if (!sealed)
        return refused(sealed);
    auto ring = std::make_shared<KeyRing>();
    ring->number = nextNumber();
    for (const SealedKey &one : *sealed) {
        const auto key = opened(one, m_sealer);
        if (!key)
            return refused(key);
        ring->keys += *key;
    }
    return ring;
}

/// In a job that has changed the keys.
Result<void> SigningKeys::changeRing(Transaction &transaction)
{
    return ringIn(transaction).transform([&](const auto &ring) {
        transaction.afterCommit([this, ring] {
            setRing(ring);
            m_listener.keysChanged();
        });
    });
}

void SigningKeys::setRing(std::shared_ptr<const KeyRing> ring)
{
    const std::unique_lock lock(m_mutex);
    m_ring = std::move(ring);
}

std::shared_ptr<const KeyRing> SigningKeys::ring() const
{
    const std::shared_lock lock(m_mutex);
    return m_ring;
}

SigningSpan SigningKeys::spanOf(const SigningKey &key, TimePoint now) const
{
    if (!key.activatedAt)
        return {.from = now, .until = now}; // it stands by, or never did more
    const TimePoint oldest = key.purpose == KeyPurpose::Access ? now - m_policy.accessLifetime - m_policy.leeway : *key.activatedAt;
    return {.from = std::max(*key.activatedAt, oldest), .until = key.retiredAt.value_or(now) + Milliseconds {1}};
}

Result<SigningKey> SigningKeys::rotate(KeyPurpose purpose, const QString &actor, TimePoint now)
{
    const Milliseconds overlap = purpose == KeyPurpose::Access ? m_policy.overlap() : m_refreshLifetime;
    if (const auto stepped = step(purpose, overlap, actor, now); !stepped)
        return refused(stepped);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    return ring()->current(purpose);
}

Result<SigningKey> SigningKeys::revoke(const QString &kid, const QString &actor, TimePoint now)
{
    const auto before = ring();
    const auto found = std::ranges::find(before->keys, kid, &SigningKey::kid);
    if (found == before->keys.cend())
        return refused(ErrorCode::NotFound, u"no key has the id %1"_s.arg(kid.left(64)));
    const auto next = spare(found->purpose, algorithmFor(found->purpose), m_sealer, now);
    if (!next)
        return refused(next);
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto state = KeyStore::stateOf(transaction, kid);
        if (!state)
            return refused(state);
        if (*state == KeyState::Revoked)
            return {};
        const auto stepped = *state == KeyState::Current ? advance(transaction, *next, Milliseconds {0}, actor, now) : Result<void>();
        if (!stepped)
            return stepped;
        if (const auto revoked = KeyStore::revoke(transaction, kid, now); !revoked)
            return revoked;
        const AuditEvent event {
            .at = now, .type = audit::keyRevoked, .actor = actor, .details = {{u"kid"_s, kid}, {u"purpose"_s, nameOf(found->purpose)}}};
        return AuditStore::append(transaction, event).and_then([&] { return changeRing(transaction); });
    });
    if (!done)
        return refused(done);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    const auto after = ring();
    return *std::ranges::find(after->keys, kid, &SigningKey::kid); // rows are never removed
}

} // namespace warder
