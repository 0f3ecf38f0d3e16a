#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <deque>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int browsers = 6;
constexpr int answersBefore = 150;

/// What one client sent and got.
struct Traffic
{
    QByteArrayList ids = {};     ///< X-Request-Id of every answer.
    QByteArrayList secrets = {}; ///< Passwords and tokens that went over the wire.
    int joined = 0;
    int odd = 0; ///< Answers that no such request may get.
};

/// A client that goes on until the server is gone; on one connection, or on a new one each time.
class Visitor final
{
public:
    Visitor(quint16 port, int number, std::atomic<int> &answers) : m_port(port), m_number(number), m_answers(answers) {}

    Traffic visit()
    {
        for (int i = 0; turn(i); ++i) {
        }
        return m_seen;
    }

private:
    /// False when the server answers no more.
    bool turn(int i)
    {
        const QString email = u"visitor%1-%2@example.com"_s.arg(m_number).arg(i);
        const QString password = u"secret of %1-%2"_s.arg(m_number).arg(i);
        m_seen.secrets += password.toUtf8();
        const auto joined = post("/register", {{u"email"_s, email}, {u"password"_s, password}}, 201);
        if (joined.status() == 0)
            return false;
        ++m_seen.joined;
        const auto next = post("/refresh", {{u"refresh_token"_s, joined["refresh_token"_L1]}}, 200);
        const auto wrong = post("/login", {{u"email"_s, email}, {u"password"_s, QString(u'x' + password)}}, 401);
        const auto me = noted(ask("GET", "/me", {bearer(joined["access_token"_L1])}, {}), 200);
        return next.status() != 0 && wrong.status() != 0 && me.status() != 0;
    }

    ClientResponse post(QByteArrayView path, const QJsonObject &body, int status)
    {
        return noted(ask("POST", path, {"Content-Type: application/json"}, QJsonDocument(body).toJson()), status);
    }

    ClientResponse ask(QByteArrayView method, QByteArrayView path, const QByteArrayList &headers, const QByteArray &body)
    {
        if (m_number % 2 == 0)
            return ApiClient(m_port).ask(method, path, headers, body);
        if (!m_kept)
            m_kept = std::make_unique<RawHttp>(m_port);
        return ApiClient::askOn(*m_kept, method, path, headers, body);
    }

    ClientResponse noted(const ClientResponse &answer, int status)
    {
        if (answer.status() == 0)
            return answer;
        m_seen.odd += answer.status() != status;
        m_seen.ids += answer.header("x-request-id");
        for (const auto name : {"access_token"_L1, "refresh_token"_L1}) {
            if (answer[name].isString())
                m_seen.secrets += answer[name].toString().toLatin1();
        }
        ++m_answers;
        m_answers.notify_all();
        return answer;
    }

    quint16 m_port;
    int m_number;
    std::atomic<int> &m_answers;
    std::unique_ptr<RawHttp> m_kept;
    Traffic m_seen;
};

QByteArrayList loggedRequests(const QByteArray &log)
{
    static const QRegularExpression line(u"^\\S+ \\w+ +request id=(\\S+) "_s, QRegularExpression::MultilineOption);
    QByteArrayList ids;
    for (const auto &match : line.globalMatch(QString::fromUtf8(log)))
        ids += match.captured(1).toLatin1();
    return ids;
}

} // namespace

/// How a server ends when it is asked to.
class TestStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signal_stopsCleanly_data();
    void signal_stopsCleanly();
    void underLoad_whatWasAccepted_isAnsweredAndLoggedOnce();
    void slowHashes_areDroppedAtTheDeadline();
    void secondSignal_endsAtOnce();

private:
    static bool startSlowly(WarderProcess &server);
    static std::deque<RawHttp> signIn(const WarderProcess &server, int number);
    Traffic visitUntilStopped(WarderProcess &server) const;
};

void TestStop::signal_stopsCleanly_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestStop::signal_stopsCleanly()
{
    QFETCH(const int, number);
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(server.start(), server.log());
    std::unique_ptr<RawHttp> idle;
    if (number == SIGTERM)
        idle = std::make_unique<RawHttp>(server.port()); // holds nothing up for long
    server.signal(number);
    QCOMPARE(server.waitForEnd(), Done);
    QVERIFY2(server.log().contains(" stopped"), server.log());
    QVERIFY(!QFile::exists(folder.filePath(u"data/console.sock"_s)));
}

