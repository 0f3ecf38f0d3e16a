#include "core/credentials/PasswordFaults.h"
#include "tests/support/ApiServer.h"
#include "tests/support/Mailbox.h"
#include "tests/support/RangeServer.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString known = u"four known words together"_s;

} // namespace

/// The routes that set a password, with the breach check on: over a real socket, beside a server of breached passwords that may be slow.
class TestBreachedPasswords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start({}); }
    void cleanup()
    {
        m_server.reset();
        m_range.reset();
    }

    void registration_isRefused();
    void change_isRefused();
    void reset_isRefused();
    void signIn_isNot();
    void otherFaults_areToldFirst_data();
    void otherFaults_areToldFirst();
    void slowServer_holdsNoSeatOfOthers();
    void fullLane_letsThrough();
    void silentServer_letsThrough();
    void stop_waitsForNobody();
    void everyNewPassword_isLookedUp();

private:
    void start(ApiOptions options, Milliseconds longest = Seconds {60})
    {
        cleanup();
        m_range = std::make_unique<RangeServer>(QStringList {known});
        options.world.breaches = {.isOn = true, .url = m_range->url(), .longest = longest};
        m_server = std::make_unique<ApiServer>(std::move(options));
    }
    ClientResponse join(const QString &email, const QString &with) const
    {
        return m_server->client().post("/register", {{u"email"_s, email}, {u"password"_s, with}});
    }

    std::unique_ptr<RangeServer> m_range;
    std::unique_ptr<ApiServer> m_server;
};

void TestBreachedPasswords::registration_isRefused()
{
    const auto refused = join(u"ann@example.com"_s, known);
    QCOMPARE(refused.status(), 422);
    QCOMPARE(refused.json(),
             (QJsonObject {{u"detail"_s, QJsonArray {QJsonObject {
                                             {u"type"_s, u"value_error"_s},
                                             {u"loc"_s, QJsonArray {u"body"_s, u"password"_s}},
                                             {u"msg"_s, u"Value error, this password appears in known data breaches"_s},
                                             {u"ctx"_s, QJsonObject {{u"reason"_s, u"this password appears in known data breaches"_s},
                                                                     {u"code"_s, u"password_breached"_s}}}}}},
                           {u"code"_s, u"invalid_input"_s}}));
    QVERIFY(!m_server->world.accounts.findByEmail(u"ann@example.com"_s).value());
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201); // with one that nobody knows
    QCOMPARE(m_range->asked().size(), 2);
}

void TestBreachedPasswords::change_isRefused()
{
    const auto ann = m_server->join(u"ann@example.com"_s);
    const QByteArrayList signedIn {bearer(ann["access_token"_L1])};
    const auto change = [&](const QString &next) {
        return m_server->client().post("/me/password", {{u"current_password"_s, password}, {u"new_password"_s, next}}, signedIn);
    };
    const auto refused = change(known);
    QCOMPARE(refused.status(), 422);
    QCOMPARE(faultsOf(refused), u"value_error new_password"_s);
    QCOMPARE(refused["detail"_L1][0]["ctx"_L1]["code"_L1], u"password_breached"_s);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200); // the former one is still right
    QCOMPARE(change(u"four others that nobody knows"_s).status(), 204);
    QCOMPARE(m_server->login(u"ann@example.com"_s, u"four others that nobody knows"_s).status(), 200);
}

void TestBreachedPasswords::reset_isRefused()
{
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
    Mailbox mails(m_server->world);
    mails.takeAll();
    QCOMPARE(m_server->client().post("/forgot-password", {{u"email"_s, u"ann@example.com"_s}}).status(), 202);
    const QString token = QString::fromLatin1(mails.takeOne(MailKind::ResetPassword).token);
    const auto before = m_range->asked().size();
    const auto reset = [&](const QString &with, const QString &by) {
        return m_server->client().post("/reset-password", {{u"token"_s, by}, {u"password"_s, with}});
    };
    QCOMPARE(faultsOf(reset(known, token)), u"value_error password"_s);
    QCOMPARE(m_range->asked().size(), before + 1);
    QCOMPARE(reset(known, u"x"_s).status(), 400); // nobody is asked for a link that is none
    QCOMPARE(m_range->asked().size(), before + 1);
    QCOMPARE(reset(u"four others that nobody knows"_s, token).status(), 204);
}

void TestBreachedPasswords::signIn_isNot()
{
    QVERIFY(m_server->world.registration.create(
        {.email = u"ann@example.com"_s, .password = {}, .passwordHash = m_server->world.hasher.hash(known).value()}, u"test"_s,
        m_server->clock.now()));
    const auto ann = m_server->login(u"ann@example.com"_s, known);
    QCOMPARE(ann.status(), 200);
    QCOMPARE(m_server->client().post("/reauthenticate", {{u"password"_s, known}}, {bearer(ann["access_token"_L1])}).status(), 204);
    QVERIFY(m_range->asked().isEmpty());
}

