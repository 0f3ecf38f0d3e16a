#include "core/console/ConsoleMethods.h"
#include "core/console/ConsoleSocket.h"
#include "core/console/Messages.h"
#include "core/console/RemoteConsole.h"
#include "tests/support/ConsoleWorld.h"

#include <QFile>
#include <QFutureWatcher>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The façade through the local socket: the same words as in the server's own process.
class TestRemoteConsole : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void questions_areAnsweredAsInTheServer_data();
    void questions_areAnsweredAsInTheServer();
    void orders_areCarriedOut_data();
    void orders_areCarriedOut();
    void everyMethod_isTested();
    void refusals_crossWithTheirFaults();
    void socket_isForItsOwnerOnly();
    void manyQuestions_findTheirAnswers();
    void longWork_tellsHowFarItIs();
    void serverGone_isSaidAtOnce();
    void noServer_isSaid();
    void attached_comesBackWithItsServer();

private:
    QString path() const { return m_w->folder.filePath(u"console.sock"_s); }
    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<ConsoleSocket> m_socket;
    std::unique_ptr<RemoteConsole> m_remote;
};

namespace {

using Question = std::function<QJsonValue(Console &)>;
using Order = std::function<bool(Console &, ConsoleWorld &)>;

template <typename T>
QJsonValue asJson(const Answer<T> &answer)
{
    const auto result = got(answer);
    return result ? toJson(*result) : QJsonValue(toJson(result.error()));
}

const std::map<std::string, Question> &questions()
{
    static const std::map<std::string, Question> all {
        {"overview", [](Console &c) { return asJson(c.overview()); }},
        {"traffic", [](Console &c) { return asJson(c.traffic(Seconds {60})); }},
        {"changesSince", [](Console &c) { return asJson(c.changesSince(1)); }},
        {"sessions", [](Console &c) { return asJson(c.sessions({.text = u"ann"_s, .user = {}, .ended = true}, {}, 5)); }},
        {"countSessions", [](Console &c) { return asJson(c.countSessions({.text = u"ann"_s, .user = {}, .ended = false})); }},
        {"countUsers", [](Console &c) { return asJson(c.countUsers(u"ann"_s)); }},
        {"users", [](Console &c) { return asJson(c.users(u"ann"_s, {}, 5)); }},
        {"findUser", [](Console &c) { return asJson(c.findUser(u"bob@example.com"_s)); }},
        {"limitRules", [](Console &c) { return asJson(c.limitRules()); }},
        {"limitHistory", [](Console &c) { return asJson(c.limitHistory({}, Seconds {60})); }},
        {"limitedNow", [](Console &c) { return asJson(c.limitedNow()); }},
        {"keys", [](Console &c) { return asJson(c.keys()); }},
        {"settings", [](Console &c) { return asJson(c.settings()); }},
    };
    return all;
}

Id annOf(ConsoleWorld &w) { return w.world.accounts.findByEmail(u"ann@example.com"_s).value()->id; }
qsizetype liveOf(ConsoleWorld &w, Id user) { return w.sessions.findByUser(user, w.clock.now())->size(); }

ImportedUser importedUser(ConsoleWorld &w)
{
    return {.line = 2,
            .id = Id::create(w.clock.now()),
            .email = u"old@example.com"_s,
            .name = u"Öld"_s,
            .roles = {u"admin"_s},
            .passwordHash = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s,
            .disabled = true,
            .emailVerified = true,
            .createdAt = fromMilliseconds(1'500'000'000'123)};
}

const std::map<std::string, Order> &orders()
{
    static const std::map<std::string, Order> all {
        {"stopServer",
         [](Console &c, ConsoleWorld &w) { return got(c.stopServer())->state == ServerState::Stopped && !w.server.listening; }},
        {"pauseServer", [](Console &c, ConsoleWorld &w) { return got(c.pauseServer())->state == ServerState::Paused && w.server.paused; }},
        {"resumeServer",
         [](Console &c, ConsoleWorld &w) {
             w.server.paused = true;
             return got(c.resumeServer())->state == ServerState::Running && !w.server.paused;
         }},
        {"reloadServer", [](Console &c, ConsoleWorld &) { return got(c.reloadServer()).value() == QStringList {u"tokens.issuer"_s}; }},
        {"startServer",
         [](Console &c, ConsoleWorld &w) {
             w.server.listening = false;
             return got(c.startServer())->state == ServerState::Running && w.server.listening;
         }},
        {"revokeSessions",
         [](Console &c, ConsoleWorld &w) {
             return got(c.revokeSessions({w.sessions.findByUser(annOf(w), w.clock.now())->first().id})) == 1 && liveOf(w, annOf(w)) == 0;
         }},
        {"revokeShown",
         [](Console &c, ConsoleWorld &w) {
             return got(c.revokeShown({.text = u"ann@"_s, .user = {}, .ended = false}, 1)) == 1 && liveOf(w, annOf(w)) == 0;
         }},
        {"endSessionsOf", [](Console &c, ConsoleWorld &w) { return got(c.endSessionsOf(annOf(w))) == 1 && liveOf(w, annOf(w)) == 0; }},
        {"createUser",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.createUser({.email = u"new@example.com"_s,
                                                 .name = u"Ñew"_s,
                                                 .password = password,
                                                 .roles = {u"admin"_s, u"x"_s},
                                                 .passwordHash = {}}));
             return made && w.world.accounts.findById(made->id)->roles.size() == 2 && w.world.login(u"new@example.com"_s).has_value();
         }},
        {"editUser",
         [](Console &c, ConsoleWorld &w) {
             const auto changed = got(c.editUser(
                 annOf(w), {.email = u"Änn@example.com"_s, .name = QString(), .addRoles = {u"admin"_s, u"x"_s}, .removeRoles = {u"x"_s}}));
             return changed && changed->email == u"Änn@example.com"_s && changed->roles == QStringList {u"admin"_s}
                    && w.world.accounts.findById(changed->id)->roles == QStringList {u"admin"_s};
         }},
        {"addToImport",
         [](Console &c, ConsoleWorld &w) {
             const Id import = Id::create(w.clock.now());
             return got(c.addToImport(import, {importedUser(w)})).has_value() && w.world.accounts.count() == 1
                    && got(c.addToImport({}, {importedUser(w)})).error().code == ErrorCode::InvalidInput;
         }},
        {"finishImport",
         [](Console &c, ConsoleWorld &w) {
             const Id import = Id::create(w.clock.now());
             const ImportedUser user = importedUser(w);
             ImportedUser again = user;
             again.line = 3;
             const auto refused = got(c.addToImport(import, {user, again})) ? got(c.finishImport(import, {})) : Result<UserImport>();
             const auto judged = got(c.addToImport(import, {user})) ? got(c.finishImport(import, {.dryRun = true})) : Result<UserImport>();
             const auto done =
                 got(c.addToImport(import, {user})) ? got(c.finishImport(import, {.skipExisting = true})) : Result<UserImport>();
             return refused->added == 0 && refused->faults.size() == 2 && refused->faults[0].line == 3 && judged->added == 1
                    && done->added == 1 && w.world.accounts.findById(user.id)->createdAt == user.createdAt
                    && got(c.finishImport(import, {})).error().code == ErrorCode::NotFound;
         }},
        {"setUserDisabled",
         [](Console &c, ConsoleWorld &w) {
             return got(c.setUserDisabled(annOf(w), true))->disabled && w.world.accounts.findById(annOf(w))->disabled;
         }},
        {"setUserPassword",
         [](Console &c, ConsoleWorld &w) {
             return got(c.setUserPassword(annOf(w), u"another \"password\""_s)).has_value()
                    && w.world.login(u"ann@example.com"_s, u"another \"password\""_s).has_value();
         }},
        {"removeUser",
         [](Console &c, ConsoleWorld &w) {
             return got(c.removeUser(annOf(w))).has_value() && !w.world.accounts.findByEmail(u"ann@example.com"_s)->has_value();
         }},
        {"unblock",
         [](Console &c, ConsoleWorld &w) {
             const auto limited = w.limiter.limitedNow(w.clock.now()).first();
             return got(c.unblock(limited.rule, limited.key)).has_value() && w.limiter.limitedNow(w.clock.now()).isEmpty();
         }},
        {"revokeKey",
         [](Console &c, ConsoleWorld &w) {
             const QString kid = w.world.keys.ring()->current(KeyPurpose::Access).kid;
             const auto revoked = got(c.revokeKey(kid));
             return revoked && revoked->kid == kid && w.world.keys.ring()->current(KeyPurpose::Access).kid != kid;
         }},
        {"rotateKey",
         [](Console &c, ConsoleWorld &w) {
             const auto fresh = got(c.rotateKey(u"access"_s));
             return fresh && fresh->kid == w.world.keys.ring()->current(KeyPurpose::Access).kid;
         }},
    };
    return all;
}

} // namespace

