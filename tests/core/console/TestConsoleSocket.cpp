#include "core/console/ConsoleMethods.h"
#include "core/console/ConsoleSocket.h"
#include "core/console/RemoteConsole.h"
#include "tests/support/ConsoleWorld.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// How many files without a name this process holds in a folder.
qsizetype namelessFiles(const QString &folder)
{
    const QStringList descriptors = QDir(u"/proc/self/fd"_s).entryList(QDir::Files | QDir::System | QDir::Hidden);
    return std::ranges::count_if(descriptors, [&folder](const QString &one) {
        const QString target = QFile::symLinkTarget(u"/proc/self/fd/"_s + one);
        return target.startsWith(folder) && target.contains(u"(deleted)"_s);
    });
}

} // namespace

/// What a broken or hostile program of the same user may say to the socket: it hurts nobody else.
class TestConsoleSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void nonsense_isRefusedAndOthersAreServed_data();
    void nonsense_isRefusedAndOthersAreServed();
    void cutOrders_areNotAnotherOrder_data();
    void cutOrders_areNotAnotherOrder();
    void misspeltOrders_endNobody_data();
    void misspeltOrders_endNobody();
    void cancel_isHeardOrIgnored();
    void endlessMessage_isCutOff();
    void halfMessage_isForgotten();
    void tooManyClients_areTurnedAway();
    void import_endsWithItsClient();
    void randomBytes_areSurvived();

private:
    QString path() const { return m_w->folder.filePath(u"console.sock"_s); }
    std::unique_ptr<QLocalSocket> connected() const;
    static QJsonObject answerTo(QLocalSocket &client, const QByteArray &bytes);
    bool isServed();

    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<ConsoleSocket> m_socket;
    Id m_ann;
};

void TestConsoleSocket::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(path()));
    m_ann = m_w->join(u"ann@example.com"_s).user.id;
}

void TestConsoleSocket::cleanup()
{
    m_socket.reset();
    m_w.reset();
}

