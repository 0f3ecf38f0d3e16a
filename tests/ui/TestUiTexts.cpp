#include "core/base/ProofKind.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;

using std::chrono::days;

/// What the window says in words: ages to the nearest, what others said as a quotation, addresses that are so.
class TestUiTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void span_isRounded_data();
    void span_isRounded();
    void spanOfARule_isExact_data();
    void spanOfARule_isExact();
    void wait_isRoundedUp_data();
    void wait_isRoundedUp();
    void uptime();
    void age_isNeverNegative_data();
    void age_isNeverNegative();
    void expiry_data();
    void expiry();
    void countdown_data();
    void countdown();
    void reason_isQuoted_data();
    void reason_isQuoted();
    void fault_isForPeople();
    void error_isForPeople_data();
    void error_isForPeople();
    void errorMidway_saysWhatIsDone();
    void address_isTheOneToReach_data();
    void address_isTheOneToReach();
    void oneIsSingular();
    void method_isWhatPeopleCallIt();
    void problem_hasWords_data();
    void problem_hasWords();

private:
    const TimePoint m_now {1'800'000'000'000ms};
};

void TestUiTexts::span_isRounded_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, Milliseconds span, const QString &words) {
        QTest::newRow(name) << qint64(span.count()) << words;
    };
    row("nothing", 0ms, u"0 s"_s);
    row("less than nothing", -5h, u"0 s"_s);
    row("just under half a second", 499ms, u"0 s"_s);
    row("half a second", 500ms, u"1 s"_s);
    row("the last of the seconds", 59'499ms, u"59 s"_s);
    row("a minute but half a second", 59'500ms, u"1 min"_s);
    row("a minute and a half but a moment", 89s, u"1 min"_s);
    row("a minute and a half", 90s, u"2 min"_s);
    row("the last of the minutes", 59min + 29s, u"59 min"_s);
    row("an hour but half a minute", 59min + 30s, u"1 h"_s);
    row("an hour", 1h, u"1 h"_s);
    row("an hour and a moment", 1h + 29s, u"1 h"_s);
    row("an hour and a minute", 1h + 31s, u"1 h 1 min"_s);
    row("two hours but a second", 2h - 1s, u"2 h"_s);
    row("six hours but half a minute", 6h - 30s, u"6 h"_s);
    row("five hours and a lot", 6h - 31s, u"5 h 59 min"_s);
    row("six hours and a quarter", 6h + 15min, u"6 h"_s);
    row("a day but a second", 24h - 1s, u"24 h"_s);
    row("the last of the hours", 47h + 29min, u"47 h"_s);
    row("two days but half an hour", 47h + 30min, u"2 days"_s);
    row("two days", 48h, u"2 days"_s);
    row("two days and a half but a second", 60h - 1s, u"2 days"_s);
    row("two days and a half", 60h, u"3 days"_s);
    row("a fortnight but a second", days {14} - 1s, u"14 days"_s);
    row("a fortnight but a millisecond", days {14} - 1ms, u"14 days"_s);
    row("a fortnight", days {14}, u"14 days"_s);
    row("years", days {4000}, u"4000 days"_s);
}

void TestUiTexts::span_isRounded()
{
    QFETCH(qint64, ms);
    QTEST(Times::lasting(Milliseconds {ms}).remove(u','), "words");
}

void TestUiTexts::spanOfARule_isExact_data()
{
    QTest::addColumn<Seconds>("span");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << Seconds {0} << u"0 s"_s;
    QTest::newRow("a second") << Seconds {1} << u"1 s"_s;
    QTest::newRow("a minute") << Seconds {60} << u"1 min"_s;
    QTest::newRow("a minute and a half") << Seconds {90} << u"90 s"_s;
    QTest::newRow("an hour and a half") << Seconds {90min} << u"90 min"_s;
    QTest::newRow("a day") << Seconds {24h} << u"24 h"_s;
    QTest::newRow("a day and a half") << Seconds {36h} << u"36 h"_s;
    QTest::newRow("a week") << Seconds {7 * 24h} << u"7 days"_s;
    QTest::newRow("a week and an hour") << Seconds {7 * 24h + 1h} << u"169 h"_s;
}

void TestUiTexts::spanOfARule_isExact()
{
    QFETCH(Seconds, span);
    QTEST(Times::exactly(span), "words");
}

void TestUiTexts::wait_isRoundedUp_data()
{
    QTest::addColumn<Seconds>("wait");
    QTest::addColumn<QString>("ending");
    QTest::newRow("a second") << Seconds {1} << u"in 1 second."_s;
    QTest::newRow("two minutes but a second") << Seconds {119} << u"in 119 seconds."_s;
    QTest::newRow("two minutes and a second") << Seconds {121} << u"in 3 minutes."_s;
    QTest::newRow("two hours but a second") << Seconds {7199} << u"in 120 minutes."_s;
    QTest::newRow("two hours and a second") << Seconds {7201} << u"in 3 hours."_s;
}

void TestUiTexts::wait_isRoundedUp()
{
    QFETCH(Seconds, wait);
    QFETCH(QString, ending);
    const QString said = UiTexts::of(Error {.code = ErrorCode::LimitReached, .retryAfter = wait});
    QCOMPARE(said, u"This was asked too often. Try again "_s + ending);
}

void TestUiTexts::uptime()
{
    QCOMPARE(Times::up(2h + 5min), u"up 2 h 5 min"_s);
    QCOMPARE(Times::up(days {12}), u"up 12 days"_s);
}

void TestUiTexts::age_isNeverNegative_data()
{
    QTest::addColumn<qint64>("msAgo");
    QTest::addColumn<QString>("words");
    QTest::newRow("this moment") << qint64(0) << u"just now"_s;
    QTest::newRow("clocks a little apart") << qint64(-30'000) << u"just now"_s;
    QTest::newRow("five seconds") << qint64(5000) << u"5 s ago"_s;
    QTest::newRow("three days but a minute") << toMilliseconds(TimePoint {days {3} - 1min}) << u"3 days ago"_s;
    QTest::newRow("the clock was set back by a day") << -toMilliseconds(TimePoint {days {1}}) << u"in 24 h"_s;
}

void TestUiTexts::age_isNeverNegative()
{
    QFETCH(qint64, msAgo);
    QTEST(Times::ago(m_now - Milliseconds {msAgo}, m_now), "words");
}

void TestUiTexts::expiry_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("words");
    QTest::newRow("a new session's fortnight") << toMilliseconds(TimePoint {days {14} - 1s}) << u"in 14 days"_s;
    QTest::newRow("two days but half an hour") << toMilliseconds(TimePoint {47h + 30min}) << u"in 2 days"_s;
    QTest::newRow("the last of the hours") << toMilliseconds(TimePoint {47h + 29min}) << u"in 47 h"_s;
    QTest::newRow("a moment") << qint64(1) << u"in 1 s"_s;
    QTest::newRow("now") << qint64(0) << u"over"_s;
    QTest::newRow("past") << qint64(-1) << u"over"_s;
}

void TestUiTexts::expiry()
{
    QFETCH(qint64, ms);
    QTEST(Times::until(m_now + Milliseconds {ms}, m_now), "words");
}

void TestUiTexts::countdown_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("words");
    QTest::newRow("the last moment") << qint64(1) << u"0:01"_s;
    QTest::newRow("a second") << qint64(1000) << u"0:01"_s;
    QTest::newRow("a minute") << qint64(60'000) << u"1:00"_s;
    QTest::newRow("an hour but a second") << qint64(3'599'000) << u"59:59"_s;
    QTest::newRow("an hour") << qint64(3'600'000) << u"1 h"_s;
    QTest::newRow("over") << qint64(0) << u"over"_s;
}

void TestUiTexts::countdown()
{
    QFETCH(qint64, ms);
    QTEST(Times::countdown(m_now + Milliseconds {ms}, m_now), "words");
}

void TestUiTexts::reason_isQuoted_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("quoted");
    QTest::newRow("a clause") << u"the server does not run"_s << u"The reason: “the server does not run”"_s;
    QTest::newRow("the database driver's tail")
        << u"database or disk is full Unable to fetch row (13)"_s << u"The reason: “database or disk is full”"_s;
    QTest::newRow("a number that belongs") << u"taken by another process (1234)"_s << u"The reason: “taken by another process (1234)”"_s;
    QTest::newRow("blanks around") << u"  too  late \n"_s << u"The reason: “too late”"_s;
}

