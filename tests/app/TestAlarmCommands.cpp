#include "app/cli/ExitCode.h"
#include "core/alarms/AlarmStore.h"
#include "core/base/Clock.h"
#include "core/storage/DbConnection.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Every command on alarms, on the database alone and through the server that holds it.
class TestAlarmCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void list_tellsTheSameInBothForms();
    void list_ofNothing_saysSo();
    void list_isFiltered();
    void list_isJudged_data();
    void list_isJudged();
    void seen_ringsNoMore();
    void done_isListedWhereAskedFor();
    void all_areMarkedAtOnce();
    void mark_mustSayWhich();

private:
    ProgramAnswer run(const QString &line) const
    {
        return m_warder->commandHere(QStringList {u"alarm"_s} + line.split(u' ', Qt::SkipEmptyParts));
    }
    /// As a server that ran here has noticed it.
    void raise(const RaisedAlarm &alarm) const;
    void raiseAll() const;
    QString idOf(qsizetype row) const { return run(u"list --json"_s).array().at(row)["id"_L1].toString(); }

    TimePoint m_now = SystemClock().now();
};

void TestAlarmCommands::init()
{
    QFETCH_GLOBAL(const bool, served);
    if (!m_kept.take(m_folder, m_warder)) {
        m_folder = std::make_unique<QTemporaryDir>();
        m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
        QVERIFY2(served ? m_warder->start() : m_warder->makeData(), m_warder->log());
    }
    DbConnection connection(m_folder->filePath(u"data/warder.db"_s), DbConnection::Access::ReadWrite);
    QVERIFY(connection.execute(u"DELETE FROM alarms"_s)); // of functions before; and the machine may have problems of its own
}

void TestAlarmCommands::cleanup()
{
    if (m_kept.keep(m_folder, m_warder))
        return;
    end();
}

void TestAlarmCommands::raise(const RaisedAlarm &alarm) const
{
    DbConnection connection(m_folder->filePath(u"data/warder.db"_s), DbConnection::Access::ReadWrite);
    QVERIFY(AlarmStore::raise(connection, alarm));
}

void TestAlarmCommands::raiseAll() const
{
    raise({.type = AlarmType::LimitExceeded, .about = u"mine"_s, .at = m_now - Seconds {3}, .address = u"203.0.113.67"_s});
    raise({.type = AlarmType::BruteForce,
           .about = u"failures_in_a_row"_s,
           .at = m_now - Seconds {2},
           .count = 25,
           .address = u"203.0.113.66"_s,
           .email = u"ann@example.com"_s});
    raise({.type = AlarmType::RefreshReused,
           .at = m_now - Seconds {1},
           .address = u"203.0.113.9"_s,
           .openedFrom = u"192.0.2.7"_s,
           .email = u"bob@example.com"_s,
           .session = Id::create(m_now)});
}

void TestAlarmCommands::list_tellsTheSameInBothForms()
{
    raiseAll();
    const auto table = m_warder->command({u"alarm"_s, u"list"_s}); // by the program itself
    QCOMPARE(table.complaint(), QString());
    QCOMPARE(table.code, Done);
    for (const auto *part :
         {"refresh_reused", "203.0.113.9", "bob@example.com", "failures_in_a_row (25)", "ann@example.com", "mine", "open"})
        QVERIFY2(table.out.contains(part), part);
    const auto array = run(u"list --json"_s).array();
    QCOMPARE(array.size(), 3);
    QCOMPARE(array[0]["type"_L1], u"refresh_reused"_s); // newest first
    QCOMPARE(array[0]["opened_from"_L1], u"192.0.2.7"_s);
    QCOMPARE(array[1]["sign"_L1], u"failures_in_a_row"_s);
    QCOMPARE(array[1]["count"_L1], 25);
    QCOMPARE(array[1]["times"_L1], 1);
    QCOMPARE(array[1]["at"_L1], toText(m_now - Seconds {2}));
    QCOMPARE(array[2]["rule"_L1], u"mine"_s);
    QCOMPARE(array[2]["state"_L1], u"open"_s);
    QVERIFY(array[2]["changed_at"_L1].isUndefined());
}

