#include "core/config/Settings.h"
#include "core/telemetry/Log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <limits>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace warder;
using namespace Qt::StringLiterals;

class TestLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { configureLog({}); }
    void formats_data();
    void formats();
    void values_cannotForge_data();
    void values_cannotForge();
    void longValues_areCut();
    void json_holdsEveryValue();
    void levels_filter();
    void qtMessages_comeToo();
    void threads_writeWholeLines();
    void reader_whoStandsStill_holdsNobodyUp_data();
    void reader_whoStandsStill_holdsNobodyUp();
    void fullDisk_countsAndTells();
    void fatalMessages_comeOut();
    void journal_isKnownByItsStream();
    void setup_data();
    void setup();

private:
    QByteArrayList linesIn(QTemporaryFile &file)
    {
        flushLog();
        file.seek(0);
        auto lines = file.readAll().split('\n');
        lines.removeLast();
        return lines;
    }
};

namespace {

const TimePoint logged = fromMilliseconds(1'800'000'000'123);

} // namespace

void TestLog::formats_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("text") << int(LogFormat::Text)
                          << R"(2027-01-15T08:00:00.123Z warning request route="POST /login" status=200 ms=1.5 ok=true empty="")"_ba;
    QTest::newRow("json") << int(LogFormat::Json)
                          << R"({"time":"2027-01-15T08:00:00.123Z","level":"warning","event":"request",)"
                             R"("route":"POST /login","status":200,"ms":1.5,"ok":true,"empty":""})"_ba;
    QTest::newRow("journald") << int(LogFormat::Journald) << R"(<4>request route="POST /login" status=200 ms=1.5 ok=true empty="")"_ba;
}

void TestLog::formats()
{
    QFETCH(int, format);
    QTEST(logLine(LogFormat(format), LogLevel::Warning, "request"_L1,
                  {{"route"_L1, u"POST /login"_s}, {"status"_L1, 200}, {"ms"_L1, 1.5}, {"ok"_L1, true}, {"empty"_L1, QString()}}, logged)
              .chopped(1),
          "line");
}

void TestLog::values_cannotForge_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("a bare word") << u"203.0.113.7"_s << "203.0.113.7"_ba;
    QTest::newRow("a line of its own") << u"x\n<3>forged"_s << R"("x\n<3>forged")"_ba;
    QTest::newRow("a carriage return") << u"x\ry"_s << R"("x\ry")"_ba;
    QTest::newRow("a quotation mark") << u"x\" a=\"b"_s << R"("x\" a=\"b")"_ba;
    QTest::newRow("another field") << u"x=y"_s << R"("x=y")"_ba;
    QTest::newRow("a backslash at the end") << u"x\\"_s << R"("x\\")"_ba;
    QTest::newRow("a terminal's escape") << u"\x1b[2J"_s << R"("\u001b[2J")"_ba;
    QTest::newRow("a terminal's C1 escape") << QString(QChar(0x9b)) << R"("\u009b")"_ba;
    QTest::newRow("a null") << QString(QChar(0)) << R"("\u0000")"_ba;
    QTest::newRow("a line separator") << u"\u2028"_s << R"("\u2028")"_ba;
    QTest::newRow("a reversed direction") << u"\u202eabc"_s << R"("\u202eabc")"_ba;
    QTest::newRow("a tag beyond the first plane") << u"\U000E0041"_s << R"("\udb40\udc41")"_ba;
    QTest::newRow("a lone surrogate") << QString(QChar(0xd800)) << R"("\ud800")"_ba;
    QTest::newRow("letters") << u"Grüße 😀"_s << "\"Grüße 😀\""_ba;
}

void TestLog::values_cannotForge()
{
    QFETCH(QString, value);
    QFETCH(QByteArray, written);
    const auto line = logLine(LogFormat::Journald, LogLevel::Info, "e"_L1, {{"v"_L1, value}}, logged);
    QCOMPARE(line, "<6>e v=" + written + '\n');
    const auto json = logLine(LogFormat::Json, LogLevel::Info, "e"_L1, {{"v"_L1, value}}, logged);
    QCOMPARE(json.count('\n'), 1);
    if (!value.contains(QChar(0xd800)))
        QCOMPARE(QJsonDocument::fromJson(json).object().value(u"v"_s).toString(), value);
}

