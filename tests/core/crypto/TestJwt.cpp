#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Jwt.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

using enum SignatureAlgorithm;
using Key = std::shared_ptr<const KeyMaterial>;

const QByteArray header = R"({"alg":"ES256","kid":"k","typ":"JWT"})";
const QByteArray claims = R"({"sub":"42"})";

QByteArray joined(const QByteArray &head, const QByteArray &body, const QByteArray &signature = QByteArray(64, 's'))
{
    return toBase64Url(head) + '.' + toBase64Url(body) + '.' + toBase64Url(signature);
}

/// A token of any header and claims that really is signed by the key.
QByteArray signedWith(const KeyMaterial &key, const QByteArray &head, const QByteArray &body = claims)
{
    const QByteArray part = toBase64Url(head) + '.' + toBase64Url(body);
    return part + '.' + toBase64Url(key.sign(part));
}

bool isGood(const QByteArray &token, const KeyMaterial &key)
{
    const auto jwt = parseJwt(token);
    return jwt && isSignedBy(*jwt, key);
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sign_parsesAndVerifies_data();
    void sign_parsesAndVerifies();
    void parse_refusesHostileForms_data();
    void parse_refusesHostileForms();
    void parse_takes8KibAndNoMore();
    void parse_takesMoreOfStrangers();
    void kid_isAsExpected_data();
    void kid_isAsExpected();
    void parse_takesNothingForASignature();
    void verify_refusesEveryChangedCharacter();
    void verify_refusesAnotherAlgorithm_data();
    void verify_refusesAnotherAlgorithm();
    void verify_neverTakesThePublicKeyForASecret();
    void verify_ignoresKeysInTheHeader();
    void type_isThatOfTheHeader_data();
    void type_isThatOfTheHeader();

private:
    CryptoLibraries m_libraries;
};

void TestJwt::sign_parsesAndVerifies_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256})
        QTest::newRow(nameOf(algorithm).toLatin1().constData()) << algorithm;
}

void TestJwt::sign_parsesAndVerifies()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const Key key = KeyMaterial::generate(algorithm).value();
    const QJsonObject given {{u"sub"_s, u"42"_s},
                             {u"exp"_s, 1'795'449'600},
                             {u"email"_s, u"j\u00fcrgen@example.org"_s},
                             {u"nested"_s, QJsonObject {{u"a"_s, 1}}}};
    const QByteArray token = signJwt(jwtType::accessToken, given, u"key 7"_s, *key);
    const auto jwt = parseJwt(token);
    QVERIFY(jwt);
    QCOMPARE(jwt->claims, given);
    const QJsonObject expected {{u"alg"_s, nameOf(algorithm)}, {u"kid"_s, u"key 7"_s}, {u"typ"_s, u"at+jwt"_s}};
    QCOMPARE(jwt->header, expected);
    QCOMPARE(jwt->signedPart, token.first(token.lastIndexOf('.')));
    QVERIFY(isSignedBy(*jwt, *key));
    QVERIFY(!isSignedBy(*jwt, *KeyMaterial::generate(algorithm).value()));
}

