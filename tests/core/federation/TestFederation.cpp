#include "core/base/Bytes.h"
#include "tests/support/FederationWorld.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

namespace {

using enum SignatureAlgorithm;
using Key = std::shared_ptr<const KeyMaterial>;

/// How one provider differs from an honest one, and what becomes of a sign-in there.
struct Case
{
    std::function<Lies(const QString &issuer)> lies = [](const QString &) { return Lies(); };
    QString refusal = {}; ///< What the refusal says, in part; empty: somebody is signed in.
    bool isVerified = true;
    std::function<void(AuthorizationResponse &, const QString &issuer)> change = {};
};

/// Of the same provider, and of somebody who is none.
const Key &second()
{
    static const Key key = KeyMaterial::generate(RS256).value();
    return key;
}

const Key &stranger()
{
    static const Key key = KeyMaterial::generate(RS256).value();
    return key;
}

Case claiming(const QJsonObject &claims, const QString &refusal = {}, bool isVerified = true)
{
    return {.lies = [claims](const QString &) { return Lies {.claims = claims}; }, .refusal = refusal, .isVerified = isVerified};
}

Case answering(const Lies &lies, const QString &refusal = {})
{
    return {.lies = [lies](const QString &) { return lies; }, .refusal = refusal};
}

/// With an id_token that is made like this.
Case signing(const std::function<QByteArray(const QJsonObject &)> &idToken, const QString &refusal = {},
             const std::optional<QJsonArray> &keys = {})
{
    return answering({.keys = keys, .idToken = idToken}, refusal);
}

std::function<QByteArray(const QJsonObject &)> by(const Key &key, const QString &kid)
{
    return [key, kid](const QJsonObject &claims) { return LyingProvider::signedBy(*key, kid, claims); };
}

std::function<QByteArray(const QJsonObject &)> by(SignatureAlgorithm algorithm)
{
    return [algorithm](const QJsonObject &claims) {
        return LyingProvider::signedBy(*LyingProvider::key(algorithm), LyingProvider::kidOf(algorithm), claims);
    };
}

std::function<QByteArray(const QJsonObject &)> by(const Key &key, const QJsonObject &header)
{
    return [key, header](const QJsonObject &claims) { return LyingProvider::signedBy(*key, header, claims); };
}

QJsonObject rsa(const QString &kid = u"r1"_s) { return LyingProvider::jwk(RS256, kid); }

QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object.insert(name, value);
    return object;
}

/// HMAC under what everybody can read, or knows already.
std::function<QByteArray(const QJsonObject &)> byHmacUnder(const QByteArray &secret, const QJsonObject &header)
{
    return [secret, header](const QJsonObject &claims) {
        return LyingProvider::signedBy(*KeyMaterial::fromPrivate(HS256, SecretBytes(secret)).value(), header, claims);
    };
}

} // namespace

/// A provider is asked who somebody is, over real sockets; it lies in each of the ways that the OpenID Foundation's tests of relying
/// parties, RFC 9207 and RFC 9700 know.
class TestFederation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<FederationWorld>(); }
    void cleanup() { m_w.reset(); }

    void lies_areRefused_data();
    void lies_areRefused();
    void honestProvider_isAskedOnceForEach();
    void code_isGoodForItsAttemptOnly();
    void code_isGoodOnce();
    void callback_isSaidTwice();
    void refusalsOfPeople_areTheirs_data();
    void refusalsOfPeople_areTheirs();
    void silence_endsSoon();
    void walk_isBoundedAsAWhole();
    void machinesOfOurOwn_areNotAsked();
    void seats_areFew();
    void url_asksForACodeWithPkce();

private:
    std::unique_ptr<FederationWorld> m_w;
};

