#include "app/cli/ConsoleAccess.h"
#include "app/cli/ExitCode.h"
#include "core/console/orders/Server.h"
#include "core/console/wire/Hello.h"
#include "tests/app/WarderProcess.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QMap>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// Clients that sign nobody in, on kept connections and on new ones, until told to stop.
class Load final
{
public:
    explicit Load(quint16 port)
    {
        for (int i = 0; i < 4; ++i)
            m_clients.emplace_back([this, port, i](const std::stop_token &enough) { visit(port, i % 2 == 0, enough); });
    }

    void stop() { m_clients.clear(); }
    int answered() const { return m_answered; }
    int lost() const { return m_lost; }

private:
    void visit(quint16 port, bool keepAlive, const std::stop_token &enough)
    {
        while (!enough.stop_requested()) {
            RawHttp connection(port);
            for (bool goesOn = true; goesOn && !enough.stop_requested();) {
                const bool hashes = m_answered % 4 == 0;
                const auto answer = hashes ? ApiClient::askOn(connection, "POST", "/login", {"Content-Type: application/json"},
                                                              R"({"email":"a@b.example","password":"wrong horse"})")
                                           : ApiClient::askOn(connection, "GET", "/session");
                ++(answer.status() == (hashes ? 401 : 200) ? m_answered : m_lost);
                goesOn = keepAlive && answer.status() != 0 && answer.header("connection") != "close";
            }
        }
    }

    std::atomic<int> m_answered = 0;
    std::atomic<int> m_lost = 0;
    std::vector<std::jthread> m_clients;
};

} // namespace

/// `warderd server …`, and SIGHUP: orders to a server that runs on.
class TestServerCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void status_tellsWhereItListens();
    void status_ofNothing_makesNothing();
    void socket_isToldWhileAServerRuns();
    void problems_areTold();
    void tokens_nameTheRealPort();
    void pause_andResume();
    void orders_needAServer_data();
    void orders_needAServer();
    void reload_takesWhatTheFileSays();
    void reload_namesWhatNeedsARestart();
    void reload_ofFaults_changesNothing();
    void restart_putsInForceWhatWaits();
    void restart_ofFaults_changesNothing();
    void secondRestart_isRefused();
    void orderBesideARestart_counts();
    void restart_thatCannotOpen_goesOnAsBefore();
    void hangUp_reloads();
    void hundredReloads_underLoad_loseNothing();

private:
    ProgramAnswer run(const QString &order) const { return m_warder->commandHere({u"server"_s, order}); }
    /// What the server says to orders that come in one piece, by their number: "done", or the code of a refusal.
    QMap<int, QString> answersTo(const QStringList &orders) const;
    int bodyOf2000() const
    {
        return m_warder->client().ask("POST", "/login", {"Content-Type: application/json"}, QByteArray(2000, ' ')).status();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
};

void TestServerCommands::init()
{
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
}

void TestServerCommands::status_tellsWhereItListens()
{
    QVERIFY(m_warder->makeData());
    const auto stopped = m_warder->command({u"server"_s, u"status"_s}); // by the program itself
    QCOMPARE(stopped.out, "State  stopped\n"_ba);
    QCOMPARE(stopped.code, Refused);
    const QStringList inJson {u"server"_s, u"status"_s, u"--json"_s};
    QCOMPARE(m_warder->commandHere(inJson)["state"_L1].toString(), u"stopped"_s);
    QCOMPARE(m_warder->commandHere(inJson).code, Refused);
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(run(u"status"_s).code, Done);
    const auto told = m_warder->command(inJson);
    QCOMPARE(told.code, Done);
    QCOMPARE(told["state"_L1].toString(), u"running"_s);
    QCOMPARE(told["addresses"_L1].toArray(), QJsonArray {u"http://localhost:%1"_s.arg(m_warder->port())});
    QVERIFY(run(u"status"_s).out.contains("Address      http://localhost:"));
}

void TestServerCommands::status_ofNothing_makesNothing()
{
    const auto answer = run(u"status"_s);
    QCOMPARE(answer.code, CannotRun);
    QVERIFY2(answer.complaint().contains("there is no Warder in the data directory "_L1), answer.err);
    QVERIFY(!QFile::exists(m_folder->filePath(u"data"_s)));
}