void TestUiTexts::reason_isQuoted()
{
    QFETCH(QString, message);
    QTEST(UiTexts::reason(message), "quoted");
}

void TestUiTexts::fault_isForPeople()
{
    for (int i = 0; i <= int(FaultReason::PasswordHashUnknown); ++i) {
        const Fault fault = valueFault(u"email"_s, FaultReason(i));
        QCOMPARE(faultReasonFromName(QString(nameOf(FaultReason(i)))), FaultReason(i));
        const QString words = UiTexts::of(fault);
        QVERIFY2(words.endsWith(u'.') && words != textOf(FaultReason(i)) && !words.contains(u"The reason"_s), qPrintable(words));
    }
    Fault newer = valueFault(u"email"_s, FaultReason::EmailWithoutAt);
    newer.context.insert(u"code"_s, u"of_a_later_server"_s);
    QVERIFY(UiTexts::of(newer).contains(u"An email address must have an @-sign."_s));
}

void TestUiTexts::error_isForPeople_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("part");
    QTest::addColumn<StorageTrouble>("trouble");
    const auto row = [](const char *name, ErrorCode code, const QString &detail, const QString &part,
                        StorageTrouble trouble = StorageTrouble::Other) { QTest::newRow(name) << int(code) << detail << part << trouble; };
    using enum StorageTrouble;
    row("the disk is full", ErrorCode::StorageUnavailable, u"database or disk is full (13)"_s, u"The disk is full"_s, Full);
    row("locked", ErrorCode::StorageUnavailable, u"database is locked (5)"_s, u"locked by another program"_s, Locked);
    row("read-only", ErrorCode::StorageUnavailable, u"attempt to write a readonly database (8)"_s, u"may not be written"_s, ReadOnly);
    row("damaged", ErrorCode::StorageFailure, u"database disk image is malformed (11)"_s, u"damaged"_s, Damaged);
    row("something else", ErrorCode::StorageFailure, u"disk I/O error Unable to fetch row (10)"_s, u"“disk I/O error”"_s);
    row("the state forbids", ErrorCode::Conflict, u"the server is not paused"_s, u"its state forbids this."_s);
    row("set elsewhere", ErrorCode::SettingFixed, u"http.listen is set by /etc/w.conf:3"_s, u"a file, a variable or the command line."_s);
    row("a bad certificate", ErrorCode::CertificateInvalid, u"the certificate in /x is expired"_s, u"the former one serves on."_s);
    row("an old server", ErrorCode::ServerOutdated, u"the server is Warder 0.1"_s, u"Update the server"_s);
    row("an old program", ErrorCode::ProgramOutdated, u"the server is Warder 9.1"_s, u"Update this program."_s);
    row("a connection that broke", ErrorCode::ConnectionLost, u"the server went away"_s, u"it may have been done all the same"_s);
    row("two on one folder", ErrorCode::AlreadyRunning, u"another Warder uses /srv/x"_s, u"Another Warder uses this data folder."_s);
    row("a folder of somebody else", ErrorCode::StorageFailure, u"the data directory /srv/x is not writable: Permission denied"_s,
        u"“the data directory /srv/x is not writable: Permission denied”"_s);
    row("a wrong setting", ErrorCode::ConfigInvalid, u"http.listen: not a port"_s, u"“http.listen: not a port”"_s);
    row("a port in use", ErrorCode::AddressTaken, {}, u"Another program uses the port"_s);
    row("a port of the system", ErrorCode::AddressForbidden, {}, u"below 1024"_s);
    row("an address of another machine", ErrorCode::AddressForeign, {}, u"no such address"_s);
    row("busy", ErrorCode::Busy, u"too many wait for changes"_s, u"Try again"_s);
    row("gone", ErrorCode::NotFound, {}, u"removed"_s);
    row("unforeseen", ErrorCode::Internal, {}, u"internal"_s);
}