void TestRemoteConsole::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(path()));
    m_remote = std::make_unique<RemoteConsole>();
    QVERIFY(m_remote->connectTo(path()));
    m_w->join(u"ann@example.com"_s);
    for (int i = 0; i < 12; ++i)
        m_w->limiter.check({.address = QHostAddress(u"203.0.113.9"_s), .accountKey = u"ann@example.com"_s}, "login"_L1, m_w->clock.now());
    m_w->traffic.record(Outcome::Succeeded, std::chrono::microseconds {1234}, m_w->clock.now());
}

void TestRemoteConsole::cleanup()
{
    m_remote.reset();
    m_socket.reset();
    m_w.reset();
}

void TestRemoteConsole::questions_areAnsweredAsInTheServer_data()
{
    QTest::addColumn<Question>("question");
    for (const auto &[name, question] : questions())
        QTest::newRow(name.c_str()) << question;
}

void TestRemoteConsole::questions_areAnsweredAsInTheServer()
{
    QFETCH(Question, question);
    const QJsonValue here = question(m_w->console);
    QVERIFY(!here.isNull() && !here.isUndefined());
    QCOMPARE(question(*m_remote), here);
}

void TestRemoteConsole::orders_areCarriedOut_data()
{
    QTest::addColumn<Order>("order");
    for (const auto &[name, order] : orders())
        QTest::newRow(name.c_str()) << order;
}

