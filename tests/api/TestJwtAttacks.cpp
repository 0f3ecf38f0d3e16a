#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "core/tokens/KeySchedule.h"
#include "tests/support/ApiServer.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Tokens that somebody made up or bent, over HTTP: all of them 401 (RFC 8725).
class TestJwtAttacks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void token_isRefused_data();
    void token_isRefused();
    void time_decides_data();
    void time_decides();
    void issuerAndAudience_mustBeOurs();
    void place_decides();
    void ownKeys_ofEveryAlgorithm_work_data();
    void ownKeys_ofEveryAlgorithm_work();

private:
    int ask(const QByteArray &token) const { return m_server->client().get("/me", {bearer(token)}).status(); }
    /// A token that the server itself could have made, but for these changes.
    QByteArray forged(const QJsonObject &changes) const;

    std::unique_ptr<ApiServer> m_server;
    QByteArray m_token;
};

namespace {

QByteArray encoded(const QJsonObject &object) { return toBase64Url(QJsonDocument(object).toJson(QJsonDocument::Compact)); }

QByteArray withHeader(const QByteArray &token, const QJsonObject &changes)
{
    QJsonObject header = parseJwt(token)->header;
    for (auto change = changes.begin(); change != changes.end(); ++change)
        header[change.key()] = change.value();
    return encoded(header) + token.sliced(token.indexOf('.'));
}

QByteArray signedWith(const KeyMaterial &key, const QByteArray &token, const QString &algorithm, const QJsonObject &more = {})
{
    const QByteArray bent = withHeader(token, QJsonObject {{u"alg"_s, algorithm}});
    const QByteArray bound = withHeader(bent.isEmpty() ? token : bent, more);
    const QByteArray part = bound.first(bound.lastIndexOf('.'));
    return part + '.' + toBase64Url(key.sign(part));
}

std::shared_ptr<const KeyMaterial> hmacKey(const QByteArray &secret)
{
    return KeyMaterial::fromPrivate(SignatureAlgorithm::HS256, SecretBytes(secret.leftJustified(32, '\0'))).value();
}

using Bend = std::function<QByteArray(const QByteArray &token, const QJsonObject &jwk)>;

QByteArray head(const QByteArray &token) { return token.first(token.indexOf('.')); }
QByteArray unsignedPart(const QByteArray &token) { return token.first(token.lastIndexOf('.')); }
QByteArray signature(const QByteArray &token) { return token.sliced(token.lastIndexOf('.') + 1); }
QByteArray claims(const QByteArray &token) { return unsignedPart(token).sliced(token.indexOf('.') + 1); }

QByteArray withRawHeader(const QByteArray &token, const QByteArray &header)
{
    return toBase64Url(header) + token.sliced(token.indexOf('.'));
}

} // namespace

void TestJwtAttacks::init()
{
    m_server = std::make_unique<ApiServer>();
    m_token = m_server->join(u"ann@example.com"_s)["access_token"_L1].toString().toLatin1();
    QCOMPARE(ask(m_token), 200);
}

QByteArray TestJwtAttacks::forged(const QJsonObject &changes) const
{
    QJsonObject all = parseJwt(m_token)->claims;
    for (auto change = changes.begin(); change != changes.end(); ++change)
        all[change.key()] = change.value();
    const auto ring = m_server->world.keys.ring();
    const SigningKey &key = ring->current(KeyPurpose::Access);
    return signJwt(jwtType::accessToken, all, key.kid, *key.material);
}

