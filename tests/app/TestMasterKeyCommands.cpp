#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// `warderd master-key …`, where a server runs and where none does.
class TestMasterKeyCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void showSource_data() { servers(); }
    void showSource();
    void configShow_tellsWhere_data() { servers(); }
    void configShow_tellsWhere();
    void export_goesNowhereByAccident_data() { servers(); }
    void export_goesNowhereByAccident();
    void export_toAFile_isTheOwnersAlone();
    void rotate_thenStartsAgain_data() { servers(); }
    void rotate_thenStartsAgain();
    void rotate_asksFirst();
    void move_wrongUsage();
    void import_ofALostKey();
    void import_refusals_data();
    void import_refusals();
    void import_whileAServerRuns();
    void variable_isTakenOutOfTheEnvironment();

private:
    static void servers();
    ProgramAnswer run(const QStringList &words, const QByteArray &input = {}) const
    {
        return m_warder->commandHere(QStringList {u"master-key"_s} + words, input);
    }
    /// By the program itself, whose stdout is no terminal and whose helper asks the keychain.
    ProgramAnswer runProgram(const QStringList &words) const { return m_warder->command(QStringList {u"master-key"_s} + words); }
    QByteArray exported() const { return run({u"export"_s, u"--stdout"_s}).out; }
    QString keyFile() const { return m_folder->filePath(u"data/master.key"_s); }
    /// What a server has that ran, and by the row's word runs still.
    void begin(bool runs) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
};

void TestMasterKeyCommands::init()
{
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
}

void TestMasterKeyCommands::servers()
{
    QTest::addColumn<bool>("runs");
    QTest::newRow("a server runs") << true;
    QTest::newRow("none does") << false;
}

void TestMasterKeyCommands::begin(bool runs) const { QVERIFY2(runs ? m_warder->start() : m_warder->makeData(), m_warder->log()); }

void TestMasterKeyCommands::showSource()
{
    QFETCH(bool, runs);
    begin(runs);
    const auto told = run({u"show-source"_s, u"--json"_s});
    QCOMPARE(told.code, Done);
    QCOMPARE(told["source"_L1], u"file"_s);
    QCOMPARE(told["place"_L1], u"the file "_s + keyFile());
    QCOMPARE(told["version"_L1].toInt(), 1);
    QVERIFY(exported().contains(told["check_code"_L1].toString().toLatin1()));
    QVERIFY(run({u"show-source"_s}).out.contains("Source      file\n"));
}

void TestMasterKeyCommands::configShow_tellsWhere()
{
    QFETCH(bool, runs);
    begin(runs);
    const auto shown = m_warder->commandHere({u"config"_s, u"show"_s});
    QVERIFY2(shown.out.contains("It is the file " + keyFile().toUtf8()), shown.out);
    const auto inJson = m_warder->commandHere({u"config"_s, u"show"_s, u"--json"_s}).array();
    const auto row = std::ranges::find(inJson, u"keys.master_key_sources"_s, [](const auto &one) { return one["key"_L1].toString(); });
    QVERIFY(row != inJson.end() && (*row)["text"_L1].toString().endsWith(u"It is the file %1."_s.arg(keyFile())));
}

void TestMasterKeyCommands::export_goesNowhereByAccident()
{
    QFETCH(bool, runs);
    begin(runs);
    QFile file(keyFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray key = file.readAll().trimmed();
    for (const QStringList &words : {QStringList {u"export"_s}, QStringList {u"export"_s, u"--json"_s}}) {
        const auto refusal = runProgram(words); // into a pipe
        QCOMPARE(refusal.code, WrongUsage);
        QVERIFY2(refusal.complaint().contains(u"only with --stdout"), refusal.err);
        QVERIFY(!refusal.out.contains(key) && !refusal.err.contains(key));
    }
    const auto given = runProgram({u"export"_s, u"--stdout"_s});
    QVERIFY(given.out.startsWith(key + ' '));
    QCOMPARE(given.out.trimmed().size(), 44 + 1 + 9);
    QVERIFY(given.err.contains("Keep it apart from backups"));
    QVERIFY(!m_warder->log().contains(key));
}

void TestMasterKeyCommands::export_toAFile_isTheOwnersAlone()
{
    begin(false);
    const QString path = m_folder->filePath(u"safe"_s);
    const auto written = run({u"export"_s, u"--to-file"_s, path});
    QVERIFY2(written.code == Done, written.err);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), exported());
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, 0600U);
    const auto again = run({u"export"_s, u"--to-file"_s, path}); // never in place of what is there
    QCOMPARE(again.code, CannotRun);
    QVERIFY2(again.complaint().contains(path), again.err);
    QCOMPARE(file.size(), 55);
}

