#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"

#include <QJsonDocument>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The record at the command line, on the database alone and through the server that holds it.
class TestAuditCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void list_tellsTheSameInBothForms();
    void list_isNarrowed_data();
    void list_isNarrowed();
    void verify_ofAnIntactRecord_isSuccess();
    void verify_findsWhatSomebodyChanged();
    void verify_noticesAnotherHead();
    void export_isALineARecord_oldestFirst();
    void export_goesOn();
    void follow_needsAServer();
    void follow_writesWhatHappens();
    void wrongUsage_isSaid_data();
    void wrongUsage_isSaid();

private:
    ProgramAnswer run(const QStringList &words) const { return m_warder->commandHere(words); }
    void serve();
    void back();
    static QList<QJsonObject> linesOf(const QByteArray &out);
    QString database() const { return m_folder->filePath(u"data/warder.db"_s); }
};

void TestAuditCommands::serve()
{
    if (!m_warder->isRunning())
        QVERIFY2(m_warder->start(), m_warder->log());
}

/// As the run of the test wants it.
void TestAuditCommands::back()
{
    QFETCH_GLOBAL(bool, served);
    if (!served && m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
}

void TestAuditCommands::init()
{
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    serve();
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"correct horse battery"_s}};
    QCOMPARE(m_warder->client().post("/register", ann).status(), 201);
    QCOMPARE(m_warder->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"wrong"_s}}).status(), 401);
    QCOMPARE(run({u"key"_s, u"rotate"_s}).code, Done);
    back();
}

void TestAuditCommands::cleanup()
{
    const bool hasChangedSomething = isFunction({"verify_findsWhatSomebodyChanged", "follow_writesWhatHappens"});
    if (!hasChangedSomething && m_kept.keep(m_folder, m_warder))
        return;
    end();
}

QList<QJsonObject> TestAuditCommands::linesOf(const QByteArray &out)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : out.split('\n')) {
        if (!line.isEmpty())
            lines += QJsonDocument::fromJson(line).object();
    }
    return lines;
}

void TestAuditCommands::list_tellsTheSameInBothForms()
{
    const auto json = run({u"audit"_s, u"list"_s, u"--json"_s});
    QCOMPARE(json.code, Done);
    const QJsonArray rows = json.array();
    QVERIFY(rows.size() >= 3);
    QCOMPARE(rows.first()["type"_L1], u"key_rotated"_s); // newest first
    QVERIFY(!rows.first()["actor"_L1].toString().isEmpty());
    const QString text = QString::fromUtf8(m_warder->command({u"audit"_s, u"list"_s}).out); // by the program itself
    for (const QJsonValue row : rows)
        QVERIFY2(text.contains(row["type"_L1].toString()) && text.contains(row["at"_L1].toString()), qPrintable(text));
    QVERIFY(text.startsWith(u"TIME"_s));
}

void TestAuditCommands::list_isNarrowed_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("types");
    QTest::newRow("a kind") << QStringList {u"--type"_s, u"login_failed"_s} << QStringList {u"login_failed"_s};
    QTest::newRow("two kinds") << QStringList {u"--type"_s, u"user_registered"_s, u"--type"_s, u"login_failed"_s}
                               << QStringList {u"login_failed"_s, u"user_registered"_s};
    QTest::newRow("a person and a kind") << QStringList {u"--user"_s, u"ann@example.com"_s, u"--type"_s, u"user_registered"_s}
                                         << QStringList {u"user_registered"_s};
    QTest::newRow("an address") << QStringList {u"--address"_s, u"192.0.2.99"_s} << QStringList {};
}

void TestAuditCommands::list_isNarrowed()
{
    QFETCH(QStringList, options);
    QFETCH(QStringList, types);
    QStringList found;
    for (const QJsonValue row : run(QStringList {u"audit"_s, u"list"_s, u"--json"_s} + options).array())
        found += row["type"_L1].toString();
    QCOMPARE(found, types);
}

void TestAuditCommands::verify_ofAnIntactRecord_isSuccess()
{
    const auto text = run({u"audit"_s, u"verify"_s});
    QCOMPARE(text.code, Done);
    QVERIFY(text.out.startsWith("Intact."));
    const auto json = run({u"audit"_s, u"verify"_s, u"--json"_s});
    QVERIFY(json["intact"_L1].toBool());
    QVERIFY(json["checked"_L1].toInt() >= 3);
    QCOMPARE(run({u"audit"_s, u"verify"_s, u"--head"_s, json["head"_L1].toString()}).code, Done);
}

