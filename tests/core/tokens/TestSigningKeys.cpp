#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "core/tokens/Jwks.h"
#include "core/tokens/KeyStore.h"
#include "tests/support/World.h"

#include <QJsonArray>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestSigningKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void load_makesOneOfEachPurpose();
    void load_givesTheSameKeysAgain();
    void load_underAnotherMasterKey_isRefused();
    void load_ofAMovedKey_isRefused_data();
    void load_ofAMovedKey_isRefused();
    void load_withAnotherAlgorithm_changesTheKey();
    void kid_isTheThumbprint();
    void key_isSealedOnDisk();
    void rotate_retiresTheOld();
    void rotate_isOnDiskAndRecorded();
    void rotate_fromManyThreads_leavesOneCurrent();
    void jwks_data();
    void jwks();
    void jwks_listsWhatVerifies();
    void rotationUnderLoad_failsNobody();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<World> m_world;
};

void TestSigningKeys::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_world = std::make_unique<World>(m_folder->path(), m_clock);
}

void TestSigningKeys::cleanup()
{
    m_world.reset();
    m_folder.reset();
}

void TestSigningKeys::load_makesOneOfEachPurpose()
{
    const auto ring = m_world->keys.ring();
    QCOMPARE(ring->keys.size(), 2);
    QCOMPARE(ring->current(KeyPurpose::Access).material->algorithm(), SignatureAlgorithm::ES256);
    QCOMPARE(ring->current(KeyPurpose::Refresh).material->algorithm(), SignatureAlgorithm::HS256);
    QVERIFY(ring->current(KeyPurpose::Access).kid != ring->current(KeyPurpose::Refresh).kid);
}

void TestSigningKeys::load_givesTheSameKeysAgain()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const QString kid = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    m_world.reset();
    m_world = std::make_unique<World>(m_folder->path(), m_clock);
    QCOMPARE(m_world->keys.ring()->keys.size(), 2);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, kid);
    QVERIFY(m_world->isGood(pair->accessToken));
    QVERIFY(m_world->refresh(pair->refreshToken));
}

void TestSigningKeys::load_underAnotherMasterKey_isRefused()
{
    const Sealer other(SecretBytes(QByteArray(32, 'x')), "warder/keyring/v1");
    SigningKeys keys(*m_world->database, other, SignatureAlgorithm::ES256);
    const auto loaded = keys.load(m_clock.now());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
    QVERIFY(loaded.error().detail.contains(u"does not open"_s));
    QCOMPARE(KeyStore::all(m_world->database->reader()).value().size(), 2); // and none was made in its place
}

void TestSigningKeys::load_ofAMovedKey_isRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("access key made a refresh key") << u"UPDATE signing_keys SET purpose = 'refresh', state = 'retiring' WHERE purpose = 'access'"_s;
    QTest::newRow("another algorithm") << u"UPDATE signing_keys SET algorithm = 'HS256' WHERE purpose = 'access'"_s;
    QTest::newRow("an algorithm nobody knows") << u"UPDATE signing_keys SET algorithm = 'ES999' WHERE purpose = 'access'"_s;
    QTest::newRow("a purpose nobody knows") << u"UPDATE signing_keys SET purpose = 'other' WHERE purpose = 'refresh'"_s;
    QTest::newRow("another kid") << u"UPDATE signing_keys SET kid = 'mine' WHERE purpose = 'access'"_s;
    QTest::newRow("one key in the place of another") << u"UPDATE signing_keys SET sealed = (SELECT sealed FROM signing_keys WHERE purpose = 'refresh')"_s;
    QTest::newRow("cut short") << u"UPDATE signing_keys SET sealed = substr(sealed, 1, 20)"_s;
    QTest::newRow("empty") << u"UPDATE signing_keys SET sealed = x''"_s;
}

void TestSigningKeys::load_ofAMovedKey_isRefused()
{
    QFETCH(QString, sql);
    QVERIFY(m_world->database->write([&](Connection &connection) { return connection.run(sql); }));
    SigningKeys keys(*m_world->database, m_world->sealer, SignatureAlgorithm::ES256);
    const auto loaded = keys.load(m_clock.now());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
}

void TestSigningKeys::load_withAnotherAlgorithm_changesTheKey()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_world.reset();
    m_world = std::make_unique<World>(m_folder->path(), m_clock, WorldOptions {.algorithm = SignatureAlgorithm::EdDSA});
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).material->algorithm(), SignatureAlgorithm::EdDSA);
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
    const QString canonical = uR"({"crv":"P-256","kty":"EC","x":"%1","y":"%2"})"_s.arg(jwk.value("x"_L1).toString(), jwk.value("y"_L1).toString());
    QCOMPARE(ring->current(KeyPurpose::Access).kid, QString::fromLatin1(toBase64Url(sha256(canonical.toUtf8()))));
}

void TestSigningKeys::key_isSealedOnDisk()
{
    const auto ring = m_world->keys.ring();
    const auto all = KeyStore::all(m_world->database->reader()).value();
    for (const SealedKey &sealed : all) {
        const SigningKey &open = ring->current(sealed.key.purpose);
        QVERIFY(!sealed.sealed.contains(open.material->toPrivate().view().toByteArray()));
        QVERIFY(sealed.sealed.size() > open.material->toPrivate().view().size());
    }
}