void TestJwt::parse_refusesHostileForms_data()
{
    QTest::addColumn<QByteArray>("token");
    const auto head = [](const char *name, const QByteArray &text) { QTest::newRow(name) << joined(text, claims); };
    const auto body = [](const char *name, const QByteArray &text) { QTest::newRow(name) << joined(header, text); };
    const QByteArray good = joined(header, claims);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a dot") << "."_ba;
    QTest::newRow("two dots") << ".."_ba;
    QTest::newRow("one part") << good.first(good.indexOf('.'));
    QTest::newRow("two parts") << good.first(good.lastIndexOf('.'));
    QTest::newRow("four parts") << good + ".AAAA";
    QTest::newRow("an empty fourth part") << good + '.';
    QTest::newRow("five parts, as if encrypted") << good + ".AAAA.AAAA";
    QTest::newRow("an empty header") << good.sliced(good.indexOf('.'));
    QTest::newRow("no claims") << toBase64Url(header) + "..AAAA";
    QTest::newRow("padding") << toBase64Url(header) + '.' + "{\"sub\":42}"_ba.toBase64(QByteArray::Base64UrlEncoding) + ".AAAA";
    QTest::newRow("padding on the signature") << toBase64Url(header) + '.' + toBase64Url(claims) + ".AA==";
    QTest::newRow("stray bits in the signature") << toBase64Url(header) + '.' + toBase64Url(claims) + ".AB";
    QTest::newRow("the standard alphabet") << toBase64Url(header) + '.' + toBase64Url(claims) + ".++//";
    QTest::newRow("a blank before") << ' ' + good;
    QTest::newRow("a blank behind") << good + ' ';
    QTest::newRow("a line end") << good + '\n';
    QTest::newRow("NUL behind") << good + '\0';
    QTest::newRow("Bearer before") << "Bearer " + good;
    head("header is no JSON", "alg=ES256");
    head("header is an array", R"(["ES256"])");
    head("header is a string", R"("ES256")");
    head("header with a byte order mark", "\xef\xbb\xbf" + header);
    head("header with something behind", header + 'x');
    head("header twice", header + header);
    head("header without alg", R"({"kid":"k"})");
    head("alg is null", R"({"alg":null,"kid":"k"})");
    head("alg is an array", R"({"alg":["ES256"],"kid":"k"})");
    head("no kid", R"({"alg":"ES256"})");
    head("kid is a number", R"({"alg":"ES256","kid":7})");
    head("crit", R"({"alg":"ES256","kid":"k","crit":["exp"]})");
    head("an empty crit", R"({"alg":"ES256","kid":"k","crit":[]})");
    head("a null crit", R"({"alg":"ES256","kid":"k","crit":null})");
    head("unencoded payload", R"({"alg":"ES256","kid":"k","b64":false,"crit":["b64"]})");
    head("unencoded payload, as if it did not matter", R"({"alg":"ES256","kid":"k","b64":false})");
    head("alg twice", R"({"alg":"none","kid":"k","alg":"ES256"})");
    head("alg twice, once by escape", R"({"alg":"none","kid":"k","\u0061lg":"ES256"})");
    head("kid twice", R"({"alg":"ES256","kid":"a","kid":"k"})");
    head("twice, deeper in the header", R"({"alg":"ES256","kid":"k","jwk":{"x":1,"x":2}})");
    body("claims are no object", "[]");
    body("claims are no JSON", "sub");
    body("sub twice", R"({"sub":"42","sub":"1"})");
    body("twice, at depth", R"({"sub":"42","a":[{"b":{"c":1,"c":2}}]})");
    body("a comma too many", R"({"sub":"42",})");
    body("a comment", R"({"sub":"42"/**/})");
    body("single quotes", R"({'sub':'42'})");
    body("not a number", R"({"exp":NaN})");
    body("a number beyond doubles", R"({"exp":1e999})");
    body("a lone surrogate", R"({"sub":"\ud800"})");
    body("raw control character", "{\"sub\":\"4\n2\"}");
    body("overlong UTF-8", "{\"sub\":\"\xc0\xaf\"}");
    body("nested too deeply", QByteArray(R"({"a":)").repeated(500) + '1' + QByteArray(500, '}'));
}

void TestJwt::parse_refusesHostileForms()
{
    QFETCH(QByteArray, token);
    QVERIFY(parseJwt(joined(header, claims))); // what all of them are made from
    const auto jwt = parseJwt(token);
    QVERIFY(!jwt);
    QCOMPARE(jwt.error().code, ErrorCode::InvalidToken);
}

void TestJwt::parse_takes8KibAndNoMore()
{
    const auto ofSize = [](qsizetype size) {
        const QByteArray front = toBase64Url(header) + '.' + toBase64Url(claims) + '.';
        return front + QByteArray(size - front.size(), 'A');
    };
    const qsizetype limit = 8 * 1024;
    QVERIFY(parseJwt(ofSize(limit)) || parseJwt(ofSize(limit - 1))); // one of two lengths is base64's
    for (qsizetype more = 1; more < 5; ++more)
        QVERIFY(!parseJwt(ofSize(limit + more)));
    QVERIFY(!parseJwt(QByteArray(10'000'000, '.')));
}

