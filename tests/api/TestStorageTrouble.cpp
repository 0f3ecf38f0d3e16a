#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What clients are told while the database is locked, full or damaged.
class TestStorageTrouble : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void lockedByAnother_isBusy_andReadersGoOn();
    void fullDisk_isBusy();
    void damage_isOurFault();

private:
    void isRefused(const ClientResponse &answer, const QByteArray &retryAfter) const;

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_pair;
};

void TestStorageTrouble::init()
{
    m_server = std::make_unique<ApiServer>();
    m_pair = m_server->join(u"ann@example.com"_s);
}

void TestStorageTrouble::isRefused(const ClientResponse &answer, const QByteArray &retryAfter) const
{
    QCOMPARE(answer.status(), 503);
    QCOMPARE(answer.header("retry-after"), retryAfter);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Service Unavailable"_s}, {u"code"_s, u"storage_unavailable"_s}}));
    QVERIFY(answer.headers("set-cookie").isEmpty());
}

void TestStorageTrouble::lockedByAnother_isBusy_andReadersGoOn()
{
    const QByteArrayList ann {bearer(m_pair["access_token"_L1])};
    const QJsonObject token {{u"refresh_token"_s, m_pair["refresh_token"_L1]}};
    DbConnection other(m_server->folder() + u"/warder.db"_s, DbConnection::Access::ReadWrite);
    other.execute(u"BEGIN IMMEDIATE"_s).value();
    isRefused(m_server->join(u"bob@example.com"_s), "1");
    for (int i = 0; i < 40; ++i) // more than there are lanes
        isRefused(m_server->client().post("/refresh", token), "1");
    QCOMPARE(m_server->client().get("/me", ann).status(), 200);
    QCOMPARE(m_server->client().get("/me/sessions", ann).status(), 200);
    QCOMPARE(m_server->client().get("/session", ann).status(), 200);
    other.execute(u"ROLLBACK"_s).value();
    QCOMPARE(m_server->client().post("/refresh", token).status(), 200);
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
}

void TestStorageTrouble::fullDisk_isBusy()
{
    QVERIFY(m_server->world.database->write([](DbConnection &connection) -> Result<int> {
        return connection.execute(u"PRAGMA max_page_count=1"_s).transform([] { return 0; });
    }));
    ClientResponse answer;
    for (int i = 0; i < 500 && answer.status() != 503; ++i) // until the pages there are have been filled
        answer = m_server->login(u"ann@example.com"_s);
    isRefused(answer, "10");
    QCOMPARE(m_server->client().get("/me", {bearer(m_pair["access_token"_L1])}).status(), 200);
}

void TestStorageTrouble::damage_isOurFault()
{
    QVERIFY(m_server->world.database->write(
        [](DbConnection &connection) -> Result<int> { return connection.execute(u"DROP TABLE sessions"_s).transform([] { return 0; }); }));
    const auto answer = m_server->login(u"ann@example.com"_s);
    QCOMPARE(answer.status(), 500);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Internal Server Error"_s}, {u"code"_s, u"storage_failure"_s}}));
}

QTEST_GUILESS_MAIN(TestStorageTrouble)
#include "TestStorageTrouble.moc"
