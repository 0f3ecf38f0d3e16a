#include "app/cli/Commands.h"
#include "app/cli/ExitCode.h"
#include "core/storage/DbConnection.h"
#include "tests/app/CommandHere.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/Certificates.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What stands in the way of a start is told in a line with what to do; the exit code says that it cannot run.
class TestServeRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void secondServer_isRefused();
    void server_afterAKill_takesOver();
    void takenPort_isRefused();
    void foreignAddress_isRefused();
    void forbiddenPort_isRefused();
    void unfitCertificate_isRefused_data();
    void unfitCertificate_isRefused();
    void brokenData_isRefused_data();
    void brokenData_isRefused();
    void unfitDirectory_isRefused_data();
    void unfitDirectory_isRefused();
    void dataOfOthers_isRefused_data();
    void dataOfOthers_isRefused();
    void lostData_isRefused_data();
    void lostData_isRefused();
    void lookingCommands_changeNothing_data();
    void lookingCommands_changeNothing();
    void lookUnderOtherSettings_changesNoKey();
    void filesRemovedWhileItRuns_doNoHarm();
    void longPath_isServed();

private:
    void make() const;
    ProgramAnswer run(const QStringList &words, bool asOrdinaryUser = false) const;
    /// Without a child: anything but `serve`.
    ProgramAnswer look(const QStringList &words) const;
    void execute(const QString &sql) const;
    QString path(const QString &file) const { return m_data + u'/' + file; }
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
};

void TestServeRefusals::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_data = m_folder->filePath(u"data"_s);
}

/// As a server leaves it behind.
void TestServeRefusals::make() const { QVERIFY(makeDataHere(m_data)); }

ProgramAnswer TestServeRefusals::run(const QStringList &words, bool asOrdinaryUser) const
{
    return runWarderd(words + QStringList {u"--data-dir"_s, m_data, u"--set"_s, u"log.level=error"_s}, {.asOrdinaryUser = asOrdinaryUser});
}

ProgramAnswer TestServeRefusals::look(const QStringList &words) const
{
    return runHere(words + QStringList {u"--data-dir"_s, m_data, u"--set"_s, u"log.level=error"_s});
}

void TestServeRefusals::execute(const QString &sql) const
{
    DbConnection connection(path(u"warder.db"_s), DbConnection::Access::ReadWrite);
    const auto done = connection.execute(sql);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
}

void TestServeRefusals::secondServer_isRefused()
{
    WarderProcess first(m_data);
    QVERIFY2(first.start(), first.log());
    const auto second = run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY2(second.complaint().startsWith("warderd: another Warder (process "_L1), second.err);
    QVERIFY2(
        second.complaint().endsWith(u"runs on the data directory %1: stop it first, or choose another one with --data-dir"_s.arg(m_data)),
        second.err);
    QCOMPARE(second.err.count('\n'), 1);
    QCOMPARE(second.out, QByteArray());
    QCOMPARE(second.code, CannotRun);
    QCOMPARE(first.client().get("/health/ready").status(), 200); // and the first noticed nothing
    QCOMPARE(first.command({u"user"_s, u"list"_s}).code, Done);
    QCOMPARE(first.stop(), Done);
}

void TestServeRefusals::server_afterAKill_takesOver()
{
    WarderProcess server(m_data);
    QVERIFY2(server.start(), server.log());
    server.kill();
    QVERIFY(QFile::exists(path(u"console.sock"_s))); // lock and socket are dead, and in nobody's way
    QCOMPARE(server.command({u"user"_s, u"list"_s}).out, "No users.\n");
    QVERIFY2(server.start(), server.log());
    QCOMPARE(server.command({u"user"_s, u"list"_s}).out, "No users.\n");
    QCOMPARE(server.stop(), Done);
}

void TestServeRefusals::takenPort_isRefused()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString place = u"127.0.0.1:%1"_s.arg(other.serverPort());
    const auto answer = run({u"serve"_s, u"--listen"_s, place});
    QVERIFY2(answer.err.contains(place.toUtf8()) || answer.err.contains("port " + QByteArray::number(other.serverPort())), answer.err);
    QVERIFY2(answer.complaint().endsWith("another program uses this port: stop it, or choose another port with http.listen"_L1),
             answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, CannotRun);
}

