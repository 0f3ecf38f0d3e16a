#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What `warderd` says to words, options and settings before any command runs.
class TestCommandLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void usage_isRefusedInOneLine_data();
    void usage_isRefusedInOneLine();
    void help_namesEveryCommand();
    void version_isTold();
    void wrongSettings_areNamed_data();
    void wrongSettings_areNamed();
    void wrongSettings_areAllToldAtOnce();
    void check_ofRightSettings_saysSo();
    void show_tellsEachValuesSource();
    void show_throughAServer_tellsItsValues();
    void show_masksSecrets();

private:
    QString data() const { return m_folder->filePath(u"data"_s); }
    ProgramAnswer run(const QStringList &words, const ProgramOptions &options = {}) const
    {
        return runWarderd(words + QStringList {u"--data-dir"_s, data()}, options);
    }
    void writeConfig(const QByteArray &text) const;
    static QJsonValue settingIn(const QJsonArray &settings, const QString &key);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCommandLine::writeConfig(const QByteArray &text) const
{
    QVERIFY(QDir().mkpath(data()));
    QVERIFY(QFile::setPermissions(data(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QFile file(data() + u"/warder.conf"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QJsonValue TestCommandLine::settingIn(const QJsonArray &settings, const QString &key)
{
    const auto found = std::ranges::find_if(settings, [&key](const QJsonValue &one) { return one["key"_L1] == key; });
    return found == settings.end() ? QJsonValue() : QJsonValue(*found);
}

void TestCommandLine::usage_isRefusedInOneLine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("unknown command") << u"serv"_s << u"no such command: serv"_s;
    QTest::newRow("half a command") << u"user"_s << u"no such command: user"_s;
    QTest::newRow("unknown verb") << u"user ad"_s << u"no such command: user ad"_s;
    QTest::newRow("serve and more") << u"serve now"_s << u"no such command: serve now"_s;
    QTest::newRow("check and more") << u"config check all"_s << u"no such command: config check all"_s;
    QTest::newRow("no such option at all") << u"user list --al"_s << u"Unknown option 'al'."_s;
    QTest::newRow("a password for all to see") << u"user add a@example.com --password hunter2hunter2"_s << u"Unknown option 'password'."_s;
    QTest::newRow("an option without its value") << u"user list --set"_s << u"Missing value after '--set'."_s;
    QTest::newRow("another command's flag") << u"session list --all"_s << u"session list has no option --all"_s;
    QTest::newRow("another command's flag, the other way") << u"session revoke --ended"_s << u"session revoke has no option --ended"_s;
    QTest::newRow("another command's value") << u"user list --role admin"_s << u"user list has no option --role"_s;
    QTest::newRow("a flag for no server") << u"serve --yes"_s << u"serve has no option --yes"_s;
    QTest::newRow("JSON of a server") << u"serve --json"_s << u"serve has no option --json"_s;
    QTest::newRow("a flag for no check") << u"config check --all"_s << u"config check has no option --all"_s;
    QTest::newRow("a value given twice") << u"user add a@example.com --name A --name B"_s << u"--name is given twice"_s;
    QTest::newRow("too few") << u"user add"_s << u"user add takes: EMAIL"_s;
    QTest::newRow("too many") << u"user show a@example.com b@example.com"_s << u"user show takes: EMAIL|ID"_s;
    QTest::newRow("too many for none") << u"key list access"_s << u"key list takes: nothing"_s;
    QTest::newRow("wrong settings too") << u"usr list --set foo=1"_s << u"no such command: usr list"_s;
}

void TestCommandLine::usage_isRefusedInOneLine()
{
    QFETCH(const QString, line);
    QFETCH(const QString, complaint);
    const auto answer = runWarderd(QStringList {u"--data-dir"_s, data()} + line.split(u' '));
    QCOMPARE(answer.complaint(), u"warderd: %1 (see warderd --help)"_s.arg(complaint));
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY(!QFile::exists(data())); // nothing was begun
}

void TestCommandLine::help_namesEveryCommand()
{
    const auto help = runWarderd({u"--help"_s});
    QCOMPARE(help.code, Done);
    for (const auto *words : {"serve", "user add EMAIL", "user list [TEXT]", "user show", "user disable", "user enable", "user remove", "user set-password",
                              "session list", "session revoke", "key list", "key rotate", "key revoke", "config show", "tls make-local", "config check", "--data-dir", "--set", "--json"})
        QVERIFY2(help.out.contains(words), words);
    const auto nothing = runWarderd({});
    QCOMPARE(nothing.code, WrongUsage);
    QVERIFY(nothing.out.contains("user add EMAIL"));
}

void TestCommandLine::version_isTold()
{
    const auto version = runWarderd({u"--version"_s});
    QCOMPARE(version.code, Done);
    QVERIFY2(version.out.startsWith("warderd ") && version.out.count('.') == 2, version.out);
}

void TestCommandLine::wrongSettings_areNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("told");
    const auto row = [](const char *name, const QByteArray &file, const QStringList &environment, const QStringList &arguments, const QStringList &told) {
        QTest::newRow(name) << file << environment << arguments << told;
    };
    row("unknown key on the command line", {}, {}, {u"--set"_s, u"http.thread=1"_s}, {u"[command line --set]"_s, u"http.thread: no such setting"_s, u"did you mean http.threads?"_s});
    row("unknown key in the file", "# ours\nfoo = 1\n", {}, {}, {u"[file "_s, u"warder.conf:2]"_s, u"foo: no such setting"_s});
    row("unknown key in the environment", {}, {u"WARDER_HTTP_THREAD=1"_s}, {}, {u"[environment WARDER_HTTP_THREAD]"_s, u"did you mean http.threads?"_s});
    row("bad value on the command line", {}, {}, {u"--set"_s, u"http.threads=many"_s}, {u"[command line --set] http.threads = many: must be a whole number from 0 to 64"_s});
    row("bad value in the file", "log.level = loud\n", {}, {}, {u"warder.conf:1] log.level = loud: must be"_s, u"warning"_s});
    row("bad value in the environment", {}, {u"WARDER_RATE_LIMIT_ENABLED=perhaps"_s}, {}, {u"[environment WARDER_RATE_LIMIT_ENABLED] rate_limit.enabled = perhaps: must be"_s});
    row("bad address to listen on", {}, {}, {u"--listen"_s, u"8000"_s}, {u"http.listen = 8000: must be"_s});
    row("not an assignment", {}, {}, {u"--set"_s, u"http.threads"_s}, {u"[command line --set] must be key = value"_s});
}

void TestCommandLine::wrongSettings_areNamed()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QStringList, environment);
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, told);
    if (!file.isEmpty())
        writeConfig(file);
    for (const QStringList &words : {QStringList {u"config"_s, u"check"_s}, QStringList {u"serve"_s}, QStringList {u"user"_s, u"list"_s}}) {
        const auto answer = run(words + arguments, {.environment = environment});
        QCOMPARE(answer.code, WrongConfig);
        QCOMPARE(answer.err.count('\n'), 1);
        for (const QString &part : told)
            QVERIFY2(answer.complaint().contains(part), answer.err);
    }
}