/// What a window on another machine asks by ssh.
void TestServerCommands::socket_isToldWhileAServerRuns()
{
    QCOMPARE(run(u"socket"_s).code, Refused);
    QVERIFY(!QFile::exists(m_folder->filePath(u"data"_s)));
    QVERIFY2(m_warder->start(), m_warder->log());
    const QString path = m_folder->filePath(u"data/console.sock"_s);
    QCOMPARE(run(u"socket"_s).out, path.toUtf8() + '\n');
    QCOMPARE(m_warder->commandHere({u"server"_s, u"socket"_s, u"--json"_s})["socket"_L1].toString(), path);
    QCOMPARE(m_warder->stop(), Done);
    const auto answer = run(u"socket"_s);
    QCOMPARE(answer.code, Refused);
    QCOMPARE(answer.out, QByteArray());
    QVERIFY2(answer.complaint().startsWith("warderd: no server runs on the data directory "_L1), answer.err);
}

void TestServerCommands::problems_areTold()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    const QString key = m_folder->filePath(u"data/master.key"_s);
    const auto ready = [this] { return m_warder->client().get("/health/ready"); };
    QVERIFY(!ready()["problems"_L1].isArray());
    QVERIFY(QFile::rename(key, key + u".away"_s)); // it serves all the same
    QTRY_COMPARE(ready()["problems"_L1].toArray(), QJsonArray {u"master_key_gone"_s});
    QCOMPARE(ready().status(), 200);
    const auto status = run(u"status"_s);
    QCOMPARE(status.code, Done);
    QVERIFY2(status.out.contains("Problem      master_key_gone: " + key.toUtf8()), status.out);
    QCOMPARE(m_warder->commandHere({u"server"_s, u"status"_s, u"--json"_s})["problems"_L1].toArray().first()["code"_L1],
             u"master_key_gone"_s);
    QVERIFY(m_warder->client().get("/metrics").raw.body.contains("warder_problem{code=\"master_key_gone\"} 1\n"));
    QVERIFY(run(u"reload"_s).out.contains("Problem: master_key_gone: "));
    QVERIFY(QFile::rename(key + u".away"_s, key));
    QTRY_VERIFY(!ready()["problems"_L1].isArray());

    const QString database = m_folder->filePath(u"data/warder.db"_s);
    QVERIFY(QFile::rename(database, database + u".away"_s)); // it does not
    QTRY_COMPARE(ready().status(), 503);
    QCOMPARE(ready()["reason"_L1], u"the database cannot be written"_s);
    QCOMPARE(run(u"status"_s).code, Refused);
    QVERIFY(run(u"status"_s).out.contains("DOWN         database_gone: "));
    QVERIFY(m_warder->client().get("/metrics").raw.body.contains("warder_healthy 0\n"));
    QVERIFY(QFile::rename(database + u".away"_s, database));
    QTRY_COMPARE(ready().status(), 200);
    QCOMPARE(run(u"status"_s).code, Done);
    QCOMPARE(m_warder->stop(), Done);
}

void TestServerCommands::tokens_nameTheRealPort()
{
    const QString socket = m_folder->filePath(u"w.sock"_s);
    for (const QStringList &listen : {QStringList {}, QStringList {u"--listen"_s, u"unix:"_s + socket}}) {
        QVERIFY2(m_warder->start(QStringList {u"--set"_s, u"passwords.argon2_memory_kib=128"_s} + listen), m_warder->log());
        const auto joined = m_warder->client().post(
            "/register", {{u"email"_s, u"ann%1@example.com"_s.arg(listen.size())}, {u"password"_s, u"correct horse"_s}});
        QCOMPARE(joined.status(), 201);
        const QByteArray claims =
            QByteArray::fromBase64(joined["access_token"_L1].toString().section(u'.', 1, 1).toLatin1(), QByteArray::Base64UrlEncoding);
        QCOMPARE(QJsonDocument::fromJson(claims)["iss"_L1].toString(), u"http://localhost:%1"_s.arg(m_warder->port()));
        QCOMPARE(m_warder->client().get("/me", {bearer(joined["access_token"_L1])}).status(), 200);
        const auto told = m_warder->client().get("/.well-known/openid-configuration");
        QCOMPARE(told["issuer"_L1].toString(), u"http://localhost:%1"_s.arg(m_warder->port()));
        QCOMPARE(told["jwks_uri"_L1].toString(), u"http://localhost:%1/.well-known/jwks.json"_s.arg(m_warder->port()));
        QCOMPARE(m_warder->stop(), Done);
    }
}

void TestServerCommands::pause_andResume()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QVERIFY(run(u"pause"_s).out.startsWith("State        paused\n"));
    QCOMPARE(run(u"status"_s).code, Refused);
    const auto paused = m_warder->client().get("/session");
    QCOMPARE(paused.status(), 503);
    QCOMPARE(paused.header("retry-after"), "10"_ba);
    QCOMPARE(run(u"pause"_s).complaint(), u"warderd: the server does not run"_s);
    QCOMPARE(run(u"resume"_s).code, int(Done));
    QCOMPARE(m_warder->client().get("/session").status(), 200);
    QCOMPARE(run(u"resume"_s).complaint(), u"warderd: the server is not paused"_s);
}

