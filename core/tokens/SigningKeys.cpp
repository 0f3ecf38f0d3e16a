#include "core/tokens/SigningKeys.h"

#include "core/audit/AuditEvent.h"
#include "core/crypto/Sealer.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"
#include "core/tokens/KeyMoves.h"
#include "core/tokens/KeyRules.h"
#include "core/tokens/KeyStore.h"
#include "core/tokens/SealedKeys.h"

#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> unknown(const QString &kid) { return refused(ErrorCode::NotFound, u"no key has the id %1"_s.arg(kid.left(64))); }

quint64 nextNumber()
{
    static std::atomic<quint64> last {0};
    return ++last;
}

} // namespace

SigningKeys::SigningKeys(Database &database, const Sealer &sealer, TokenPolicy policy, KeySchedule schedule, Milliseconds refreshLifetime,
                         KeyListener &listener)
    : m_database(database), m_sealer(sealer), m_policy(std::move(policy)), m_refreshLifetime(refreshLifetime), m_listener(listener),
      m_schedule(schedule), m_ring(std::make_shared<const KeyRing>())
{}

Milliseconds SigningKeys::lifeFor(KeyPurpose purpose) const
{
    return purpose == KeyPurpose::Access ? m_policy.longestLife() : m_refreshLifetime;
}

/// A key that signs nothing yet. The caller holds the sealer until it is written.
Result<SealedKey> SigningKeys::spare(KeyPurpose purpose, TimePoint now) const
{
    return SealedKeys::make(purpose, ring()->algorithmOf(purpose), lifeFor(purpose), m_sealer, now);
}

Result<void> SigningKeys::load(TimePoint now)
{
    const auto whole = open().and_then([&] { return makeMissing(now); });
    if (!whole)
        return whole;
    const auto keys = ring();
    const QString signing = nameOf(keys->current(KeyPurpose::Access).material->algorithm());
    if (const QString next = nameOf(keys->accessAlgorithm); signing != next)
        log(LogLevel::Info, "key_algorithm_changes"_L1,
            {{"what"_L1, u"access tokens are signed by %1 until the next rotation, then by %2"_s.arg(signing, next)}});
    return {};
}

