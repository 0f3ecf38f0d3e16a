#include "app/cli/ExitCode.h"
#include "core/base/Text.h"
#include "core/storage/DbConnection.h"
#include "tests/app/CommandHere.h"
#include "tests/app/WarderProcess.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// Runs with this as stdout.
ProgramAnswer runInto(int descriptor, const QStringList &words)
{
    QProcess process;
    process.setChildProcessModifier([descriptor] { ::dup2(descriptor, STDOUT_FILENO); });
    process.start(WarderProcess::program(), words);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    ::close(descriptor);
    return {
        .code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, .out = {}, .err = process.readAllStandardError()};
}

int pipeWithoutReader()
{
    std::array<int, 2> ends {};
    (void)!::pipe2(ends.data(), O_CLOEXEC);
    ::close(ends[0]);
    return ends[1];
}

bool isHarmless(const QByteArray &text)
{
    return std::ranges::all_of(QString::fromUtf8(text).toUcs4(), [](uint c) { return c == '\n' || isPlain(c); });
}

} // namespace

/// What reaches stdout: all of it or an error, and nothing that a terminal would obey.
class TestOutput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void failedWrite_isAnError_data();
    void failedWrite_isAnError();
    void closedPipe_isAnError();
    void refusal_keepsItsCode();
    void refusalMidway_saysThatAPartIsDone();
    void escapes_neverReachTheTerminal();
    void columns_standBelowEachOther();

private:
    QStringList at(const QStringList &words) const { return words + QStringList {u"--data-dir"_s, m_folder.filePath(u"data"_s)}; }
    void change(const QString &sql) const;
    QTemporaryDir m_folder;
    QString m_id;
};

void TestOutput::initTestCase()
{
    const auto made =
        runWarderd(at({u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s, u"--json"_s}), {.input = "correct horse\n"});
    QVERIFY2(made.code == Done, made.err);
    m_id = made["id"_L1].toString();
}

void TestOutput::change(const QString &sql) const
{
    DbConnection connection(m_folder.filePath(u"data/warder.db"_s), DbConnection::Access::ReadWrite);
    QVERIFY(connection.execute(sql));
}