/// A provider may name all the groups of somebody; what is beyond that is nobody's.
void TestJwt::parse_takesMoreOfStrangers()
{
    const auto parses = [](const QByteArray &body) {
        return std::pair(parseJwt(joined(header, body)).has_value(), parseJwt(joined(header, body), JwtKid::Named, foreignJwt).has_value());
    };
    const auto list = [](int size) { return "{\"a\":[" + QByteArray("1,").repeated(size - 1) + "1]}"; };
    const auto deep = [](int depth) { return QByteArray("{\"a\":").repeated(depth) + '1' + QByteArray(depth, '}'); };
    QCOMPARE(parses(claims), std::pair(true, true));
    QCOMPARE(parses(list(300)), std::pair(false, true));
    QCOMPARE(parses(list(3000)), std::pair(false, false));
    QCOMPARE(parses(deep(6)), std::pair(false, true));
    QCOMPARE(parses(deep(12)), std::pair(false, false));
    QCOMPARE(parses("{\"a\":\"" + QByteArray(8000, 'x') + "\"}"), std::pair(false, true));
    QCOMPARE(parses("{\"a\":\"" + QByteArray(16'000, 'x') + "\"}"), std::pair(false, false));
}

void TestJwt::kid_isAsExpected_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("named");
    QTest::addColumn<bool>("none");
    QTest::addColumn<bool>("either");
    QTest::newRow("with one") << header << true << false << true;
    QTest::newRow("without") << R"({"alg":"ES256"})"_ba << false << true << true;
    QTest::newRow("one that is null") << R"({"alg":"ES256","kid":null})"_ba << false << false << false;
    QTest::newRow("one that is a number") << R"({"alg":"ES256","kid":7})"_ba << false << false << false;
    QTest::newRow("an empty one") << R"({"alg":"ES256","kid":""})"_ba << true << false << true;
}

void TestJwt::kid_isAsExpected()
{
    QFETCH(QByteArray, head);
    const QByteArray token = joined(head, claims);
    QTEST(parseJwt(token, JwtKid::Named).has_value(), "named");
    QTEST(parseJwt(token, JwtKid::None).has_value(), "none");
    QTEST(parseJwt(token, JwtKid::Either).has_value(), "either");
}

void TestJwt::parse_takesNothingForASignature()
{
    // Well-formed (RFC 7515 allows it), and no key of ours makes it.
    const QByteArray token = toBase64Url(header) + '.' + toBase64Url(claims) + '.';
    const auto jwt = parseJwt(token);
    QVERIFY(jwt && jwt->signature.isEmpty());
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256}) {
        const QByteArray own = "{\"alg\":\"" + nameOf(algorithm).toLatin1() + R"(","kid":"k"})";
        QVERIFY(!isGood(toBase64Url(own) + '.' + toBase64Url(claims) + '.', *KeyMaterial::generate(algorithm).value()));
    }
}

void TestJwt::verify_refusesEveryChangedCharacter()
{
    const Key key = KeyMaterial::generate(ES256).value();
    const QByteArray token = signedWith(*key, header);
    QVERIFY(isGood(token, *key));
    for (qsizetype at = 0; at < token.size(); ++at) {
        QByteArray changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        QVERIFY2(!isGood(changed, *key), qPrintable(QString::number(at)));
        QVERIFY(!isGood(token.first(at), *key));
    }
}

void TestJwt::verify_refusesAnotherAlgorithm_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("claimed");
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA, RS256, PS256, HS256}) {
        for (const QByteArray &claimed :
             {"none"_ba, "None"_ba, "NONE"_ba, ""_ba, "ES256"_ba, "EdDSA"_ba, "RS256"_ba, "HS256"_ba, "PS256"_ba, "es256"_ba}) {
            if (nameOf(algorithm).toLatin1() != claimed)
                QTest::addRow("%s key, alg %s", qPrintable(nameOf(algorithm)), claimed.constData()) << algorithm << claimed;
        }
    }
}

