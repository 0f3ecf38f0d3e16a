#include "core/crypto/Jwt.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// A key that was made elsewhere stands by, is published, and signs after the next rotation.
class TestKeyImport : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void importedKey_isPublishedAndSignsNext_data();
    void importedKey_isPublishedAndSignsNext();
    void kid_isTheGivenOneOrTheThumbprint();
    void whatStoodBy_canStandByAgain();
    void refusals_changeNothing();
    void rsaKey_isForOneAlgorithmOnly();

private:
    Result<SigningKey> takeIn(const ForeignKey &key) { return m_world->keys.importKey(key, u"console"_s, m_clock.now()); }
    static ForeignKey made(SignatureAlgorithm algorithm, const QString &kid = {})
    {
        return {.material = KeyMaterial::generate(algorithm).value(), .kid = kid};
    }
};

void TestKeyImport::importedKey_isPublishedAndSignsNext_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const auto algorithm : {SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::RS256, SignatureAlgorithm::PS256,
                                 SignatureAlgorithm::HS256})
        QTest::newRow(nameOf(algorithm).toLatin1().constData()) << algorithm;
}

void TestKeyImport::importedKey_isPublishedAndSignsNext()
{
    QFETCH(const SignatureAlgorithm, algorithm);
    reopen({.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    const auto pair = m_world->join(u"ann@example.com"_s);
    const SigningKey *former = m_world->keys.ring()->standby(KeyPurpose::Access);
    const QString formerKid = former ? former->kid : QString();
    const auto imported = takeIn(made(algorithm, u"legacy-1"_s));
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
    QCOMPARE(imported->state, KeyState::Standby);
    QCOMPARE(m_world->keys.ring()->published(m_clock.now()).contains(u"legacy-1"_s), isPublished(algorithm));
    if (former)
        QCOMPARE(m_world->keys.ring()->find(formerKid)->state, KeyState::Revoked);
    reopen({.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    QCOMPARE(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now())->kid, u"legacy-1"_s);
    const auto next = m_world->refresh(pair->refreshToken);
    QCOMPARE(parseJwt(next->accessToken)->header["kid"_L1].toString(), u"legacy-1"_s);
    QVERIFY(m_world->isGood(next->accessToken));
    QVERIFY(m_world->isGood(pair->accessToken));
}

void TestKeyImport::kid_isTheGivenOneOrTheThumbprint()
{
    const ForeignKey plain = made(SignatureAlgorithm::ES256);
    const QString thumbprint = *plain.material->thumbprint();
    QCOMPARE(takeIn(plain)->kid, thumbprint.startsWith(u'-') ? u'k' + thumbprint : thumbprint);
    ForeignKey dashed = made(SignatureAlgorithm::ES256);
    for (int i = 0; i < 10'000 && !dashed.material->thumbprint()->startsWith(u'-'); ++i)
        dashed = made(SignatureAlgorithm::ES256);
    QVERIFY(dashed.material->thumbprint()->startsWith(u'-'));
    QCOMPARE(takeIn(dashed)->kid, u'k' + *dashed.material->thumbprint()); // or no command could name it
}

void TestKeyImport::whatStoodBy_canStandByAgain()
{
    const QString former = m_world->keys.ring()->standby(KeyPurpose::Access)->kid;
    QVERIFY(takeIn(made(SignatureAlgorithm::ES256, u"mine"_s)));
    QVERIFY(m_world->sessions.restoreKey(former, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->keys.ring()->standby(KeyPurpose::Access)->kid, former);
    QCOMPARE(m_world->keys.ring()->find(u"mine"_s)->state, KeyState::Revoked);
    QVERIFY(m_world->sessions.restoreKey(u"mine"_s, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->keys.ring()->standby(KeyPurpose::Access)->kid, u"mine"_s);
}

void TestKeyImport::refusals_changeNothing()
{
    const ForeignKey mine = made(SignatureAlgorithm::ES256, u"mine"_s);
    QVERIFY(takeIn(mine));
    const quint64 number = m_world->keys.ring()->number;
    const auto refusal = [this](const ForeignKey &key) { return takeIn(key).error(); };
    QVERIFY(refusal(mine).detail.contains(u"this key already, as mine"_s));
    QVERIFY(refusal({.material = mine.material, .kid = u"other"_s}).detail.contains(u"this key already, as mine"_s));
    const QString current = m_world->keys.ring()->current(KeyPurpose::Access).kid;
    for (const QString &kid : {u"mine"_s, current, m_world->keys.ring()->current(KeyPurpose::Refresh).kid})
        QVERIFY(refusal(made(SignatureAlgorithm::ES256, kid)).detail.contains(u"another key with the id "_s + kid));
    QVERIFY(refusal(made(SignatureAlgorithm::EdDSA)).detail.contains(u"set tokens.algorithm=EdDSA first"_s));
    QCOMPARE(refusal(mine).code, ErrorCode::Conflict);
    QCOMPARE(m_world->keys.ring()->number, number);
}

/// Whoever could choose would make one kind of signature pass for another.
void TestKeyImport::rsaKey_isForOneAlgorithmOnly()
{
    const auto material = KeyMaterial::generate(SignatureAlgorithm::PS256).value();
    const auto twin = KeyMaterial::fromPrivate(SignatureAlgorithm::RS256, material->toPrivate()).value();
    reopen({.hashing = quickHashing, .tokens = {.algorithm = SignatureAlgorithm::PS256}});
    QVERIFY(takeIn({.material = material, .kid = u"mine"_s}));
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()));
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->isGood(pair->accessToken));
    const auto parsed = parseJwt(pair->accessToken);
    QCOMPARE(parsed->header["alg"_L1].toString(), u"PS256"_s);
    const QByteArray forged = signJwt(jwtType::accessToken, parsed->claims, u"mine"_s, *twin);
    QVERIFY(!m_world->isGood(forged));
    QVERIFY(!isSignedBy(*parsed, *twin));
    reopen({.hashing = quickHashing, .tokens = {.algorithm = SignatureAlgorithm::RS256}});
    QVERIFY(takeIn({.material = twin, .kid = u"twin"_s}).error().detail.contains(u"this key already, as mine"_s));
}

QTEST_GUILESS_MAIN(TestKeyImport)
#include "TestKeyImport.moc"