void TestServeRefusals::foreignAddress_isRefused()
{
    const auto answer = run({u"serve"_s, u"--listen"_s, u"192.0.2.1:0"_s});
    QCOMPARE(answer.complaint(),
             u"warderd: cannot listen on 192.0.2.1:0: this machine has no such address: choose one of its own with http.listen"_s);
    QCOMPARE(answer.code, CannotRun);
}

void TestServeRefusals::forbiddenPort_isRefused()
{
    QFile lowest(u"/proc/sys/net/ipv4/ip_unprivileged_port_start"_s);
    if (!lowest.open(QIODevice::ReadOnly) || lowest.readAll().trimmed().toInt() <= 1)
        QSKIP("here everybody may use any port");
    const auto answer = run({u"serve"_s, u"--listen"_s, u"127.0.0.1:1"_s}, true);
    QVERIFY2(answer.complaint().endsWith("127.0.0.1:1: no right to use this port (below 1024 it needs a privilege): "
                                         "choose another port with http.listen, or let systemd open it with warder.socket"_L1),
             answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.code, CannotRun);
}

void TestServeRefusals::unfitCertificate_isRefused_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("told");
    const TestCertificate good = makeCertificate();
    const TestCertificate old = makeCertificate({.fromDays = -9, .untilDays = -2});
    QTest::newRow("another's key") << good.certificate << old.key << u"does not belong to the certificate in "_s;
    QTest::newRow("no certificate") << QByteArray("hello") << good.key << u"cert.pem"_s;
    QTest::newRow("no key") << good.certificate << QByteArray("hello") << u"key.pem"_s;
    QTest::newRow("key under a passphrase") << good.certificate << encryptedKey(good.key) << u"key.pem"_s;
}

void TestServeRefusals::unfitCertificate_isRefused()
{
    QFETCH(const QByteArray, certificate);
    QFETCH(const QByteArray, key);
    QFETCH(const QString, told);
    QStringList words {u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s};
    const auto give = [&](const QString &setting, const QString &name, const QByteArray &bytes) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        words += {u"--set"_s, setting + u'=' + file.fileName()};
    };
    give(u"http.tls_certificate"_s, u"cert.pem"_s, certificate);
    give(u"http.tls_key"_s, u"key.pem"_s, key);
    const auto answer = run(words);
    QVERIFY2(answer.complaint().contains(told), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.code, CannotRun);
}