void TestServerCommands::orders_needAServer_data()
{
    QTest::addColumn<QString>("order");
    for (const QString &order : {u"pause"_s, u"resume"_s, u"reload"_s, u"restart"_s})
        QTest::newRow(qPrintable(order)) << order;
}

void TestServerCommands::orders_needAServer()
{
    QFETCH(QString, order);
    QVERIFY(m_warder->makeData());
    const auto answer = run(order);
    QVERIFY(answer.code != int(Done));
    QCOMPARE(answer.complaint(), u"warderd: no server runs"_s);
}

void TestServerCommands::reload_takesWhatTheFileSays()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(bodyOf2000(), 422);
    QVERIFY(m_warder->configure("http.max_body_bytes = 1024\n"));
    QCOMPARE(run(u"reload"_s).out, "Reloaded.\n"_ba);
    QCOMPARE(bodyOf2000(), 413);
    QVERIFY(m_warder->commandHere({u"config"_s, u"show"_s}).out.contains("1024"));
}

void TestServerCommands::reload_namesWhatNeedsARestart()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QVERIFY(m_warder->configure("passwords.min_length = 12\nhttp.max_body_bytes = 1024\n"));
    QCOMPARE(run(u"reload"_s).out, "Reloaded. These act after a restart: passwords.min_length\n"_ba);
    QCOMPARE(bodyOf2000(), 413);
    QCOMPARE(m_warder->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"8 letters"_s}}).status(), 201);
}

void TestServerCommands::restart_putsInForceWhatWaits()
{
    QTcpServer listening;
    QVERIFY(m_warder->passOn(listening));
    QVERIFY2(m_warder->start(), m_warder->log());
    const auto ann = m_warder->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"8 letters"_s}});
    QCOMPARE(ann.status(), 201);
    QVERIFY(m_warder->configure("passwords.min_length = 12\n"));
    QCOMPARE(run(u"reload"_s).code, int(Done));
    QVERIFY(run(u"status"_s).out.contains("After a restart  passwords.min_length\n"));
    const auto restarted = run(u"restart"_s);
    QVERIFY2(restarted.code == int(Done) && restarted.out.contains("running"), restarted.out + restarted.err + m_warder->log());
    QCOMPARE(m_warder->client().post("/register", {{u"email"_s, u"bob@example.com"_s}, {u"password"_s, u"8 letters"_s}}).status(), 422);
    QCOMPARE(m_warder->client().get("/me", {bearer(ann["access_token"_L1])}).status(), 200); // nobody is signed out
    QCOMPARE(run(u"reload"_s).out, "Reloaded.\n"_ba);                                        // nothing waits any more
    QCOMPARE(run(u"pause"_s).code, int(Done));
    QVERIFY(run(u"restart"_s).out.contains("paused")); // it is where it was
    QCOMPARE(m_warder->stop(), int(Done));             // the process is the same
}

void TestServerCommands::restart_ofFaults_changesNothing()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QVERIFY(m_warder->configure("passwords.min_length = 12\nhttp.listn = 127.0.0.1:1\n"));
    const auto refused = run(u"restart"_s);
    QCOMPARE(refused.code, int(WrongConfig));
    QVERIFY2(refused.err.contains("http.listn: no such setting"), refused.err);
    const auto access = ConsoleAccess::ofServer(m_folder->filePath(u"data"_s)); // who knows nothing of the file, as a window elsewhere
    QVERIFY(access);
    Console &console = (*access)->console();
    const auto asked = ConsoleAccess::wait(console, console.ask(RestartServer {}));
    QVERIFY(!asked && asked.error().code == ErrorCode::ConfigInvalid);
    QVERIFY(!m_warder->log().contains("stopped"));
    QCOMPARE(m_warder->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"8 letters"_s}}).status(), 201);
}

