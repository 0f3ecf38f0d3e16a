#include "core/accounts/Accounts.h"
#include "core/storage/Database.h"
#include "tests/support/ApiServer.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Whoever asks for a mail to an address learns nothing of whether it has an account: neither by what is written, which is counted, nor by
/// how long it takes, which is judged by ranks (Mann and Whitney, 1947), since a machine that is busy makes times of any size.
class TestKnownAddresses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        m_server.reset();
        m_statuses.clear();
    }

    void wish_writesTheSame_data() { routes(); }
    void wish_writesTheSame();
    void wish_takesTheSameTime_data() { routes(); }
    void wish_takesTheSameTime();
    void wrongPassword_takesTheSameTime_data();
    void wrongPassword_takesTheSameTime();
    void judge_seesADifference();

private:
    static constexpr int requests = 500;
    static inline const QStringList tables {u"users"_s,  u"sessions"_s,     u"credentials"_s,     u"challenges"_s,
                                            u"outbox"_s, u"audit_events"_s, u"sign_in_devices"_s, u"sign_in_addresses"_s};

    void start(bool isPrivate, const CorePolicies &policies = quickPolicies)
    {
        ApiOptions options {.world = policies};
        options.world.signIn.byMail = true;
        options.world.registration.isPrivate = isPrivate;
        m_server = std::make_unique<ApiServer>(options);
    }
    static void routes();
    /// What the writer changed on disk so far, in rows.
    qint64 rowsWritten() const
    {
        return m_server->world.database->write([](DbConnection &connection) { return connection.number(u"SELECT total_changes()"_s); })
            .value();
    }
    /// How much there is: of each table the rows, and the bytes of what waits.
    QStringList stock() const;
    /// Whether 500 requests about addresses that have an account take as long as 500 about others, and are all answered with `status`.
    void compareTimes(const QByteArray &path, QJsonObject (*bodyFor)(const QString &email), int status);
    std::chrono::nanoseconds timeOf(RawHttp &connection, const QByteArray &path, const QJsonObject &body);

    std::unique_ptr<ApiServer> m_server;
    QSet<int> m_statuses; ///< That timeOf() met.
};

namespace {

/// How probable it is that one of `a` took longer than one of `b`: 0.5 where neither does.
double chanceOfLonger(const QList<std::chrono::nanoseconds> &a, const QList<std::chrono::nanoseconds> &b)
{
    double longer = 0;
    for (const auto one : a) {
        for (const auto other : b)
            longer += one > other ? 1 : one == other ? 0.5 : 0;
    }
    return longer / double(a.size() * b.size());
}

/// Four standard deviations of what chance does among so many: one run in 16 000 is beyond by itself.
double farthestByChance(qsizetype each) { return 4 * std::sqrt(double(2 * each + 1) / (12.0 * double(each) * double(each))); }

QJsonObject bodyFor(const QString &email) { return {{u"email"_s, email}, {u"password"_s, password}}; }

QJsonObject wrongFor(const QString &email) { return {{u"email"_s, email}, {u"password"_s, u"a guess"_s}}; }

QString knownAddress(int i) { return u"known-%1@example.com"_s.arg(i % 20, 2, 10, QChar(u'0')); }
QString unknownAddress(int i) { return u"other-%1@example.com"_s.arg(i % 20, 2, 10, QChar(u'0')); }
QString thirdAddress(int i) { return u"third-%1@example.com"_s.arg(i, 2, 10, QChar(u'0')); }

} // namespace

void TestKnownAddresses::routes()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/forgot-password", "/request-verify-token", "/login/email", "/register"})
        QTest::newRow(path) << QByteArray(path);
}

QStringList TestKnownAddresses::stock() const
{
    DbConnection &reader = m_server->world.database->reader();
    QStringList counts;
    for (const QString &table : tables)
        counts += u"%1 %2"_s.arg(table).arg(reader.number(u"SELECT count(*) FROM "_s + table).value());
    counts += u"sealed %1"_s.arg(reader.number(u"SELECT sum(length(sealed)) FROM outbox"_s).value());
    counts += u"of challenges %1"_s.arg(reader.number(u"SELECT sum(length(data)) FROM challenges"_s).value());
    return counts;
}