void TestServeRefusals::brokenData_isRefused_data()
{
    using Break = std::function<void(const TestServeRefusals &)>;
    QTest::addColumn<Break>("spoil");
    QTest::addColumn<QStringList>("told");
    const auto write = [](const TestServeRefusals &test, const QString &name, const QByteArray &bytes) {
        QFile file(test.path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    };
    QTest::newRow("a newer version's database")
        << Break([](const auto &test) { test.execute(u"INSERT INTO schema_migrations VALUES (999, 'of tomorrow', x'00', 0)"_s); })
        << QStringList {u"warder.db: the database has version "_s, u"use a newer Warder"_s};
    QTest::newRow("a changed migration") << Break([](const auto &test) {
        test.execute(u"UPDATE schema_migrations SET checksum = x'00' WHERE version = 1"_s);
    }) << QStringList {u"warder.db: migration 1 "_s, u"is not the one this database was made with"_s};
    QTest::newRow("another program's database")
        << Break([](const auto &test) { test.execute(u"PRAGMA application_id = 7"_s); })
        << QStringList {u"warder.db: this is not a database of Warder's (its application_id is 7)"_s};
    QTest::newRow("a folder for a database") << Break([](const auto &test) {
        QVERIFY(QFile::remove(test.path(u"warder.db"_s)) && QDir().mkdir(test.path(u"warder.db"_s)));
    }) << QStringList {u"warder.db is not a regular file"_s};
    QTest::newRow("a text for a database") << Break([write](const auto &test) {
        write(test, u"warder.db"_s, "hello, hello, hello, hello, hello\n");
    }) << QStringList {u"warder.db: "_s, u"not a database"_s, u"Put a backup in its place"_s};
    QTest::newRow("a damaged database") << Break([](const auto &test) {
        QFile file(test.path(u"warder.db"_s));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100) && file.write(QByteArray(3000, 'x')) == 3000);
    }) << QStringList {u"warder.db: "_s, u"malformed"_s, u"Put a backup in its place"_s};
    QTest::newRow("master key empty") << Break([write](const auto &test) { write(test, u"master.key"_s, {}); })
                                      << QStringList {u"master.key does not hold 32 bytes in base64"_s};
    QTest::newRow("no facts, and no master key") << Break([](const auto &test) {
        test.execute(u"DELETE FROM facts"_s);
        QVERIFY(QFile::remove(test.path(u"master.key"_s)));
    }) << QStringList {u"master.key cannot be opened: No such file"_s, u"Put it back"_s};
    QTest::newRow("no facts, and another master key") << Break([write](const auto &test) {
        test.execute(u"DELETE FROM facts"_s);
        write(test, u"master.key"_s, QByteArray(32, 'k').toBase64());
    }) << QStringList {u"the signing key "_s, u"does not open"_s};
    QTest::newRow("no database") << Break([write](const auto &test) { write(test, u"warder.db"_s, QByteArray(8192, 'x')); })
                                 << QStringList {u"warder.db: "_s, u"not a database"_s};
    QTest::newRow("master key gone") << Break([](const auto &test) { QVERIFY(QFile::remove(test.path(u"master.key"_s))); })
                                     << QStringList {u"master.key cannot be opened: No such file"_s, u"Put it back"_s};
    QTest::newRow("master key open to others") << Break([](const auto &test) {
        QVERIFY(QFile::setPermissions(test.path(u"master.key"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    }) << QStringList {u"master.key can be read by others: chmod 600 it"_s};
    QTest::newRow("master key cut") << Break([write](const auto &test) { write(test, u"master.key"_s, "YWJj\n"); })
                                    << QStringList {u"master.key does not hold 32 bytes in base64"_s};
    QTest::newRow("another master key") << Break([write](const auto &test) {
        write(test, u"master.key"_s, QByteArray(32, 'k').toBase64());
    }) << QStringList {u"master.key is not the master key this database was sealed with"_s};
    QTest::newRow("a sealed key spoilt") << Break([](const auto &test) {
        test.execute(u"UPDATE signing_keys SET sealed = zeroblob(length(sealed))"_s);
    }) << QStringList {u"key"_s};
}

void TestServeRefusals::brokenData_isRefused()
{
    QFETCH(const std::function<void(const TestServeRefusals &)>, spoil);
    QFETCH(const QStringList, told);
    make();
    spoil(*this);
    for (const ProgramAnswer &answer : {run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s}), look({u"user"_s, u"list"_s})}) {
        QVERIFY2(answer.complaint().startsWith("warderd: "_L1), answer.err);
        for (const QString &part : told)
            QVERIFY2(answer.complaint().contains(part), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
        QCOMPARE(answer.out, QByteArray());
        QCOMPARE(answer.code, CannotRun);
    }
}

void TestServeRefusals::unfitDirectory_isRefused_data()
{
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("told");
    QTest::newRow("a file") << u"file"_s << u"is not a directory"_s;
    QTest::newRow("below a file") << u"file/data"_s << u"cannot be created"_s;
    QTest::newRow("shared with other things") << u"shared"_s << u"choose another data directory, or run chmod 700 on it"_s;
}

void TestServeRefusals::unfitDirectory_isRefused()
{
    QFETCH(const QString, directory);
    QFETCH(const QString, told);
    QVERIFY(QDir(m_folder->path()).mkdir(u"shared"_s));
    QVERIFY(QFile::setPermissions(m_folder->filePath(u"shared"_s), QFile::Permissions(0x7755)));
    for (const auto &name : {u"file"_s, u"shared/theirs"_s}) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    m_data = m_folder->filePath(directory);
    const auto answer = run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY2(answer.complaint().contains(m_data) && answer.complaint().contains(told), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.code, CannotRun);
}

void TestServeRefusals::dataOfOthers_isRefused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("permissions");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("told");
    QTest::newRow("directory not readable") << u"."_s << 0x0000 << int(CannotRun) << u"Permission denied"_s;
    QTest::newRow("directory not writable") << u"."_s << 0x5500 << int(CannotRun) << u"warder.db: attempt to write a readonly database"_s;
    QTest::newRow("database not readable") << u"warder.db"_s << 0x0000 << int(CannotRun) << u"warder.db: "_s;
    QTest::newRow("master key not readable") << u"master.key"_s << 0x0000 << int(CannotRun)
                                             << u"master.key cannot be opened: Permission denied"_s;
    QTest::newRow("settings not readable") << u"warder.conf"_s << 0x0000 << int(WrongConfig)
                                           << u"warder.conf] cannot be read: Permission denied"_s;
}

