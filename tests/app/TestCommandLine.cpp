#include "app/cli/ExitCode.h"
#include "tests/app/CommandHere.h"
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

    void answers_areTheSameHere_data();
    void answers_areTheSameHere();
    void usage_isRefusedInOneLine_data();
    void usage_isRefusedInOneLine();
    void addresses_mayBeginWithAHyphen();
    void longArguments_areNotSaidBackWhole();
    void arguments_areUtf8();
    void help_namesEveryCommand();
    void help_ofACommand_tellsItsOwn_data();
    void help_ofACommand_tellsItsOwn();
    void version_isTold();
    void wrongSettings_areNamed_data();
    void wrongSettings_areNamed();
    void wrongSettings_areAllToldAtOnce();
    void check_ofRightSettings_saysSo();
    void check_namesWhatIsNoSetting();
    void check_namesWhatOpensTheServer_data();
    void check_namesWhatOpensTheServer();
    void config_thatLeadsNowhere_isRefused();
    void dataDirectory_ofTheEnvironment();
    void dataDirectory_thatNobodyMeans_isRefused_data();
    void dataDirectory_thatNobodyMeans_isRefused();
    void show_tellsEachValuesSource();
    void show_throughAServer_tellsItsValues();
    void show_masksSecrets();

private:
    QString data() const { return m_folder->filePath(u"data"_s); }
    ProgramAnswer run(const QStringList &words, const ProgramOptions &options = {}) const
    {
        return runWarderd(words + QStringList {u"--data-dir"_s, data()}, options);
    }
    /// Without a child: nearly all of this is said before a process would matter.
    ProgramAnswer look(const QStringList &words, const QByteArray &input = {}) const
    {
        return runHere(words + QStringList {u"--data-dir"_s, data()}, input);
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

void TestCommandLine::answers_areTheSameHere_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::newRow("a mistake") << u"user ad"_s << int(WrongUsage);
    QTest::newRow("nothing") << QString() << int(WrongUsage);
    QTest::newRow("a wrong setting") << u"config check --set http.threads=many"_s << int(WrongConfig);
    QTest::newRow("no data") << u"user list"_s << int(CannotRun);
    QTest::newRow("help") << u"help user add"_s << int(Done);
    QTest::newRow("settings") << u"config show --json"_s << int(Done);
}

/// What most tests of commands rely on: the program adds nothing to what its functions say in this process.
void TestCommandLine::answers_areTheSameHere()
{
    QFETCH(const QString, line);
    const QStringList words = QStringList {u"--data-dir"_s, data()} + line.split(u' ', Qt::SkipEmptyParts);
    const ProgramAnswer answer = runWarderd(words);
    const ProgramAnswer here = runHere(words);
    QTEST(answer.code, "code");
    QCOMPARE(here.code, answer.code);
    QCOMPARE(here.out, answer.out);
    QCOMPARE(here.err, answer.err);
}