void TestBreachedPasswords::otherFaults_areToldFirst_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("faults");
    QTest::newRow("no address") << QJsonObject {{u"email"_s, u"ann"_s}, {u"password"_s, known}} << u"value_error email"_s;
    QTest::newRow("short") << QJsonObject {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"short"_s}}
                           << u"string_too_short password"_s;
    QTest::newRow("easy to guess") << QJsonObject {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"password1"_s}}
                                   << u"value_error password"_s;
    QTest::newRow("no password") << QJsonObject {{u"email"_s, u"ann@example.com"_s}} << u"missing password"_s;
    QTest::newRow("another delivery") << QJsonObject {{u"email"_s, u"ann@example.com"_s},
                                                      {u"password"_s, password},
                                                      {u"token_delivery"_s, u"x"_s}}
                                      << u"string_pattern_mismatch token_delivery"_s;
}

void TestBreachedPasswords::otherFaults_areToldFirst()
{
    QFETCH(const QJsonObject, body);
    const auto refused = m_server->client().post("/register", body);
    QCOMPARE(refused.status(), 422);
    QTEST(faultsOf(refused), "faults");
    QVERIFY(m_range->asked().isEmpty() || body.contains("token_delivery"_L1));
    start({.world = {.hashing = quickHashing, .registration = {.isOpen = false}}});
    QCOMPARE(join(u"bob@example.com"_s, known).status(), 403); // closed
    QVERIFY(m_range->asked().isEmpty());
}

/// Two people register while nobody answers; all who sign in need the only thread that hashes.
void TestBreachedPasswords::slowServer_holdsNoSeatOfOthers()
{
    start({.lanes = {.lightThreads = 1, .hashingThreads = 1, .hashingQueue = 4}});
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
    m_range->answer(RangeServer::Answers::Never);
    std::atomic<int> answered = 0;
    std::vector<std::jthread> people;
    for (int i = 0; i < 2; ++i)
        people.emplace_back([&, i] {
            const auto answer = join(u"bob%1@example.com"_s.arg(i), password);
            answered += answer.status() == 201;
        });
    QTRY_COMPARE_WITH_TIMEOUT(m_range->waiting(), 2, 60'000);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
    QCOMPARE(m_server->client().get("/health/ready").status(), 200);
    QCOMPARE(answered, 0);
    m_range->answer(RangeServer::Answers::Rightly); // the two get a 500 for theirs
    people.clear();
    QCOMPARE(answered, 2);
}

void TestBreachedPasswords::fullLane_letsThrough()
{
    start({.lanes = {.outboundThreads = 1, .outboundQueue = 0}});
    m_range->answer(RangeServer::Answers::Never);
    std::jthread waits([this] { (void)join(u"ann@example.com"_s, password); });
    QTRY_COMPARE_WITH_TIMEOUT(m_range->waiting(), 1, 60'000);
    QCOMPARE(join(u"bob@example.com"_s, known).status(), 201); // unseen: a sign-up is worth more
    QCOMPARE(m_range->asked().size(), 1);
    m_range->answer(RangeServer::Answers::Rightly);
    waits.join();
}

void TestBreachedPasswords::silentServer_letsThrough()
{
    start({}, Milliseconds {200});
    m_range->answer(RangeServer::Answers::Never);
    QCOMPARE(join(u"ann@example.com"_s, known).status(), 201);
    QCOMPARE(m_server->client().get("/health/ready")["problems"_L1].toArray(), QJsonArray {u"breach_check_failed"_s});
    m_range->answer(RangeServer::Answers::Rightly);
    QCOMPARE(join(u"bob@example.com"_s, known).status(), 201); // nobody is asked so soon
    m_server->clock.advance(std::chrono::seconds {30});
    QVERIFY(m_range->asked().size() == 1);
}

/// Whoever waits when the server stops is answered, one way or the other.
void TestBreachedPasswords::stop_waitsForNobody()
{
    start({}, Milliseconds {500});
    m_range->answer(RangeServer::Answers::Never);
    std::atomic<int> status = -1;
    std::jthread waits([&] { status = join(u"ann@example.com"_s, password).status(); });
    QTRY_COMPARE_WITH_TIMEOUT(m_range->waiting(), 1, 60'000);
    m_server.reset();
    waits.join();
    QVERIFY2(status == 201 || status == 503 || status == 0, QByteArray::number(status));
}

/// A row that takes a new password and does not ask would be a way round.
void TestBreachedPasswords::everyNewPassword_isLookedUp()
{
    const ApiServer without;
    const auto isNew = [](const FieldDoc &field) { return field.type == FieldType::Password && field.maxLength == longestPassword; };
    int rows = 0;
    for (const Route &route : m_server->routes().routes()) {
        const bool setsOne = std::ranges::any_of(route.doc.fields, isNew);
        QVERIFY2(bool(route.screening) == setsOne, route.path);
        rows += setsOne;
    }
    QCOMPARE(rows, 3);
    for (const Route &route : without.routes().routes())
        QVERIFY(!route.screening);
}

QTEST_GUILESS_MAIN(TestBreachedPasswords)
#include "TestBreachedPasswords.moc"
