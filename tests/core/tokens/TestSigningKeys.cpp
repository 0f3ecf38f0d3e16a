#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "core/crypto/Primitives.h"
#include "core/tokens/KeyStore.h"
#include "tests/support/JwkReader.h"
#include "tests/support/LogCapture.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestSigningKeys : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void load_makesOneOfEachPurpose();
    void load_givesTheSameKeysAgain();
    void load_underAnotherMasterKey_isRefused();
    void load_ofAMovedKey_isRefused_data();
    void load_ofAMovedKey_isRefused();
    void anotherAlgorithm_takesEffectWithTheNextRotation();
    void kid_isTheThumbprint();
    void key_isSealedOnDisk();
    void rotate_retiresTheOld();
    void rotate_isOnDiskAndRecorded();
    void rotate_fromManyThreads_leavesOneCurrent();
    void jwks_data();
    void jwks();
    void jwks_listsWhatVerifies();
    void rotationUnderLoad_failsNobody();
    void rotation_isToAKeyThatWasPublished_data();
    void rotation_isToAKeyThatWasPublished();
    void aDatabaseWithoutAStandby_getsOne();
    void opening_changesNothing();
    void anotherAlgorithm_replacesTheStandby_data();
    void anotherAlgorithm_replacesTheStandby();
    void revoke_refusesAtOnce_data();
    void revoke_refusesAtOnce();
    void revoke_ofARefreshKey_endsItsTokens();
    void revoke_refusals();
    void ring_isChangedBeforeItIsTold();
    void rotate_besideADamagedKey_changesNothing();

private:
    QString standby() const
    {
        const auto ring = m_world->keys.ring();
        const auto found = std::ranges::find(ring->keys, KeyState::Standby, &SigningKey::state);
        return found == ring->keys.cend() ? QString() : found->kid;
    }
    QByteArray access(const World &world) const
    {
        User somebody;
        somebody.id = Id::create(m_clock.now());
        somebody.email = u"ann@example.com"_s;
        const TokenSession session {.id = Id::create(m_clock.now()), .expiresAt = m_clock.now() + std::chrono::days {1}};
        return world.issuer.issue(somebody, session, m_clock.now()).token;
    }
    QByteArray access() const { return access(*m_world); }
};

void TestSigningKeys::load_makesOneOfEachPurpose()
{
    const auto ring = m_world->keys.ring();
    QCOMPARE(ring->keys.size(), 4); // and the one that will sign next
    QCOMPARE(ring->current(KeyPurpose::Access).material->algorithm(), SignatureAlgorithm::ES256);
    QCOMPARE(ring->current(KeyPurpose::Refresh).material->algorithm(), SignatureAlgorithm::HS256);
    QCOMPARE(ring->current(KeyPurpose::Csrf).material->algorithm(), SignatureAlgorithm::HS256);
    QVERIFY(ring->current(KeyPurpose::Access).kid != ring->current(KeyPurpose::Refresh).kid);
    QVERIFY(ring->current(KeyPurpose::Csrf).material->toPrivate().view()
            != ring->current(KeyPurpose::Refresh).material->toPrivate().view());
}

void TestSigningKeys::load_givesTheSameKeysAgain()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const QString kid = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    reopen();
    QCOMPARE(m_world->keys.ring()->keys.size(), 4);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, kid);
    QVERIFY(m_world->isGood(pair->accessToken));
    QVERIFY(m_world->refresh(pair->refreshToken));
}

void TestSigningKeys::load_underAnotherMasterKey_isRefused()
{
    const SealingKeys otherKeys({.key = SecretBytes(QByteArray(32, 'x'))});
    const Sealer other(otherKeys, "warder/keyring/v1");
    SigningKeys keys(*m_world->database, other, {}, {}, Seconds {60}, m_world->listener);
    const auto loaded = keys.load(m_clock.now());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
    QVERIFY(loaded.error().detail.contains(u"does not open"_s));
    QCOMPARE(KeyStore::all(m_world->database->reader()).value().size(), 4); // and none was made in its place
}