void TestCommandLine::usage_isRefusedInOneLine_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const QString &line, const QString &complaint) {
        QTest::newRow(qPrintable(line)) << line.split(u' ') << complaint;
    };
    const auto meant = [&row](const QString &line, const QString &command) {
        row(line, u"no such command: %1; did you mean `warderd %2`?"_s.arg(line, command));
    };
    meant(u"serv"_s, u"serve"_s);
    meant(u"start"_s, u"serve"_s);
    meant(u"run"_s, u"serve"_s);
    meant(u"Serve"_s, u"serve"_s);
    meant(u"useradd"_s, u"user add"_s);
    meant(u"user-add"_s, u"user add"_s);
    meant(u"adduser"_s, u"user add"_s);
    meant(u"user create"_s, u"user add"_s);
    meant(u"user ad"_s, u"user add"_s);
    meant(u"usr list"_s, u"user list"_s);
    meant(u"users"_s, u"user list"_s);
    meant(u"user remove ann@example.com"_s, u"user delete"_s);
    meant(u"user undelete ann@example.com"_s, u"user restore"_s);
    meant(u"user add-role ann@example.com admin"_s, u"user edit"_s);
    meant(u"user passwd"_s, u"user set-password"_s);
    meant(u"passwords tune"_s, u"password tune"_s);
    meant(u"password tun"_s, u"password tune"_s);
    meant(u"sessions"_s, u"session list"_s);
    meant(u"key rotat"_s, u"key rotate"_s);
    meant(u"status"_s, u"server status"_s);
    meant(u"outbox"_s, u"mail list"_s);
    meant(u"mail send ann@example.com"_s, u"mail test"_s);
    meant(u"config validate"_s, u"config check"_s);
    meant(u"providers"_s, u"provider list"_s);
    meant(u"provider delete google"_s, u"provider remove"_s);
    meant(u"provider ad"_s, u"provider add"_s);
    meant(u"limits"_s, u"limit list"_s);
    meant(u"limit edit login_per_address"_s, u"limit set"_s);
    meant(u"unblock ann@example.com"_s, u"limit unblock"_s);
    meant(u"ban 203.0.113.7"_s, u"limit block"_s);
    meant(u"limit stat"_s, u"limit stats"_s);
    row(u"password"_s, u"no such command: password; there are: tune"_s);
    const QString ofUser = u"there are: add, invite, import, list, show, edit, disable, enable, delete, restore, set-password, reset-mfa"_s;
    row(u"user"_s, u"no such command: user; "_s + ofUser);
    row(u"user frobnicate"_s, u"no such command: user frobnicate; "_s + ofUser);
    row(u"config"_s, u"no such command: config; there are: show, check"_s);
    row(u"config set log.level debug"_s, u"no such command: config set log.level debug; settings stand as `key = value` in %1/warder.conf, "
                                         "and `warderd server reload` reads them; for one run there is --set key=value"_s);
    row(u"stop"_s, u"no such command: stop; a server ends by SIGTERM: Ctrl+C where it runs, or `systemctl stop warder`"_s);
    row(u"frobnicate"_s, u"no such command: frobnicate (see `warderd help`)"_s);
    row(u"serve now"_s, u"serve takes: nothing (see `warderd help serve`)"_s);
    row(u"config check all"_s, u"config check takes: nothing (see `warderd help config check`)"_s);
    row(u"serve --port 8000"_s, u"serve has no option --port; did you mean `--listen 127.0.0.1:PORT`?"_s);
    row(u"serve --host=0.0.0.0"_s, u"serve has no option --host; did you mean `--listen ADDRESS:PORT`?"_s);
    row(u"serve --lisen 127.0.0.1:1"_s, u"serve has no option --lisen; did you mean `--listen`?"_s);
    row(u"serve -p 8000"_s, u"serve has no option -p; did you mean `--listen 127.0.0.1:PORT`?"_s);
    row(u"session revoke --al"_s, u"session revoke has no option --al; did you mean `--all`?"_s);
    row(u"user list --al"_s, u"user list has no option --al (see `warderd help user list`)"_s);
    row(u"--frobnicate"_s, u"no such option: --frobnicate (see `warderd help`)"_s);
    row(u"user add a@example.com --password hunter2hunter2"_s, u"user add has no option --password; did you mean `--password-stdin`?"_s);
    row(u"provider add google --client-secret hush"_s, u"provider add has no option --client-secret; did you mean `--secret-stdin`?"_s);
    row(u"user delete a@example.com --force"_s, u"user delete has no option --force; did you mean `--yes`?"_s);
    row(u"user add -x@example.com"_s,
        u"user add has no option -x@example.com; if it is an address, write -- before it: `warderd user add -- -x@example.com`"_s);
    row(u"user list --set"_s, u"Missing value after '--set'. (see `warderd help user list`)"_s);
    row(u"user list --json=yes"_s, u"Unexpected value after '--json'. (see `warderd help user list`)"_s);
    row(u"session list --all"_s, u"session list has no option --all (see `warderd help session list`)"_s);
    row(u"session revoke --ended"_s, u"session revoke has no option --ended (see `warderd help session revoke`)"_s);
    row(u"user list --role admin"_s, u"user list has no option --role (see `warderd help user list`)"_s);
    row(u"serve --yes"_s, u"serve has no option --yes (see `warderd help serve`)"_s);
    row(u"serve --json"_s, u"serve has no option --json (see `warderd help serve`)"_s);
    row(u"config check --all"_s, u"config check has no option --all (see `warderd help config check`)"_s);
    row(u"user add a@example.com --name A --name B"_s, u"--name is given twice (see `warderd help user add`)"_s);
    row(u"user add"_s, u"user add takes: EMAIL (see `warderd help user add`)"_s);
    row(u"user show a@example.com b@example.com"_s, u"user show takes: EMAIL|ID (see `warderd help user show`)"_s);
    row(u"key list access"_s, u"key list takes: nothing (see `warderd help key list`)"_s);
    row(u"usr list --set foo=1"_s, u"no such command: usr list; did you mean `warderd user list`?"_s);
    row(u"help frobnicate"_s, u"no such command: frobnicate (see `warderd help`)"_s);
    QTest::newRow("an argument of escapes") << QStringList {u"\x1b[31mred\u202e"_s} << u"no such command: ?[31mred? (see `warderd help`)"_s;
    QTest::newRow("a long argument") << QStringList {QString(100'000, u'x')} << u"no such command: %2 (see `warderd help`)"_s;
}

void TestCommandLine::usage_isRefusedInOneLine()
{
    QFETCH(const QStringList, words);
    QFETCH(QString, complaint);
    const auto answer = runHere(QStringList {u"--data-dir"_s, data()} + words);
    complaint.replace(u"%1"_s, data()).replace(u"%2"_s, QString(134, u'x') + u" … "_s + QString(66, u'x'));
    QCOMPARE(answer.complaint(), u"warderd: "_s + complaint);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY(!QFile::exists(data())); // nothing was begun
}

void TestCommandLine::addresses_mayBeginWithAHyphen()
{
    const auto made =
        runHere({u"user"_s, u"add"_s, u"--password-stdin"_s, u"--data-dir"_s, data(), u"--"_s, u"-x@example.com"_s}, "correct horse\n");
    QVERIFY2(made.code == Done, made.err);
    QVERIFY2(made.out.simplified().contains("email -x@example.com"), made.out);
}

void TestCommandLine::longArguments_areNotSaidBackWhole()
{
    QCOMPARE(look({u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s}, "correct horse battery").code, Done);
    for (const char *line : {"X",
                             "user X",
                             "help X",
                             "--X",
                             "user list --X",
                             "user list X",
                             "user show X",
                             "user add X",
                             "user edit X --name n",
                             "user edit ann@example.com --email X",
                             "user edit ann@example.com --role X",
                             "user delete X --yes",
                             "user import X",
                             "session revoke X",
                             "session revoke --user X",
                             "key revoke X --yes",
                             "key rotate --purpose X",
                             "mail list X",
                             "mail list --state X",
                             "mail retry X",
                             "mail drop X --yes",
                             "mail test X",
                             "mail test ann@example.com --language X",
                             "mail preview X",
                             "alarm list --state X",
                             "alarm seen X",
                             "alarm done X",
                             "limit show X",
                             "limit add X --rate 5/1m --route login",
                             "limit add x --rate X --route login",
                             "limit add x --rate 5/1m --route X",
                             "limit add x --rate 5/1m --route login --title X",
                             "limit set login_per_address --key X",
                             "limit set login_backoff --longest X",
                             "limit reset X",
                             "limit remove X --yes",
                             "limit try X",
                             "limit held --last X",
                             "limit unblock X",
                             "limit block X",
                             "limit exempt 203.0.113.7 --reason X",
                             "limit forget X",
                             "limit history X",
                             "config check --listen X",
                             "config check --set X",
                             "config check --set X=1",
                             "config check --set log.level=X"}) {
        QStringList words = QString::fromLatin1(line).split(u' ');
        words.replaceInStrings(u"X"_s, QString(120'000, u'x'));
        const auto answer = look(words, "correct horse battery");
        QVERIFY2(answer.code != Done && answer.code != -1, line + answer.err.left(1000));
        QVERIFY2(!answer.err.isEmpty() && answer.err.size() < 5000, line + QByteArray::number(answer.err.size()));
    }
}

void TestCommandLine::arguments_areUtf8()
{
    QProcess shell;
    shell.start(u"/bin/sh"_s,
                {u"-c"_s, u"\"$0\" user add a@example.com --name \"$(printf 'An\\377n')\" --password-stdin --data-dir \"$1\" </dev/null"_s,
                 WarderProcess::program(), data()});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), WrongUsage);
    QCOMPARE(shell.readAllStandardError(), "warderd: an argument is not UTF-8\n");
}

void TestCommandLine::help_namesEveryCommand()
{
    for (const QStringList &words :
         {QStringList {u"--help"_s}, QStringList {u"help"_s}, QStringList {u"help"_s, u"help"_s}, QStringList {u"-h"_s}}) {
        const auto help = runHere(words);
        QCOMPARE(help.code, Done);
        for (const auto *part : {"serve",
                                 "user add EMAIL",
                                 "user import FILE",
                                 "user invite EMAIL",
                                 "user list [TEXT]",
                                 "user show",
                                 "user edit",
                                 "user disable",
                                 "user enable",
                                 "user delete",
                                 "user restore",
                                 "user set-password",
                                 "password tune",
                                 "session list",
                                 "session revoke",
                                 "mail list [TEXT]",
                                 "mail status",
                                 "mail retry [ID…]",
                                 "mail drop ID…",
                                 "mail test EMAIL",
                                 "mail preview KIND",
                                 "alarm list [TEXT]",
                                 "alarm seen [ID…]",
                                 "alarm done [ID…]",
                                 "limit list",
                                 "limit show NAME",
                                 "limit add NAME",
                                 "limit set NAME",
                                 "limit reset NAME",
                                 "limit remove NAME",
                                 "limit try NAME",
                                 "limit held [ADDRESS|EMAIL]",
                                 "limit unblock ADDRESS|EMAIL",
                                 "limit exempt NETWORK",
                                 "limit block NETWORK",
                                 "limit networks",
                                 "limit forget ID|NETWORK",
                                 "limit stats",
                                 "limit history [NAME]",
                                 "key list",
                                 "key rotate",
                                 "key revoke",
                                 "provider list",
                                 "provider show NAME",
                                 "provider add KIND",
                                 "provider edit NAME",
                                 "provider test NAME",
                                 "provider remove NAME",
                                 "config show",
                                 "tls make-local",
                                 "config check",
                                 "starter DIR",
                                 "nextjs-package DIR",
                                 "--data-dir",
                                 "--set",
                                 "--json",
                                 "Exit codes: 0 done, 1 refused"})
            QVERIFY2(help.out.contains(part), part);
    }
    const auto nothing = runHere({});
    QCOMPARE(nothing.code, WrongUsage);
    QVERIFY(nothing.out.contains("user add EMAIL"));
}

void TestCommandLine::help_ofACommand_tellsItsOwn_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("told");
    QTest::addColumn<QStringList>("untold");
    QTest::newRow("help of one") << u"help user add"_s
                                 << QStringList {u"Usage: warderd user add EMAIL [options]"_s, u"--name TEXT"_s, u"--password-stdin"_s,
                                                 u"--data-dir"_s, u"--json"_s}
                                 << QStringList {u"--purpose"_s, u"--ended"_s, u"session"_s};
    QTest::newRow("one's help") << u"user list --help"_s << QStringList {u"Usage: warderd user list [TEXT] [options]\n"_s}
                                << QStringList {u"--name"_s, u"user add"_s};
    QTest::newRow("one's help, arguments missing")
        << u"user show -h"_s << QStringList {u"Usage: warderd user show EMAIL|ID\n"_s} << QStringList {u"user add"_s};
    QTest::newRow("one's help beside a mistake")
        << u"user list --al --help"_s << QStringList {u"Usage: warderd user list [TEXT] [options]\n"_s} << QStringList {u"user add"_s};
    QTest::newRow("of serve") << u"serve --help"_s << QStringList {u"Usage: warderd serve\n"_s, u"--listen"_s, u"--set"_s}
                              << QStringList {u"--json"_s};
    QTest::newRow("of check") << u"help config check"_s << QStringList {u"Usage: warderd config check\n"_s, u"--json"_s}
                              << QStringList {u"--name"_s};
    QTest::newRow("of what needs no settings") << u"help tls make-local"_s
                                               << QStringList {u"Usage: warderd tls make-local [options]"_s, u"--name"_s}
                                               << QStringList {u"--set"_s};
    QTest::newRow("of the import") << u"help user import"_s << QStringList {u"--dry-run"_s, u"--skip-existing"_s, u"--map FILE"_s, u"CSV"_s}
                                   << QStringList {u"--role"_s};
    QTest::newRow("of a group") << u"help user"_s << QStringList {u"user add EMAIL"_s, u"user edit EMAIL|ID"_s}
                                << QStringList {u"session list"_s, u"Usage"_s};
    QTest::newRow("of what is said several times")
        << u"help limit add"_s
        << QStringList {u"Usage: warderd limit add NAME [options]"_s, u"--rate RATE"_s, u"--route ROUTE"_s, u"--key KEY"_s}
        << QStringList {u"--longest"_s, u"--enable"_s};
    QTest::newRow("a group's help") << u"key --help"_s << QStringList {u"key list"_s, u"key rotate"_s} << QStringList {u"session"_s};
}