std::unique_ptr<QLocalSocket> TestConsoleSocket::connected() const
{
    auto client = std::make_unique<QLocalSocket>();
    client->connectToServer(path());
    return client->waitForConnected(10'000) ? std::move(client) : nullptr;
}

QJsonObject TestConsoleSocket::answerTo(QLocalSocket &client, const QByteArray &bytes)
{
    client.write(bytes);
    if (!QTest::qWaitFor([&client] { return client.canReadLine(); }, 60'000))
        return {};
    return QJsonDocument::fromJson(client.readLine()).object();
}

bool TestConsoleSocket::isServed()
{
    RemoteConsole other;
    return other.connectTo(path()) && got(other.findUser(u"ann@example.com"_s)).has_value();
}

void TestConsoleSocket::nonsense_isRefusedAndOthersAreServed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no JSON") << "hello"_ba;
    QTest::newRow("HTTP") << "GET / HTTP/1.1\r"_ba;
    QTest::newRow("a list") << "[1,2,3]"_ba;
    QTest::newRow("no method") << R"({"id":1})"_ba;
    QTest::newRow("an unknown method") << R"({"id":1,"method":"shutdown","params":{}})"_ba;
    QTest::newRow("a method that is no text") << R"({"id":1,"method":7,"params":{}})"_ba;
    QTest::newRow("a member given twice") << R"({"id":1,"method":"overview","method":"keys","params":{}})"_ba;
    QTest::newRow("NUL") << QByteArray("{\"id\":1,\"method\":\"over\0view\"}", 30);
    QTest::newRow("invalid UTF-8") << "{\"id\":1,\"method\":\"\xff\xfe\"}"_ba;
    QTest::newRow("deep") << QByteArray(1000, '[') + QByteArray(1000, ']');
    QTest::newRow("deep inside") << R"({"id":1,"method":"overview","params":)" + QByteArray(100, '[') + QByteArray(100, ']') + '}';
    QTest::newRow("many values") << R"({"id":1,"method":"overview","params":{"x":[)" + QByteArray("1,").repeated(150'000) + "1]}}";
}

void TestConsoleSocket::nonsense_isRefusedAndOthersAreServed()
{
    QFETCH(QByteArray, line);
    const auto client = connected();
    QCOMPARE(answerTo(*client, line + '\n').value("error"_L1)["code"_L1], u"bad_request"_s);
    QVERIFY(isServed());
    QVERIFY(!answerTo(*client, R"({"id":2,"method":"keys","params":{}})"
                               "\n")
                 .contains("error"_L1)); // the same client may go on
}

void TestConsoleSocket::cutOrders_areNotAnotherOrder_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QJsonValue>("params");
    const QList<std::pair<const char *, QJsonValue>> bent {{"no parameters", QJsonValue()},
                                                           {"a list", QJsonArray {1}},
                                                           {"none of them", QJsonObject()},
                                                           {"of other types", QJsonObject {{u"filter"_s, u"ann"_s},
                                                                                           {u"sessions"_s, QJsonObject()},
                                                                                           {u"user"_s, 7},
                                                                                           {u"disabled"_s, u"true"_s},
                                                                                           {u"window"_s, u"x"_s},
                                                                                           {u"position"_s, false},
                                                                                           {u"cursor"_s, 1},
                                                                                           {u"limit"_s, u"5"_s},
                                                                                           {u"text"_s, QJsonArray()},
                                                                                           {u"rule"_s, 1},
                                                                                           {u"key"_s, 2},
                                                                                           {u"purpose"_s, QJsonObject()},
                                                                                           {u"password"_s, 12345678}}}};
    for (const ConsoleMethod &method : consoleMethods()) {
        for (const auto &[name, params] : bent) {
            if (!method.params.isEmpty())
                QTest::addRow("%s, %s", method.name.data(), name) << QString(method.name) << params;
        }
    }
}

void TestConsoleSocket::cutOrders_areNotAnotherOrder()
{
    QFETCH(QString, method);
    QFETCH(QJsonValue, params);
    const auto client = connected();
    const QJsonObject message {{u"id"_s, 9}, {u"method"_s, method}, {u"params"_s, params}};
    const QJsonObject answer = answerTo(*client, QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    QCOMPARE(answer.value("error"_L1)["code"_L1], u"bad_request"_s);
    QCOMPARE(answer.value("id"_L1), 9);
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
    QCOMPARE(m_w->world.accounts.count(), 1);
}

void TestConsoleSocket::misspeltOrders_endNobody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("params");
    const auto bad = [](const char *name, const char *method, const char *params) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(params);
    };
    bad("a filter's member misspelt", "revokeShown", R"({"filter":{"txt":"bob","ended":false},"seen":1})");
    bad("one too many", "revokeShown", R"({"filter":{"text":"","ended":false,"usr":"x"},"seen":1})");
    bad("the text missing", "revokeShown", R"({"filter":{"ended":false},"seen":1})");
    bad("ended missing", "revokeShown", R"({"filter":{"text":""},"seen":1})");
    bad("an empty filter", "revokeShown", R"({"filter":{},"seen":1})");
    bad("the text a number", "revokeShown", R"({"filter":{"text":7,"ended":false},"seen":1})");
    bad("the text null", "revokeShown", R"({"filter":{"text":null,"ended":false},"seen":1})");
    bad("the user no id", "revokeShown", R"({"filter":{"text":"","ended":false,"user":"ann@example.com"},"seen":1})");
    bad("the user null", "revokeShown", R"({"filter":{"text":"","ended":false,"user":null},"seen":1})");
    bad("the number missing", "revokeShown", R"({"filter":{"text":"","ended":false}})");
    bad("the number a fraction", "revokeShown", R"({"filter":{"text":"","ended":false},"seen":1.5})");
    bad("the number below none", "revokeShown", R"({"filter":{"text":"","ended":false},"seen":-1})");
    bad("a parameter too many", "revokeShown", R"({"filter":{"text":"","ended":false},"seen":1,"force":true})");
    bad("a session that is none", "revokeSessions", R"({"sessions":["x"]})");
    bad("a session that is null", "revokeSessions", R"({"sessions":[null]})");
    bad("a cursor of sessions", "sessions", R"({"filter":{"text":"","ended":false},"cursor":"' OR 1=1 --","limit":5})");
    bad("a limit that is a fraction", "sessions", R"({"filter":{"text":"","ended":false},"cursor":"","limit":0.5})");
    bad("a misspelt filter of a list", "sessions", R"({"filter":{"test":"","ended":false},"cursor":"","limit":5})");
    bad("a misspelt filter of a count", "countSessions", R"({"filter":{"test":"","ended":false}})");
    bad("a cursor of users", "users", R"({"text":"","cursor":"zz","limit":5})");
    bad("a parameter of users too many", "users", R"({"text":"","cursor":"","limit":5,"order":"name"})");
}

void TestConsoleSocket::misspeltOrders_endNobody()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, params);
    const auto client = connected();
    const QJsonObject answer = answerTo(*client, R"({"id":9,"method":")" + method + R"(","params":)" + params + "}\n");
    const QString code = answer.value("error"_L1)["code"_L1].toString();
    QVERIFY2(code == "bad_request"_L1 || code == "invalid_input"_L1, QJsonDocument(answer).toJson());
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
}