void TestLog::longValues_areCut()
{
    const auto line = logLine(LogFormat::Journald, LogLevel::Info, "e"_L1, {{"v"_L1, QString(5000, u'x')}}, logged);
    QCOMPARE(line, "<6>e v=\"" + QByteArray(1024, 'x') + "…\"\n");
    const auto pair = logLine(LogFormat::Journald, LogLevel::Info, "e"_L1, {{"v"_L1, QString(1023, u'x') + u"😀"_s}}, logged);
    QCOMPARE(pair, "<6>e v=\"" + QByteArray(1023, 'x') + "…\"\n");
}

void TestLog::json_holdsEveryValue()
{
    const auto line =
        logLine(LogFormat::Json, LogLevel::Error, "e"_L1,
                {{"big"_L1, std::numeric_limits<qint64>::max()}, {"nan"_L1, std::numeric_limits<double>::quiet_NaN()}}, logged);
    QVERIFY(line.contains("\"big\":9223372036854775807,\"nan\":null}"));
    QVERIFY(!QJsonDocument::fromJson(line).isNull());
}

void TestLog::levels_filter()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    configureLog({.level = LogLevel::Warning, .format = LogFormat::Journald, .descriptor = file.handle()});
    log(LogLevel::Debug, "a"_L1);
    log(LogLevel::Info, "b"_L1);
    log(LogLevel::Warning, "c"_L1);
    log(LogLevel::Error, "d"_L1, {{"n"_L1, 1}});
    QCOMPARE(linesIn(file), (QByteArrayList {"<4>c", "<3>d n=1"}));
}

void TestLog::qtMessages_comeToo()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    configureLog({.level = LogLevel::Info, .format = LogFormat::Journald, .descriptor = file.handle()});
    const auto before = qInstallMessageHandler(nullptr);
    routeQtMessagesToLog();
    qWarning("two\nlines");
    qDebug("too quiet");
    qInstallMessageHandler(before);
    QCOMPARE(linesIn(file), QByteArrayList {R"(<4>qt_message category=default text="two\nlines")"});
}

void TestLog::threads_writeWholeLines()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    configureLog({.level = LogLevel::Info, .format = LogFormat::Journald, .descriptor = file.handle()});
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([] {
                for (int i = 0; i < 250; ++i)
                    log(LogLevel::Info, "e"_L1, {{"v"_L1, QString(900, u'x')}});
            });
        }
    }
    const auto lines = linesIn(file);
    QCOMPARE(lines.size(), 1000);
    for (const QByteArray &line : lines)
        QCOMPARE(line, "<6>e v=" + QByteArray(900, 'x'));
}

void TestLog::reader_whoStandsStill_holdsNobodyUp_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("text") << int(LogFormat::Text);
    QTest::newRow("json") << int(LogFormat::Json);
    QTest::newRow("journald") << int(LogFormat::Journald);
}

void TestLog::reader_whoStandsStill_holdsNobodyUp()
{
    QFETCH(const int, format);
    std::array<int, 2> pipe {};
    QCOMPARE(::pipe(pipe.data()), 0);
    configureLog({.level = LogLevel::Info, .format = LogFormat(format), .descriptor = pipe[1]});
    const quint64 before = droppedLogLines();
    constexpr int lines = 40'000;
    for (int i = 0; i < lines; ++i)
        log(LogLevel::Info, "line"_L1, {{"v"_L1, QString(100, u'x')}}); // some 5 MB: pipe and queue are full
    const quint64 dropped = droppedLogLines() - before;
    QVERIFY(dropped > 0);

    QByteArray read;
    std::jthread reader([&read, end = pipe[0]] {
        QByteArray part(65536, 0);
        for (auto size = ::read(end, part.data(), size_t(part.size())); size > 0; size = ::read(end, part.data(), size_t(part.size())))
            read += part.first(size);
    });
    flushLog();
    log(LogLevel::Info, "last"_L1);
    flushLog();
    configureLog({}); // lets go of the pipe
    ::close(pipe[1]);
    reader.join();
    ::close(pipe[0]);
    const auto all = read.split('\n');
    QCOMPARE(all.last(), QByteArray());
    const auto isNotice = [](const QByteArray &line) { return line.contains("log_lines_dropped"); };
    const auto notice = std::ranges::find_if(all, isNotice);
    QCOMPARE(std::ranges::count_if(all, isNotice), 1);
    QVERIFY2(notice->contains(QByteArray::number(dropped) + " lines were dropped"), *notice);
    QCOMPARE(quint64(all.size() - 3) + dropped, quint64(lines)); // without the notice, the last line, and what follows its end
    QVERIFY(all.at(all.size() - 2).contains("last"));
    QCOMPARE(droppedLogLines() - before, dropped);
}