void TestCommandLine::help_ofACommand_tellsItsOwn()
{
    QFETCH(const QString, line);
    QFETCH(const QStringList, told);
    QFETCH(const QStringList, untold);
    const auto help = runHere(line.split(u' '));
    QCOMPARE(help.code, Done);
    QCOMPARE(help.err, QByteArray());
    for (const QString &part : told)
        QVERIFY2(help.out.contains(part.toUtf8()), help.out + "lacks " + part.toUtf8());
    for (const QString &part : untold)
        QVERIFY2(!help.out.contains(part.toUtf8()), help.out + "has " + part.toUtf8());
}

void TestCommandLine::version_isTold()
{
    for (const QString &word : {u"--version"_s, u"-v"_s, u"version"_s}) {
        const auto version = runWarderd({word});
        QCOMPARE(version.code, Done);
        QVERIFY2(version.out.startsWith("warderd ") && version.out.count('.') == 2, version.out);
    }
}

void TestCommandLine::wrongSettings_areNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("told");
    const auto row = [](const char *name, const QByteArray &file, const QStringList &environment, const QStringList &arguments,
                        const QStringList &told) { QTest::newRow(name) << file << environment << arguments << told; };
    row("unknown key on the command line", {}, {}, {u"--set"_s, u"http.thread=1"_s},
        {u"[command line --set]"_s, u"http.thread: no such setting"_s, u"did you mean http.threads?"_s});
    row("unknown key in the file", "# ours\nfoo = 1\n", {}, {}, {u"[file "_s, u"warder.conf:2]"_s, u"foo: no such setting"_s});
    row("unknown key in the environment", {}, {u"WARDER_HTTP_THREAD=1"_s}, {},
        {u"[environment WARDER_HTTP_THREAD]"_s, u"did you mean http.threads?"_s});
    row("bad value on the command line", {}, {}, {u"--set"_s, u"http.threads=many"_s},
        {u"[command line --set] http.threads = \"many\": must be a whole number from 0 to 64"_s});
    row("bad value in the file", "log.level = loud\n", {}, {}, {u"warder.conf:1] log.level = \"loud\": must be"_s, u"warning"_s});
    row("bad value in the environment", {}, {u"WARDER_RATE_LIMIT_ENABLED=perhaps"_s}, {},
        {u"[environment WARDER_RATE_LIMIT_ENABLED] rate_limit.enabled = \"perhaps\": must be"_s});
    row("bad address to listen on", {}, {}, {u"--listen"_s, u"8000"_s}, {u"http.listen = \"8000\": must be"_s});
    row("a secret on the command line", {}, {}, {u"--set"_s, u"metrics.token=0123456789abcdef"_s},
        {u"[command line --set] metrics.token: a secret does not belong"_s, u"WARDER_METRICS_TOKEN"_s});
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
    QList<ProgramAnswer> answers {run(QStringList {u"serve"_s} + arguments, {.environment = environment})};
    if (environment.isEmpty())
        answers << look(QStringList {u"config"_s, u"check"_s} + arguments) << look(QStringList {u"user"_s, u"list"_s} + arguments);
    for (const ProgramAnswer &answer : answers) {
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
    const auto answer = look({u"config"_s, u"check"_s});
    QCOMPARE(answer.out, "The configuration is right.\n");
    QCOMPARE(answer.code, Done);
    QCOMPARE(look({u"config"_s, u"check"_s, u"--json"_s})["valid"_L1], true);
    QVERIFY(!QFile::exists(data() + u"/warder.db"_s)); // it only looks
}