static void addLiesAboutClaims(const std::function<void(const char *, const Case &)> &row)
{
    const qint64 now = std::chrono::floor<Seconds>(FakeClock().now()).time_since_epoch().count();
    const QString us = LyingProvider::clientId;
    row("oidcc-client-test", {});
    row("oidcc-client-test-nonce-invalid", claiming({{u"nonce"_s, u"x"_s}}, u"(nonce)"_s));
    row("nonce missing", claiming({{u"nonce"_s, QJsonValue::Null}}, u"(nonce)"_s));
    row("nonce is a list", claiming({{u"nonce"_s, QJsonArray {u"x"_s}}}, u"(nonce)"_s));
    row("oidcc-client-test-invalid-iss",
        {.lies = [](const QString &issuer) { return Lies {.claims = {{u"iss"_s, issuer + u"/evil"_s}}}; }, .refusal = u"(iss)"_s});
    row("iss with a slash",
        {.lies = [](const QString &issuer) { return Lies {.claims = {{u"iss"_s, issuer + u'/'}}}; }, .refusal = u"(iss)"_s});
    row("iss missing", claiming({{u"iss"_s, QJsonValue::Null}}, u"of the issuer nothing (iss)"_s));
    row("oidcc-client-test-missing-sub", claiming({{u"sub"_s, QJsonValue::Null}}, u"(sub)"_s));
    row("sub is empty", claiming({{u"sub"_s, QString()}}, u"(sub)"_s));
    row("sub is a number", claiming({{u"sub"_s, 7}}, u"(sub)"_s));
    row("sub of 256 characters", claiming({{u"sub"_s, QString(256, u'x')}}, u"(sub)"_s));
    row("sub of 255 characters", claiming({{u"sub"_s, QString(255, u'x')}}));
    row("sub with a control character", claiming({{u"sub"_s, u"u1\n"_s}}, u"(sub)"_s));
    row("oidcc-client-test-invalid-aud", claiming({{u"aud"_s, u"other"_s}}, u"for another client (aud)"_s));
    row("oidcc-client-test-missing-aud", claiming({{u"aud"_s, QJsonValue::Null}}, u"for another client (aud)"_s));
    row("several audiences and azp", claiming({{u"aud"_s, QJsonArray {us, u"api"_s}}, {u"azp"_s, us}}));
    row("several audiences without azp", claiming({{u"aud"_s, QJsonArray {us, u"api"_s}}}, u"(azp)"_s));
    row("azp of another", claiming({{u"azp"_s, u"other"_s}}, u"(azp)"_s));
    row("oidcc-client-test-missing-iat", claiming({{u"iat"_s, QJsonValue::Null}}, u"(iat)"_s));
    row("iat in the future", claiming({{u"iat"_s, now + 3600}}, u"issued in the future (iat)"_s));
    row("iat half a minute ahead", claiming({{u"iat"_s, now + 30}}));
    row("iat of yesterday", claiming({{u"iat"_s, now - 86400}}, u"more than ten minutes ago (iat)"_s));
    row("expired", claiming({{u"exp"_s, now - 600}}, u"expired (exp)"_s));
    row("exp missing", claiming({{u"exp"_s, QJsonValue::Null}}, u"(exp)"_s));
    row("exp is a text", claiming({{u"exp"_s, u"9999999999"_s}}, u"(exp)"_s));
    row("exp beyond all time", claiming({{u"exp"_s, 1e300}}));
    row("nbf in the future", claiming({{u"nbf"_s, now + 3600}}, u"(nbf)"_s));
    row("nbf is a text", claiming({{u"nbf"_s, u"0"_s}}, u"(nbf)"_s));
    row("email_verified as text", claiming({{u"email_verified"_s, u"true"_s}}));
    row("email_verified absent", claiming({{u"email_verified"_s, QJsonValue::Null}}, {}, false));
    row("email_verified says false, as text", claiming({{u"email_verified"_s, u"false"_s}}, {}, false));
    row("email_verified is a number", claiming({{u"email_verified"_s, 1}}, {}, false));
}