void TestJwt::verify_refusesAnotherAlgorithm()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(QByteArray, claimed);
    static std::map<SignatureAlgorithm, Key> keys;
    if (!keys.contains(algorithm))
        keys[algorithm] = KeyMaterial::generate(algorithm).value();
    const QByteArray head = "{\"alg\":\"" + claimed + R"(","kid":"k"})";
    QVERIFY(!isGood(signedWith(*keys[algorithm], head), *keys[algorithm])); // the key's own signature even
    QVERIFY(!isGood(toBase64Url(head) + '.' + toBase64Url(claims) + '.', *keys[algorithm]));
}

void TestJwt::verify_neverTakesThePublicKeyForASecret()
{
    // The oldest trick: sign with HMAC under the published key, whichever way it is written.
    const Key key = KeyMaterial::generate(RS256).value();
    const QByteArray head = R"({"alg":"HS256","kid":"k"})";
    for (const QByteArray &secret : {key->publicJwk()->value("n"_L1).toString().toLatin1(),
                                     fromBase64Url(key->publicJwk()->value("n"_L1).toString().toLatin1()).value()}) {
        const Key forger = KeyMaterial::fromPrivate(HS256, SecretBytes(secret)).value();
        QVERIFY(isGood(signedWith(*forger, head), *forger));
        QVERIFY(!isGood(signedWith(*forger, head), *key));
    }
}

void TestJwt::verify_ignoresKeysInTheHeader()
{
    const Key ours = KeyMaterial::generate(ES256).value();
    const Key theirs = KeyMaterial::generate(ES256).value();
    const QJsonObject head {
        {u"alg"_s, u"ES256"_s}, {u"kid"_s, u"k"_s}, {u"jwk"_s, *theirs->publicJwk()}, {u"jku"_s, u"https://example.org/jwks"_s}};
    const QByteArray token = signedWith(*theirs, QJsonDocument(head).toJson(QJsonDocument::Compact));
    QVERIFY(isGood(token, *theirs));
    QVERIFY(!isGood(token, *ours));
}

void TestJwt::type_isThatOfTheHeader_data()
{
    QTest::addColumn<QByteArray>("typ");
    QTest::addColumn<bool>("isAccessToken");
    QTest::newRow("RFC 9068") << R"(,"typ":"at+jwt")"_ba << true;
    QTest::newRow("its long form") << R"(,"typ":"application/at+jwt")"_ba << true;
    QTest::newRow("in capitals, as media types may be") << R"(,"typ":"AT+JWT")"_ba << true;
    QTest::newRow("none") << ""_ba << false;
    QTest::newRow("any JWT") << R"(,"typ":"JWT")"_ba << false;
    QTest::newRow("a refresh token") << R"(,"typ":"rt+jwt")"_ba << false;
    QTest::newRow("a logout token") << R"(,"typ":"logout+jwt")"_ba << false;
    QTest::newRow("a proof of possession") << R"(,"typ":"dpop+jwt")"_ba << false;
    QTest::newRow("a security event") << R"(,"typ":"secevent+jwt")"_ba << false;
    QTest::newRow("with a blank") << R"(,"typ":" at+jwt")"_ba << false;
    QTest::newRow("with more behind it") << R"(,"typ":"at+jwt;v=2")"_ba << false;
    QTest::newRow("twice the prefix") << R"(,"typ":"application/application/at+jwt")"_ba << false;
    QTest::newRow("another tree") << R"(,"typ":"text/at+jwt")"_ba << false;
    QTest::newRow("empty") << R"(,"typ":"")"_ba << false;
    QTest::newRow("an array") << R"(,"typ":["at+jwt"])"_ba << false;
    QTest::newRow("null") << R"(,"typ":null)"_ba << false;
}

void TestJwt::type_isThatOfTheHeader()
{
    QFETCH(QByteArray, typ);
    const auto jwt = parseJwt(joined(R"({"alg":"ES256","kid":"k")" + typ + '}', claims));
    QVERIFY(jwt);
    QTEST(isOfType(*jwt, jwtType::accessToken), "isAccessToken");
}

QTEST_GUILESS_MAIN(TestJwt)
#include "TestJwt.moc"