void TestJwtAttacks::token_isRefused_data()
{
    QTest::addColumn<Bend>("bend");
    const auto row = [](const char *name, const Bend &bend) { QTest::newRow(name) << bend; };
    for (const char *none : {"none", "None", "NONE", "nOnE"}) {
        row(qPrintable(u"alg %1, no signature"_s.arg(QLatin1StringView(none))), [none](const QByteArray &token, const QJsonObject &) {
            return unsignedPart(withHeader(token, {{u"alg"_s, QString::fromLatin1(none)}})) + '.';
        });
    }
    row("alg none, old signature", [](const QByteArray &token, const QJsonObject &) { return withHeader(token, {{u"alg"_s, u"none"_s}}); });
    row("HS256 with the public key as secret", [](const QByteArray &token, const QJsonObject &jwk) {
        return signedWith(*hmacKey(QJsonDocument(jwk).toJson(QJsonDocument::Compact)), token, u"HS256"_s);
    });
    row("HS256 with x of the public key", [](const QByteArray &token, const QJsonObject &jwk) {
        return signedWith(*hmacKey(fromBase64Url(jwk[u"x"_s].toString().toLatin1()).value()), token, u"HS256"_s);
    });
    row("HS256 with an empty secret",
        [](const QByteArray &token, const QJsonObject &) { return signedWith(*hmacKey({}), token, u"HS256"_s); });
    for (const char *name : {"RS256", "EdDSA", "ES384", "ES256K", "PS256", "es256", ""}) {
        row(qPrintable(u"alg said to be '%1'"_s.arg(QLatin1StringView(name))),
            [name](const QByteArray &token, const QJsonObject &) { return withHeader(token, {{u"alg"_s, QString::fromLatin1(name)}}); });
    }
    row("a key of their own under our kid", [](const QByteArray &token, const QJsonObject &) {
        return signedWith(**KeyMaterial::generate(SignatureAlgorithm::ES256), token, u"ES256"_s);
    });
    row("a key of their own with its jwk in the header", [](const QByteArray &token, const QJsonObject &) {
        const auto own = *KeyMaterial::generate(SignatureAlgorithm::ES256);
        return signedWith(*own, token, u"ES256"_s, {{u"jwk"_s, *own->publicJwk()}, {u"kid"_s, *own->thumbprint()}});
    });
    row("a key of their own at a jku", [](const QByteArray &token, const QJsonObject &) {
        return signedWith(**KeyMaterial::generate(SignatureAlgorithm::ES256), token, u"ES256"_s,
                          {{u"jku"_s, u"http://evil.example/jwks"_s}});
    });
    for (const char *kid : {"unknown", "", "../../dev/null", "' OR 1=1 --"}) {
        row(qPrintable(u"kid '%1'"_s.arg(QLatin1StringView(kid))),
            [kid](const QByteArray &token, const QJsonObject &) { return withHeader(token, {{u"kid"_s, QString::fromLatin1(kid)}}); });
    }
    row("no kid", [](const QByteArray &token, const QJsonObject &) { return withRawHeader(token, R"({"alg":"ES256"})"); });
    row("kid is a number", [](const QByteArray &token, const QJsonObject &) { return withHeader(token, {{u"kid"_s, 7}}); });
    row("changed claims, old signature", [](const QByteArray &token, const QJsonObject &) {
        QJsonObject all = parseJwt(token)->claims;
        all[u"roles"_s] = QJsonArray {u"admin"_s};
        return head(token) + '.' + encoded(all) + '.' + signature(token);
    });
    row("crit", [](const QByteArray &token, const QJsonObject &) { return withHeader(token, {{u"crit"_s, QJsonArray {u"exp"_s}}}); });
    row("duplicate alg", [](const QByteArray &token, const QJsonObject &) {
        const QByteArray kid = parseJwt(token)->header[u"kid"_s].toString().toLatin1();
        return withRawHeader(token, R"({"alg":"none","alg":"ES256","kid":")" + kid + "\"}");
    });
    row("no signature", [](const QByteArray &token, const QJsonObject &) { return unsignedPart(token) + '.'; });
    row("two parts", [](const QByteArray &token, const QJsonObject &) { return unsignedPart(token); });
    row("four parts", [](const QByteArray &token, const QJsonObject &) { return token + ".e30"; });
    row("a signature of zeros",
        [](const QByteArray &token, const QJsonObject &) { return unsignedPart(token) + '.' + toBase64Url(QByteArray(64, '\0')); });
    row("a signature too short",
        [](const QByteArray &token, const QJsonObject &) { return unsignedPart(token) + '.' + signature(token).chopped(2); });
    row("a signature too long", [](const QByteArray &token, const QJsonObject &) {
        return unsignedPart(token) + '.' + toBase64Url(fromBase64Url(signature(token)).value() + '\0');
    });
    row("padded", [](const QByteArray &token, const QJsonObject &) { return token + "=="; });
    row("claims in standard base64", [](const QByteArray &token, const QJsonObject &) {
        return head(token) + '.' + fromBase64Url(claims(token)).value().toBase64() + '.' + signature(token);
    });
    row("claims are an array",
        [](const QByteArray &token, const QJsonObject &) { return head(token) + '.' + toBase64Url("[]") + '.' + signature(token); });
    row("claims nested deeply", [](const QByteArray &token, const QJsonObject &) {
        return head(token) + '.' + toBase64Url(QByteArray(3000, '[')) + '.' + signature(token);
    });
    row("9 KiB", [](const QByteArray &token, const QJsonObject &) { return token + QByteArray(9 * 1024, 'A'); });
    row("dots", [](const QByteArray &, const QJsonObject &) { return ".."_ba; });
    row("bytes beyond ASCII", [](const QByteArray &token, const QJsonObject &) { return token + "\xc3\xa4"; });
}

