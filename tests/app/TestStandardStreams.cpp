#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What the programs make of the descriptors, locales and readers that they are started with.
class TestStandardStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void closedStreams_becomeNull_data();
    void closedStreams_becomeNull();
    void closedStreams_ofACommand_data() { closedStreams_becomeNull_data(); }
    void closedStreams_ofACommand();
    void readerStandsStill_serverGoesOn_data();
    void readerStandsStill_serverGoesOn();
    void readerIsGone_serverGoesOn();
    void fullDisk_serverGoesOn();
    void lastWords_reachWhoReads();
    void locale_makesNoNoise_data();
    void locale_makesNoNoise();
    void journalStream_ofSomebodyElse_isNotOurs();
    void signal_thatNobodyMeant_isPassedOver_data();
    void signal_thatNobodyMeant_isPassedOver();

private:
    QString data() const { return m_folder->filePath(u"data"_s); }
    QString logFile() const { return data() + u".log"_s; }
    bool answers(const WarderProcess &server, int times = 1) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

bool TestStandardStreams::answers(const WarderProcess &server, int times) const
{
    RawHttp connection(server.port());
    for (int i = 0; i < times; ++i) {
        if (ApiClient::askOn(connection, "GET", "/health/live").status() != 200)
            return false;
    }
    return true;
}

void TestStandardStreams::closedStreams_becomeNull_data()
{
    QTest::addColumn<QString>("redirections");
    for (const auto *closed : {"0", "1", "2", "01", "02", "12", "012"}) {
        QString redirections;
        for (const char *one = closed; *one; ++one)
            redirections += *one == '0' ? u" <&-"_s : u" %1>&-"_s.arg(QChar::fromLatin1(*one));
        QTest::newRow(closed) << redirections;
    }
}

