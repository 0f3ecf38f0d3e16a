#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "tests/support/Algorithms.h"
#include "tests/support/EcdsaTwin.h"
#include "tests/support/Tokens.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// Signed by the server's own key: only what it says is wrong.
QByteArray genuine(World &world, const QJsonObject &claims)
{
    const auto ring = world.keys.ring();
    return signJwt(jwtType::accessToken, claims, keyOf(ring).kid, *keyOf(ring).material);
}

QByteArray withClaim(World &world, const QByteArray &good, const QString &member, const QJsonValue &value)
{
    QJsonObject claims = claimsOf(good);
    if (value.isUndefined())
        claims.remove(member);
    else
        claims.insert(member, value);
    return genuine(world, claims);
}

} // namespace

class TestTokenVerifier : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void everyAlgorithm_isIssuedAndBelieved_data();
    void everyAlgorithm_isIssuedAndBelieved();
    void claims_areThoseOfTheContract();
    void token_neverOutlivesItsSession();
    void times_data();
    void times();
    void cachedToken_stillExpires();
    void cachedToken_fallsWithItsKey();
    void es256sTwin_isTheSameToken();
    void cache_isBounded();
    void everyFlippedBit_isRefused();

private:
    TokenSession session() const
    {
        return {.id = m_session,
                .expiresAt = m_clock.now() + std::chrono::days {1},
                .amr = {u"pwd"_s, u"otp"_s},
                .authenticatedAt = m_clock.now() - Seconds {90}};
    }
    QByteArray good() { return m_world->issuer.issue(m_user, session(), m_clock.now()).token; }
    User m_user;
    Id m_session;
};

void TestTokenVerifier::init()
{
    WorldTest::init();
    m_user = {.id = Id::create(m_clock.now()),
              .email = u"ann@example.com"_s,
              .name = u"Ann"_s,
              .roles = {u"admin"_s},
              .createdAt = {},
              .updatedAt = {},
              .lastSignInAt = {},
              .passwordScheme = {}};
    m_session = Id::create(m_clock.now());
}

void TestTokenVerifier::everyAlgorithm_isIssuedAndBelieved_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const auto algorithm : everyAlgorithm())
        QTest::addRow("%s", qPrintable(nameOf(algorithm))) << algorithm;
}

void TestTokenVerifier::everyAlgorithm_isIssuedAndBelieved()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    const auto access = world.issuer.issue(m_user, session(), m_clock.now());
    QCOMPARE(parseJwt(access.token).value().header.value("alg"_L1).toString(), nameOf(algorithm));
    for (int i = 0; i < 2; ++i) { // the second answer comes from the cache
        const auto claims = world.verifier.verify(access.token, m_clock.now());
        QVERIFY(claims);
        QCOMPARE(claims->userId, m_user.id);
        QCOMPARE(claims->sessionId, m_session);
        QCOMPARE(claims->email, m_user.email);
        QCOMPARE(claims->roles, m_user.roles);
        QCOMPARE(claims->expiresAt, access.expiresAt);
    }
    QVERIFY(!m_world->verifier.verify(access.token, m_clock.now()));
}

void TestTokenVerifier::claims_areThoseOfTheContract()
{
    m_clock.advance(Milliseconds {567});
    const auto jwt = parseJwt(good()).value();
    QStringList names = jwt.claims.keys();
    QCOMPARE(names.join(u' '), u"amr aud auth_time email email_verified exp iat iss jti nbf roles sid sub"_s);
    QCOMPARE(jwt.claims.value("iss"_L1).toString(), u"http://localhost:8000"_s);
    QCOMPARE(jwt.claims.value("aud"_L1).toString(), u"warder"_s);
    QCOMPARE(jwt.claims.value("exp"_L1).toInteger() - jwt.claims.value("iat"_L1).toInteger(), 900);
    QCOMPARE(jwt.claims.value("iat"_L1).toInteger(), toMilliseconds(m_clock.now()) / 1000);
    QCOMPARE(jwt.claims.value("amr"_L1).toArray(), (QJsonArray {u"pwd"_s, u"otp"_s}));
    QCOMPARE(jwt.claims.value("auth_time"_L1).toInteger(), toMilliseconds(m_clock.now()) / 1000 - 90); // NumericDate, in whole seconds
    QCOMPARE(jwt.header.keys().join(u' '), u"alg kid typ"_s);
    QVERIFY(claimsOf(good()).value("jti"_L1) != claimsOf(good()).value("jti"_L1));
    m_clock.advance(Milliseconds {433});
}