void TestSigningKeys::rotate_retiresTheOld()
{
    const QString old = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    m_clock.advance(Seconds {60});
    const auto fresh = m_world->keys.rotate(KeyPurpose::Access, Seconds {600}, u"test"_s, m_clock.now());
    QVERIFY(fresh);
    const auto ring = m_world->keys.ring();
    QCOMPARE(ring->current(KeyPurpose::Access).kid, fresh->kid);
    const TimePoint until = m_clock.now() + Seconds {600};
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
    const QString kid = m_world->keys.rotate(KeyPurpose::Access, Seconds {600}, u"console"_s, m_clock.now())->kid;
    m_world.reset();
    m_world = std::make_unique<World>(m_folder->path(), m_clock);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, kid);
    QCOMPARE(m_world->keys.ring()->verifying(KeyPurpose::Access, m_clock.now()).size(), 2);
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
                    (void)m_world->keys.rotate(KeyPurpose::Access, Seconds {600}, u"test"_s, m_clock.now());
            });
    }
    const auto all = KeyStore::all(m_world->database->reader()).value();
    const auto isCurrent = [](const SealedKey &key) { return key.key.purpose == KeyPurpose::Access && key.key.state == KeyState::Current; };
    QCOMPARE(all.size(), 22);
    QCOMPARE(std::ranges::count_if(all, isCurrent), 1);
    QCOMPARE(m_world->keys.ring()->current(KeyPurpose::Access).kid, std::ranges::find_if(all, isCurrent)->key.kid);
    QCOMPARE(m_world->keys.ring()->keys.size(), 22);
}

void TestSigningKeys::jwks_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QString>("members");
    QTest::newRow("ES256") << SignatureAlgorithm::ES256 << u"alg crv kid kty use x y"_s;
    QTest::newRow("EdDSA") << SignatureAlgorithm::EdDSA << u"alg crv kid kty use x"_s;
    QTest::newRow("RS256") << SignatureAlgorithm::RS256 << u"alg e kid kty n use"_s;
    QTest::newRow("HS256 has no public half") << SignatureAlgorithm::HS256 << u""_s;
}

void TestSigningKeys::jwks()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, {.algorithm = algorithm});
    const QJsonArray keys = jwksOf(*world.keys.ring(), m_clock.now()).value("keys"_L1).toArray();
    QCOMPARE(keys.size(), algorithm == SignatureAlgorithm::HS256 ? 0 : 1);
    QTEST(keys.isEmpty() ? QString() : keys.first().toObject().keys().join(u' '), "members");
    const auto access = world.issuer.issue({}, {}, m_clock.now() + std::chrono::days {1}, m_clock.now());
    if (!keys.isEmpty()) { // a frontend that knows only the JWKS believes the token
        const auto frontend = KeyMaterial::fromPublicJwk(keys.first().toObject());
        QVERIFY(frontend);
        QVERIFY(isSignedBy(parseJwt(access.token).value(), **frontend));
    }
}

void TestSigningKeys::jwks_listsWhatVerifies()
{
    const QString old = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    const QString current = m_world->keys.rotate(KeyPurpose::Access, Seconds {600}, u"test"_s, m_clock.now())->kid;
    const auto kids = [this](Milliseconds later) {
        QStringList list;
        for (const auto &key : jwksOf(*m_world->keys.ring(), m_clock.now() + later).value("keys"_L1).toArray())
            list += key.toObject().value("kid"_L1).toString();
        return list;
    };
    QCOMPARE(kids(Seconds {0}), (QStringList {current, old}));
    QCOMPARE(kids(Milliseconds {599'999}), (QStringList {current, old}));
    QCOMPARE(kids(Seconds {600}), QStringList {current});
}

void TestSigningKeys::rotationUnderLoad_failsNobody()
{
    const Milliseconds overlap = m_world->issuer.policy().overlap();
    const Id session = Id::create(m_clock.now());
    const User user = m_world->join(u"ann@example.com"_s)->user;
    std::atomic<int> failures = 0;
    std::atomic<int> issued = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&](const std::stop_token &stop) {
                const QByteArray kept = m_world->issuer.issue(user, session, m_clock.now() + std::chrono::days {1}, m_clock.now()).token;
                const QByteArray keptRefresh = m_world->refreshTokens.issue(session, 1);
                while (!stop.stop_requested()) {
                    const auto access = m_world->issuer.issue(user, session, m_clock.now() + std::chrono::days {1}, m_clock.now());
                    failures += !m_world->verifier.verify(access.token, m_clock.now());
                    failures += !m_world->verifier.verify(kept, m_clock.now());
                    failures += !m_world->refreshTokens.verify(m_world->refreshTokens.issue(session, 2), m_clock.now());
                    failures += !m_world->refreshTokens.verify(keptRefresh, m_clock.now());
                    ++issued;
                }
            });
        for (int i = 0; i < 50; ++i) {
            QVERIFY(m_world->keys.rotate(i % 5 ? KeyPurpose::Access : KeyPurpose::Refresh, overlap, u"test"_s, m_clock.now()));
            m_clock.advance(Seconds {1});
        }
    }
    QCOMPARE(failures.load(), 0);
    QVERIFY(issued > 0);
}

QTEST_GUILESS_MAIN(TestSigningKeys)
#include "TestSigningKeys.moc"