void TestSigningKeys::load_ofAMovedKey_isRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("access key made a refresh key")
        << u"UPDATE signing_keys SET purpose = 'refresh', state = 'retiring' WHERE purpose = 'access'"_s;
    QTest::newRow("another algorithm") << u"UPDATE signing_keys SET algorithm = 'HS256' WHERE purpose = 'access'"_s;
    QTest::newRow("an algorithm nobody knows") << u"UPDATE signing_keys SET algorithm = 'ES999' WHERE purpose = 'access'"_s;
    QTest::newRow("a purpose nobody knows") << u"UPDATE signing_keys SET purpose = 'other' WHERE purpose = 'refresh'"_s;
    QTest::newRow("another kid") << u"UPDATE signing_keys SET kid = 'mine' WHERE purpose = 'access' AND state = 'current'"_s;
    QTest::newRow("one key in the place of another")
        << u"UPDATE signing_keys SET sealed = (SELECT sealed FROM signing_keys WHERE purpose = 'refresh')"_s;
    QTest::newRow("cut short") << u"UPDATE signing_keys SET sealed = substr(sealed, 1, 20)"_s;
    QTest::newRow("empty") << u"UPDATE signing_keys SET sealed = x''"_s;
}

void TestSigningKeys::load_ofAMovedKey_isRefused()
{
    QFETCH(QString, sql);
    QVERIFY(m_world->database->write([&](DbConnection &connection) { return connection.run(sql); }));
    SigningKeys keys(*m_world->database, m_world->sealer, {}, {}, Seconds {60}, m_world->listener);
    const auto loaded = keys.load(m_clock.now());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
}

void TestSigningKeys::anotherAlgorithm_takesEffectWithTheNextRotation()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const QString signs = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    {
        const LogCapture log;
        reopen({.hashing = quickHashing, .tokens = {.algorithm = SignatureAlgorithm::EdDSA}});
        QVERIFY(log.text().contains("access tokens are signed by ES256 until the next rotation, then by EdDSA"));
    }
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, signs);
    const SigningKey standsBy = *m_world->keys.ring()->standby(KeyPurpose::Access);
    QCOMPARE(standsBy.material->algorithm(), SignatureAlgorithm::EdDSA);
    QVERIFY(QJsonDocument(m_world->keys.ring()->jwks(m_clock.now())).toJson().contains(standsBy.kid.toLatin1())); // ahead
    QCOMPARE(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now())->kid, standsBy.kid);
    QVERIFY(m_world->isGood(pair->accessToken)); // the old one still verifies
    const auto next = m_world->refresh(pair->refreshToken);
    QCOMPARE(parseJwt(next->accessToken).value().header.value("alg"_L1).toString(), u"EdDSA"_s);
    QVERIFY(m_world->isGood(next->accessToken));
}

/// RFC 7638 §3: SHA-256 of the required members in lexicographic order, without blanks.
void TestSigningKeys::kid_isTheThumbprint()
{
    const auto ring = m_world->keys.ring();
    const QJsonObject jwk = *ring->current(KeyPurpose::Access).material->publicJwk();
    const QString canonical =
        uR"({"crv":"P-256","kty":"EC","x":"%1","y":"%2"})"_s.arg(jwk.value("x"_L1).toString(), jwk.value("y"_L1).toString());
    QCOMPARE(ring->current(KeyPurpose::Access).kid, QString::fromLatin1(toBase64Url(sha256(canonical.toUtf8()))));
}

void TestSigningKeys::key_isSealedOnDisk()
{
    const auto ring = m_world->keys.ring();
    const auto all = KeyStore::all(m_world->database->reader()).value();
    for (const SealedKey &sealed : all) {
        const SigningKey &open = *std::ranges::find(ring->keys, sealed.key.kid, &SigningKey::kid);
        QVERIFY(!sealed.sealed.contains(open.material->toPrivate().view().toByteArray()));
        QVERIFY(sealed.sealed.size() > open.material->toPrivate().view().size());
    }
}

void TestSigningKeys::rotate_retiresTheOld()
{
    const QString old = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    m_clock.advance(Seconds {60});
    const auto fresh = m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now());
    QVERIFY(fresh);
    const auto ring = m_world->keys.ring();
    QCOMPARE(ring->current(KeyPurpose::Access).kid, fresh->kid);
    const TimePoint until = m_clock.now() + m_world->issuer.policy().longestLife();
    const SigningKey *retiring = ring->verifying(KeyPurpose::Access, old, until - Milliseconds {1});
    QVERIFY(retiring);
    QCOMPARE(retiring->state, KeyState::Retiring);
    QCOMPARE(retiring->retiredAt, m_clock.now());
    QCOMPARE(retiring->verifyUntil, until);
    QVERIFY(!ring->verifying(KeyPurpose::Access, old, until));
    QVERIFY(!ring->verifying(KeyPurpose::Refresh, old, m_clock.now()));
    QCOMPARE(ring->verifying(KeyPurpose::Refresh, m_clock.now()).size(), 1);
}

