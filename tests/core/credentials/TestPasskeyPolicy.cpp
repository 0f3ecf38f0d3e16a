#include "core/config/Settings.h"
#include "core/credentials/PasskeyPolicy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestPasskeyPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults_areForDevelopment();
    void settings_decide_data();
    void settings_decide();
    void page_mayAsk_data();
    void page_mayAsk();
    void warnings_sayWhatBrowsersRefuse_data();
    void warnings_sayWhatBrowsersRefuse();
};

static Settings settingsOf(const QStringList &assignments) { return Settings::load(readCommandLine(assignments)).value(); }

void TestPasskeyPolicy::defaults_areForDevelopment()
{
    const PasskeyPolicy policy = PasskeyPolicy::from(Settings());
    QVERIFY(policy.isOn());
    QCOMPARE(policy.rpId, u"localhost"_s);
    QCOMPARE(policy.rpName, u"Warder"_s);
    QCOMPARE(policy.origins, QStringList {u"http://localhost:3000"_s}); // no address
    QCOMPARE(policy.challengeLife, Seconds {300});
    QCOMPARE(PasskeyPolicy::warnings(Settings()), QStringList());
}

void TestPasskeyPolicy::settings_decide_data()
{
    QTest::addColumn<QStringList>("settings");
    QTest::addColumn<QString>("rpId");
    QTest::addColumn<QStringList>("origins");
    QTest::addColumn<bool>("isOn");
    const QString allowed = u"http.allowed_origins="_s;
    QTest::newRow("host of the first page") << QStringList {allowed + u"https://app.example.com,https://www.example.com"_s}
                                            << u"app.example.com"_s << QStringList {u"https://app.example.com"_s} << true;
    QTest::newRow("a domain above the pages")
        << QStringList {allowed + u"https://app.example.com,https://www.example.com:8443,https://other.example"_s,
                        u"passkeys.rp_id=example.com"_s}
        << u"example.com"_s << QStringList {u"https://app.example.com"_s, u"https://www.example.com:8443"_s} << true;
    QTest::newRow("pages of their own") << QStringList {allowed + u"https://app.example.com"_s,
                                                        u"passkeys.origins=https://id.example.com"_s}
                                        << u"id.example.com"_s << QStringList {u"https://id.example.com"_s} << true;
    QTest::newRow("an app, too") << QStringList {u"passkeys.rp_id=example.com"_s,
                                                 u"passkeys.origins=https://example.com,android:apk-key-hash:"_s + QString(43, u'A')}
                                 << u"example.com"_s
                                 << QStringList {u"https://example.com"_s, u"android:apk-key-hash:"_s + QString(43, u'A')} << true;
    QTest::newRow("without TLS") << QStringList {allowed + u"http://app.example.com"_s} << QString() << QStringList() << false;
    QTest::newRow("addresses") << QStringList {allowed + u"https://192.0.2.1,https://[2001:db8::1]"_s} << QString() << QStringList()
                               << false;
    QTest::newRow("an international name") << QStringList {allowed + u"https://xn--bcher-kva.example"_s} << u"xn--bcher-kva.example"_s
                                           << QStringList {u"https://xn--bcher-kva.example"_s} << true;
    QTest::newRow("no pages") << QStringList {allowed} << QString() << QStringList() << false;
    QTest::newRow("turned off") << QStringList {u"passkeys.enabled=false"_s} << u"localhost"_s << QStringList {u"http://localhost:3000"_s}
                                << false;
}

void TestPasskeyPolicy::settings_decide()
{
    QFETCH(QStringList, settings);
    QFETCH(QString, rpId);
    QFETCH(QStringList, origins);
    const PasskeyPolicy policy = PasskeyPolicy::from(settingsOf(settings));
    QCOMPARE(policy.rpId, rpId);
    QCOMPARE(policy.origins, origins);
    QTEST(policy.isOn(), "isOn");
}

void TestPasskeyPolicy::page_mayAsk_data()
{
    QTest::addColumn<QString>("rpId");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("may");
    QTest::newRow("its host") << u"example.com"_s << u"https://example.com"_s << true;
    QTest::newRow("below it") << u"example.com"_s << u"https://a.b.example.com:8443"_s << true;
    QTest::newRow("an international name") << u"xn--bcher-kva.example"_s << u"https://app.xn--bcher-kva.example"_s << true;
    QTest::newRow("above it") << u"app.example.com"_s << u"https://example.com"_s << false;
    QTest::newRow("ends alike") << u"example.com"_s << u"https://badexample.com"_s << false;
    QTest::newRow("begins alike") << u"example.com"_s << u"https://example.com.evil.example"_s << false;
    QTest::newRow("without TLS") << u"example.com"_s << u"http://example.com"_s << false;
    QTest::newRow("here, without TLS") << u"localhost"_s << u"http://localhost:3000"_s << true;
    QTest::newRow("below here") << u"app.localhost"_s << u"http://app.localhost:3000"_s << true;
    QTest::newRow("this machine's address") << u"localhost"_s << u"http://127.0.0.1:3000"_s << false;
    QTest::newRow("a packaged app") << u"localhost"_s << u"capacitor://localhost"_s << false;
}

void TestPasskeyPolicy::page_mayAsk()
{
    QFETCH(QString, rpId);
    QFETCH(QString, origin);
    QTEST(mayAskFor(rpId, origin), "may");
}

void TestPasskeyPolicy::warnings_sayWhatBrowsersRefuse_data()
{
    QTest::addColumn<QStringList>("settings");
    QTest::addColumn<QStringList>("words"); // one for each warning
    const QString allowed = u"http.allowed_origins=https://app.example.com"_s;
    QTest::newRow("nothing set") << QStringList {u"http.allowed_origins=http://intranet"_s} << QStringList();
    QTest::newRow("right") << QStringList {allowed, u"passkeys.rp_id=example.com"_s} << QStringList();
    QTest::newRow("another domain") << QStringList {allowed, u"passkeys.rp_id=other.example"_s}
                                    << QStringList {u"passkeys.rp_id = other.example: no page"_s};
    QTest::newRow("one of two pages") << QStringList {u"passkeys.rp_id=example.com"_s,
                                                      u"passkeys.origins=https://example.com,https://shop.example"_s}
                                      << QStringList {u"https://shop.example"_s};
    QTest::newRow("no page that may") << QStringList {u"passkeys.origins=http://app.example.com"_s}
                                      << QStringList {u"passkeys.origins holds no page"_s};
    QTest::newRow("turned off") << QStringList {allowed, u"passkeys.rp_id=other.example"_s, u"passkeys.enabled=false"_s} << QStringList();
}

void TestPasskeyPolicy::warnings_sayWhatBrowsersRefuse()
{
    QFETCH(QStringList, settings);
    QFETCH(QStringList, words);
    const QStringList warnings = PasskeyPolicy::warnings(settingsOf(settings));
    QCOMPARE(warnings.size(), words.size());
    for (qsizetype i = 0; i < words.size(); ++i)
        QVERIFY2(warnings[i].contains(words[i]), qPrintable(warnings[i]));
}

QTEST_GUILESS_MAIN(TestPasskeyPolicy)
#include "TestPasskeyPolicy.moc"