void TestCommandLine::check_namesWhatIsNoSetting()
{
    const QStringList ofKubernetes {u"WARDER_PORT=tcp://10.0.0.1:8000"_s, u"WARDER_SERVICE_HOST=10.0.0.1"_s,
                                    u"WARDER_HTTP_PORT=tcp://10.0.0.2:80"_s};
    QCOMPARE(run({u"config"_s, u"check"_s}, {.environment = ofKubernetes}).out, "The configuration is right.\n"_ba);
    const auto answer = run({u"config"_s, u"check"_s}, {.environment = ofKubernetes + QStringList {u"WARDER_VERSION=1.2"_s}});
    QCOMPARE(answer.code, Done);
    QVERIFY2(answer.out.contains("[environment WARDER_VERSION] version: no such setting") && !answer.out.contains("WARDER_PORT"),
             answer.out);
    const auto json = run({u"config"_s, u"check"_s, u"--json"_s}, {.environment = {u"WARDER_VERSION=1.2"_s}});
    QCOMPARE(json["warnings"_L1].toArray().size(), 1);
}

void TestCommandLine::check_namesWhatOpensTheServer_data()
{
    QTest::addColumn<QStringList>("settings");
    QTest::addColumn<QByteArray>("told");
    const QByteArray clear = "passwords cross the network in the clear";
    QTest::newRow("this machine only") << QStringList {u"http.listen=127.0.0.1:8000,[::1]:8000,unix:/run/warder/x"_s} << QByteArray();
    QTest::newRow("everywhere") << QStringList {u"http.listen=0.0.0.0:8000"_s} << clear;
    QTest::newRow("everywhere, IPv6") << QStringList {u"http.listen=[::]:8000"_s} << clear;
    QTest::newRow("one address of the network") << QStringList {u"http.listen=192.0.2.7:8000"_s} << clear;
    QTest::newRow("a proxy in front") << QStringList {u"http.listen=0.0.0.0:8000"_s, u"http.trusted_proxies=10.0.0.1"_s} << QByteArray();
    QTest::newRow("anybody a proxy") << QStringList {u"http.trusted_proxies=0.0.0.0/0"_s} << "any client may claim any address"_ba;
    QTest::newRow("anybody a proxy, IPv6") << QStringList {u"http.trusted_proxies=10.0.0.1,::/0"_s}
                                           << "any client may claim any address"_ba;
    QTest::newRow("half of all a proxy") << QStringList {u"http.trusted_proxies=128.0.0.0/1"_s} << "any client may claim any address"_ba;
    const QString off = u"mail.transport=off"_s;
    QTest::newRow("no mails") << QStringList {off} << QByteArray();
    QTest::newRow("no mails, verified addresses only")
        << QStringList {off, u"accounts.require_verified_email=true"_s} << "nobody can prove their address"_ba;
    QTest::newRow("no mails, private registration")
        << QStringList {off, u"accounts.registration_answer=private"_s} << "nobody can register"_ba;
    QTest::newRow("no mails, sign-in by mail") << QStringList {off, u"accounts.magic_link=true"_s} << "nobody can sign in by mail"_ba;
}