void TestOutput::failedWrite_isAnError_data()
{
    QTest::addColumn<QString>("line");
    for (const auto *line : {"user list",
                             "user list --json",
                             "user show ann@example.com",
                             "user edit ann@example.com --name Ann",
                             "session list",
                             "session list --json",
                             "key list",
                             "key list --json",
                             "config show",
                             "config show --json",
                             "config check",
                             "config check --json",
                             "server status",
                             "session revoke --all",
                             "--help",
                             "--version",
                             "help",
                             "help user add",
                             "user --help",
                             "version"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestOutput::failedWrite_isAnError()
{
    QFETCH(const QString, line);
    const auto full = runInto(::open("/dev/full", O_WRONLY | O_CLOEXEC), at(line.split(u' ')));
    QCOMPARE(full.complaint(), u"warderd: the answer could not be written: No space left on device"_s);
    QCOMPARE(full.code, Refused);
}

/// And no signal that ends it.
void TestOutput::closedPipe_isAnError()
{
    for (const QString &line : {u"user list"_s, u"user list --json"_s, u"config show"_s, u"--help"_s}) {
        const auto closed = runInto(pipeWithoutReader(), at(line.split(u' ')));
        QCOMPARE(closed.complaint(), u"warderd: the answer could not be written: Broken pipe"_s);
        QCOMPARE(closed.code, Refused);
    }
}

void TestOutput::refusal_keepsItsCode()
{
    QCOMPARE(runInto(::open("/dev/full", O_WRONLY | O_CLOEXEC), at({u"usr"_s, u"list"_s})).code, WrongUsage);
    QCOMPARE(runInto(::open("/dev/full", O_WRONLY | O_CLOEXEC), {}).code, WrongUsage);
}

void TestOutput::refusalMidway_saysThatAPartIsDone()
{
    change(
        u"CREATE TRIGGER no_standby BEFORE INSERT ON signing_keys WHEN NEW.state = 'standby' BEGIN SELECT RAISE(ABORT, 'as told'); END"_s);
    const auto answer = runWarderd(at({u"key"_s, u"rotate"_s}));
    change(u"DROP TRIGGER no_standby"_s);
    QVERIFY(answer.code != Done);
    QVERIFY2(answer.err.contains("a part of it is done and stays so"), answer.err);
}

void TestOutput::escapes_neverReachTheTerminal()
{
    // As a database may hold them that was not written by us.
    change(
        u"UPDATE users SET name = 'A' || char(27) || '[31m' || char(8238) || char(0x2028) || char(9) || char(155) || char(0xe0001) || char(0xfff9) || 'nn', "
        "email = 'ann' || char(27) || ']0;x' || char(7) || char(8294) || '@example.com'"_s);
    for (const QStringList &words : QList<QStringList> {{u"user"_s, u"list"_s},
                                                        {u"user"_s, u"list"_s, u"--json"_s},
                                                        {u"user"_s, u"show"_s, m_id, u"--json"_s},
                                                        {u"user"_s, u"show"_s, m_id},
                                                        {u"user"_s, u"disable"_s, m_id},
                                                        {u"user"_s, u"enable"_s, m_id},
                                                        {u"user"_s, u"delete"_s, m_id},
                                                        {u"user"_s, u"show"_s, u"x\x1b[2J\u202e@example.com"_s},
                                                        {u"user"_s, u"\x1b[2J"_s},
                                                        {u"user"_s, u"list"_s, u"--\x1b[2J"_s},
                                                        {u"session"_s, u"revoke"_s, u"\x1b[2J"_s}}) {
        const auto answer = runHere(at(words));
        QVERIFY2(isHarmless(answer.out), answer.out.toPercentEncoding());
        QVERIFY2(isHarmless(answer.err), answer.err.toPercentEncoding());
        QVERIFY(!answer.out.isEmpty() || !answer.err.isEmpty());
    }
    QVERIFY(runWarderd(at({u"user"_s, u"list"_s})).out.contains("A?[31m???")); // the program itself
    const QString name = runHere(at({u"user"_s, u"list"_s, u"--json"_s})).array().first()["name"_L1].toString();
    QVERIFY2(name.startsWith(u"A\x1b[31m\u202e\u2028\t\u009b\U000e0001"_s),
             name.toUtf8().toPercentEncoding()); // escaped, and still what it is
    change(u"UPDATE users SET name = '', email = 'ann@example.com'"_s);
}

void TestOutput::columns_standBelowEachOther()
{
    const QStringList names {u"Ann"_s, u"漢字"_s, u"\U0001f434 Horse"_s, u"Ze\u0301"_s, u"ﾊﾝｶｸ"_s, u"Ｗide"_s};
    for (qsizetype i = 1; i < names.size(); ++i) {
        const QStringList words {u"user"_s, u"add"_s, u"user%1@example.com"_s.arg(i), u"--name"_s, names[i], u"--password-stdin"_s};
        QCOMPARE(runHere(at(words), "correct horse\n").code, Done);
    }
    QCOMPARE(runHere(at({u"user"_s, u"edit"_s, u"ann@example.com"_s, u"--name"_s, names[0]})).code, Done);
    const QStringList lines = QString::fromUtf8(runWarderd(at({u"user"_s, u"list"_s})).out).trimmed().split(u'\n');
    QCOMPARE(lines.size(), names.size() + 1);
    const auto place = lines.first().indexOf(u"STATE"_s);
    for (const QString &line : lines.mid(1))
        QCOMPARE(columnCount(line.section(u"enabled"_s, 0, 0)), place);
}

QTEST_GUILESS_MAIN(TestOutput)
#include "TestOutput.moc"