void TestMasterKeyCommands::rotate_thenStartsAgain()
{
    QFETCH(bool, runs);
    begin(runs);
    const QByteArray former = exported();
    const auto rotated = run({u"rotate"_s, u"--yes"_s, u"--json"_s});
    QVERIFY2(rotated.code == Done, rotated.err);
    QCOMPARE(rotated["version"_L1].toInt(), 2);
    QVERIFY(exported() != former);
    if (runs) {
        QCOMPARE(m_warder->client().get("/health/ready").status(), 200);
        QCOMPARE(m_warder->commandHere({u"key"_s, u"rotate"_s}).code, Done);
        QCOMPARE(m_warder->stop(), Done);
    }
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(run({u"show-source"_s, u"--json"_s})["version"_L1].toInt(), 2);
}

void TestMasterKeyCommands::rotate_asksFirst()
{
    begin(false);
    QCOMPARE(run({u"rotate"_s}, "n\n").code, Refused);
    QCOMPARE(run({u"show-source"_s, u"--json"_s})["version"_L1].toInt(), 1);
    QCOMPARE(run({u"rotate"_s}, "y\n").code, Done);
}

void TestMasterKeyCommands::move_wrongUsage()
{
    begin(false);
    const auto refusal = run({u"move"_s, u"safe"_s});
    QCOMPARE(refusal.code, WrongUsage);
    QVERIFY2(refusal.complaint().contains(u"credential, keychain, file or environment, not in safe"), refusal.err);
    const auto nowhere = runProgram({u"move"_s, u"keychain"_s}); // there is no session here
    QCOMPARE(nowhere.code, Refused);
    QVERIFY2(nowhere.complaint().contains(u"the keychain cannot be used"), nowhere.err);
    QCOMPARE(run({u"show-source"_s, u"--json"_s})["source"_L1], u"file"_s);
}

void TestMasterKeyCommands::import_ofALostKey()
{
    begin(false);
    const QByteArray text = exported();
    QVERIFY(QFile::remove(keyFile()));
    QVERIFY(!m_warder->start());
    const auto back = m_warder->command({u"master-key"_s, u"import"_s}, text); // from a pipe
    QVERIFY2(back.code == Done, back.err);
    QVERIFY(back.out.contains(keyFile().toUtf8()));
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(exported(), text);
}

void TestMasterKeyCommands::import_refusals_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << -1 << ""_ba << u"nothing was given"_s;
    QTest::newRow("the key of another") << -1 << QByteArray(32, 'x').toBase64() << u"not the one of this database: its check code is"_s;
    QTest::newRow("one character") << 11 << ""_ba << u"its character 12 is mistyped"_s;
}

void TestMasterKeyCommands::import_refusals()
{
    QFETCH(int, at);
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    begin(false);
    if (at >= 0) {
        text = exported();
        text[at] = text[at] == 'A' ? 'B' : 'A';
    }
    QVERIFY(QFile::remove(keyFile()));
    const auto refusal = run({u"import"_s}, text);
    QVERIFY(refusal.code == Refused || refusal.code == WrongUsage);
    QVERIFY2(refusal.complaint().contains(says), refusal.err);
    QVERIFY(text.isEmpty() || !refusal.err.contains(text.first(20)));
    QVERIFY(!QFile::exists(keyFile()));
}

void TestMasterKeyCommands::import_whileAServerRuns()
{
    begin(true);
    const QByteArray text = exported();
    QVERIFY(QFile::remove(keyFile()));
    const auto back = run({u"import"_s, u"--json"_s}, text);
    QVERIFY2(back.code == Done, back.err);
    QCOMPARE(back["source"_L1], u"file"_s);
    QVERIFY(QFile::exists(keyFile()));
}

void TestMasterKeyCommands::variable_isTakenOutOfTheEnvironment()
{
    begin(false);
    const QByteArray key = exported().first(44);
    QVERIFY(QFile::remove(keyFile()));
    WarderProcess given(m_folder->filePath(u"data"_s), {u"WARDER_MASTER_KEY="_s + QString::fromLatin1(key)});
    QVERIFY2(given.start(), given.log());
    QCOMPARE(given.commandHere({u"master-key"_s, u"show-source"_s, u"--json"_s})["source"_L1], u"environment"_s);
    QVERIFY2(given.log().contains("master_key_in_environment"), given.log());
    QVERIFY(!given.log().contains(key));
    QFile environment(u"/proc/%1/environ"_s.arg(given.processId()));
    QVERIFY(environment.open(QIODevice::ReadOnly));
    const QByteArray all = environment.readAll();
    QVERIFY(all.contains("WARDER_MASTER_KEY=") && !all.contains(key));
    const auto moved = given.commandHere({u"master-key"_s, u"move"_s, u"file"_s, u"--json"_s});
    QVERIFY2(moved.code == Done, moved.err);
    QCOMPARE(moved["source"_L1], u"file"_s); // which goes before
}

QTEST_GUILESS_MAIN(TestMasterKeyCommands)
#include "TestMasterKeyCommands.moc"