void TestUiTexts::error_isForPeople()
{
    QFETCH(int, code);
    QFETCH(QString, detail);
    QFETCH(QString, part);
    QFETCH(StorageTrouble, trouble);
    const QString words = UiTexts::of(Error {.code = ErrorCode(code), .detail = detail, .trouble = trouble});
    QVERIFY2(words.contains(part), qPrintable(words));
    for (const auto &never : {u"F5"_s, u"Unable to"_s, u".."_s, u"()"_s})
        QVERIFY2(!words.contains(never), qPrintable(words));
    QVERIFY2(words.front().isUpper() && (words.endsWith(u'.') || words.endsWith(u'”')), qPrintable(words));
    QVERIFY2(part.startsWith(u'“') == words.contains(u"The reason"_s) || ErrorCode(code) == ErrorCode::Internal, qPrintable(words));
}

void TestUiTexts::errorMidway_saysWhatIsDone()
{
    Error full {.code = ErrorCode::StorageUnavailable, .detail = u"database or disk is full (13)"_s, .trouble = StorageTrouble::Full};
    QCOMPARE(UiTexts::of(full), u"The disk is full: nothing could be saved. Free some space, then try again."_s);
    full.ended = 400;
    QCOMPARE(UiTexts::of(full), u"The disk is full: not everything could be saved. Free some space, then try again. "
                                "Before that, 400 sessions were ended, and stay so."_s);
    full.ended = 0; // something else was done before
    QCOMPARE(UiTexts::of(full), u"The disk is full: not everything could be saved. Free some space, then try again."_s);
}