void TestJwtAttacks::token_isRefused()
{
    QFETCH(Bend, bend);
    const QJsonObject jwk = m_server->client().get("/.well-known/jwks.json")["keys"_L1][0].toObject();
    QVERIFY(jwk.contains("x"_L1));
    const QByteArray token = bend(m_token, jwk);
    QVERIFY(token != m_token);
    const auto answer = m_server->client().get("/me", {bearer(token)});
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Could not validate credentials"_s}, {u"code"_s, u"invalid_token"_s}}));
    QCOMPARE(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    QCOMPARE(m_server->client().get("/me", {"Cookie: __Host-warder_access=" + token}).status(), 401);
    QCOMPARE(m_server->client().get("/session", {bearer(token)})["authenticated"_L1].toBool(true), false);
    QCOMPARE(ask(m_token), 200); // and the cache of good tokens was not fooled
}

void TestJwtAttacks::time_decides_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value"); // seconds from now
    QTest::addColumn<int>("status");
    QTest::newRow("expired a minute ago") << u"exp"_s << QJsonValue(-60) << 401;
    QTest::newRow("expired at the end of the leeway") << u"exp"_s << QJsonValue(-5) << 401;
    QTest::newRow("expired within the leeway") << u"exp"_s << QJsonValue(-4) << 200;
    QTest::newRow("not yet valid") << u"nbf"_s << QJsonValue(60) << 401;
    QTest::newRow("valid within the leeway") << u"nbf"_s << QJsonValue(5) << 200;
    QTest::newRow("issued in the future") << u"iat"_s << QJsonValue(60) << 401;
    QTest::newRow("exp far away") << u"exp"_s << QJsonValue(1e300) << 401;
    QTest::newRow("exp is text") << u"exp"_s << QJsonValue(u"9999999999"_s) << 401;
    QTest::newRow("no exp") << u"exp"_s << QJsonValue(QJsonValue::Null) << 401;
}

void TestJwtAttacks::time_decides()
{
    QFETCH(QString, claim);
    QFETCH(QJsonValue, value);
    const qint64 now = toMilliseconds(m_server->clock.now()) / 1000;
    QTEST(ask(forged({{claim, value.isDouble() ? QJsonValue(double(now) + value.toDouble()) : value}})), "status");
}

void TestJwtAttacks::issuerAndAudience_mustBeOurs()
{
    QCOMPARE(ask(forged({{u"iss"_s, u"http://evil.example"_s}})), 401);
    QCOMPARE(ask(forged({{u"aud"_s, u"another"_s}})), 401);
    QCOMPARE(ask(forged({{u"sub"_s, u"ann"_s}})), 401);
    QCOMPARE(ask(forged({{u"sid"_s, QJsonValue::Null}})), 401);
    QCOMPARE(ask(forged({{u"roles"_s, u"admin"_s}})), 401);
    QCOMPARE(ask(forged({})), 200); // else the lines above prove nothing
}

void TestJwtAttacks::place_decides()
{
    QCOMPARE(m_server->client().get("/me?access_token=" + m_token).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"Authorization: " + m_token}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"Authorization: Token " + m_token}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"X-Authorization: Bearer " + m_token}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"Cookie: __Host-warder_refresh=" + m_token}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"authorization: BEARER " + m_token}).status(), 200);
    QCOMPARE(m_server->client().get("/me", {"Cookie: __Host-warder_access=" + m_token, "Authorization: Bearer bent"}).status(), 401);
}

void TestJwtAttacks::ownKeys_ofEveryAlgorithm_work_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<int>("published");
    QTest::newRow("ES256") << SignatureAlgorithm::ES256 << 2; // and the one that signs next
    QTest::newRow("EdDSA") << SignatureAlgorithm::EdDSA << 2;
    QTest::newRow("RS256") << SignatureAlgorithm::RS256 << 2;
    QTest::newRow("PS256") << SignatureAlgorithm::PS256 << 2;
    QTest::newRow("HS256, whose key is a secret") << SignatureAlgorithm::HS256 << 0;
}

void TestJwtAttacks::ownKeys_ofEveryAlgorithm_work()
{
    QFETCH(SignatureAlgorithm, algorithm);
    m_server = std::make_unique<ApiServer>(ApiOptions {.world = {.hashing = quickHashing, .tokens = {.algorithm = algorithm}}});
    m_token = m_server->join(u"ann@example.com"_s)["access_token"_L1].toString().toLatin1();
    QCOMPARE(ask(m_token), 200);
    const auto keys = m_server->client().get("/.well-known/jwks.json");
    QTEST(int(keys["keys"_L1].toArray().size()), "published");
    QCOMPARE(keys.header("cache-control"), "public, max-age=" + QByteArray::number(KeySchedule::jwksKept / Seconds {1}));
    for (const char *secret : {"\"d\"", "\"k\"", "\"p\""})
        QVERIFY(!keys.raw.body.contains(secret));
    QVERIFY(m_server->world.keys.rotate(KeyPurpose::Access, u"test"_s, m_server->clock.now()));
    QCOMPARE(ask(m_token), 200); // signed before, good until it expires
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
}

QTEST_GUILESS_MAIN(TestJwtAttacks)
#include "TestJwtAttacks.moc"