void TestServeRefusals::dataOfOthers_isRefused()
{
    QFETCH(const QString, file);
    QFETCH(const int, permissions);
    QFETCH(const int, code);
    QFETCH(const QString, told);
    make();
    QFile config(path(u"warder.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    QVERIFY(QFile::setPermissions(path(file), QFile::Permissions(permissions)));
    const auto answer = run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s}, true);
    QVERIFY(QFile::setPermissions(m_data, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)); // so that it can be removed
    QVERIFY2(answer.complaint().contains(told), answer.err);
    QCOMPARE(answer.err.count('\n'), 1);
    QCOMPARE(answer.code, code);
}

void TestServeRefusals::lostData_isRefused_data()
{
    QTest::addColumn<QString>("lose");
    QTest::addColumn<QStringList>("told");
    QTest::newRow("emptied") << u"true > warder.db; rm -f warder.db-wal"_s
                             << QStringList {u"warder.db is empty, but the master key of an earlier one lies beside it"_s,
                                             u"master.key away to begin anew"_s};
    QTest::newRow("removed") << u"rm warder.db"_s << QStringList {u"warder.db is missing, but the master key of an earlier one"_s};
    QTest::newRow("only the log left") << u"rm warder.db; echo pages > warder.db-wal"_s
                                       << QStringList {u"warder.db is missing, but its log "_s, u"put the database back"_s};
    QTest::newRow("only the log left, without the key")
        << u"rm warder.db master.key; echo pages > warder.db-wal"_s << QStringList {u"warder.db is missing, but its log "_s};
}

void TestServeRefusals::lostData_isRefused()
{
    QFETCH(const QString, lose);
    QFETCH(const QStringList, told);
    make();
    QProcess shell;
    shell.setWorkingDirectory(m_data);
    shell.start(u"/bin/sh"_s, {u"-c"_s, lose});
    QVERIFY(shell.waitForFinished() && shell.exitCode() == 0);
    const QStringList serve {u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, m_data};
    const QStringList add {u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s, u"--data-dir"_s, m_data};
    for (const ProgramAnswer &answer : {runWarderd(serve), runHere(add, "correct horse\n")}) {
        QCOMPARE(answer.code, CannotRun);
        for (const QString &part : told)
            QVERIFY2(answer.complaint().contains(part), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
    }
    QVERIFY(!QFile::exists(path(u"warder.db"_s)) || QFileInfo(path(u"warder.db"_s)).size() == 0);
}

/// What is set, and whether a backup would restore, is known without a server's data as well.
static bool needsOne(const QString &words)
{
    return !words.startsWith("config"_L1) && (!words.startsWith("backup"_L1) || words == "backup create"_L1);
}

void TestServeRefusals::lookingCommands_changeNothing_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("needsOne");
    for (const Command &command : commands()) {
        QString line = command.words + u" a@example.com"_s.repeated(command.leastArguments);
        for (const auto *option : {"yes", "password-stdin", "all"})
            line += command.options.contains(QLatin1StringView(option)) ? " --"_L1 + QLatin1StringView(option) : QString();
        if (command.opening == Opening::Look && command.words != "serve"_L1 && !command.runAlone && !command.handOut)
            QTest::newRow(qPrintable(command.words)) << line << needsOne(command.words);
    }
}