void TestTokenVerifier::token_neverOutlivesItsSession()
{
    const TimePoint end = m_clock.now() + Milliseconds {90'900};
    const auto access = m_world->issuer.issue(m_user, {.id = m_session, .expiresAt = end}, m_clock.now());
    QCOMPARE(access.expiresAt, m_clock.now() + Seconds {90});
    QCOMPARE(claimsOf(access.token).value("exp"_L1).toInteger(), toMilliseconds(access.expiresAt) / 1000);
}

void TestTokenVerifier::times_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<int>("secondsFromNow");
    QTest::addColumn<bool>("good");
    QTest::newRow("expires in a second") << u"exp"_s << 1 << true;
    QTest::newRow("expired, within leeway") << u"exp"_s << -4 << true;
    QTest::newRow("expired, exactly at leeway") << u"exp"_s << -5 << false;
    QTest::newRow("expired long ago") << u"exp"_s << -3600 << false;
    QTest::newRow("begins at leeway") << u"nbf"_s << 5 << true;
    QTest::newRow("begins a second after leeway") << u"nbf"_s << 6 << false;
    QTest::newRow("issued at leeway") << u"iat"_s << 5 << true;
    QTest::newRow("issued in the future") << u"iat"_s << 6 << false;
}

void TestTokenVerifier::times()
{
    QFETCH(QString, claim);
    QFETCH(int, secondsFromNow);
    const QByteArray token = withClaim(*m_world, good(), claim, toMilliseconds(m_clock.now()) / 1000 + secondsFromNow);
    QTEST(m_world->verifier.verify(token, m_clock.now()).has_value(), "good");
    QTEST(m_world->verifier.verify(token, m_clock.now()).has_value(), "good");
}

void TestTokenVerifier::cachedToken_stillExpires()
{
    const QByteArray token = good();
    QVERIFY(m_world->verifier.verify(token, m_clock.now()));
    QVERIFY(m_world->verifier.verify(token, m_clock.now() + Milliseconds {904'999}));
    QVERIFY(!m_world->verifier.verify(token, m_clock.now() + Milliseconds {905'000}));
    QVERIFY(!m_world->verifier.verify(token, m_clock.now() - Seconds {6}));
}

void TestTokenVerifier::cachedToken_fallsWithItsKey()
{
    const QByteArray token = withClaim(*m_world, good(), u"exp"_s, toMilliseconds(m_clock.now()) / 1000 + 86'400); // outlives its key
    const TimePoint end = m_clock.now() + m_world->issuer.policy().longestLife();
    QVERIFY(m_world->verifier.verify(token, m_clock.now()));
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()));
    QVERIFY(m_world->verifier.verify(token, m_clock.now()));
    QVERIFY(m_world->verifier.verify(token, end - Milliseconds {1}));
    QVERIFY(!m_world->verifier.verify(token, end)); // by time alone, nothing is loaded anew
    QVERIFY(!m_world->verifier.verify(token, end + Seconds {1}));
    QVERIFY(m_world->verifier.verify(good(), m_clock.now()));
}

/// JWS does not forbid it, so that a token's text is not its identity: what ends the one ends the other.
void TestTokenVerifier::es256sTwin_isTheSameToken()
{
    const QByteArray token = good();
    const qsizetype head = token.lastIndexOf('.') + 1;
    const QByteArray twin = token.first(head) + toBase64Url(ecdsaTwin(fromBase64Url(token.sliced(head)).value()));
    QVERIFY(twin != token);
    const QString kid = parseJwt(token).value().header.value("kid"_L1).toString();
    for (const QByteArray &each : {token, twin}) {
        const auto claims = m_world->verifier.verify(each, m_clock.now());
        QVERIFY(claims);
        QCOMPARE(claims->sessionId, m_session);
        QVERIFY(!m_world->verifier.verify(each, claims->expiresAt + Seconds {5}));
    }
    QVERIFY(m_world->keys.revoke(kid, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->verifier.verify(token, m_clock.now()));
    QVERIFY(!m_world->verifier.verify(twin, m_clock.now()));
}

void TestTokenVerifier::cache_isBounded()
{
    VerifiedTokens tokens;
    for (int i = 0; i < 40'000; ++i)
        tokens.insert(QByteArray::number(i), 1, {});
    int kept = 0;
    for (int i = 0; i < 40'000; ++i)
        kept += tokens.find(QByteArray::number(i), 1).has_value();
    QVERIFY(kept > 0);
    QVERIFY2(kept <= 16 * 1024, qPrintable(QString::number(kept)));
    QVERIFY(tokens.find("39999", 1));
    QVERIFY(!tokens.find("39999", 2));
}

void TestTokenVerifier::everyFlippedBit_isRefused()
{
    const QByteArray token = good();
    QVERIFY(m_world->verifier.verify(token, m_clock.now()));
    for (qsizetype i = 0; i < token.size(); i += 3) {
        QByteArray changed = token;
        changed[i] = char(changed[i] ^ (1 << (i % 7)));
        QVERIFY2(!m_world->verifier.verify(changed, m_clock.now()), qPrintable(QString::number(i)));
    }
}

QTEST_GUILESS_MAIN(TestTokenVerifier)
#include "TestTokenVerifier.moc"