Result<void> SigningKeys::makeMissing(TimePoint now)
{
    const auto keys = ring();
    for (const KeyPurpose purpose : {KeyPurpose::Csrf, KeyPurpose::Access, KeyPurpose::Refresh}) { // a new refresh key makes no CSRF tokens
        const auto ready =
            keys->has(purpose, KeyState::Current) ? noteLife(purpose) : step(purpose, u"system"_s, now).transform([](bool) {});
        if (!ready)
            return ready;
    }
    const SigningKey *standby = keys->standby(KeyPurpose::Access);
    const bool isReady = standby ? standby->material->algorithm() == m_policy.algorithm : !isPublished(m_policy.algorithm);
    return isReady ? Result<void>() : addStandby(now);
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

/// `onlyFrom`: nothing changes, which is false, unless that key still signs. The last token that the former key signs is of `now`, but for
/// the time it takes to make a key, which the leeway covers: who signs in or refreshes writes first, and signs with the ring that was there
/// after it.
Result<bool> SigningKeys::step(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom)
{
    const auto sealing = m_sealer.hold();
    const auto next = spare(purpose, now); // before the job: an RSA key takes long
    if (!next)
        return refused(next);
    return m_database.write([&](Transaction &transaction) -> Result<bool> {
        const auto signing = KeyStore::kidOf(transaction, purpose, KeyState::Current);
        if (!signing)
            return refused(signing);
        if (onlyFrom && *signing != onlyFrom)
            return false;
        return KeyMoves::advance(transaction, *next, actor, now).and_then([&] { return changeRing(transaction); }).transform([] {
            return true;
        });
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
        const auto stands = KeyStore::standbyAlgorithm(transaction, KeyPurpose::Access);
        if (!stands)
            return refused(stands);
        if (*stands == m_policy.algorithm)
            return {};                                                       // somebody was faster
        return KeyStore::revokeStandby(transaction, KeyPurpose::Access, now) // one of another algorithm never signed, and never will
            .and_then([&] { return next ? KeyStore::insert(transaction, *next) : Result<void>(); })
            .and_then([&] { return changeRing(transaction); });
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
    const auto former = this->ring();
    auto ring = std::make_shared<KeyRing>();
    ring->number = nextNumber();
    ring->accessAlgorithm = m_policy.algorithm;
    for (const SealedKey &one : *sealed) {
        const auto key = SealedKeys::open(one, m_sealer);
        if (!key)
            return refused(key);
        ring->keys += *key;
        SigningKey &added = ring->keys.last();
        if (const SigningKey *known = former->find(added.kid))
            added.used = known->used;
        else if (!added.activatedAt || !former->keys.isEmpty()) // made by this process, or used by nobody
            added.used = std::make_shared<std::atomic<bool>>(false);
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

void SigningKeys::setSchedule(const KeySchedule &schedule)
{
    const std::unique_lock lock(m_mutex);
    m_schedule = schedule;
}

KeySchedule SigningKeys::schedule() const
{
    const std::shared_lock lock(m_mutex);
    return m_schedule;
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

QList<SigningSpan> SigningKeys::spansOf(const SigningKey &key, TimePoint now) const
{
    QList<SigningSpan> spans;
    for (const SigningSpan &span : key.spans) {
        const TimePoint oldest = key.purpose == KeyPurpose::Access ? now - m_policy.longestLife() : span.from;
        spans += {.from = std::max(span.from, oldest), .until = std::min(span.until, now) + Milliseconds {1}};
    }
    return spans;
}

Result<SigningKey> SigningKeys::rotate(KeyPurpose purpose, const QString &actor, TimePoint now, const std::optional<QString> &onlyFrom)
{
    if (!std::ranges::contains(signingPurposes, purpose))
        return refused(ErrorCode::Conflict, u"a former backend's secret never signs here"_s);
    const auto stepped = step(purpose, actor, now, onlyFrom);
    if (!stepped)
        return refused(stepped);
    if (!*stepped)
        return refused(ErrorCode::Conflict, u"the key %1 does not sign now"_s.arg(onlyFrom.value_or(QString()).left(64)));
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    return ring()->current(purpose);
}

std::optional<TimePoint> SigningKeys::rotatesAt(const SigningKey &key) const
{
    return key.state == KeyState::Current ? schedule().rotatesAt(*ring(), key.purpose) : std::nullopt;
}

Result<void> SigningKeys::rotateDue(TimePoint now)
{
    if (const auto whole = makeMissing(now); !whole)
        return whole;
    for (const KeyPurpose purpose : signingPurposes) {
        const auto before = ring();
        const auto due = schedule().rotatesAt(*before, purpose);
        if (!due || now < *due)
            continue;
        const QString former = before->current(purpose).kid;
        if (const auto stepped = step(purpose, u"system"_s, now, former); !stepped)
            return refused(stepped);
        if (const QString kid = ring()->current(purpose).kid; kid != former)
            log(LogLevel::Info, "key_rotated"_L1, {{"purpose"_L1, nameOf(purpose)}, {"kid"_L1, kid}});
    }
    return {};
}

QList<SigningKey> SigningKeys::leaving(TimePoint now) const
{
    QList<SigningKey> keys = ring()->keys;
    keys.removeIf([now, schedule = schedule()](const SigningKey &key) { return now < schedule.leavesAt(key).value_or(TimePoint::max()); });
    return keys;
}

Result<SigningKeys::Restored> SigningKeys::restore(const QString &kid, const QString &actor, TimePoint now)
{
    const auto before = ring();
    const SigningKey *key = before->find(kid);
    if (!key)
        return unknown(kid);
    const auto outcome = KeyRules::outcomeOf(KeyMove::Restore, *key, *before, now);
    if (!outcome)
        return refused(outcome);
    QString displaced;
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto same = KeyMoves::checkState(transaction, *key); !same)
            return same;
        const auto current = KeyStore::kidOf(transaction, key->purpose, KeyState::Current);
        if (!current)
            return refused(current);
        displaced = **outcome == KeyState::Current ? current->value_or(QString()) : QString();
        const auto keys = ring();
        const SigningKey *displacing = keys->find(displaced); // null: made a moment ago, in the same transaction
        return KeyMoves::restore(transaction, *key, **outcome, displacing, lifeFor(key->purpose), now)
            .and_then([&] { return KeyMoves::record(transaction, audit::keyRestored, kid, key->purpose, actor, now); })
            .and_then([&] { return changeRing(transaction); });
    });
    if (!done)
        return refused(done);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    const auto after = ring();
    const SigningKey *restored = after->find(kid);
    const SigningKey *former = after->find(displaced);
    if (!restored)
        return unknown(kid);
    return Restored {.key = *restored, .displaced = former ? std::optional(*former) : std::nullopt, .revokedAt = key->revokedAt};
}

Result<SigningKey> SigningKeys::importKey(const ForeignKey &foreign, const QString &actor, TimePoint now)
{
    const auto before = ring();
    const auto sealing = m_sealer.hold();
    const SealedKey made = SealedKeys::seal(KeyPurpose::Access, foreign, lifeFor(KeyPurpose::Access), m_sealer, now);
    const SignatureAlgorithm next = before->accessAlgorithm;
    if (made.algorithm != next)
        return refused(ErrorCode::Conflict, u"the key is for %1, and the next key is to be for %2: set tokens.algorithm=%1 first"_s.arg(
                                                nameOf(made.algorithm), nameOf(next)));
    return addImported(made, actor, now);
}

Result<SigningKey> SigningKeys::importFormer(const SecretBytes &secret, Milliseconds lasting, const QString &actor, TimePoint now)
{
    if (lasting <= Milliseconds {0} || lasting > mostFormer)
        return refused(ErrorCode::InvalidInput, u"a former backend's secret verifies for 30 days at most"_s);
    const auto material = KeyMaterial::fromFormerSecret(secret);
    if (!material)
        return refused(material);
    const auto sealing = m_sealer.hold();
    SealedKey made = SealedKeys::seal(KeyPurpose::Former, {.material = *material}, lasting, m_sealer, now);
    made.key.state = KeyState::Retiring;
    made.key.verifyUntil = now + lasting;
    return addImported(made, actor, now);
}

Result<SigningKey> SigningKeys::addImported(const SealedKey &made, const QString &actor, TimePoint now)
{
    const auto before = ring();
    const auto isKnown = [&](const SigningKey &key) { return SealedKeys::isSameKey(*key.material, *made.key.material); };
    if (const auto known = std::ranges::find_if(before->keys, isKnown); known != before->keys.cend())
        return refused(ErrorCode::Conflict, u"the ring has this key already, as %1"_s.arg(known->kid));
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (KeyStore::stateOf(transaction, made.key.kid))
            return refused(ErrorCode::Conflict, u"the ring has another key with the id %1"_s.arg(made.key.kid));
        const bool displaces = made.key.state == KeyState::Standby;
        return (displaces ? KeyStore::revokeStandby(transaction, made.key.purpose, now) : Result<void>())
            .and_then([&] { return KeyStore::insert(transaction, made); })
            .and_then([&] { return KeyMoves::record(transaction, audit::keyImported, made.key.kid, made.key.purpose, actor, now); })
            .and_then([&] { return changeRing(transaction); });
    });
    if (!done)
        return refused(done);
    const auto after = ring();
    const SigningKey *imported = after->find(made.key.kid);
    return imported ? Result<SigningKey>(*imported) : unknown(made.key.kid);
}

Result<SigningKey> SigningKeys::removeByHand(const QString &kid, const QString &actor, TimePoint now)
{
    const auto keys = ring();
    const SigningKey *key = keys->find(kid);
    if (!key)
        return unknown(kid);
    return KeyRules::outcomeOf(KeyMove::Remove, *key, *keys, now)
        .and_then([&](const KeyRules::Outcome &) { return remove(*key, actor, now); })
        .transform([&] { return *key; });
}

Result<void> SigningKeys::remove(const SigningKey &key, const QString &actor, TimePoint now)
{
    const auto removed = m_database.write([&](Transaction &transaction) -> Result<bool> {
        const auto gone = KeyStore::removeSpent(transaction, key.kid);
        if (!gone || !*gone)
            return gone;
        return KeyMoves::record(transaction, audit::keyRemoved, key.kid, key.purpose, actor, now)
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
    const SigningKey *found = before->find(kid);
    if (!found)
        return unknown(kid);
    auto sealing = m_sealer.hold();
    const auto next = found->purpose == KeyPurpose::Former ? Result<SealedKey>(SealedKey()) : spare(found->purpose, now);
    if (!next)
        return refused(next);
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto state = KeyStore::stateOf(transaction, kid);
        if (!state)
            return refused(state);
        if (*state == KeyState::Revoked)
            return {};
        const auto stepped = *state == KeyState::Current ? KeyMoves::advance(transaction, *next, actor, now) : Result<void>();
        if (!stepped)
            return stepped;
        if (const auto revoked = KeyStore::revoke(transaction, kid, now); !revoked)
            return revoked;
        return KeyMoves::record(transaction, audit::keyRevoked, kid, found->purpose, actor, now).and_then([&] {
            return changeRing(transaction);
        });
    });
    sealing.unlock();
    if (!done)
        return refused(done);
    if (const auto whole = makeMissing(now); !whole)
        return refusedMidway(whole);
    const auto after = ring();
    const SigningKey *revoked = after->find(kid);
    return revoked ? Result<SigningKey>(*revoked) : unknown(kid); // it was revoked long ago, and has just left
}

} // namespace warder
