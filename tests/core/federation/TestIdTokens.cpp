#include "core/crypto/CryptoLibraries.h"
#include "core/federation/IdToken.h"
#include "tests/support/FakeClock.h"
#include "tests/support/LyingProvider.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

using enum SignatureAlgorithm;

const QString issuer = u"https://id.example"_s;
const QByteArray nonce = "n-0S6_WzA2Mj";

qint64 seconds(TimePoint at) { return std::chrono::floor<Seconds>(at).time_since_epoch().count(); }

} // namespace

/// An id_token is judged by itself: no server, no database.
class TestIdTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void times_areAMinuteApart_data();
    void times_areAMinuteApart();
    void expectation_isCompared_data();
    void expectation_isCompared();
    void emptyNonce_isNobodys();
    void oneKeyOfEachAlgorithm_isTold();
    void keyOfBothRsaAlgorithms_servesBoth();
    void newKey_isWorthALook_data();
    void newKey_isWorthALook();
    void everyChangedCharacter_isRefused();
    void headers_areCompared_data();
    void headers_areCompared();
    void refusals_areSentences();

private:
    QJsonObject claims() const
    {
        return {{u"iss"_s, issuer},
                {u"sub"_s, u"u1"_s},
                {u"aud"_s, u"warder"_s},
                {u"iat"_s, seconds(m_clock.now())},
                {u"exp"_s, seconds(m_clock.now()) + 300},
                {u"nonce"_s, QString::fromLatin1(nonce)}};
    }
    QByteArray token(SignatureAlgorithm algorithm = ES256) const
    {
        return LyingProvider::signedBy(*LyingProvider::key(algorithm), LyingProvider::kidOf(algorithm), claims());
    }
    ProviderKeys keys(const QList<SignatureAlgorithm> &algorithms = {ES256, EdDSA}) const
    {
        QJsonArray set;
        for (const SignatureAlgorithm algorithm : algorithms)
            set += LyingProvider::jwk(algorithm, LyingProvider::kidOf(algorithm));
        return ProviderKeys::read({{u"keys"_s, set}});
    }
    IdTokenExpectation expected(Milliseconds later = {}) const
    {
        return {.metadata = m_metadata, .clientId = u"warder"_s, .nonce = nonce, .now = m_clock.now() + later};
    }

    CryptoLibraries m_libraries;
    FakeClock m_clock;
    const ProviderMetadata m_metadata {.issuer = issuer};
};

void TestIdTokens::times_areAMinuteApart_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<qint64>("offset"); // of the claim, from the time of its issue
    QTest::addColumn<qint64>("laterMs");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("at once") << u"iat"_s << qint64(0) << qint64(0) << true;
    QTest::newRow("a minute before it was issued") << u"iat"_s << qint64(60) << qint64(0) << true;
    QTest::newRow("a moment more than that") << u"iat"_s << qint64(60) << qint64(-1) << false;
    QTest::newRow("ten minutes old") << u"iat"_s << qint64(-600) << qint64(0) << true;
    QTest::newRow("a moment older") << u"iat"_s << qint64(-600) << qint64(1) << false;
    QTest::newRow("expired, less than a minute ago") << u"exp"_s << qint64(0) << qint64(59'999) << true;
    QTest::newRow("expired a minute ago") << u"exp"_s << qint64(0) << qint64(60'000) << false;
    QTest::newRow("good in a minute") << u"nbf"_s << qint64(60) << qint64(0) << true;
    QTest::newRow("good in more than a minute") << u"nbf"_s << qint64(61) << qint64(0) << false;
}

void TestIdTokens::times_areAMinuteApart()
{
    QFETCH(const QString, claim);
    QFETCH(const qint64, offset);
    QFETCH(const qint64, laterMs);
    QJsonObject its = claims();
    its.insert(claim, seconds(m_clock.now()) + offset);
    const QByteArray made = LyingProvider::signedBy(*LyingProvider::key(ES256), u"e1"_s, its);
    QTEST(verifyIdToken(made, keys(), expected(Milliseconds {laterMs})).has_value(), "isGood");
}

void TestIdTokens::expectation_isCompared_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("as it was asked") << issuer << u"warder"_s << nonce << true;
    QTest::newRow("of another issuer") << u"https://id2.example"_s << u"warder"_s << nonce << false;
    QTest::newRow("of one that is written otherwise") << u"https://ID.example"_s << u"warder"_s << nonce << false;
    QTest::newRow("for another client") << issuer << u"Warder"_s << nonce << false;
    QTest::newRow("for another question") << issuer << u"warder"_s << nonce.chopped(1) << false;
}

void TestIdTokens::expectation_isCompared()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QByteArray, question);
    const ProviderMetadata metadata {.issuer = from};
    const IdTokenExpectation its {.metadata = metadata, .clientId = to, .nonce = question, .now = m_clock.now()};
    QTEST(verifyIdToken(token(), keys(), its).has_value(), "isGood");
}

/// An attempt that lost its nonce answers for nobody who has none.
void TestIdTokens::emptyNonce_isNobodys()
{
    QJsonObject its = claims();
    its.remove("nonce"_L1);
    const QByteArray made = LyingProvider::signedBy(*LyingProvider::key(ES256), u"e1"_s, its);
    QVERIFY(!verifyIdToken(made, keys(), {.metadata = m_metadata, .clientId = u"warder"_s, .nonce = {}, .now = m_clock.now()}));
}