void TestAuditCommands::verify_findsWhatSomebodyChanged()
{
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        other.setDatabaseName(database());
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"DROP TRIGGER audit_events_stay"_s));
        QVERIFY(query.exec(u"UPDATE audit_events SET actor = 'system' WHERE type = 'login_failed'"_s));
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    const auto json = run({u"audit"_s, u"verify"_s, u"--json"_s});
    QCOMPARE(json.code, Refused);
    QVERIFY(!json["intact"_L1].toBool(true));
    QCOMPARE(json["breaks"_L1].toArray().size(), 1);
    QCOMPARE(json["breaks"_L1][0]["flaw"_L1], u"changed"_s);
    const auto text = run({u"audit"_s, u"verify"_s});
    QCOMPARE(text.code, Refused);
    QVERIFY(text.out.startsWith("NOT INTACT."));
}

void TestAuditCommands::verify_noticesAnotherHead()
{
    const QString head = run({u"audit"_s, u"verify"_s, u"--json"_s})["head"_L1].toString();
    const QString another = head.section(u':', 0, 0) + u':' + QString(64, u'0');
    const auto json = run({u"audit"_s, u"verify"_s, u"--json"_s, u"--head"_s, another});
    QCOMPARE(json.code, Refused);
    QCOMPARE(json["breaks"_L1][0]["flaw"_L1], u"replaced"_s);
    QCOMPARE(run({u"audit"_s, u"verify"_s, u"--head"_s, u"nonsense"_s}).code, Refused);
}

void TestAuditCommands::export_isALineARecord_oldestFirst()
{
    const auto exported = m_warder->command({u"audit"_s, u"export"_s}); // into a pipe
    QCOMPARE(exported.code, Done);
    const QList<QJsonObject> lines = linesOf(exported.out);
    QVERIFY(lines.size() >= 3);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QCOMPARE(lines[i]["seq"_L1].toInteger(), i + 1);
        QCOMPARE(lines[i]["hash"_L1].toString().size(), 64);
    }
    QCOMPARE(lines.last()["type"_L1], u"key_rotated"_s);
}

void TestAuditCommands::export_goesOn()
{
    const auto lines = linesOf(run({u"audit"_s, u"export"_s, u"--after"_s, u"2"_s}).out);
    QVERIFY(!lines.isEmpty());
    QCOMPARE(lines.first()["seq"_L1].toInteger(), 3);
    const QString last = QString::number(lines.last()["seq"_L1].toInteger());
    const auto none = run({u"audit"_s, u"export"_s, u"--after"_s, last});
    QCOMPARE(none.code, Done);
    QVERIFY(none.out.isEmpty());
}

void TestAuditCommands::follow_needsAServer()
{
    QFETCH_GLOBAL(bool, served);
    if (served)
        QSKIP("there is one");
    const auto refused = run({u"audit"_s, u"export"_s, u"--follow"_s});
    QCOMPARE(refused.code, Refused);
    QVERIFY(refused.complaint().contains(u"needs a server"_s));
}

void TestAuditCommands::follow_writesWhatHappens()
{
    QFETCH_GLOBAL(bool, served);
    if (!served)
        QSKIP("there is no server");
    QProcess follower;
    follower.start(WarderProcess::program(), {u"audit"_s, u"export"_s, u"--follow"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s)});
    QByteArray out;
    const auto hasSeen = [&](const QByteArray &word) {
        out += follower.readAllStandardOutput();
        return out.contains(word);
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasSeen("key_rotated"), 20'000);
    QVERIFY(!out.contains("user_disabled"));
    QCOMPARE(run({u"user"_s, u"disable"_s, u"ann@example.com"_s}).code, Done);
    QTRY_VERIFY_WITH_TIMEOUT(hasSeen("user_disabled"), 20'000);
    follower.kill();
    QVERIFY(follower.waitForFinished());
}

void TestAuditCommands::wrongUsage_isSaid_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no duration") << QStringList {u"audit"_s, u"list"_s, u"--last"_s, u"soon"_s};
    QTest::newRow("no number") << QStringList {u"audit"_s, u"export"_s, u"--after"_s, u"x"_s};
    QTest::newRow("less than nothing") << QStringList {u"audit"_s, u"export"_s, u"--after=-1"_s};
    QTest::newRow("an option of another command") << QStringList {u"audit"_s, u"verify"_s, u"--follow"_s};
    QTest::newRow("an argument") << QStringList {u"audit"_s, u"list"_s, u"ann"_s};
}

void TestAuditCommands::wrongUsage_isSaid()
{
    QFETCH(QStringList, words);
    const auto answer = run(words);
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY(!answer.err.isEmpty() && answer.out.isEmpty());
}

QTEST_GUILESS_MAIN(TestAuditCommands)
#include "TestAuditCommands.moc"