QMap<int, QString> TestServerCommands::answersTo(const QStringList &orders) const
{
    const auto line = [](const QJsonObject &message) { return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n'; };
    QByteArray lines = line(Hello::message());
    for (int id = 1; id <= orders.size(); ++id)
        lines += line({{u"id"_s, id}, {u"order"_s, orders[id - 1]}, {u"params"_s, QJsonObject()}});
    QLocalSocket socket;
    socket.connectToServer(m_folder->filePath(u"data/console.sock"_s));
    socket.write(lines);
    QMap<int, QString> answers;
    while (socket.canReadLine() || socket.waitForReadyRead(patienceMs)) { // until the server leaves
        while (socket.canReadLine()) {
            const auto answer = QJsonDocument::fromJson(socket.readLine()).object();
            if (answer.contains("id"_L1))
                answers.insert(answer["id"_L1].toInt(), answer["error"_L1]["code"_L1].toString(u"done"_s));
        }
    }
    return answers;
}

/// What was answered as done is so, also of the server that comes.
void TestServerCommands::orderBesideARestart_counts()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    const auto answers = answersTo({RestartServer::name, PauseServer::name});
    QCOMPARE(answers, (QMap<int, QString> {{1, u"done"_s}, {2, u"done"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(run(u"status"_s).out.contains("paused"), 60'000);
    QVERIFY(m_warder->log().count(" listening ") > 1);
    QCOMPARE(m_warder->stop(), int(Done));
}

/// Both come in one piece: of two, the second might come when the server has left. Whatever came before it left is answered.
void TestServerCommands::secondRestart_isRefused()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QStringList said = answersTo({RestartServer::name, RestartServer::name}).values();
    said.sort();
    QCOMPARE(said, (QStringList {u"busy"_s, u"done"_s})); // two threads take orders: either may be the first
    QCOMPARE(m_warder->stop(), int(Done));
}

/// Settings may be right, and the server cannot open with them: its key is not where they look for it.
void TestServerCommands::restart_thatCannotOpen_goesOnAsBefore()
{
    QTcpServer listening;
    QVERIFY(m_warder->passOn(listening));
    QVERIFY2(m_warder->start(), m_warder->log());
    QVERIFY(m_warder->configure("keys.master_key_sources = environment\npasswords.min_length = 12\n"));
    const auto restarted = run(u"restart"_s);
    QVERIFY2(restarted.out.contains("reload_failed"), restarted.out + restarted.err + m_warder->log());
    QCOMPARE(m_warder->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"8 letters"_s}}).status(), 201);
    QCOMPARE(m_warder->stop(), int(Done));
}

void TestServerCommands::reload_ofFaults_changesNothing()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    QVERIFY(m_warder->configure("http.max_body_bytes = 1024\nhttp.listn = 127.0.0.1:1\n"));
    const auto refused = run(u"reload"_s);
    QCOMPARE(refused.code, int(WrongConfig));
    QVERIFY2(refused.err.contains("http.listn: no such setting"), refused.err);
    m_warder->signal(SIGHUP); // whoever sends it reads the log
    QTRY_VERIFY_WITH_TIMEOUT(m_warder->log().contains("reload_failed why="), 60'000);
    QCOMPARE(bodyOf2000(), 422);
    QVERIFY(m_warder->configure("http.tls_certificate = /nowhere/cert.pem\n"));
    QVERIFY2(run(u"reload"_s).err.contains("/nowhere/cert.pem does not exist"), m_warder->log());
    QCOMPARE(bodyOf2000(), 422);
}

void TestServerCommands::hangUp_reloads()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    RawHttp connection(m_warder->port());
    QCOMPARE(ApiClient::askOn(connection, "GET", "/session").status(), 200);
    QVERIFY(m_warder->configure("http.max_body_bytes = 1024\n"));
    m_warder->signal(SIGHUP);
    QTRY_VERIFY_WITH_TIMEOUT(m_warder->log().contains("reloaded"), 60'000); // by then every HTTP thread has heard of it
    QCOMPARE(bodyOf2000(), 413);
    QCOMPARE(ApiClient::askOn(connection, "GET", "/session").status(), 200);
    QCOMPARE(m_warder->stop(), int(Done));
}

void TestServerCommands::hundredReloads_underLoad_loseNothing()
{
    QVERIFY2(m_warder->start(quickSettings().first(6)), m_warder->log()); // without a number of threads, which the file changes
    Load load(m_warder->port());
    for (int i = 1; i <= 100; ++i) {
        const QByteArray origin = "https://" + QByteArray::number(i) + ".example";
        QVERIFY(m_warder->configure("http.allowed_origins = " + origin + "\nhttp.threads = " + QByteArray::number(1 + i % 3) + "\n"));
        m_warder->signal(SIGHUP);
        const int before = load.answered();
        while (m_warder->client().get("/session", {"Origin: " + origin}).header("access-control-allow-origin") != origin
               || load.answered() < before + 4)
            QVERIFY(m_warder->isRunning());
    }
    load.stop();
    QCOMPARE(load.lost(), 0);
    QVERIFY(load.answered() >= 400);
    QCOMPARE(m_warder->stop(), int(Done));
    QCOMPARE(m_warder->log().count(" reloaded "), 100);
}

QTEST_GUILESS_MAIN(TestServerCommands)
#include "TestServerCommands.moc"
