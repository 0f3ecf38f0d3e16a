#include "core/http/filters/Origins.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestOrigins : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void origin_isJudged_data();
    void origin_isJudged();
    void fetchSite_countsOnlyWithoutOrigin_data();
    void fetchSite_countsOnlyWithoutOrigin();
    void credentials_areAllowedOnlyForOurOrigins_data();
    void credentials_areAllowedOnlyForOurOrigins();
};

namespace {

const Origins &ours()
{
    static const Origins origins({u"http://localhost:3000"_s, u"https://App.example.com"_s});
    return origins;
}

QHttpHeaders with(const QByteArray &name, const QByteArray &value)
{
    QHttpHeaders headers;
    headers.append("Host", "api.example.com");
    if (!value.isNull())
        headers.append(name, value);
    return headers;
}

} // namespace

void TestOrigins::origin_isJudged_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<OriginVerdict>("verdict");
    const auto allowed = OriginVerdict::Allowed;
    const auto foreign = OriginVerdict::Foreign;
    QTest::newRow("none") << QByteArray() << OriginVerdict::NotABrowser;
    QTest::newRow("allowed") << "http://localhost:3000"_ba << allowed;
    QTest::newRow("allowed, in capitals") << "https://APP.EXAMPLE.COM"_ba << allowed;
    QTest::newRow("our own") << "https://api.example.com"_ba << allowed;
    QTest::newRow("our own name without TLS") << "http://api.example.com"_ba << foreign;
    QTest::newRow("another port") << "http://localhost:3001"_ba << foreign;
    QTest::newRow("another scheme") << "https://localhost:3000"_ba << foreign;
    QTest::newRow("a name that begins like ours") << "http://localhost:3000.evil.example"_ba << foreign;
    QTest::newRow("a name that ends like ours") << "https://evilapp.example.com"_ba << foreign;
    QTest::newRow("a subdomain of ours") << "https://x.app.example.com"_ba << foreign;
    QTest::newRow("with a path") << "http://localhost:3000/"_ba << foreign;
    QTest::newRow("null, as sandboxed frames send") << "null"_ba << foreign;
    QTest::newRow("empty") << ""_ba << foreign;
    QTest::newRow("wildcard") << "*"_ba << foreign;
    QTest::newRow("two") << "http://localhost:3000, http://evil.example"_ba << foreign;
}

void TestOrigins::origin_isJudged()
{
    QFETCH(QByteArray, origin);
    QTEST(ours().judge(with("Origin", origin), true), "verdict");
}

void TestOrigins::fetchSite_countsOnlyWithoutOrigin_data()
{
    QTest::addColumn<QByteArray>("site");
    QTest::addColumn<OriginVerdict>("verdict");
    QTest::newRow("same origin") << "same-origin"_ba << OriginVerdict::Allowed;
    QTest::newRow("typed by the person") << "none"_ba << OriginVerdict::Allowed;
    QTest::newRow("same site") << "same-site"_ba << OriginVerdict::Foreign;
    QTest::newRow("cross site") << "cross-site"_ba << OriginVerdict::Foreign;
    QTest::newRow("unknown word") << "friendly"_ba << OriginVerdict::Foreign;
    QTest::newRow("empty") << ""_ba << OriginVerdict::Foreign;
}

void TestOrigins::fetchSite_countsOnlyWithoutOrigin()
{
    QFETCH(QByteArray, site);
    QHttpHeaders headers = with("Sec-Fetch-Site", site);
    QTEST(ours().judge(headers, true), "verdict");
    headers.append("Origin", "http://evil.example");
    QCOMPARE(ours().judge(headers, true), OriginVerdict::Foreign);
}

void TestOrigins::credentials_areAllowedOnlyForOurOrigins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("allowed") << "http://localhost:3000"_ba << true;
    QTest::newRow("foreign") << "http://evil.example"_ba << false;
    QTest::newRow("null") << "null"_ba << false;
    QTest::newRow("none") << QByteArray() << false;
}

void TestOrigins::credentials_areAllowedOnlyForOurOrigins()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    QHttpHeaders answer;
    ours().addTo(answer, with("Origin", origin));
    ours().addPreflightTo(answer, with("Origin", origin), "GET, HEAD");
    QVERIFY(answer.combinedValue("Vary").contains("Origin"));
    QCOMPARE(answer.value("Access-Control-Allow-Origin").toByteArray(), allowed ? origin : QByteArray());
    QCOMPARE(answer.contains("Access-Control-Allow-Credentials"), allowed);
    QCOMPARE(answer.contains("Access-Control-Allow-Methods"), allowed);
    QCOMPARE(answer.contains("Access-Control-Max-Age"), allowed);
}

QTEST_GUILESS_MAIN(TestOrigins)
#include "TestOrigins.moc"