void TestServeRefusals::lookingCommands_changeNothing()
{
    QFETCH(const QString, line);
    QFETCH(const bool, needsOne);
    const auto answer = runHere(line.split(u' ') + QStringList {u"--data-dir"_s, m_data}, "correct horse\n");
    QVERIFY(!QFile::exists(m_data));
    if (line.startsWith("config"_L1))
        QCOMPARE(answer.code, Done);
    QCOMPARE(answer.code == CannotRun, needsOne);
    if (needsOne)
        QCOMPARE(
            answer.complaint(),
            u"warderd: there is no Warder in the data directory %1: check --data-dir and WARDER_DATA_DIR, or use sudo for the system's server "
            "(`warderd serve` and `warderd user add` make a new one there)"_s.arg(m_data));
    QVERIFY(QDir().mkpath(m_data));
    (void)runHere(line.split(u' ') + QStringList {u"--data-dir"_s, m_data}, "correct horse\n");
    QVERIFY(QDir(m_data).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

/// The service's environment asks for another algorithm than that of the shell that somebody looks from.
void TestServeRefusals::lookUnderOtherSettings_changesNoKey()
{
    WarderProcess server(m_data);
    QVERIFY2(server.start(quickSettings() + QStringList {u"--set"_s, u"tokens.algorithm=EdDSA"_s}) && server.stop() == Done, server.log());
    const QByteArray before = look({u"key"_s, u"list"_s, u"--json"_s}).out;
    QVERIFY(before.contains("EdDSA"));
    QCOMPARE(look({u"user"_s, u"list"_s}).code, Done);
    QCOMPARE(runHere({u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s, u"--data-dir"_s, m_data}, "correct horse\n").code,
             Done);
    QCOMPARE(look({u"key"_s, u"list"_s, u"--json"_s}).out, before);
    QVERIFY2(server.start(quickSettings()) && server.stop() == Done, server.log()); // who signs may
    QVERIFY(look({u"key"_s, u"list"_s, u"--json"_s}).out.contains("ES256"));
}

void TestServeRefusals::filesRemovedWhileItRuns_doNoHarm()
{
    WarderProcess server(m_data);
    QVERIFY2(server.start(), server.log());
    for (const auto *name : {"warder.lock", "console.sock"})
        QVERIFY(QFile::remove(path(QString::fromLatin1(name))));
    const auto second = run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY2(second.complaint().startsWith("warderd: another Warder (process "_L1), second.err);
    QCOMPARE(second.code, CannotRun);
    QCOMPARE(run({u"user"_s, u"list"_s}).code, Done); // which waits until the socket is back
    QVERIFY2(server.log().contains("console_socket_remade"), server.log());
    QCOMPARE(server.stop(), Done);
}

void TestServeRefusals::longPath_isServed()
{
    m_data = m_folder->filePath(QString(120, u'd') + u'/' + QString(200, u'e'));
    QVERIFY(QDir().mkpath(QFileInfo(m_data).path()));
    WarderProcess server(m_data);
    QVERIFY2(server.start(), server.log());
    QCOMPARE(server.command({u"server"_s, u"status"_s, u"--json"_s})["state"_L1].toString(), u"running"_s);
    QCOMPARE(QFileInfo(path(u"console.sock"_s)).permissions() & QFile::Permissions(0x77), QFile::Permissions());
    QVERIFY(QFile::remove(path(u"console.sock"_s)));
    QTRY_VERIFY(QFile::exists(path(u"console.sock"_s)));
    QCOMPARE(server.command({u"user"_s, u"list"_s}).code, Done);
    QCOMPARE(server.stop(), Done);
    QVERIFY(!QFile::exists(path(u"console.sock"_s)));
}

QTEST_GUILESS_MAIN(TestServeRefusals)
#include "TestServeRefusals.moc"
