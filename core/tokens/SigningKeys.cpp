#include "core/tokens/SigningKeys.h"

#include "core/audit/AuditStore.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"
#include "core/tokens/KeyStore.h"

#include <QJsonArray>

#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray contextOf(const SealedKey &key)
{
    return sealed_columns::contextOfSigningKey(key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm));
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

AuditEvent eventOf(const QString &type, const QString &kid, KeyPurpose purpose, const QString &actor, TimePoint now)
{
    return {.at = now, .type = type, .actor = actor, .details = {{u"kid"_s, kid}, {u"purpose"_s, nameOf(purpose)}}};
}

/// What is current steps down, the standby steps up and `next` stands by; without a standby `next` steps up itself.
Result<void> advance(Transaction &transaction, SealedKey next, const QString &actor, TimePoint now)
{
    const KeyPurpose purpose = next.key.purpose;
    if (const auto retired = KeyStore::retireCurrent(transaction, purpose, now); !retired)
        return retired;
    const auto stoodBy = KeyStore::activateStandby(transaction, next, now);
    if (!stoodBy)
        return refused(stoodBy);
    if (!stoodBy->has_value()) {
        next.key.state = KeyState::Current;
        next.key.activatedAt = now;
    }
    if (const auto inserted = KeyStore::insert(transaction, next); !inserted)
        return inserted;
    return AuditStore::append(transaction, eventOf(audit::keyRotated, stoodBy->value_or(next.key.kid), purpose, actor, now));
}

std::unexpected<Error> unknown(const QString &kid) { return refused(ErrorCode::NotFound, u"no key has the id %1"_s.arg(kid.left(64))); }

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

SigningKeys::SigningKeys(Database &database, const Sealer &sealer, TokenPolicy policy, KeySchedule schedule, Milliseconds refreshLifetime,
                         KeyListener &listener)
    : m_database(database), m_sealer(sealer), m_policy(std::move(policy)), m_schedule(schedule), m_refreshLifetime(refreshLifetime),
      m_listener(listener), m_ring(std::make_shared<const KeyRing>())
{}

SignatureAlgorithm SigningKeys::algorithmFor(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? m_policy.algorithm : SignatureAlgorithm::HS256;
}

Milliseconds SigningKeys::lifeFor(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? m_policy.longestLife() : m_refreshLifetime;
}

/// A key that signs nothing yet. The caller holds the sealer until it is written.
Result<SealedKey> SigningKeys::spare(KeyPurpose purpose, TimePoint now) const
{
    const SignatureAlgorithm algorithm = algorithmFor(purpose);
    const auto material = materialOf(algorithm);
    if (!material)
        return refused(material);
    SealedKey key {.key = {.kid = (*material)->thumbprint().value_or(QString::fromLatin1(randomBytes(16).toHex())),
                           .purpose = purpose,
                           .state = KeyState::Standby,
                           .material = *material,
                           .createdAt = now,
                           .longestLife = lifeFor(purpose)},
                   .algorithm = algorithm};
    key.sealed = m_sealer.seal((*material)->toPrivate().view(), contextOf(key));
    return key;
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
        const auto ready = has(purpose, KeyState::Current) ? noteLife(purpose) : step(purpose, u"system"_s, now);
        if (!ready)
            return ready;
    }
    const bool needsNone = !isPublished(m_policy.algorithm) && !std::ranges::contains(keys->keys, KeyState::Standby, &SigningKey::state);
    return needsNone || has(KeyPurpose::Access, KeyState::Standby) ? Result<void>() : addStandby(now);
}

/// The tokens of before a restart live on when the settings give new ones less.
Result<void> SigningKeys::noteLife(KeyPurpose purpose)
{
    const Milliseconds life = lifeFor(purpose);
    if (ring()->current(purpose).longestLife >= life)
        return {};
    return m_database.write([&](Transaction &transaction) {
        return KeyStore::raiseLongestLife(transaction, purpose, life).and_then([&] { return changeRing(transaction); });
    });
}

/// `onlyFrom`: nothing changes unless that key still signs. The last token that the former key signs is of `now`, but for the time it takes
/// to make a key, which the leeway covers: who signs in or refreshes writes first, and signs with the ring that was there after it.
Result<void> SigningKeys::step(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom)
{
    const auto sealing = m_sealer.hold();
    const auto next = spare(purpose, now); // before the job: an RSA key takes long
    if (!next)
        return refused(next);
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto state = onlyFrom ? KeyStore::stateOf(transaction, *onlyFrom) : Result<KeyState>(KeyState::Current);
        if (!state)
            return refused(state);
        if (*state != KeyState::Current)
            return {};
        return advance(transaction, *next, actor, now).and_then([&] { return changeRing(transaction); });
    });
}