void TestConsoleSocket::cancel_isHeardOrIgnored()
{
    const auto client = connected();
    client->write(R"({"cancel":17})"
                  "\n"
                  R"({"cancel":"x"})"
                  "\n"
                  R"({"cancel":null})"
                  "\n");
    QVERIFY(!answerTo(*client, R"({"id":2,"method":"keys","params":{}})"
                               "\n")
                 .contains("error"_L1));
    RemoteConsole other;
    QVERIFY(other.connectTo(path()));
    auto search = other.users(u"ann"_s, {}, 5);
    search.cancel();
    QTRY_VERIFY(search.isFinished());
    QCOMPARE(got(other.users(u"ann"_s, {}, 5))->rows.size(), 1); // a later question is another one
}

void TestConsoleSocket::endlessMessage_isCutOff()
{
    const auto client = connected();
    const QByteArray piece(64 * 1024, 'x');
    for (int i = 0; i < 64 && client->state() == QLocalSocket::ConnectedState; ++i) {
        client->write(piece);
        QVERIFY(
            QTest::qWaitFor([&client] { return client->bytesToWrite() == 0 || client->state() != QLocalSocket::ConnectedState; }, 60'000));
    }
    QVERIFY(QTest::qWaitFor([&client] { return client->state() == QLocalSocket::UnconnectedState; }, 60'000));
    QVERIFY(isServed());
}

void TestConsoleSocket::halfMessage_isForgotten()
{
    for (int i = 0; i < 50; ++i) {
        const auto client = connected();
        client->write(R"({"id":1,"method":"removeUser","params":{"user":")");
        client->flush();
    }
    QVERIFY(isServed());
    QCOMPARE(m_w->world.accounts.count(), 1);
}

void TestConsoleSocket::tooManyClients_areTurnedAway()
{
    std::vector<std::unique_ptr<QLocalSocket>> held;
    int turnedAway = 0;
    for (int i = 0; i < 40; ++i) {
        auto client = connected();
        QVERIFY(client);
        client->write(R"({"id":1,"method":"keys","params":{}})"
                      "\n");
        QVERIFY(QTest::qWaitFor([&client] { return client->canReadLine() || client->state() == QLocalSocket::UnconnectedState; }, 60'000));
        turnedAway += client->state() == QLocalSocket::UnconnectedState;
        held.push_back(std::move(client));
    }
    QCOMPARE(turnedAway, 24);
    held.clear();
    QTRY_VERIFY(isServed());
}

void TestConsoleSocket::import_endsWithItsClient()
{
    const qsizetype before = namelessFiles(m_w->folder.path());
    QCOMPARE(before, 0);
    const QByteArray order = R"({"id":1,"method":"addToImport","params":{"import":"0197a5f0-0000-7000-8000-00000000000%1","users":[]}})";
    for (const char number : {'1', '2'}) {
        const auto client = connected();
        QVERIFY(!answerTo(*client, QByteArray(order).replace("%1", QByteArray(1, number)) + '\n').contains("error"_L1));
        QCOMPARE(namelessFiles(m_w->folder.path()), 1); // what waits beside the database for the import's end
        client->disconnectFromServer();
        QTRY_COMPARE(namelessFiles(m_w->folder.path()), 0);
    }
    for (int i = 0; i < 20; ++i) { // who leaves before the answer
        const auto client = connected();
        client->write(QByteArray(order).replace("%1", "3") + '\n');
        QVERIFY(client->waitForBytesWritten(10'000));
    }
    QVERIFY(isServed());
    QTRY_COMPARE(namelessFiles(m_w->folder.path()), 0);
}

void TestConsoleSocket::randomBytes_areSurvived()
{
    QRandomGenerator random(4711);
    for (int i = 0; i < 200; ++i) {
        const auto client = connected();
        QByteArray bytes(random.bounded(1, 5000), '\0');
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        client->write(bytes + '\n');
        client->waitForBytesWritten(10'000);
        QTest::qWait(0);
    }
    QVERIFY(isServed());
}

QTEST_GUILESS_MAIN(TestConsoleSocket)
#include "TestConsoleSocket.moc"