Traffic TestStop::visitUntilStopped(WarderProcess &server) const
{
    std::atomic<int> answers = 0;
    std::array<Traffic, browsers> seen;
    std::vector<std::jthread> threads;
    for (int i = 0; i < browsers; ++i)
        threads.emplace_back([&, i, port = server.port()] { seen[size_t(i)] = Visitor(port, i, answers).visit(); });
    for (int now = answers; now < answersBefore; now = answers)
        answers.wait(now);
    server.signal(SIGTERM);
    threads.clear();
    Traffic all;
    for (const Traffic &one : seen) {
        all.ids += one.ids;
        all.secrets += one.secrets;
        all.joined += one.joined;
        all.odd += one.odd;
    }
    return all;
}

void TestStop::underLoad_whatWasAccepted_isAnsweredAndLoggedOnce()
{
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(server.start(), server.log());
    Traffic seen = visitUntilStopped(server);
    QCOMPARE(server.waitForEnd(), Done);
    QCOMPARE(seen.odd, 0);

    const QByteArray log = server.log();
    QByteArrayList logged = loggedRequests(log);
    std::ranges::sort(logged);
    std::ranges::sort(seen.ids);
    QVERIFY(logged.size() >= answersBefore);
    QCOMPARE(logged, seen.ids); // a line for every answer, an answer for every line
    for (const QByteArray &secret : std::as_const(seen.secrets)) {
        for (const QByteArray &part : secret.split('.')) // a token's signature alone would be too much
            QVERIFY2(!log.contains(part), part);
    }
    QVERIFY2(!log.contains("ERROR:") && !log.contains("runtime error"), log);
    const auto users = server.command({u"user"_s, u"list"_s, u"--json"_s});
    QCOMPARE(users.array().size(), seen.joined);
}

/// One seat, and hashes of about two seconds: a few of them outlast the patience of any clean stop.
bool TestStop::startSlowly(WarderProcess &server)
{
    return server.start({u"--set"_s, u"passwords.hashing_threads=1"_s, u"--set"_s, u"passwords.argon2_memory_kib=131072"_s, u"--set"_s,
                         u"passwords.argon2_iterations=20"_s, u"--set"_s, u"rate_limit.enabled=false"_s});
}

std::deque<RawHttp> TestStop::signIn(const WarderProcess &server, int number)
{
    const QByteArray body = R"({"email":"ann@example.com","password":"correct horse battery"})";
    std::deque<RawHttp> waiting;
    for (int i = 0; i < number; ++i)
        waiting.emplace_back(server.port()).send(RawHttp::request("POST", "/login", {"Content-Type: application/json"}, body));
    return waiting;
}

void TestStop::slowHashes_areDroppedAtTheDeadline()
{
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(startSlowly(server), server.log());
    std::deque<RawHttp> waiting = signIn(server, 32);
    QTRY_VERIFY_WITH_TIMEOUT(!loggedRequests(server.log()).isEmpty(), 60'000);
    server.signal(SIGTERM);
    QCOMPARE(server.waitForEnd(), Done);
    QVERIFY2(server.log().contains(" stopped"), server.log());
    const auto answered = loggedRequests(server.log()).size();
    QVERIFY2(answered < 32, server.log());
}

void TestStop::secondSignal_endsAtOnce()
{
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(startSlowly(server), server.log());
    std::deque<RawHttp> waiting = signIn(server, 8);
    server.signal(SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(!RawHttp(server.port()).isConnected(), 60'000); // it has begun to stop
    QVERIFY(server.isRunning());
    server.signal(SIGTERM);
    QCOMPARE(server.waitForEnd(), -1);
    QVERIFY(!waiting.back().read());
    QVERIFY(!server.log().contains(" stopped"));
    QVERIFY2(server.start(), server.log());
    QCOMPARE(server.client().get("/health/ready").status(), 200);
    QCOMPARE(server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestStop)
#include "TestStop.moc"