static void addLiesAboutSignatures(const std::function<void(const char *, const Case &)> &row)
{
    row("ES256", signing(by(ES256)));
    row("EdDSA", signing(by(EdDSA)));
    row("PS256", signing(by(PS256)));
    row("oidcc-client-test-invalid-sig-rs256", signing(by(stranger(), u"r1"_s), u"no key of the provider made its signature"_s));
    row("oidcc-client-test-idtoken-sig-none", signing(
                                                  [](const QJsonObject &claims) {
                                                      return toBase64Url(R"({"alg":"none"})") + '.'
                                                             + toBase64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact)) + '.';
                                                  },
                                                  u"signed by “none”"_s));
    const QByteArray published = rsa().value("n"_L1).toString().toLatin1();
    row("HS256 under the public key",
        signing(byHmacUnder(published, {{u"alg"_s, u"HS256"_s}, {u"kid"_s, u"r1"_s}}), u"signed by “HS256”"_s));
    row("HS256 under the client's secret",
        signing(byHmacUnder(QByteArray(LyingProvider::secret).repeated(8), {{u"alg"_s, u"HS256"_s}}), u"signed by “HS256”"_s));
    row("another algorithm than the key's",
        signing(by(stranger(), QJsonObject {{u"alg"_s, u"RS384"_s}, {u"kid"_s, u"r1"_s}}), u"“RS384”"_s));
    row("alg is no text", signing(by(stranger(), QJsonObject {{u"alg"_s, 7}}), u"no signed JWT"_s));
    row("a key of its own in the header",
        signing(by(stranger(), QJsonObject {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"r1"_s}, {u"jwk"_s, *stranger()->publicJwk()}}),
                u"made its signature"_s));
    row("crit", signing(by(LyingProvider::key(RS256),
                           QJsonObject {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"r1"_s}, {u"crit"_s, QJsonArray {u"b64"_s}}, {u"b64"_s, true}}),
                        u"crit or b64"_s));
    row("an access token",
        signing(by(LyingProvider::key(RS256), QJsonObject {{u"alg"_s, u"RS256"_s}, {u"kid"_s, u"r1"_s}, {u"typ"_s, u"at+jwt"_s}}),
                u"another kind (typ)"_s));
    row("id_token encrypted", answering({.tokens = {{u"id_token"_s, u"a.b.c.d.e"_s}}}, u"no signed JWT"_s));
    row("id_token of 20 KiB", claiming({{u"groups"_s, QString(20'000, u'x')}}, u"gave no id_token"_s));
    row("id_token that is nested deeply", signing(
                                              [](const QJsonObject &) {
                                                  return toBase64Url(R"({"alg":"RS256","kid":"r1"})") + '.'
                                                         + toBase64Url(QByteArray(2000, '[')) + ".AA";
                                              },
                                              u"no signed JWT"_s));
}

static void addLiesAboutKeys(const std::function<void(const char *, const Case &)> &row)
{
    const QString none = u"is meant for it"_s;
    const Key ours = LyingProvider::key(RS256);
    const QJsonObject curve = LyingProvider::jwk(ES256, u"e1"_s);
    row("oidcc-client-test-kid-absent-single-jwks", signing(by(ours, QString()), {}, QJsonArray {rsa()}));
    row("oidcc-client-test-kid-absent-multiple-jwks",
        signing(by(ours, QString()), none, QJsonArray {rsa(), LyingProvider::jwk(*second(), u"r2"_s)}));
    row("no kid, and one key of each algorithm", signing(by(ours, QString())));
    row("unknown kid", signing(by(second(), u"r2"_s), none, QJsonArray {rsa()}));
    row("two keys of one name", signing(by(second(), u"r1"_s), {}, QJsonArray {rsa(), LyingProvider::jwk(*second(), u"r1"_s)}));
    row("oidcc-client-test-signing-key-rotation", signing(by(second(), u"r2"_s), {}, QJsonArray {LyingProvider::jwk(*second(), u"r2"_s)}));
    row("a key for encryption", signing(by(ours, u"r1"_s), none, QJsonArray {with(rsa(), u"use"_s, u"enc"_s)}));
    row("a key that may not verify", signing(by(ours, u"r1"_s), none, QJsonArray {with(rsa(), u"key_ops"_s, QJsonArray {u"encrypt"_s})}));
    row("a key for another algorithm", signing(by(ours, u"r1"_s), none, QJsonArray {with(rsa(), u"alg"_s, u"PS256"_s)}));
    row("odd keys beside the right one",
        signing(by(ours, u"r1"_s), {},
                QJsonArray {QJsonObject {{u"kty"_s, u"oct"_s}, {u"k"_s, u"AA"_s}}, 7, QJsonValue::Null,
                            QJsonObject {{u"kty"_s, u"EC"_s}, {u"crv"_s, u"P-999"_s}, {u"x"_s, u"AA"_s}, {u"y"_s, u"AA"_s}}, rsa()}));
    row("a point off the curve", signing(by(ES256), none, QJsonArray {with(curve, u"y"_s, curve.value("x"_L1))}));
    row("an RSA key that is too short",
        signing(by(ours, u"r1"_s), none, QJsonArray {with(rsa(), u"n"_s, rsa().value("n"_L1).toString().first(128))}));
    row("no keys", signing(by(ours, u"r1"_s), none, QJsonArray {}));
    QJsonArray crowd;
    for (int i = 0; i < 64; ++i)
        crowd += QJsonObject {{u"kty"_s, u"oct"_s}, {u"kid"_s, QString::number(i)}};
    crowd += rsa();
    row("the right one behind 64 others", signing(by(ours, u"r1"_s), none, crowd));
}

static void addLiesOfEndpoints(const std::function<void(const char *, const Case &)> &row)
{
    row("oidcc-client-test-userinfo-invalid-sub",
        answering({.userinfo = {{u"sub"_s, u"somebody-else"_s}}, .hasNoEmailInToken = true}, u"speaks of somebody else"_s));
    row("userinfo without sub",
        answering({.userinfo = {{u"sub"_s, QJsonValue::Null}}, .hasNoEmailInToken = true}, u"speaks of somebody else"_s));
    row("oidcc-client-test-userinfo-bearer-header", answering({.hasNoEmailInToken = true}));
    row("oidcc-client-test-discovery-issuer-mismatch",
        {.lies = [](const QString &issuer) { return Lies {.discovery = {{u"issuer"_s, issuer + u"/other"_s}}}; },
         .refusal = u"its document is of the issuer"_s});
    row("discovery, token endpoint over http", answering({.discovery = {{u"token_endpoint"_s, u"http://example.org/token"_s}}},
                                                         u"the token_endpoint in its document is no https address"_s));
    row("discovery, keys in a file",
        answering({.discovery = {{u"jwks_uri"_s, u"file:///etc/passwd"_s}}}, u"the jwks_uri in its document"_s));
    row("discovery without keys", answering({.discovery = {{u"jwks_uri"_s, QJsonValue::Null}}}, u"its document has no jwks_uri"_s));
    row("discovery, clients prove themselves by keys only",
        answering({.discovery = {{u"token_endpoint_auth_methods_supported"_s, QJsonArray {u"private_key_jwt"_s}}}},
                  u"client_secret_basic"_s));
    row("discovery says nothing of how clients prove themselves",
        answering({.discovery = {{u"token_endpoint_auth_methods_supported"_s, QJsonValue::Null}}}));
    row("no document", answering({.documentStatus = 404}, u"status 404"_s));
    const Lies promising {.discovery = {{u"authorization_response_iss_parameter_supported"_s, true}}};
    const auto right = [](AuthorizationResponse &response, const QString &issuer) { response.issuer = issuer; };
    const auto evil = [](AuthorizationResponse &response, const QString &issuer) { response.issuer = issuer + u"/evil"_s; };
    const auto empty = [](AuthorizationResponse &response, const QString &) { response.issuer = QString(); };
    row("rfc9207, iss wrong", {.refusal = u"who was not asked"_s, .change = evil});
    row("rfc9207, iss empty", {.refusal = u"who was not asked"_s, .change = empty});
    row("rfc9207, iss promised and missing", answering(promising, u"does not say from whom it is (iss)"_s));
    Case kept = answering(promising);
    kept.change = right;
    row("rfc9207, iss right", kept);
    row("token endpoint redirects", answering({.tokenAnswer = "{}", .tokenStatus = 302}, u"status 302"_s));
    row("token endpoint names a charset", answering({.tokenType = "Application/JSON; charset=utf-8"}));
    row("token endpoint answers HTML", answering({.tokenType = "text/html"}, u"something else than a JSON object"_s));
    row("token endpoint answers a list", answering({.tokenAnswer = "[]"}, u"something else than a JSON object"_s));
    row("token endpoint answers two members of one name",
        answering({.tokenAnswer = R"({"access_token":"a","access_token":"b"})"}, u"something else than a JSON object"_s));
    row("token endpoint, hugely", answering({.tokenAnswer = "{\"a\":\"" + QByteArray(2'000'000, 'x') + "\"}"}, u"gave no answer"_s));
    row("token type mac", answering({.tokens = {{u"token_type"_s, u"mac"_s}}}, u"no bearer token"_s));
    row("access token missing", answering({.tokens = {{u"access_token"_s, QJsonValue::Null}}}, u"no access token"_s));
    row("access token with a line end", answering({.tokens = {{u"access_token"_s, u"at\r\nX-Evil: 1"_s}}}, u"no access token"_s));
    row("id_token missing", answering({.tokens = {{u"id_token"_s, QJsonValue::Null}}}, u"gave no id_token"_s));
    row("an error of escapes",
        answering({.tokenAnswer = R"({"error":"\u001b[31m\u202ered"})", .tokenStatus = 400}, u"refused the code: “?[31m?red”"_s));
    row("client_secret_post only", answering({.takesPostOnly = true}));
}

void TestFederation::lies_areRefused_data()
{
    QTest::addColumn<Case>("its");
    const CryptoLibraries libraries;
    const auto row = [](const char *name, const Case &one) { QTest::newRow(name) << one; };
    addLiesAboutClaims(row);
    addLiesAboutSignatures(row);
    addLiesAboutKeys(row);
    addLiesOfEndpoints(row);
}

void TestFederation::lies_areRefused()
{
    QFETCH(const Case, its);
    const QString issuer = m_w->provider.issuer();
    m_w->provider.lie(its.lies(issuer));
    QString code;
    const auto identity = m_w->signIn([&](AuthorizationResponse &response) {
        code = response.code;
        if (its.change)
            its.change(response, issuer);
    });
    QCOMPARE(identity.has_value(), its.refusal.isEmpty());
    if (identity) {
        QCOMPARE(identity->issuer, issuer);
        QVERIFY(identity->subject == "u1"_L1 || identity->subject.size() == 255);
        QCOMPARE(identity->email, u"ann@example.com"_s);
        QCOMPARE(identity->isEmailVerified, its.isVerified);
        return;
    }
    const QString &why = identity.error().detail;
    QCOMPARE(identity.error().code, ErrorCode::ProviderError);
    QVERIFY2(why.startsWith(u"provider example: "_s) && why.contains(its.refusal), qPrintable(why));
    QVERIFY2(why.size() < 600 && !why.contains(u'\n') && !why.contains(QChar(0x1b)), qPrintable(why));
    for (const QString &secret : {code, QString::fromLatin1(m_w->attempt.verifier), QString::fromLatin1(m_w->attempt.nonce),
                                  QString::fromLatin1(LyingProvider::secret), QString::fromLatin1(LyingProvider::accessToken)})
        QVERIFY2(secret.isEmpty() || !why.contains(secret), qPrintable(why));
}

void TestFederation::honestProvider_isAskedOnceForEach()
{
    m_w->provider.signInAs({.subject = u"ann"_s, .name = u"Ann Ä"_s});
    const auto identity = m_w->signIn();
    QVERIFY(identity);
    QCOMPARE(*identity, (ForeignIdentity {.issuer = m_w->provider.issuer(),
                                          .subject = u"ann"_s,
                                          .email = u"ann@example.com"_s,
                                          .isEmailVerified = true,
                                          .name = u"Ann Ä"_s}));
    QCOMPARE(m_w->provider.asked(), (QByteArrayList {"/.well-known/openid-configuration", "/token", "/jwks"}));
}

/// RFC 9700 §4.5: a code that somebody put into another attempt.
void TestFederation::code_isGoodForItsAttemptOnly()
{
    QString stolen;
    QVERIFY(m_w->signIn([&stolen](AuthorizationResponse &response) { stolen = std::exchange(response.code, u"spoiled"_s); }).error().code
            == ErrorCode::ProviderError);
    const auto injected = m_w->signIn([&stolen](AuthorizationResponse &response) { response.code = stolen; });
    QVERIFY(!injected);
    QVERIFY2(injected.error().detail.contains(u"refused the code: “invalid_grant”"_s), qPrintable(injected.error().detail));
}

void TestFederation::code_isGoodOnce()
{
    AuthorizationResponse first;
    QVERIFY(m_w->signIn([&first](const AuthorizationResponse &response) { first = response; }));
    const auto again =
        m_w->federation.identify(m_w->provider.provider(), LyingProvider::secretBytes(), m_w->attempt, first, m_w->clock.now());
    QCOMPARE(again.error().code, ErrorCode::ProviderError);
}

void TestFederation::callback_isSaidTwice()
{
    const Provider provider = m_w->provider.provider();
    const auto metadata = m_w->federation.metadataOf(provider, m_w->clock.now()).value();
    AuthorizationAttempt attempt = AuthorizationAttempt::to(LyingProvider::callback);
    const auto back = m_w->provider.authorize(authorizationUrl(provider, metadata, attempt, "state"));
    attempt.callback += u"/elsewhere"_s;
    QVERIFY(!m_w->federation.identify(provider, LyingProvider::secretBytes(), attempt, back.response, m_w->clock.now()));
}

void TestFederation::refusalsOfPeople_areTheirs_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("they did not agree") << u"access_denied"_s << ErrorCode::ProviderDenied;
    QTest::newRow("they went back, Apple") << u"user_cancelled_authorize"_s << ErrorCode::ProviderDenied;
    QTest::newRow("they have yet to agree") << u"consent_required"_s << ErrorCode::ProviderDenied;
    QTest::newRow("the server's") << u"server_error"_s << ErrorCode::ProviderError;
    QTest::newRow("ours") << u"invalid_scope"_s << ErrorCode::ProviderError;
    QTest::newRow("unknown, with escapes") << u"\x1b[2Jno"_s << ErrorCode::ProviderError;
}

void TestFederation::refusalsOfPeople_areTheirs()
{
    QFETCH(const QString, error);
    QFETCH(const ErrorCode, code);
    const auto back = m_w->signIn([&error](AuthorizationResponse &response) { response = {.error = error}; });
    QCOMPARE(back.error().code, code);
    QVERIFY(!back.error().detail.contains(QChar(0x1b)));
    QCOMPARE(m_w->askedFor("/token"), 0);
    const auto forged =
        m_w->signIn([&error](AuthorizationResponse &response) { response = {.issuer = u"https://evil.example"_s, .error = error}; });
    QCOMPARE(forged.error().code, ErrorCode::ProviderError);
}

void TestFederation::silence_endsSoon()
{
    m_w = std::make_unique<FederationWorld>(FederationPolicy {.allowsPrivate = true, .longestCall = Milliseconds {300}});
    QVERIFY(m_w->federation.metadataOf(m_w->provider.provider(), m_w->clock.now())); // a slow machine may need the time for that alone
    m_w->provider.lie({.isSilent = true});
    const auto back = m_w->signIn();
    QCOMPARE(back.error().code, ErrorCode::ProviderError);
    QVERIFY2(back.error().detail.contains("gave no answer"_L1), qPrintable(back.error().detail));
}

void TestFederation::walk_isBoundedAsAWhole()
{
    m_w = std::make_unique<FederationWorld>(FederationPolicy {.allowsPrivate = true, .longestWalk = Milliseconds {0}});
    const auto back = m_w->signIn();
    QCOMPARE(back.error().code, ErrorCode::ProviderError);
    QVERIFY2(back.error().detail.contains("together took too long"_L1), qPrintable(back.error().detail));
    QVERIFY(m_w->provider.asked().isEmpty());
}

void TestFederation::machinesOfOurOwn_areNotAsked()
{
    m_w = std::make_unique<FederationWorld>(FederationPolicy {});
    const auto back = m_w->signIn();
    QCOMPARE(back.error().code, ErrorCode::ProviderError);
    QVERIFY2(back.error().detail.contains("which is no address of the internet"_L1), qPrintable(back.error().detail));
    QVERIFY(m_w->provider.asked().isEmpty());
}

void TestFederation::seats_areFew()
{
    m_w =
        std::make_unique<FederationWorld>(FederationPolicy {.allowsPrivate = true, .longestCall = minutes {2}, .longestWalk = minutes {2}});
    const Provider provider = m_w->provider.provider();
    QVERIFY(m_w->signIn());
    m_w->provider.lie({.isSilent = true});
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < FederationPolicy().mostAtOnce; ++i)
            threads.emplace_back([&] {
                (void)m_w->federation.identify(provider, LyingProvider::secretBytes(), AuthorizationAttempt::to(LyingProvider::callback),
                                               {.code = u"c"_s}, m_w->clock.now());
            });
        QTRY_COMPARE_WITH_TIMEOUT(m_w->provider.waiting(), FederationPolicy().mostAtOnce, 60'000);
        const auto late = m_w->signIn();
        QCOMPARE(late.error().code, ErrorCode::Busy);
        QVERIFY(late.error().retryAfter == Seconds {1});
        Provider other = provider;
        other.name = u"other"_s;
        QVERIFY(m_w->federation.metadataOf(other, m_w->clock.now())); // which has seats of its own
        m_w->provider.lie({});
    }
    QVERIFY(m_w->signIn());
}

void TestFederation::url_asksForACodeWithPkce()
{
    const Provider provider = m_w->provider.provider();
    auto metadata = m_w->federation.metadataOf(provider, m_w->clock.now()).value();
    const AuthorizationAttempt attempt = AuthorizationAttempt::to(u"https://app.example/back?a=b&c=d"_s);
    QVERIFY(attempt.nonce.size() == 43 && attempt.verifier.size() == 43 && attempt.nonce != attempt.verifier);
    const QByteArray url = authorizationUrl(provider, metadata, attempt, "st~1");
    QVERIFY(url.startsWith(metadata.authorizationEndpoint + '?'));
    const QUrlQuery asked(QUrl::fromEncoded(url));
    const auto value = [&asked](const QString &name) { return asked.queryItemValue(name, QUrl::FullyDecoded); };
    QCOMPARE(value(u"response_type"_s), u"code"_s);
    QCOMPARE(value(u"client_id"_s), QString(LyingProvider::clientId));
    QCOMPARE(value(u"redirect_uri"_s), attempt.callback);
    QCOMPARE(value(u"scope"_s), u"openid email profile"_s);
    QCOMPARE(value(u"state"_s), u"st~1"_s);
    QCOMPARE(value(u"nonce"_s), QString::fromLatin1(attempt.nonce));
    QCOMPARE(value(u"code_challenge_method"_s), u"S256"_s);
    QVERIFY(!url.contains(attempt.verifier));
    metadata.authorizationEndpoint += "?tenant=1";
    QVERIFY(authorizationUrl(provider, metadata, attempt, "s").startsWith(metadata.authorizationEndpoint + "&response_type=code"));
}

QTEST_GUILESS_MAIN(TestFederation)
#include "TestFederation.moc"