void TestIdTokens::oneKeyOfEachAlgorithm_isTold()
{
    for (const SignatureAlgorithm algorithm : {ES256, EdDSA}) {
        const QByteArray made = LyingProvider::signedBy(*LyingProvider::key(algorithm), QString(), claims());
        QVERIFY(verifyIdToken(made, keys(), expected()));
    }
    QCOMPARE(keys().algorithms(), (QStringList {u"ES256"_s, u"EdDSA"_s}));
    QVERIFY(ProviderKeys::read({}).isEmpty());
}

/// One that says nothing of its algorithm (Microsoft's, RFC 7517 §4.4).
void TestIdTokens::keyOfBothRsaAlgorithms_servesBoth()
{
    QJsonObject jwk = LyingProvider::jwk(RS256, u"r1"_s);
    jwk.remove("alg"_L1);
    jwk.remove("use"_L1);
    const ProviderKeys both = ProviderKeys::read({{u"keys"_s, QJsonArray {jwk}}});
    QCOMPARE(both.algorithms(), (QStringList {u"RS256"_s, u"PS256"_s}));
    const auto probabilistic = KeyMaterial::fromPrivate(PS256, LyingProvider::key(RS256)->toPrivate()).value();
    QVERIFY(verifyIdToken(token(RS256), both, expected()));
    QVERIFY(verifyIdToken(LyingProvider::signedBy(*probabilistic, u"r1"_s, claims()), both, expected()));
}

void TestIdTokens::newKey_isWorthALook_data()
{
    QTest::addColumn<QByteArray>("made");
    QTest::addColumn<bool>("isWorth");
    const auto stranger = KeyMaterial::generate(ES256).value();
    QTest::newRow("a key that is unknown") << LyingProvider::signedBy(*stranger, u"new"_s, claims()) << true;
    QTest::newRow("a key of a known name") << LyingProvider::signedBy(*stranger, u"e1"_s, claims()) << true;
    QTest::newRow("no name") << LyingProvider::signedBy(*LyingProvider::key(PS256), QString(), claims()) << true;
    QTest::newRow("no algorithm of ours") << LyingProvider::signedBy(*stranger, QJsonObject {{u"alg"_s, u"ES384"_s}}, claims()) << false;
    QTest::newRow("no token") << "x"_ba << false;
    QJsonObject old = claims();
    old.insert("exp"_L1, 1);
    QTest::newRow("signed, and over") << LyingProvider::signedBy(*LyingProvider::key(ES256), u"e1"_s, old) << false;
}

void TestIdTokens::newKey_isWorthALook()
{
    QFETCH(const QByteArray, made);
    const auto read = verifyIdToken(made, keys(), expected());
    QVERIFY(!read);
    QTEST(read.error().mayHaveNewKey, "isWorth");
}

void TestIdTokens::everyChangedCharacter_isRefused()
{
    const QByteArray good = token();
    const ProviderKeys known = keys();
    QVERIFY(verifyIdToken(good, known, expected()));
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray changed = good;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        QVERIFY2(!verifyIdToken(changed, known, expected()), qPrintable(QString::number(at)));
    }
}

void TestIdTokens::headers_areCompared_data()
{
    QTest::addColumn<QJsonObject>("header");
    QTest::addColumn<bool>("isGood");
    const auto header = [](const QString &name, const QJsonValue &value) {
        QJsonObject all {{u"alg"_s, u"ES256"_s}, {u"kid"_s, u"e1"_s}};
        all.insert(name, value);
        return all;
    };
    QTest::newRow("typ JWT") << header(u"typ"_s, u"JWT"_s) << true;
    QTest::newRow("typ of a logout token") << header(u"typ"_s, u"logout+jwt"_s) << false;
    QTest::newRow("typ in capitals") << header(u"typ"_s, u"AT+JWT"_s) << false;
    QTest::newRow("alg in small letters") << header(u"alg"_s, u"es256"_s) << false;
    QTest::newRow("alg of another of its keys") << header(u"alg"_s, u"EdDSA"_s) << false;
    QTest::newRow("kid is a number") << header(u"kid"_s, 1) << false;
    QTest::newRow("kid is null") << header(u"kid"_s, QJsonValue::Null) << false;
    QTest::newRow("kid is empty, and names none") << header(u"kid"_s, QString()) << false;
    QTest::newRow("where its keys are said to be") << header(u"jku"_s, u"https://evil.example/jwks"_s) << true; // and not looked at
    QTest::newRow("crit, empty") << header(u"crit"_s, QJsonArray()) << false;
}

void TestIdTokens::headers_areCompared()
{
    QFETCH(const QJsonObject, header);
    QTEST(verifyIdToken(LyingProvider::signedBy(*LyingProvider::key(ES256), header, claims()), keys(), expected()).has_value(), "isGood");
}

/// What a stranger's server wrote does not spoil the log.
void TestIdTokens::refusals_areSentences()
{
    QJsonObject its = claims();
    its.insert("iss"_L1, u"\x1b[31m"_s + QString(5000, u'x') + u"\n\u202e"_s);
    const auto read = verifyIdToken(LyingProvider::signedBy(*LyingProvider::key(ES256), u"e1"_s, its), keys(), expected());
    const QString &sentence = read.error().sentence;
    QVERIFY2(sentence.size() < 250, qPrintable(sentence));
    QVERIFY(!sentence.contains(QChar(0x1b)) && !sentence.contains(u'\n') && !sentence.contains(QChar(0x202e)));
}

QTEST_GUILESS_MAIN(TestIdTokens)
#include "TestIdTokens.moc"
