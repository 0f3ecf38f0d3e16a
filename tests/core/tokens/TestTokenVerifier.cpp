#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Makes a hostile token from a good one.
using Attack = std::function<QByteArray(World &world, const QByteArray &good)>;
Q_DECLARE_METATYPE(Attack)

namespace {

QByteArray part(const QByteArray &json) { return toBase64Url(json); }
QJsonObject claimsOf(const QByteArray &token) { return parseJwt(token).value().claims; }
const SigningKey &keyOf(const std::shared_ptr<const KeyRing> &ring) { return ring->current(KeyPurpose::Access); }

/// Signed by the server's own key: only what it says is wrong.
QByteArray genuine(World &world, const QJsonObject &claims)
{
    const auto ring = world.keys.ring();
    return signJwt(jwtType::accessToken, claims, keyOf(ring).kid, *keyOf(ring).material);
}

QByteArray genuineRaw(World &world, const QByteArray &header, const QByteArray &claims)
{
    const auto ring = world.keys.ring();
    const QByteArray signedPart = part(header) + '.' + part(claims);
    return signedPart + '.' + toBase64Url(keyOf(ring).material->sign(signedPart));
}

QByteArray goodHeader(World &world)
{
    return QJsonDocument(parseJwt(world.issuer.issue({}, {}, world.clock.now(), world.clock.now()).token).value().header)
        .toJson(QJsonDocument::Compact);
}
QByteArray payload(const QByteArray &token) { return QJsonDocument(claimsOf(token)).toJson(QJsonDocument::Compact); }

QByteArray withHeader(World &world, const QByteArray &good, const QString &member, const QJsonValue &value)
{
    QJsonObject header = parseJwt(good).value().header;
    if (value.isUndefined())
        header.remove(member);
    else
        header.insert(member, value);
    return genuineRaw(world, QJsonDocument(header).toJson(QJsonDocument::Compact), payload(good));
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

/// The oldest trick: what everybody knows as the secret of an HMAC.
QByteArray signedWithPublicKey(World &world, const QByteArray &good, const QByteArray &publicKey)
{
    const auto forger = KeyMaterial::fromPrivate(SignatureAlgorithm::HS256, SecretBytes(publicKey)).value();
    return signJwt(jwtType::accessToken, claimsOf(good), keyOf(world.keys.ring()).kid, *forger);
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
    void attack_isRefused_data();
    void attack_isRefused();
    void times_data();
    void times();
    void cachedToken_stillExpires();
    void cachedToken_fallsWithItsKey();
    void cache_isBounded();
    void refreshKey_isNoAccessKey();
    void everyFlippedBit_isRefused();

private:
    QByteArray good() { return m_world->issuer.issue(m_user, m_session, m_clock.now() + std::chrono::days {1}, m_clock.now()).token; }
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
    for (const auto algorithm : {SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::RS256, SignatureAlgorithm::PS256,
                                 SignatureAlgorithm::HS256})
        QTest::addRow("%s", qPrintable(nameOf(algorithm))) << algorithm;
}

void TestTokenVerifier::everyAlgorithm_isIssuedAndBelieved()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    const auto access = world.issuer.issue(m_user, m_session, m_clock.now() + std::chrono::days {1}, m_clock.now());
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
    QCOMPARE(names.join(u' '), u"aud email email_verified exp iat iss jti nbf roles sid sub"_s);
    QCOMPARE(jwt.claims.value("iss"_L1).toString(), u"http://localhost:8000"_s);
    QCOMPARE(jwt.claims.value("aud"_L1).toString(), u"warder"_s);
    QCOMPARE(jwt.claims.value("exp"_L1).toInteger() - jwt.claims.value("iat"_L1).toInteger(), 900);
    QCOMPARE(jwt.claims.value("iat"_L1).toInteger(), toMilliseconds(m_clock.now()) / 1000);
    QCOMPARE(jwt.header.keys().join(u' '), u"alg kid typ"_s);
    QVERIFY(claimsOf(good()).value("jti"_L1) != claimsOf(good()).value("jti"_L1));
    m_clock.advance(Milliseconds {433});
}

void TestTokenVerifier::token_neverOutlivesItsSession()
{
    const TimePoint end = m_clock.now() + Milliseconds {90'900};
    const auto access = m_world->issuer.issue(m_user, m_session, end, m_clock.now());
    QCOMPARE(access.expiresAt, m_clock.now() + Seconds {90});
    QCOMPARE(claimsOf(access.token).value("exp"_L1).toInteger(), toMilliseconds(access.expiresAt) / 1000);
}

void TestTokenVerifier::attack_isRefused_data()
{
    QTest::addColumn<Attack>("attack");
    const auto row = [](const char *name, Attack attack) { QTest::newRow(name) << std::move(attack); };
    const auto claim = [&row](const char *name, const QString &member, const QJsonValue &value) {
        row(name, [member, value](World &world, const QByteArray &good) { return withClaim(world, good, member, value); });
    };
    const auto header = [&row](const char *name, const QString &member, const QJsonValue &value) {
        row(name, [member, value](World &world, const QByteArray &good) { return withHeader(world, good, member, value); });
    };
    const QJsonValue none(QJsonValue::Undefined);

    header("alg none, still signed", u"alg"_s, u"none"_s);
    header("alg None", u"alg"_s, u"None"_s);
    row("alg none, no signature", [](World &world, const QByteArray &good) {
        const QByteArray unsignedToken = withHeader(world, good, u"alg"_s, u"none"_s);
        return unsignedToken.first(unsignedToken.lastIndexOf('.') + 1);
    });
    row("no signature", [](World &, const QByteArray &good) { return good.first(good.lastIndexOf('.') + 1); });
    row("two parts", [](World &, const QByteArray &good) { return good.first(good.lastIndexOf('.')); });
    row("four parts", [](World &, const QByteArray &good) { return good + ".e30"; });
    row("HS256 with the public JWK as secret", [](World &world, const QByteArray &good) {
        return signedWithPublicKey(world, good,
                                   QJsonDocument(*keyOf(world.keys.ring()).material->publicJwk()).toJson(QJsonDocument::Compact));
    });
    row("HS256 with the public point as secret", [](World &world, const QByteArray &good) {
        const QJsonObject jwk = *keyOf(world.keys.ring()).material->publicJwk();
        return signedWithPublicKey(
            world, good, *fromBase64Url(jwk.value("x"_L1).toString().toLatin1()) + *fromBase64Url(jwk.value("y"_L1).toString().toLatin1()));
    });
    header("alg of another curve", u"alg"_s, u"ES384"_s);
    header("alg of another kind", u"alg"_s, u"RS256"_s);
    header("alg in lower case", u"alg"_s, u"es256"_s);
    header("alg is a number", u"alg"_s, 1);
    header("no alg", u"alg"_s, none);
    header("foreign kid", u"kid"_s, u"somebody-elses"_s);
    header("empty kid", u"kid"_s, u""_s);
    header("no kid", u"kid"_s, none);
    header("kid is an array", u"kid"_s, QJsonArray {u"x"_s});
    row("kid of the refresh key", [](World &world, const QByteArray &good) {
        const auto ring = world.keys.ring();
        return signJwt(jwtType::accessToken, claimsOf(good), ring->current(KeyPurpose::Refresh).kid,
                       *ring->current(KeyPurpose::Refresh).material);
    });
    row("our kid, another key", [](World &world, const QByteArray &good) {
        return signJwt(jwtType::accessToken, claimsOf(good), keyOf(world.keys.ring()).kid,
                       *KeyMaterial::generate(SignatureAlgorithm::ES256).value());
    });
    row("its own key in the header", [](World &world, const QByteArray &good) {
        const auto mine = KeyMaterial::generate(SignatureAlgorithm::ES256).value();
        const QJsonObject head {{u"alg"_s, u"ES256"_s}, {u"kid"_s, keyOf(world.keys.ring()).kid}, {u"jwk"_s, *mine->publicJwk()}};
        const QByteArray signedPart = part(QJsonDocument(head).toJson(QJsonDocument::Compact)) + '.' + part(payload(good));
        return signedPart + '.' + toBase64Url(mine->sign(signedPart));
    });
    for (const char *type : {"JWT", "refresh", "rt+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "id_token", ""})
        header(type, u"typ"_s, QString::fromLatin1(type));
    header("no typ", u"typ"_s, none);
    header("typ is a number", u"typ"_s, 1);
    header("crit", u"crit"_s, QJsonArray {u"exp"_s});
    header("empty crit", u"crit"_s, QJsonArray());
    row("changed payload", [](World &, const QByteArray &good) {
        QJsonObject claims = claimsOf(good);
        claims.insert(u"roles"_s, QJsonArray {u"root"_s});
        return good.first(good.indexOf('.') + 1) + part(QJsonDocument(claims).toJson(QJsonDocument::Compact))
               + good.sliced(good.lastIndexOf('.'));
    });
    row("duplicate member in the claims", [](World &world, const QByteArray &good) {
        return genuineRaw(world, goodHeader(world), "{\"sub\":\"x\"," + payload(good).sliced(1));
    });
    row("duplicate member in the header", [](World &world, const QByteArray &good) {
        return genuineRaw(world, "{\"alg\":\"none\"," + goodHeader(world).sliced(1), payload(good));
    });
    row("duplicate member spelled with an escape", [](World &world, const QByteArray &good) {
        return genuineRaw(world, goodHeader(world), "{\"s\\u0075b\":\"x\"," + payload(good).sliced(1));
    });
    row("claims are an array",
        [](World &world, const QByteArray &good) { return genuineRaw(world, goodHeader(world), '[' + payload(good) + ']'); });
    row("claims are no JSON", [](World &world, const QByteArray &) { return genuineRaw(world, goodHeader(world), "{\"sub\":"); });
    row("rubbish behind the claims",
        [](World &world, const QByteArray &good) { return genuineRaw(world, goodHeader(world), payload(good) + "x"); });
    row("padded", [](World &, const QByteArray &good) { return good + "=="; });
    row("line break behind it", [](World &, const QByteArray &good) { return good + '\n'; });
    row("blank before it", [](World &, const QByteArray &good) { return ' ' + good; });
    row("NUL behind it", [](World &, const QByteArray &good) { return good + '\0'; });
    row("empty", [](World &, const QByteArray &) { return QByteArray(); });
    row("dots", [](World &, const QByteArray &) { return QByteArray(".."); });
    row("a megabyte", [](World &, const QByteArray &good) { return good + QByteArray(1'000'000, 'A'); });
    row("deep nesting", [](World &world, const QByteArray &) {
        return genuineRaw(world, goodHeader(world), "{\"a\":" + QByteArray(2000, '[') + QByteArray(2000, ']') + '}');
    });
    row("a refresh token", [](World &world, const QByteArray &) { return world.refreshTokens.issue(Id::create(world.clock.now()), 0); });

    claim("another issuer", u"iss"_s, u"http://localhost:8001"_s);
    claim("issuer with a slash more", u"iss"_s, u"http://localhost:8000/"_s);
    claim("no issuer", u"iss"_s, none);
    claim("issuer is an array", u"iss"_s, QJsonArray {u"http://localhost:8000"_s});
    claim("another audience", u"aud"_s, u"warden"_s);
    claim("audience among others", u"aud"_s, QJsonArray {u"warder"_s, u"other"_s});
    claim("no audience", u"aud"_s, none);
    claim("sub is a number", u"sub"_s, 7);
    claim("sub is no id", u"sub"_s, u"ann"_s);
    claim("sub in braces", u"sub"_s, u"{0193a5f0-0000-7000-8000-00000000000}"_s);
    claim("no sub", u"sub"_s, none);
    claim("no sid", u"sid"_s, none);
    claim("sid is null", u"sid"_s, QJsonValue::Null);
    claim("no exp", u"exp"_s, none);
    claim("exp is a text", u"exp"_s, u"99999999999"_s);
    claim("exp is negative", u"exp"_s, -1);
    claim("exp is beyond all time", u"exp"_s, 1e300);
    claim("no iat", u"iat"_s, none);
    claim("no nbf", u"nbf"_s, none);
    claim("nbf is true", u"nbf"_s, true);
    claim("roles are a text", u"roles"_s, u"admin"_s);
    claim("a role is a number", u"roles"_s, QJsonArray {1});
    claim("no roles", u"roles"_s, none);
    claim("e-mail is a number", u"email"_s, 1);
}

void TestTokenVerifier::attack_isRefused()
{
    QFETCH(Attack, attack);
    const QByteArray genuineToken = good();
    QVERIFY(m_world->verifier.verify(genuineToken, m_clock.now())); // so that the cache knows it
    const QByteArray hostile = attack(*m_world, genuineToken);
    for (int i = 0; i < 2; ++i) { // a refusal is not cached into a yes
        const auto verdict = m_world->verifier.verify(hostile, m_clock.now());
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().code, ErrorCode::InvalidToken);
        QVERIFY(!verdict.error().detail.isEmpty());
    }
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

void TestTokenVerifier::refreshKey_isNoAccessKey()
{
    const QTemporaryDir folder;
    World world(folder.path(), m_clock, CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = SignatureAlgorithm::HS256}});
    const auto ring = world.keys.ring();
    const auto access = world.issuer.issue(m_user, m_session, m_clock.now() + std::chrono::days {1}, m_clock.now());
    const QByteArray crossed = signJwt(jwtType::accessToken, claimsOf(access.token), ring->current(KeyPurpose::Refresh).kid,
                                       *ring->current(KeyPurpose::Refresh).material);
    QVERIFY(world.verifier.verify(access.token, m_clock.now()));
    QVERIFY(!world.verifier.verify(crossed, m_clock.now()));
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
