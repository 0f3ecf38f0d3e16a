#include "app/cli/ExitCode.h"
#include "core/statistics/TrafficStore.h"
#include "core/storage/DbConnection.h"
#include "core/telemetry/TrafficStatistics.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a real server keeps of what it answered, against its own access log, which somebody else counts.
class TestTrafficKept : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsKept_isTheAccessLogs_overAStopAndAKill();

private:
    /// Four requests each time.
    void useServer(int times);
    void note(const ClientResponse &answer, int success);
    /// What the log says of all runs so far: requests by outcome and duration; nothing else.
    TrafficCounts logged() const;
    /// The sum of all rows of a length.
    TrafficCounts kept(Seconds length) const;
    static TrafficCounts requestsOf(TrafficCounts counts);

    QTemporaryDir m_folder;
    WarderProcess m_server {m_folder.filePath(u"data"_s)};
    int m_signIns = 0; ///< As the clients saw them.
    int m_failedSignIns = 0;
};

void TestTrafficKept::useServer(int times)
{
    QVERIFY2(m_server.start(quickSettings() + QStringList {u"--set"_s, u"log.level=info"_s}), m_server.log());
    const ApiClient client = m_server.client();
    const QString email = u"user%1@example.com"_s.arg(times);
    for (int i = 0; i < times; ++i) {
        note(client.post("/register", {{u"email"_s, email}, {u"password"_s, u"correct horse battery"_s}}), 201); // once, then it is taken
        note(client.post("/login", {{u"email"_s, email}, {u"password"_s, u"correct horse battery"_s}}), 200);
        note(client.post("/login", {{u"email"_s, email}, {u"password"_s, u"a guess"_s}}), 200);
        client.get("/nothing");
    }
}

void TestTrafficKept::note(const ClientResponse &answer, int success)
{
    m_signIns += answer.status() == success;
    m_failedSignIns += answer.status() == 401;
}

TrafficCounts TestTrafficKept::logged() const
{
    static const QRegularExpression line(u" request id=\\S+ method=\\S+ route=\\S+ status=(\\d+) us=(\\d+) "_s);
    TrafficCounts counts;
    const QString log = QString::fromUtf8(m_server.log());
    for (const auto &found : line.globalMatch(log)) {
        const Outcome outcome = outcomeOf(found.captured(1).toInt());
        counts.succeeded += outcome == Outcome::Succeeded;
        counts.redirected += outcome == Outcome::Redirected;
        counts.refused += outcome == Outcome::Refused;
        counts.limited += outcome == Outcome::Limited;
        counts.failed += outcome == Outcome::Failed;
        ++counts.durations[latency::classOf(std::chrono::microseconds(found.captured(2).toLongLong()))];
    }
    return counts;
}

/// Of a copy: whoever opens the files that were left behind would begin to mend them.
TrafficCounts TestTrafficKept::kept(Seconds length) const
{
    const QTemporaryDir copy;
    for (const auto &name : {u"/warder.db"_s, u"/warder.db-wal"_s})
        QFile::copy(m_folder.filePath(u"data"_s) + name, copy.path() + name);
    DbConnection connection(copy.filePath(u"warder.db"_s), DbConnection::Access::ReadWrite);
    TrafficCounts sum;
    const auto rows = TrafficStore::find(connection, length, TimePoint(), TimePoint::max());
    for (qsizetype i = 0; rows && i < rows->size(); ++i)
        sum += rows->at(i).counts;
    return sum;
}

TrafficCounts TestTrafficKept::requestsOf(TrafficCounts counts)
{
    counts.signIns = counts.failedSignIns = counts.refreshes = 0; // the log has no such lines
    return counts;
}

void TestTrafficKept::whatIsKept_isTheAccessLogs_overAStopAndAKill()
{
    useServer(8);
    QCOMPARE(m_server.stop(), Done);
    const TrafficCounts first = logged();
    QCOMPARE(first.requests(), 32);
    QVERIFY(requestsOf(kept(TrafficStore::byMinute)) == first);
    QVERIFY(requestsOf(kept(TrafficStore::byHour)) == first);
    QVERIFY(m_signIns > 0 && m_failedSignIns > 0);
    QCOMPARE(kept(TrafficStore::byMinute).signIns, m_signIns);
    QCOMPARE(kept(TrafficStore::byHour).failedSignIns, m_failedSignIns);

    useServer(3);
    m_server.kill();
    const TrafficCounts afterKill = kept(TrafficStore::byMinute);
    QVERIFY(afterKill.requests() >= first.requests()); // a minute is lost at most, which may be all of it
    QVERIFY(afterKill.requests() <= first.requests() + 12);

    useServer(2);
    QCOMPARE(m_server.stop(), Done);
    QCOMPARE(kept(TrafficStore::byMinute).requests(), afterKill.requests() + 8);
    QCOMPARE(kept(TrafficStore::byHour).requests(), afterKill.requests() + 8);
}

QTEST_GUILESS_MAIN(TestTrafficKept)
#include "TestTrafficKept.moc"