void TestSigningKeys::rotate_isOnDiskAndRecorded()
{
    const QString kid = m_world->keys.rotate(KeyPurpose::Access, u"console"_s, m_clock.now())->kid;
    reopen();
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, kid);
    QCOMPARE(m_world->keys.ring()->verifying(KeyPurpose::Access, m_clock.now()).size(), 3);
    const auto recorded = m_world->database->reader().one(
        u"SELECT count(*) FROM audit_events WHERE type = 'key_rotated' AND actor = 'console' AND details LIKE '%' || ? || '%'"_s, {kid},
        [](const Row &row) { return row.integer(0); });
    QCOMPARE(recorded.value(), 1);
}

void TestSigningKeys::rotate_fromManyThreads_leavesOneCurrent()
{
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([this] {
                for (int round = 0; round < 5; ++round)
                    (void)m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now());
            });
    }
    const auto all = KeyStore::all(m_world->database->reader()).value();
    const auto isCurrent = [](const SealedKey &key) { return key.key.purpose == KeyPurpose::Access && key.key.state == KeyState::Current; };
    QCOMPARE(all.size(), 24);
    QCOMPARE(std::ranges::count_if(all, isCurrent), 1);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, std::ranges::find_if(all, isCurrent)->key.kid);
    QCOMPARE(m_world->keys.ring()->keys.size(), 24);
}

void TestSigningKeys::jwks_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QString>("members");
    QTest::newRow("ES256") << SignatureAlgorithm::ES256 << u"alg crv kid kty use x y"_s;
    QTest::newRow("EdDSA") << SignatureAlgorithm::EdDSA << u"alg crv kid kty use x"_s;
    QTest::newRow("RS256") << SignatureAlgorithm::RS256 << u"alg e kid kty n use"_s;
    QTest::newRow("PS256") << SignatureAlgorithm::PS256 << u"alg e kid kty n use"_s;
    QTest::newRow("HS256 has no public half") << SignatureAlgorithm::HS256 << u""_s;
}

void TestSigningKeys::jwks()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    const QJsonArray keys = world.keys.ring()->jwks(m_clock.now()).value("keys"_L1).toArray();
    QCOMPARE(keys.size(), algorithm == SignatureAlgorithm::HS256 ? 0 : 2);
    QTEST(keys.isEmpty() ? QString() : keys.first().toObject().keys().join(u' '), "members");
    const auto access = world.issuer.issue({}, {.id = {}, .expiresAt = m_clock.now() + std::chrono::days {1}}, m_clock.now());
    if (!keys.isEmpty()) { // a frontend that knows only the JWKS believes the token
        const auto token = parseJwt(access.token).value();
        QVERIFY(isSignedUnderJwk(keys.first().toObject(), token.signedPart, token.signature));
    }
}

void TestSigningKeys::jwks_listsWhatVerifies()
{
    const QString old = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    const QString current = m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now())->kid;
    const QString next = standby();
    const auto kids = [this](Milliseconds later) {
        QStringList list;
        for (const auto &key : m_world->keys.ring()->jwks(m_clock.now() + later).value("keys"_L1).toArray())
            list += key.toObject().value("kid"_L1).toString();
        return list;
    };
    QCOMPARE(kids(Seconds {0}).first(), current);
    const Milliseconds overlap = m_world->issuer.policy().longestLife();
    for (const QString &kid : {current, next, old})
        QVERIFY(kids(overlap - Milliseconds {1}).contains(kid));
    QCOMPARE(kids(overlap), (QStringList {current, next}));
}