void TestLog::fullDisk_countsAndTells()
{
    const int full = ::open("/dev/full", O_WRONLY);
    configureLog({.level = LogLevel::Info, .format = LogFormat::Journald, .descriptor = full});
    const quint64 before = droppedLogLines();
    for (int i = 0; i < 3; ++i)
        log(LogLevel::Info, "lost"_L1);
    flushLog();
    QCOMPARE(droppedLogLines() - before, 3u);
    QTemporaryFile file;
    QVERIFY(file.open());
    configureLog({.level = LogLevel::Info, .format = LogFormat::Journald, .descriptor = file.handle()});
    ::close(full);
    log(LogLevel::Info, "kept"_L1);
    flushLog();
    const auto lines = linesIn(file);
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith("<4>log_lines_dropped lines=3"), lines[0]);
    QCOMPARE(lines[1], "<6>kept"_ba);
}

void TestLog::fatalMessages_comeOut()
{
    std::array<int, 2> pipe {};
    QCOMPARE(::pipe(pipe.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        ::dup2(pipe[1], 2);
        ::execl("/proc/self/exe", "TestLog", "crash", nullptr);
        _exit(1);
    }
    ::close(pipe[1]);
    QFile said;
    QVERIFY(said.open(pipe[0], QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
    const QByteArray all = said.readAll();
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
    QVERIFY2(all.contains("just before") && all.contains("the end of the world"), all);
}

void TestLog::journal_isKnownByItsStream()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    struct stat status {};
    QCOMPARE(fstat(file.handle(), &status), 0);
    const QByteArray ours = QByteArray::number(quint64(status.st_dev)) + ':' + QByteArray::number(quint64(status.st_ino));
    const auto leaving = qScopeGuard([] { qunsetenv("JOURNAL_STREAM"); });
    for (const QByteArray &stream : {ours, "8:12345"_ba, ""_ba, ours + '0'}) {
        qputenv("JOURNAL_STREAM", stream);
        configureLog({.level = LogLevel::Info, .format = LogFormat::Text, .descriptor = file.handle()});
        log(LogLevel::Info, "e"_L1);
        flushLog();
        QCOMPARE(linesIn(file).last().startsWith("<6>"), stream == ours);
    }
}

void TestLog::setup_data()
{
    QTest::addColumn<QString>("level");
    QTest::addColumn<int>("expected");
    QTest::newRow("debug") << u"debug"_s << int(LogLevel::Debug);
    QTest::newRow("info") << u"info"_s << int(LogLevel::Info);
    QTest::newRow("warning") << u"warning"_s << int(LogLevel::Warning);
    QTest::newRow("error") << u"error"_s << int(LogLevel::Error);
}

void TestLog::setup()
{
    QFETCH(QString, level);
    const auto made = LogSetup::from(*Settings::load(readCommandLine({u"log.level="_s + level, u"log.format=json"_s})));
    QTEST(int(made.level), "expected");
    QCOMPARE(made.format, LogFormat::Json);
    QCOMPARE(made.descriptor, 2);
}

int main(int argc, char **argv)
{
    if (argc == 2 && qstrcmp(argv[1], "crash") == 0) {
        const rlimit none {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        configureLog({});
        routeQtMessagesToLog();
        log(LogLevel::Info, "just before"_L1);
        qFatal("the end of the world");
    }
    const QCoreApplication application(argc, argv);
    TestLog test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestLog.moc"