void TestRemoteConsole::orders_areCarriedOut()
{
    QFETCH(Order, order);
    QVERIFY(order(*m_remote, *m_w));
}

void TestRemoteConsole::everyMethod_isTested()
{
    for (const ConsoleMethod &method : consoleMethods()) {
        const std::string name(method.name.data(), size_t(method.name.size()));
        QVERIFY2(questions().contains(name) || orders().contains(name), name.c_str());
    }
    QCOMPARE(size_t(consoleMethods().size()), questions().size() + orders().size());
}

void TestRemoteConsole::refusals_crossWithTheirFaults()
{
    const auto refusal =
        got(m_remote->createUser({.email = u"no address"_s, .name = {}, .password = u"short"_s, .roles = {}, .passwordHash = {}}));
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refusal.error().faults.size(), 2);
    QCOMPARE(refusal.error().faults[0].location.last(), u"email"_s);
    QCOMPARE(refusal.error().faults[1].location.last(), u"password"_s);
    QVERIFY(!refusal.error().faults[1].message.isEmpty());
    QCOMPARE(got(m_remote->findUser(u"nobody@example.com"_s)).error().code, ErrorCode::NotFound);
}

void TestRemoteConsole::socket_isForItsOwnerOnly()
{
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestRemoteConsole::manyQuestions_findTheirAnswers()
{
    RemoteConsole second;
    QVERIFY(second.connectTo(path()));
    QList<Answer<UserView>> made;
    QList<Answer<Changes>> quick;
    for (int i = 0; i < 20; ++i) {
        RemoteConsole &client = i % 2 ? *m_remote : second;
        made +=
            client.createUser({.email = u"user%1@example.com"_s.arg(i), .name = {}, .password = password, .roles = {}, .passwordHash = {}});
        quick += client.changesSince(quint64(1'000'000 + i)); // answered before what was asked first
    }
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(got(made[i])->email, u"user%1@example.com"_s.arg(i));
        QVERIFY(got(quick[i])->missedSome);
    }
}

void TestRemoteConsole::longWork_tellsHowFarItIs()
{
    for (int i = 0; i < 4; ++i) {
        const QString email = u"many%1@example.com"_s.arg(i);
        m_w->join(email);
        for (int more = 1; more < 100; ++more)
            QVERIFY(m_w->sessions.login({.email = email, .password = password}, m_w->world.client, m_w->clock.now()));
    }
    const int live = int(got(m_w->console.countSessions({}))->live);
    const auto ending = m_remote->revokeShown({}, live);
    QList<int> heard;
    QFutureWatcher<Result<int>> watcher;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [&heard](int done) { heard += done; });
    watcher.setFuture(ending);
    QCOMPARE(got(ending), live);
    QVERIFY(heard.contains(200)); // a piece is ended
    QCOMPARE(ending.progressMaximum(), live);
}

void TestRemoteConsole::serverGone_isSaidAtOnce()
{
    const auto waiting =
        m_remote->createUser({.email = u"late@example.com"_s, .name = {}, .password = password, .roles = {}, .passwordHash = {}});
    m_socket.reset();
    QCOMPARE(got(waiting).error().code, ErrorCode::Busy);
    QCOMPARE(got(m_remote->overview()).error().code, ErrorCode::Busy);
}

void TestRemoteConsole::noServer_isSaid()
{
    RemoteConsole nobody;
    const auto connected = nobody.connectTo(m_w->folder.filePath(u"nothing.sock"_s));
    QCOMPARE(connected.error().code, ErrorCode::Busy);
    QVERIFY(connected.error().detail.contains(u"nothing.sock"_s));
}

/// Before the server is there, over its restart, and again.
void TestRemoteConsole::attached_comesBackWithItsServer()
{
    m_socket.reset();
    RemoteConsole attached;
    attached.attachTo(path());
    const auto answers = [&attached] { return got(attached.overview()).has_value(); };
    for (int start = 0; start < 2; ++start) {
        QCOMPARE(got(attached.overview()).error().code, ErrorCode::Busy);
        m_socket = std::make_unique<ConsoleSocket>(m_w->console);
        QVERIFY(m_socket->listen(path()));
        QTRY_VERIFY(answers());
        const auto waiting = attached.users({}, {}, 5);
        m_socket.reset();
        QCOMPARE(got(waiting).error().code, ErrorCode::Busy);
        QTRY_VERIFY(!answers());
    }
}

QTEST_GUILESS_MAIN(TestRemoteConsole)
#include "TestRemoteConsole.moc"