void TestCommandLine::check_namesWhatOpensTheServer()
{
    QFETCH(const QStringList, settings);
    QFETCH(const QByteArray, told);
    QStringList words {u"config"_s, u"check"_s};
    for (const QString &setting : settings)
        words += {u"--set"_s, setting};
    const auto answer = look(words);
    QCOMPARE(answer.code, Done);
    if (told.isEmpty())
        QCOMPARE(answer.out, "The configuration is right.\n"_ba);
    else
        QVERIFY2(answer.out.contains(told), answer.out);
}

void TestCommandLine::config_thatLeadsNowhere_isRefused()
{
    writeConfig({});
    QVERIFY(QFile::remove(data() + u"/warder.conf"_s) && QFile::link(u"/nowhere/warder.conf"_s, data() + u"/warder.conf"_s));
    for (const QStringList &words : {QStringList {u"config"_s, u"check"_s}, QStringList {u"serve"_s}}) {
        const auto answer = run(words);
        QCOMPARE(answer.code, WrongConfig);
        QVERIFY2(answer.complaint().endsWith("warder.conf] cannot be read: it is a symbolic link to nothing"_L1), answer.err);
    }
}

void TestCommandLine::dataDirectory_ofTheEnvironment()
{
    writeConfig("http.threads = many\n");
    const QStringList words {u"config"_s, u"check"_s};
    QCOMPARE(runWarderd(words, {.environment = {u"WARDER_DATA_DIR="_s + data()}}).code, WrongConfig);
    QCOMPARE(runWarderd(words, {.environment = {u"WARDER_DATA_DIR= %1 "_s.arg(data())}}).code, WrongConfig);
    QCOMPARE(run(words, {.environment = {u"WARDER_DATA_DIR=/nowhere"_s}}).code, WrongConfig); // the command line wins
    const QStringList empty {u"WARDER_DATA_DIR="_s, u"XDG_DATA_HOME="_s + m_folder->path()};
    QCOMPARE(runWarderd(words, {.environment = empty}).code, Done);
}