void TestUiTexts::address_isTheOneToReach_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<QStringList>("configured");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("curl");
    const QString web = u"http://127.0.0.1:18201"_s;
    const QString socket = u"unix:/run/warder/warder.sock"_s;
    QTest::newRow("it listens") << QStringList {web} << QStringList {u"http://127.0.0.1:1"_s} << web
                                << u"curl http://127.0.0.1:18201/register"_s;
    QTest::newRow("it does not") << QStringList {} << QStringList {web} << web << u"curl http://127.0.0.1:18201/register"_s;
    QTest::newRow("nobody knows") << QStringList {} << QStringList {} << QString() << QString();
    QTest::newRow("a socket first") << QStringList {socket, web} << QStringList {} << web << u"curl http://127.0.0.1:18201/register"_s;
    QTest::newRow("a socket only") << QStringList {socket} << QStringList {} << socket
                                   << u"curl --unix-socket /run/warder/warder.sock http://localhost/register"_s;
    QTest::newRow("behind a path") << QStringList {u"https://auth.example.org/auth"_s} << QStringList {}
                                   << u"https://auth.example.org/auth"_s << u"curl https://auth.example.org/auth/register"_s;
}

void TestUiTexts::address_isTheOneToReach()
{
    QFETCH(QStringList, addresses);
    QFETCH(QStringList, configured);
    QFETCH(QString, curl);
    const ServerView server {.url = addresses.value(0),
                             .addresses = addresses,
                             .configured = configured,
                             .problem = {},
                             .version = {},
                             .dataDirectory = {},
                             .startedAt = {}};
    const QString address = UiTexts::addressOf(server);
    QTEST(address, "address");
    QVERIFY2(UiTexts::curlRegister(address).startsWith(curl) && UiTexts::curlRegister(address).isEmpty() == curl.isEmpty(),
             qPrintable(UiTexts::curlRegister(address)));
    QCOMPARE(UiTexts::appSettings(address, u"false"_s, {}),
             address.startsWith("http"_L1) ? u"WARDER_URL=%1\nWARDER_COOKIES_INSECURE=false"_s.arg(address) : QString());
}

void TestUiTexts::oneIsSingular()
{
    QCOMPARE(UiTexts::connections(0), u"0 connections"_s);
    QCOMPARE(UiTexts::connections(1), u"one connection"_s);
    QCOMPARE(UiTexts::connections(2), u"2 connections"_s);
}

/// The command line's words are the same (TestProofKind).
void TestUiTexts::method_isWhatPeopleCallIt()
{
    const std::pair<QString, QStringList> sessions[] {{u"password"_s, {u"pwd"_s}},
                                                      {u"password"_s, {u"pwd"_s, u"otp"_s, u"mfa"_s}},
                                                      {u"passkey"_s, {u"pop"_s, u"user"_s, u"pwd"_s}},
                                                      {u"password"_s, {u"pwd"_s, u"otp"_s, u"pop"_s, u"iris"_s}},
                                                      {u"totp"_s, {u"recovery"_s}},
                                                      {u"recovery"_s, {}},
                                                      {u"Example"_s, {u"fed"_s}}};
    for (const auto &[method, amr] : sessions)
        QCOMPARE(UiTexts::method(method, amr), proofText(method, amr));
    QCOMPARE(UiTexts::method(u"password"_s, {u"pwd"_s, u"otp"_s}), u"Password + code"_s);
    QCOMPARE(UiTexts::method(u"email"_s, {u"email"_s}), u"E-mail"_s);
    QCOMPARE(UiTexts::method(u"github"_s, {u"fed"_s, u"otp"_s}), u"GitHub + code"_s);
    QCOMPARE(UiTexts::method(u"company"_s, {u"fed"_s}), u"company"_s);
    QCOMPARE(UiTexts::method(u"a\u202eb"_s, {}), u"a\uFFFDb"_s);
}

void TestUiTexts::problem_hasWords_data()
{
    QTest::addColumn<QString>("code");
    for (const char *code : {"disk_full",           "disk_low",
                             "database_locked",     "storage_failure",
                             "database_gone",       "master_key_gone",
                             "clock_jumped",        "clock_wrong",
                             "hashing_full",        "backup_failed",
                             "log_lines_dropped",   "certificate_expires",
                             "certificate_expired", "certificate_not_valid_yet",
                             "key_rotation_failed", "reload_failed",
                             "breach_check_failed", "mail_not_sent",
                             "mail_limit_reached",  "outbox_full",
                             "one_address_for_all", "proxy_hides_clients",
                             "service_token_wrong", "restore_failed"})
        QTest::newRow(code) << QString::fromLatin1(code);
}

void TestUiTexts::problem_hasWords()
{
    QFETCH(QString, code);
    const ProblemView problem {.code = code, .detail = u"12345"_s, .since = {}};
    const QString words = UiTexts::of(problem);
    QVERIFY2(words.front().isUpper() && words.endsWith(u'.') && !words.contains(u"12345"_s) && words.count(u'.') > 1, qPrintable(words));
    QVERIFY(UiTexts::brief(problem).size() < 40 && !UiTexts::brief(problem).contains(code));
}

QTEST_GUILESS_MAIN(TestUiTexts)
#include "TestUiTexts.moc"