void TestKnownAddresses::wish_writesTheSame()
{
    QFETCH(QByteArray, path);
    QList<qint64> written;
    QList<QStringList> stocks;
    for (const QString &email :
         {u"known-00@example.com"_s, u"other-00@example.com"_s, u"dan-disabled@example.com"_s, u"KNOWN-00@example.com"_s}) {
        start(path == "/register");
        m_server->world.add(u"known-00@example.com"_s);
        const Id dan = m_server->world.add(u"dan-disabled@example.com"_s).id;
        QVERIFY(m_server->world.changes.setDisabled(dan, true, u"test"_s, m_server->clock.now()));
        const qint64 before = rowsWritten();
        QCOMPARE(m_server->client().post(path, bodyFor(email)).status(), 202);
        written += rowsWritten() - before;
        stocks += stock();
    }
    QVERIFY(written.first() > 0);
    for (int i = 1; i < written.size(); ++i) {
        QCOMPARE(written[i], written.first());
        QCOMPARE(stocks[i].mid(0, tables.size()), stocks.first().mid(0, tables.size()));
    }
    QCOMPARE(stocks[1], stocks[0]); // addresses of one length: to the byte
}

std::chrono::nanoseconds TestKnownAddresses::timeOf(RawHttp &connection, const QByteArray &path, const QJsonObject &body)
{
    const QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
    const auto began = std::chrono::steady_clock::now();
    const auto answer = ApiClient::askOn(connection, "POST", path, {"Content-Type: application/json"}, json);
    const auto took = std::chrono::steady_clock::now() - began;
    m_statuses += answer.status();
    return took;
}

void TestKnownAddresses::wish_takesTheSameTime()
{
    QFETCH(QByteArray, path);
    start(path == "/register");
    compareTimes(path, bodyFor, 202);
}

/// Also the answer says the same: TestBruteForce.
void TestKnownAddresses::wrongPassword_takesTheSameTime_data()
{
    QTest::addColumn<bool>("isHeldBack");
    QTest::newRow("whose password is looked at") << false; // at a tenth of its real price
    QTest::newRow("who is held back") << true;             // as all are from where many accounts were tried
}

void TestKnownAddresses::wrongPassword_takesTheSameTime()
{
    QFETCH(bool, isHeldBack);
    start(false, isHeldBack ? quickPolicies : CorePolicies {.hashing = {.memoryKib = 4096, .iterations = 1}});
    if (isHeldBack)
        m_server->limiter().setRules(rulesOfBackoff());
    compareTimes("/login", wrongFor, isHeldBack ? 429 : 401);
}

void TestKnownAddresses::compareTimes(const QByteArray &path, QJsonObject (*bodyFor)(const QString &email), int status)
{
    for (int i = 0; i < 20; ++i)
        m_server->world.add(knownAddress(i));
    RawHttp connection(m_server->port());
    QList<std::chrono::nanoseconds> known;
    QList<std::chrono::nanoseconds> unknown;
    for (int i = 0; i < 100; ++i) // as many accounts as hold back whoever is held back
        (void)timeOf(connection, path, bodyFor(thirdAddress(i)));
    m_statuses.clear();
    for (int i = 0; i < requests; ++i) { // one beside the other, in turns: what else the machine does befalls both
        if (i % 2)
            known += timeOf(connection, path, bodyFor(knownAddress(i)));
        unknown += timeOf(connection, path, bodyFor(unknownAddress(i)));
        if (i % 2 == 0)
            known += timeOf(connection, path, bodyFor(knownAddress(i)));
    }
    QCOMPARE(known.size(), requests);
    QCOMPARE(m_statuses, QSet<int> {status});
    const double chance = chanceOfLonger(known, unknown);
    QVERIFY2(std::abs(chance - 0.5) < farthestByChance(requests), qPrintable(u"known ones take longer with probability %1"_s.arg(chance)));
}

/// The same judge over what does differ: a wish is written to the disk, a look at a link that is none is not.
void TestKnownAddresses::judge_seesADifference()
{
    start(false);
    RawHttp connection(m_server->port());
    QList<std::chrono::nanoseconds> written;
    QList<std::chrono::nanoseconds> looked;
    for (int i = 0; i < requests; ++i) {
        written += timeOf(connection, "/forgot-password", bodyFor(unknownAddress(i)));
        looked += timeOf(connection, "/verify", {{u"token"_s, u"x"_s}});
    }
    QVERIFY(std::ranges::all_of(m_statuses, [](int status) { return status >= 200 && status < 500; }));
    QVERIFY(chanceOfLonger(written, looked) > 0.5 + farthestByChance(requests));
}

QTEST_GUILESS_MAIN(TestKnownAddresses)
#include "TestKnownAddresses.moc"