void TestAlarmCommands::list_ofNothing_saysSo()
{
    QCOMPARE(run(u"list"_s).out, "No alarms.\n"_ba);
    QCOMPARE(run(u"list --json"_s).out.trimmed(), "[\n]"_ba);
}

void TestAlarmCommands::list_isFiltered()
{
    raiseAll();
    QCOMPARE(run(u"list ANN --json"_s).array().size(), 1);
    QCOMPARE(run(u"list 203.0.113 --json"_s).array().size(), 3);
    QCOMPARE(run(u"list mine --json"_s).array().size(), 1);
    QCOMPARE(run(u"list nobody"_s).out, "No alarms.\n"_ba);
    QCOMPARE(run(u"list --state seen --json"_s).array().size(), 0);
}

void TestAlarmCommands::list_isJudged_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("a state of mails") << u"list --state queued"_s << u"warderd: --state is open, seen or done, not queued"_s;
    QTest::newRow("a state, and all") << u"list --state open --all"_s << u"warderd: --state or --all, not both"_s;
}

void TestAlarmCommands::list_isJudged()
{
    QFETCH(QString, line);
    const auto answer = run(line);
    QCOMPARE(answer.code, WrongUsage);
    QTEST(answer.complaint(), "says");
}

void TestAlarmCommands::seen_ringsNoMore()
{
    raiseAll();
    const auto seen = run(u"seen "_s + idOf(1));
    QCOMPARE(seen.complaint(), QString());
    QCOMPARE(seen.out, "1 alarm seen.\n"_ba);
    QCOMPARE(run(u"list --state open --json"_s).array().size(), 2);
    const auto array = run(u"list --json"_s).array();
    QCOMPARE(array.size(), 3); // it stays until it is done
    QCOMPARE(array[1]["state"_L1], u"seen"_s);
    QCOMPARE(array[1]["changed_by"_L1], u"command line"_s);
    QVERIFY(!array[1]["changed_at"_L1].isUndefined());
}

void TestAlarmCommands::done_isListedWhereAskedFor()
{
    raiseAll();
    QCOMPARE(run(u"done %1 %2"_s.arg(idOf(0), idOf(2))).out, "2 alarms done.\n"_ba);
    QCOMPARE(run(u"list --json"_s).array().size(), 1);
    QCOMPARE(run(u"list --state done --json"_s).array().size(), 2);
    QCOMPARE(run(u"list --all --json"_s).array().size(), 3);
}

void TestAlarmCommands::all_areMarkedAtOnce()
{
    raiseAll();
    QCOMPARE(run(u"seen --all --json"_s)["alarms"_L1], 3);
    QCOMPARE(run(u"seen --all"_s).out, "0 alarms seen.\n"_ba);
    QCOMPARE(run(u"done --all"_s).out, "3 alarms done.\n"_ba);
    QCOMPARE(run(u"list"_s).out, "No alarms.\n"_ba);
}

void TestAlarmCommands::mark_mustSayWhich()
{
    const QString id = u"0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"_s;
    QCOMPARE(run(u"seen"_s).code, WrongUsage);
    QCOMPARE(run(u"done %1 --all"_s.arg(id)).complaint(), u"warderd: say which: ids of alarms, or --all"_s);
    QCOMPARE(run(u"seen 4711"_s).complaint(), u"warderd: 4711 is not the id of an alarm"_s);
    const auto unknown = run(u"done "_s + id);
    QCOMPARE(unknown.code, Refused);
    QCOMPARE(unknown.complaint(), u"warderd: there is no alarm "_s + id);
}

QTEST_GUILESS_MAIN(TestAlarmCommands)
#include "TestAlarmCommands.moc"