void TestCommandLine::dataDirectory_thatNobodyMeans_isRefused_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("told");
    QTest::newRow("empty") << u""_s << u"is empty"_s;
    QTest::newRow("a blank") << u" "_s << u"is empty"_s;
    QTest::newRow("a tilde") << u"~"_s << u"begins with ~"_s;
    QTest::newRow("below a tilde") << u"~/x"_s << u"begins with ~"_s;
    QTest::newRow("somebody's home") << u"~ann/x"_s << u"begins with ~"_s;
    QTest::newRow("in quotes") << u"\"/srv/x\""_s << u"has quotation marks"_s;
    QTest::newRow("in single quotes") << u"'/srv/x'"_s << u"has quotation marks"_s;
    QTest::newRow("no UTF-8") << u"/srv/caf\ufffd"_s << u"is not UTF-8"_s;
}

void TestCommandLine::dataDirectory_thatNobodyMeans_isRefused()
{
    QFETCH(const QString, folder);
    QFETCH(const QString, told);
    const QStringList option {u"--data-dir="_s + folder};
    for (const ProgramAnswer &answer :
         {runWarderd(QStringList {u"serve"_s} + option), runHere(QStringList {u"user"_s, u"list"_s} + option),
          runHere(QStringList {u"config"_s, u"check"_s} + option), runHere(QStringList {u"tls"_s, u"make-local"_s} + option)}) {
        QCOMPARE(answer.code, WrongUsage);
        QVERIFY2(answer.complaint().startsWith("warderd: --data-dir "_L1) && answer.complaint().contains(told), answer.err);
    }
    if (!folder.trimmed().isEmpty())
        QVERIFY(runWarderd({u"config"_s, u"check"_s}, {.environment = {u"WARDER_DATA_DIR="_s + folder}})
                    .complaint()
                    .startsWith("warderd: WARDER_DATA_DIR "_L1));
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
    QCOMPARE(table.count('\n'), facts.size() + 3);
    QVERIFY2(table.endsWith("\nFile: " + data().toUtf8() + "/warder.conf (read)\n"), table);
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
