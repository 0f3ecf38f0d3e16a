#include "tests/support/FederationWorld.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// "good Keys", …
QStringList outcomesOf(const QList<ProviderCheckStep> &steps)
{
    QStringList texts;
    for (const ProviderCheckStep &step : steps)
        texts += nameOf(step.outcome) + u' ' + step.subject;
    return texts;
}

} // namespace

/// What an admin is told of a provider that was set up, rightly or not.
class TestProviderCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void steps_sayWhatIsWrong_data();
    void steps_sayWhatIsWrong();
    void documents_areReadAnew();
    void secrets_areNotSaid();
};

void TestProviderCheck::steps_sayWhatIsWrong_data()
{
    QTest::addColumn<Lies>("lies");
    QTest::addColumn<QStringList>("outcomes");
    QTest::addColumn<QString>("says"); // the last of them
    const QString document = u"good Discovery document"_s;
    const QString keys = u"good Keys"_s;
    QTest::newRow("nothing") << Lies {} << QStringList {document, keys, u"good Client"_s} << u"it knows the client"_s;
    QTest::newRow("no document") << Lies {.documentStatus = 404} << QStringList {u"bad Discovery document"_s} << u"status 404"_s;
    QTest::newRow("of another issuer") << Lies {.discovery = {{u"issuer"_s, u"https://other.example"_s}}}
                                       << QStringList {u"bad Discovery document"_s} << u"of the issuer “https://other.example”"_s;
    QTest::newRow("no keys for us") << Lies {.keys = QJsonArray()} << QStringList {document, u"bad Keys"_s, u"good Client"_s}
                                    << u"it knows the client"_s;
    QTest::newRow("knows all scopes") << Lies {.discovery = {{u"scopes_supported"_s,
                                                              QJsonArray {u"openid"_s, u"email"_s, u"profile"_s, u"phone"_s}}}}
                                      << QStringList {document, keys, u"good Scopes"_s, u"good Client"_s} << u"it knows the client"_s;
    QTest::newRow("knows not all scopes") << Lies {.discovery = {{u"scopes_supported"_s, QJsonArray {u"openid"_s}}}}
                                          << QStringList {document, keys, u"doubtful Scopes"_s, u"good Client"_s}
                                          << u"it knows the client"_s;
    QTest::newRow("does not know the client") << Lies {.tokenAnswer = R"({"error":"invalid_client"})", .tokenStatus = 401}
                                              << QStringList {document, keys, u"bad Client"_s} << u"does not know the client"_s;
    QTest::newRow("another callback") << Lies {.tokenAnswer = R"({"error":"redirect_uri_mismatch"})", .tokenStatus = 400}
                                      << QStringList {document, keys, u"bad Client"_s}
                                      << u"the callback “%1” is not registered"_s.arg(LyingProvider::callback);
    QTest::newRow("says something else") << Lies {.tokenAnswer = R"({"error":"temporarily_unavailable"})", .tokenStatus = 503}
                                         << QStringList {document, keys, u"doubtful Client"_s} << u"cannot be told"_s;
    QTest::newRow("answers nonsense") << Lies {.tokenAnswer = "hello", .tokenStatus = 500} << QStringList {document, keys, u"bad Client"_s}
                                      << u"status 500"_s;
    QTest::newRow("takes any code") << Lies {.tokenAnswer = R"({"access_token":"a","token_type":"bearer","id_token":"a.b.c"})"}
                                    << QStringList {document, keys, u"bad Client"_s} << u"do not use it"_s;
}

void TestProviderCheck::steps_sayWhatIsWrong()
{
    QFETCH(const Lies, lies);
    QFETCH(const QString, says);
    FederationWorld w;
    w.provider.lie(lies);
    const auto steps = w.federation.check(w.provider.provider(), LyingProvider::secretBytes(), w.clock.now());
    QTEST(outcomesOf(steps), "outcomes");
    QVERIFY2(steps.last().sentence.contains(says), qPrintable(steps.last().sentence));
}

/// An admin who repaired something looks at once.
void TestProviderCheck::documents_areReadAnew()
{
    FederationWorld w;
    const auto outcomes = [&w] {
        return outcomesOf(w.federation.check(w.provider.provider(), LyingProvider::secretBytes(), w.clock.now()));
    };
    w.provider.lie({.documentStatus = 404});
    QCOMPARE(outcomes(), QStringList {u"bad Discovery document"_s});
    w.provider.lie({});
    QCOMPARE(outcomes().size(), 3);
    QVERIFY(w.signIn());
    QCOMPARE(w.askedFor("/.well-known/openid-configuration"), 2);
}

void TestProviderCheck::secrets_areNotSaid()
{
    FederationWorld w;
    Provider apple = w.provider.provider(ProviderKind::Apple);
    const auto steps =
        w.federation.check(apple, SecretBytes("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"_ba), w.clock.now());
    QCOMPARE(outcomesOf(steps).last(), u"bad Client"_s);
    QVERIFY2(!steps.last().sentence.contains("c2VjcmV0"_L1), qPrintable(steps.last().sentence));
    QCOMPARE(w.askedFor("/token"), 0);
}

QTEST_GUILESS_MAIN(TestProviderCheck)
#include "TestProviderCheck.moc"
