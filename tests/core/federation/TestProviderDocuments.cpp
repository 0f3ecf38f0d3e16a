#include "tests/support/FederationWorld.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// Documents and keys of providers are kept for a while, and asked for again no more often than needed.
class TestProviderDocuments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<FederationWorld>(); }
    void cleanup() { m_w.reset(); }

    void documents_areKept_data();
    void documents_areKept();
    void failures_restForAMoment();
    void failures_takeNothingAway();
    void newKey_isFetchedOnce();
    void unknownKeys_areNotAskedForAgainAndAgain();
    void edits_areSeenAtOnce();
    void clockSetBack_readsAgain();
    void kept_areBounded();

private:
    int documents() const { return m_w->askedFor("/.well-known/openid-configuration"); }
    int keys() const { return m_w->askedFor("/jwks"); }
    /// From now on another key signs, and is the only one that is published.
    void changeKey() const
    {
        static const auto next = KeyMaterial::generate(SignatureAlgorithm::ES256).value();
        m_w->provider.lie({.keys = QJsonArray {LyingProvider::jwk(*next, u"next"_s)},
                           .idToken = [](const QJsonObject &claims) { return LyingProvider::signedBy(*next, u"next"_s, claims); }});
    }
    std::unique_ptr<FederationWorld> m_w;
};

void TestProviderDocuments::documents_areKept_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("documents");
    QTest::addColumn<int>("keys");
    QTest::newRow("at once") << 0 << 1 << 1;
    QTest::newRow("just before keys are old") << 599 << 1 << 1;
    QTest::newRow("keys are old") << 600 << 1 << 2;
    QTest::newRow("just before the document is old") << 3599 << 1 << 2;
    QTest::newRow("both are old") << 3600 << 2 << 2;
}

void TestProviderDocuments::documents_areKept()
{
    QFETCH(const int, seconds);
    QVERIFY(m_w->signIn());
    m_w->clock.advance(Seconds {seconds});
    QVERIFY(m_w->signIn());
    QTEST(documents(), "documents");
    QTEST(keys(), "keys");
}

void TestProviderDocuments::failures_restForAMoment()
{
    m_w->provider.lie({.documentStatus = 500});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_w->signIn().error().code, ErrorCode::ProviderError);
    QCOMPARE(documents(), 1);
    m_w->provider.lie({});
    QVERIFY(!m_w->signIn());
    m_w->clock.advance(Seconds {10});
    QVERIFY(m_w->signIn());
    QCOMPARE(documents(), 2);
}

/// Of keys that are good for another nine minutes while the provider does not answer.
void TestProviderDocuments::failures_takeNothingAway()
{
    QVERIFY(m_w->signIn());
    m_w->clock.advance(minutes {2});
    m_w->provider.lie({.idToken =
                           [](const QJsonObject &claims) {
                               return LyingProvider::signedBy(*LyingProvider::key(SignatureAlgorithm::RS256), u"unknown"_s, claims);
                           },
                       .documentStatus = 500});
    QVERIFY(!m_w->signIn()); // looked for the unknown key
    QCOMPARE(keys(), 2);
    m_w->provider.lie({});
    QVERIFY(m_w->signIn());
    QCOMPARE(documents(), 1);
}

void TestProviderDocuments::newKey_isFetchedOnce()
{
    QVERIFY(m_w->signIn());
    changeKey();
    QVERIFY(!m_w->signIn()); // looked a moment ago
    QCOMPARE(keys(), 1);
    m_w->clock.advance(minutes {1});
    QVERIFY(m_w->signIn());
    QCOMPARE(keys(), 2);
    QVERIFY(m_w->signIn());
    QCOMPARE(keys(), 2);
}

/// Whoever can make a provider send nonsense makes nobody ask it without end.
void TestProviderDocuments::unknownKeys_areNotAskedForAgainAndAgain()
{
    m_w->provider.lie({.idToken = [](const QJsonObject &claims) {
        return LyingProvider::signedBy(*LyingProvider::key(SignatureAlgorithm::RS256), u"unknown"_s, claims);
    }});
    QVERIFY(!m_w->signIn());
    m_w->clock.advance(minutes {1});
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_w->signIn().error().code, ErrorCode::ProviderError);
    QCOMPARE(keys(), 2);
}

void TestProviderDocuments::edits_areSeenAtOnce()
{
    QVERIFY(m_w->signIn());
    changeKey();
    QVERIFY(!m_w->signIn());
    m_w->federation.forget();
    QVERIFY(m_w->signIn());
    QCOMPARE(documents(), 2);
}

void TestProviderDocuments::clockSetBack_readsAgain()
{
    QVERIFY(m_w->signIn());
    m_w->clock.advance(-minutes {5});
    QVERIFY(m_w->signIn());
    QCOMPARE(documents(), 2);
    QCOMPARE(keys(), 2);
}

void TestProviderDocuments::kept_areBounded()
{
    const FederationPolicy policy {.allowsPrivate = true};
    ProviderDocuments kept(policy);
    const ProviderCalls calls(m_w->client, policy);
    ProviderMetadata metadata;
    const auto ask = [&](int number) {
        metadata.jwksUri = m_w->provider.issuer().toUtf8() + "/jwks?" + QByteArray::number(number);
        m_w->clock.advance(Milliseconds {1});
        return kept.keysOf(metadata, calls, m_w->clock.now()).has_value();
    };
    for (int i = 0; i <= ProviderDocuments::most; ++i)
        QVERIFY(ask(i));
    const int asked = keys();
    QCOMPARE(asked, int(ProviderDocuments::most) + 1);
    QVERIFY(ask(1));
    QCOMPARE(keys(), asked); // it is there still
    QVERIFY(ask(0));
    QCOMPARE(keys(), asked + 1); // the first was read first, and went
}

QTEST_GUILESS_MAIN(TestProviderDocuments)
#include "TestProviderDocuments.moc"