Result<void> SigningKeys::addStandby(TimePoint now)
{
    const auto sealing = m_sealer.hold();
    std::optional<SealedKey> next;
    if (isPublished(m_policy.algorithm)) {
        const auto made = spare(KeyPurpose::Access, now);
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

Milliseconds SigningKeys::longestAccessLife() const
{
    Milliseconds longest = m_policy.longestLife();
    for (const SigningKey &key : ring()->keys) {
        if (key.purpose == KeyPurpose::Access)
            longest = std::max(longest, key.longestLife);
    }
    return longest;
}

SigningSpan SigningKeys::spanOf(const SigningKey &key, TimePoint now) const
{
    if (!key.activatedAt)
        return {.from = now, .until = now}; // it stands by, or never did more
    const TimePoint oldest = key.purpose == KeyPurpose::Access ? now - m_policy.longestLife() : *key.activatedAt;
    return {.from = std::max(*key.activatedAt, oldest), .until = key.retiredAt.value_or(now) + Milliseconds {1}};
}

Result<SigningKey> SigningKeys::rotate(KeyPurpose purpose, const QString &actor, TimePoint now)
{
    if (const auto stepped = step(purpose, actor, now); !stepped)
        return refused(stepped);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    return ring()->current(purpose);
}

std::optional<TimePoint> SigningKeys::rotatesAt(const SigningKey &key) const
{
    return key.state == KeyState::Current ? m_schedule.rotatesAt(*ring(), key.purpose) : std::nullopt;
}

Result<void> SigningKeys::rotateDue(TimePoint now)
{
    if (const auto whole = makeMissing(now); !whole)
        return whole;
    for (const KeyPurpose purpose : {KeyPurpose::Access, KeyPurpose::Refresh}) {
        const auto before = ring();
        const auto due = m_schedule.rotatesAt(*before, purpose);
        if (!due || now < *due)
            continue;
        const QString former = before->current(purpose).kid;
        if (const auto stepped = step(purpose, u"system"_s, now, former); !stepped)
            return stepped;
        if (const QString kid = ring()->current(purpose).kid; kid != former)
            log(LogLevel::Info, "key_rotated"_L1, {{"purpose"_L1, nameOf(purpose)}, {"kid"_L1, kid}});
    }
    return {};
}

QList<SigningKey> SigningKeys::leaving(TimePoint now) const
{
    QList<SigningKey> keys = ring()->keys;
    keys.removeIf([&](const SigningKey &key) { return now < m_schedule.leavesAt(key).value_or(TimePoint::max()); });
    return keys;
}

Result<void> SigningKeys::remove(const SigningKey &key, const QString &actor, TimePoint now)
{
    const auto removed = m_database.write([&](Transaction &transaction) -> Result<bool> {
        const auto gone = KeyStore::removeSpent(transaction, key.kid);
        if (!gone || !*gone)
            return gone;
        return AuditStore::append(transaction, eventOf(audit::keyRemoved, key.kid, key.purpose, actor, now))
            .and_then([&] { return changeRing(transaction); })
            .transform([] { return true; });
    });
    if (removed && *removed)
        log(LogLevel::Info, "key_removed"_L1, {{"purpose"_L1, nameOf(key.purpose)}, {"kid"_L1, key.kid}});
    return removed.transform([](bool) {});
}

Result<SigningKey> SigningKeys::revoke(const QString &kid, const QString &actor, TimePoint now)
{
    const auto before = ring();
    const auto found = std::ranges::find(before->keys, kid, &SigningKey::kid);
    if (found == before->keys.cend())
        return unknown(kid);
    auto sealing = m_sealer.hold();
    const auto next = spare(found->purpose, now);
    if (!next)
        return refused(next);
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto state = KeyStore::stateOf(transaction, kid);
        if (!state)
            return refused(state);
        if (*state == KeyState::Revoked)
            return {};
        const auto stepped = *state == KeyState::Current ? advance(transaction, *next, actor, now) : Result<void>();
        if (!stepped)
            return stepped;
        if (const auto revoked = KeyStore::revoke(transaction, kid, now); !revoked)
            return revoked;
        return AuditStore::append(transaction, eventOf(audit::keyRevoked, kid, found->purpose, actor, now)).and_then([&] {
            return changeRing(transaction);
        });
    });
    sealing.unlock();
    if (!done)
        return refused(done);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    const auto after = ring();
    const auto revoked = std::ranges::find(after->keys, kid, &SigningKey::kid);
    return revoked != after->keys.cend() ? Result<SigningKey>(*revoked) : unknown(kid); // it was revoked long ago, and has just left
}

} // namespace warder