void TestCommandLine::wrongSettings_areAllToldAtOnce()
{
    writeConfig("foo = 1\nhttp.threads = x\n");
    const auto answer = run({u"config"_s, u"check"_s, u"--set"_s, u"bar=2"_s}, {.environment = {u"WARDER_LOG_LEVEL=loud"_s}});
    QCOMPARE(answer.code, WrongConfig);
    QCOMPARE(answer.err.count('\n'), 4);
    for (const auto *key : {"foo", "http.threads", "bar", "log.level"})
        QVERIFY2(answer.err.contains(key), answer.err);
}

void TestCommandLine::check_ofRightSettings_saysSo()
{
    writeConfig("http.threads = 1\n");
    const auto answer = run({u"config"_s, u"check"_s});
    QCOMPARE(answer.out, "The configuration is right.\n");
    QCOMPARE(answer.code, Done);
    QCOMPARE(run({u"config"_s, u"check"_s, u"--json"_s})["valid"_L1], true);
    QVERIFY(!QFile::exists(data() + u"/warder.db"_s)); // it only looks
}

void TestCommandLine::show_tellsEachValuesSource()
{
    writeConfig("http.threads = 1\nlog.level = warning\ntokens.audience = file\n");
    const QStringList words {u"config"_s, u"show"_s, u"--set"_s, u"tokens.audience=line"_s};
    const ProgramOptions options {.environment = {u"WARDER_LOG_LEVEL=error"_s, u"WARDER_TOKENS_AUDIENCE=environment"_s}};
    const QJsonArray facts = run(words + QStringList {u"--json"_s}, options).array();
    const auto said = [&facts](const QString &key) {
        const QJsonValue one = settingIn(facts, key);
        return u"%1 %2 %3"_s.arg(one["value"_L1].toString(), one["source"_L1].toString(), one["source_name"_L1].toString()).trimmed();
    };
    QCOMPARE(said(u"http.max_connections"_s), u"4096 default"_s);
    QCOMPARE(said(u"http.threads"_s), u"1 file %1/warder.conf:1"_s.arg(data()));
    QCOMPARE(said(u"log.level"_s), u"error environment WARDER_LOG_LEVEL"_s);
    QCOMPARE(said(u"tokens.audience"_s), u"line command line --set"_s);

    const QByteArray table = run(words, options).out;
    QCOMPARE(table.count('\n'), facts.size() + 1);
    for (const QJsonValue one : facts) {
        for (const auto name : {"key"_L1, "value"_L1, "source"_L1, "source_name"_L1, "text"_L1})
            QVERIFY2(table.contains(one[name].toString().toUtf8()), qPrintable(one["key"_L1].toString()));
    }
}

void TestCommandLine::show_throughAServer_tellsItsValues()
{
    WarderProcess server(data());
    QVERIFY2(server.start(quickSettings() + QStringList {u"--set"_s, u"http.idle_timeout=33s"_s}), server.log());
    const QJsonValue one = settingIn(server.command({u"config"_s, u"show"_s, u"--json"_s}).array(), u"http.idle_timeout"_s);
    QCOMPARE(one["value"_L1], u"33s"_s);
    QCOMPARE(one["source"_L1], u"command line"_s);
    QCOMPARE(one["default"_L1], u"30s"_s);
    QCOMPARE(server.stop(), Done);
}

void TestCommandLine::show_masksSecrets()
{
    const ProgramOptions options {.environment = {u"WARDER_METRICS_TOKEN=abcdefghijklmnopqrstuvwxyz0123456789"_s}};
    for (const QStringList &form : {QStringList {}, QStringList {u"--json"_s}}) {
        const auto answer = run(QStringList {u"config"_s, u"show"_s} + form, options);
        QCOMPARE(answer.code, Done);
        QVERIFY(answer.out.contains("********"));
        QVERIFY(!answer.out.contains("abcdefghij"));
    }
    const auto wrong = run({u"config"_s, u"check"_s}, {.environment = {u"WARDER_METRICS_TOKEN=secret with spaces\x01"_s}});
    QCOMPARE(wrong.code, WrongConfig);
    QVERIFY2(!wrong.err.contains("secret with"), wrong.err);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "TestCommandLine.moc"