void TestSigningKeys::rotationUnderLoad_failsNobody()
{
    const Id session = Id::create(m_clock.now());
    const User user = m_world->join(u"ann@example.com"_s)->user;
    std::atomic<int> failures = 0;
    std::atomic<int> issued = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&](const std::stop_token &stop) {
                const auto issue = [&] {
                    return m_world->issuer.issue(user, {.id = session, .expiresAt = m_clock.now() + std::chrono::days {1}}, m_clock.now());
                };
                const QByteArray kept = issue().token;
                const QByteArray keptRefresh = m_world->refreshTokens.issue(session, 1);
                while (!stop.stop_requested()) {
                    const auto access = issue();
                    failures += !m_world->verifier.verify(access.token, m_clock.now());
                    failures += !m_world->verifier.verify(kept, m_clock.now());
                    failures += !m_world->refreshTokens.verify(m_world->refreshTokens.issue(session, 2), m_clock.now());
                    failures += !m_world->refreshTokens.verify(keptRefresh, m_clock.now());
                    ++issued;
                }
            });
        for (int i = 0; i < 50; ++i) {
            QVERIFY(m_world->keys.rotate(i % 5 ? KeyPurpose::Access : KeyPurpose::Refresh, u"test"_s, m_clock.now()));
            m_clock.advance(Seconds {1});
        }
    }
    QCOMPARE(failures.load(), 0);
    QVERIFY(issued > 0);
}

void TestSigningKeys::rotation_isToAKeyThatWasPublished_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::newRow("ES256") << SignatureAlgorithm::ES256;
    QTest::newRow("EdDSA") << SignatureAlgorithm::EdDSA;
    QTest::newRow("RS256") << SignatureAlgorithm::RS256;
    QTest::newRow("PS256") << SignatureAlgorithm::PS256;
}

/// Who fetched the JWKS just before a rotation can verify what is signed just after it, again and again.
void TestSigningKeys::rotation_isToAKeyThatWasPublished()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    for (int round = 0; round < 3; ++round) {
        QStringList published;
        for (const auto &key : world.keys.ring()->jwks(m_clock.now()).value("keys"_L1).toArray())
            published += key.toObject().value("kid"_L1).toString();
        const auto fresh = world.keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now());
        QVERIFY2(published.contains(fresh->kid), "signed by a key that nobody could know");
        const QByteArray token = access(world);
        QCOMPARE(parseJwt(token).value().header.value("kid"_L1).toString(), fresh->kid);
        QVERIFY(world.verifier.verify(token, m_clock.now()));
        QCOMPARE(fresh->activatedAt, m_clock.now());
        m_clock.advance(Seconds {1});
    }
}

/// As yesterday's Warder left it.
void TestSigningKeys::aDatabaseWithoutAStandby_getsOne()
{
    const QByteArray before = access();
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"DELETE FROM signing_keys WHERE state = 'standby'"_s); }));
    const QString current = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    reopen();
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, current);
    QVERIFY(!standby().isEmpty());
    QVERIFY(m_world->verifier.verify(before, m_clock.now()));
}

void TestSigningKeys::opening_changesNothing()
{
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"DELETE FROM signing_keys WHERE state = 'standby'"_s); }));
    SigningKeys keys(*m_world->database, m_world->sealer, {.algorithm = SignatureAlgorithm::EdDSA}, {}, Seconds {60}, m_world->listener);
    QVERIFY(keys.open());
    QCOMPARE(KeyStore::all(m_world->database->reader()).value().size(), 3);
    QCOMPARE(keys.ring()->current(KeyPurpose::Access).kid, m_world->keys.ring()->current(KeyPurpose::Access).kid);
}

void TestSigningKeys::anotherAlgorithm_replacesTheStandby_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<bool>("published");
    QTest::newRow("EdDSA") << SignatureAlgorithm::EdDSA << true;
    QTest::newRow("HS256 needs none") << SignatureAlgorithm::HS256 << false;
}

void TestSigningKeys::anotherAlgorithm_replacesTheStandby()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(bool, published);
    const QString old = standby();
    reopen({.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    QCOMPARE(!standby().isEmpty(), published);
    QVERIFY(standby() != old);
    QVERIFY(!m_world->keys.ring()->verifying(KeyPurpose::Access, old, m_clock.now()));
    const auto fresh = m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now());
    QCOMPARE(fresh->material->algorithm(), algorithm);
}

void TestSigningKeys::revoke_refusesAtOnce_data()
{
    QTest::addColumn<QString>("which");
    QTest::newRow("the one that signs") << u"current"_s;
    QTest::newRow("one that still verifies") << u"retiring"_s;
    QTest::newRow("the one that stands by") << u"standby"_s;
}

