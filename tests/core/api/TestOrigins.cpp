#include "core/api/filters/Origins.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestOrigins : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void origin_isJudged_data();
    void origin_isJudged();
    void ownHost_isBelievedOnlyWhereNobodyCanForgeIt_data();
    void ownHost_isBelievedOnlyWhereNobodyCanForgeIt();
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

/// A page of http://evil.example:8000 whose name was made to point at this server (DNS rebinding) is of the same origin for the browser.
void TestOrigins::ownHost_isBelievedOnlyWhereNobodyCanForgeIt_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<bool>("believed");
    QTest::newRow("a foreign name") << "evil.example:8000"_ba << false << false;
    QTest::newRow("a foreign name over TLS, which needs its certificate") << "evil.example"_ba << true << true;
    QTest::newRow("a name of ours") << "auth.example.com:8000"_ba << false << true;
    QTest::newRow("a name of ours in capitals") << "Auth.Example.COM"_ba << false << true;
    QTest::newRow("a name below ours") << "x.auth.example.com"_ba << false << false;
    QTest::newRow("a name that ends like ours") << "evil-auth.example.com"_ba << false << false;
    QTest::newRow("localhost") << "localhost:8000"_ba << false << true;
    QTest::newRow("below localhost") << "app.localhost"_ba << false << true;
    QTest::newRow("almost localhost") << "localhost.evil.example"_ba << false << false;
    QTest::newRow("ends in localhost") << "evillocalhost"_ba << false << false;
    QTest::newRow("loopback") << "127.0.0.1:8000"_ba << false << true;
    QTest::newRow("IPv6 loopback") << "[::1]:8000"_ba << false << true;
    QTest::newRow("an address of the network") << "192.168.1.5:8000"_ba << false << true;
    QTest::newRow("a name that begins like an address") << "127.0.0.1.evil.example"_ba << false << false;
    QTest::newRow("a short form of an address") << "127.1"_ba << false << false;
}

void TestOrigins::ownHost_isBelievedOnlyWhereNobodyCanForgeIt()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, secure);
    QFETCH(bool, believed);
    const Origins origins({}, {u"auth.example.com"_s, QString()});
    QHttpHeaders page;
    page.append("Host", host);
    QHttpHeaders fetch = page;
    page.append("Origin", (secure ? "https://" : "http://") + host);
    fetch.append("Sec-Fetch-Site", "same-origin");
    QCOMPARE(origins.judge(page, secure), believed ? OriginVerdict::Allowed : OriginVerdict::Foreign);
    QCOMPARE(origins.judge(fetch, secure), believed ? OriginVerdict::Allowed : OriginVerdict::Foreign);
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