/// Its greeting may be lost with stdout: who wants to know asks the command line.
void TestStandardStreams::closedStreams_becomeNull()
{
    QFETCH(const QString, redirections);
    QProcess shell;
    shell.setStandardErrorFile(logFile());
    shell.setStandardOutputFile(QProcess::nullDevice());
    shell.start(u"/bin/sh"_s, QStringList {u"-c"_s, u"exec \"$0\" \"$@\""_s + redirections, WarderProcess::program(), u"serve"_s,
                                           u"--data-dir"_s, data(), u"--listen"_s, u"127.0.0.1:0"_s}
                                  + quickSettings());
    QVERIFY(shell.waitForStarted());
    const auto status = [this] { return runWarderd({u"server"_s, u"status"_s, u"--json"_s, u"--data-dir"_s, data()}); };
    QTRY_COMPARE_WITH_TIMEOUT(status()["state"_L1].toString(), u"running"_s, 60'000);
    for (int stream = 0; stream < 3; ++stream) {
        const QString opened = QFile::symLinkTarget(u"/proc/%1/fd/%2"_s.arg(shell.processId()).arg(stream));
        QVERIFY2(!opened.contains("socket:"_L1) && !opened.contains("anon_inode:"_L1), qPrintable(u"%1: %2"_s.arg(stream).arg(opened)));
    }
    const quint16 port = status()["url"_L1].toString().section(u':', -1).toUShort();
    for (int i = 0; i < 20; ++i) // each leaves a line in the log
        QCOMPARE(ApiClient(port).get("/health/live").status(), 200);
    QCOMPARE(status()["state"_L1].toString(), u"running"_s);
    shell.terminate();
    QVERIFY(shell.waitForFinished(60'000));
    QCOMPARE(shell.exitCode(), int(Done));
}

void TestStandardStreams::closedStreams_ofACommand()
{
    QFETCH(const QString, redirections);
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf 'correct horse\\n' | (\"$0\" \"$@\""_s + redirections + u"; exit 0)"_s,
                               WarderProcess::program(), u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s, u"--data-dir"_s,
                               data(), u"--set"_s, u"passwords.argon2_memory_kib=128"_s});
    QVERIFY(shell.waitForFinished(60'000));
    const auto listed = runWarderd({u"user"_s, u"list"_s, u"--json"_s, u"--data-dir"_s, data()});
    QCOMPARE(listed.array().size(), redirections.contains(u"<&-"_s) ? 0 : 1); // without stdin there is no password
}

void TestStandardStreams::readerStandsStill_serverGoesOn_data()
{
    QTest::addColumn<QString>("format");
    for (const auto *format : {"text", "json", "journald"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestStandardStreams::readerStandsStill_serverGoesOn()
{
    QFETCH(const QString, format);
    const QByteArray pipe = QFile::encodeName(logFile());
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    const int reader = open(pipe.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const auto leaving = qScopeGuard([reader] { close(reader); });
    WarderProcess server(data());
    QVERIFY(server.start(quickSettings() + QStringList {u"--set"_s, u"log.format="_s + format}));
    QVERIFY(answers(server, 2000)); // a pipe holds some 430 of these lines
    server.signal(SIGUSR1);
    QCOMPARE(server.stop(), Done);
}

void TestStandardStreams::readerIsGone_serverGoesOn()
{
    const QByteArray pipe = QFile::encodeName(logFile());
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    const int reader = open(pipe.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    WarderProcess server(data());
    QVERIFY(server.start());
    close(reader);
    QVERIFY(answers(server, 100));
    QTRY_VERIFY(server.client().get("/metrics").everything().contains("warder_log_lines_dropped_total")
                && !server.client().get("/metrics").everything().contains("dropped_total 0\n"));
    QCOMPARE(server.stop(), Done);
}

void TestStandardStreams::fullDisk_serverGoesOn()
{
    QVERIFY(QFile::link(u"/dev/full"_s, logFile()));
    WarderProcess server(data());
    QVERIFY(server.start());
    QVERIFY(answers(server, 100));
    QTRY_VERIFY(!server.client().get("/metrics").everything().contains("dropped_total 0\n"));
    QCOMPARE(server.stop(), Done);
}

void TestStandardStreams::lastWords_reachWhoReads()
{
    QProcess server; // reads its stderr, a pipe
    server.setReadChannel(QProcess::StandardError);
    server.start(WarderProcess::program(),
                 QStringList {u"serve"_s, u"--data-dir"_s, data(), u"--listen"_s, u"127.0.0.1:0"_s} + quickSettings());
    QByteArray said;
    while (!said.contains("listening") && server.waitForReadyRead(60'000))
        said += server.readAllStandardError();
    server.terminate();
    QVERIFY(server.waitForFinished(60'000));
    said += server.readAllStandardError();
    QVERIFY2(said.endsWith("stopped\n"), said);
}

void TestStandardStreams::locale_makesNoNoise_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::newRow("none") << QStringList {};
    QTest::newRow("C") << QStringList {u"LC_ALL=C"_s};
    QTest::newRow("POSIX") << QStringList {u"LANG=POSIX"_s};
    QTest::newRow("one that is not here") << QStringList {u"LC_ALL=xx_XX.UTF-8"_s};
    QTest::newRow("one that is not here, for language") << QStringList {u"LANG=xx_XX"_s};
    QTest::newRow("Latin-1") << QStringList {u"LANG=de_DE.ISO-8859-1"_s};
    QTest::newRow("a category that is not here") << QStringList {u"LANG=C.UTF-8"_s, u"LC_TIME=xx_XX.UTF-8"_s};
    QTest::newRow("empty") << QStringList {u"LC_ALL="_s, u"LANG="_s};
}

void TestStandardStreams::locale_makesNoNoise()
{
    QFETCH(const QStringList, variables);
    QProcess program;
    program.start(u"/usr/bin/env"_s, QStringList {u"-i"_s} + variables
                                         + QStringList {WarderProcess::program(), u"config"_s, u"check"_s, u"--data-dir"_s, data()});
    QVERIFY(program.waitForFinished(60'000));
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QCOMPARE(program.readAllStandardOutput(), "The configuration is right.\n"_ba);
}

void TestStandardStreams::journalStream_ofSomebodyElse_isNotOurs()
{
    WarderProcess server(data(), {u"JOURNAL_STREAM=8:12345"_s});
    QVERIFY(server.start());
    QCOMPARE(server.stop(), Done);
    QVERIFY2(!server.log().contains("<6>") && server.log().contains("Z info    listening"), server.log());
}

void TestStandardStreams::signal_thatNobodyMeant_isPassedOver_data()
{
    QTest::addColumn<int>("number");
    for (const int number : {SIGUSR1, SIGUSR2, SIGALRM, SIGIO, SIGPWR, SIGRTMIN, SIGRTMAX})
        QTest::newRow(strsignal(number)) << number;
}

void TestStandardStreams::signal_thatNobodyMeant_isPassedOver()
{
    QFETCH(const int, number);
    WarderProcess server(data());
    QVERIFY2(server.start(), server.log());
    server.signal(number);
    QTRY_VERIFY2(server.log().contains("signal_ignored"), server.log());
    QVERIFY(answers(server));
    QCOMPARE(server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestStandardStreams)
#include "TestStandardStreams.moc"