void TestSigningKeys::revoke_refusesAtOnce()
{
    QFETCH(QString, which);
    const QByteArray old = access();
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()));
    const QByteArray now = access();
    QVERIFY(m_world->verifier.verify(old, m_clock.now())); // and remembered as checked
    QVERIFY(m_world->verifier.verify(now, m_clock.now()));
    const auto kidOf = [](const QByteArray &token) { return parseJwt(token).value().header.value("kid"_L1).toString(); };
    const QString kid = which == "current"_L1 ? kidOf(now) : which == "retiring"_L1 ? kidOf(old) : standby();
    const auto revoked = m_world->keys.revoke(kid, u"console"_s, m_clock.now());
    QVERIFY(revoked);
    QCOMPARE(revoked->state, KeyState::Revoked);
    QCOMPARE(revoked->revokedAt, m_clock.now());
    for (const bool reopened : {false, true}) {
        if (reopened)
            reopen();
        QCOMPARE(m_world->verifier.verify(old, m_clock.now()).has_value(), which != "retiring"_L1);
        QCOMPARE(m_world->verifier.verify(now, m_clock.now()).has_value(), which != "current"_L1);
        QVERIFY(m_world->verifier.verify(access(), m_clock.now()));
        QVERIFY(kidOf(access()) != kid);
        QVERIFY(!standby().isEmpty());
        const QByteArray published = QJsonDocument(m_world->keys.ring()->jwks(m_clock.now())).toJson();
        QVERIFY(!published.contains(kid.toLatin1()));
    }
    QVERIFY(m_world->keys.revoke(kid, u"console"_s, m_clock.now())); // again: nothing happens
    const auto recorded = m_world->database->reader().one(
        u"SELECT count(*) FROM audit_events WHERE type = 'key_revoked' AND actor = 'console' AND details LIKE '%' || ? || '%'"_s, {kid},
        [](const Row &row) { return row.integer(0); });
    QCOMPARE(recorded.value(), 1);
}

void TestSigningKeys::revoke_ofARefreshKey_endsItsTokens()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->keys.revoke(m_world->keys.ring()->current(KeyPurpose::Refresh).kid, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->refresh(pair->refreshToken).error().code, ErrorCode::InvalidToken);
    QVERIFY(m_world->isGood(pair->accessToken));
    const auto again = m_world->login(u"ann@example.com"_s);
    QVERIFY(m_world->refresh(again->refreshToken));
}

void TestSigningKeys::revoke_refusals()
{
    for (const QString &kid : {u"nonsense"_s, u""_s, m_world->keys.ring()->current(KeyPurpose::Access).kid.left(10), QString(10'000, u'x')})
        QCOMPARE(m_world->keys.revoke(kid, u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestSigningKeys::ring_isChangedBeforeItIsTold()
{
    struct Watcher final : KeyListener
    {
        void keysChanged() override { seen = keys->ring()->current(KeyPurpose::Access).kid; }
        const SigningKeys *keys = nullptr;
        QString seen;
    } watcher;
    SigningKeys keys(*m_world->database, m_world->sealer, {}, {}, Seconds {60}, watcher);
    watcher.keys = &keys;
    QVERIFY(keys.load(m_clock.now()));
    QCOMPARE(watcher.seen, QString()); // nothing was missing
    const auto fresh = keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now());
    QCOMPARE(watcher.seen, fresh->kid);
}

void TestSigningKeys::rotate_besideADamagedKey_changesNothing()
{
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"UPDATE signing_keys SET sealed = x'' WHERE purpose = 'refresh'"_s); }));
    const QString kid = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    QCOMPARE(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()).error().code, ErrorCode::CryptoFailure);
    QCOMPARE(m_world->keys.revoke(kid, u"test"_s, m_clock.now()).error().code, ErrorCode::CryptoFailure);
    const auto all = KeyStore::all(m_world->database->reader()).value();
    QCOMPARE(all.size(), 4);
    QCOMPARE(std::ranges::find(all, kid, [](const SealedKey &key) { return key.key.kid; })->key.state, KeyState::Current);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, kid);
}

QTEST_GUILESS_MAIN(TestSigningKeys)
#include "TestSigningKeys.moc"
