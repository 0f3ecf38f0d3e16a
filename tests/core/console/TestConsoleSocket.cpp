#include "core/console/Json.h"
#include "core/console/orders/All.h"
#include "core/console/orders/Hashing.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Keys.h"
#include "core/console/wire/ConsoleSocket.h"
#include "core/console/wire/Hello.h"
#include "core/console/wire/RemoteConsole.h"
#include "tests/support/ConsoleWorld.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QRandomGenerator>

#include <memory>
#include <thread>
#include <tuple>

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
    void cleanupTestCase() { endAll(); }

    void nonsense_isRefusedAndOthersAreServed_data();
    void nonsense_isRefusedAndOthersAreServed();
    void nonsense_isAnsweredWithItsId_data();
    void nonsense_isAnsweredWithItsId();
    void bentOrders_areRefusedByTheirPath_data();
    void bentOrders_areRefusedByTheirPath();
    void ordersAsTheyShouldBe_areRead();
    void misspeltOrders_endNobody_data();
    void misspeltOrders_endNobody();
    void misspeltMessages_areRefusedByTheirPath_data();
    void misspeltMessages_areRefusedByTheirPath();
    void hello_isTheFirstWord_data();
    void hello_isTheFirstWord();
    void hello_isAMessageOfItsOwn();
    void longPoll_isAnsweredByTheFirstChange();
    void longPoll_holdsNoThread();
    void longPoll_isOfWhoStays_data();
    void longPoll_isOfWhoStays();
    void leaving_stopsNoOrder();
    void end_answersWhoWaits();
    void cancel_isHeardOrIgnored();
    void endlessMessage_isCutOff();
    void halfMessage_isForgotten();
    void tooManyClients_areTurnedAway();
    void import_endsWithItsClient();
    void hashing_endsWithItsClient();
    void randomBytes_areSurvived();

private:
    static bool isOfRefusalsOnly();
    QString path() const { return m_w->folder.filePath(u"console.sock"_s); }
    std::unique_ptr<QLocalSocket> connected() const;
    static QJsonObject answerTo(QLocalSocket &client, const QByteArray &bytes);
    static QJsonObject nextAnswer(QLocalSocket &client);
    bool isServed();
    void endAll();

    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<ConsoleSocket> m_socket;
    Id m_ann;
};

namespace {

/// What stands for its topic's parameters: default values, and lists with something in them.
template <typename Order>
Order sampleOf()
{
    Order order {};
    const SessionFilter filter {.text = u"nobody"_s,
                                .user = Id::create({}),
                                .ended = true,
                                .state = SessionState::Live,
                                .email = u"nobody@example.com"_s,
                                .address = u"::1"_s,
                                .device = u"Edge, Windows"_s,
                                .since = u"2h"_s};
    if constexpr (requires { order.filter = filter; })
        order.filter = filter;
    else if constexpr (requires { order.filter; })
        order.filter = {.types = {u"key_rotated"_s}, .user = u"nobody"_s, .address = u"::1"_s, .from = TimePoint(), .until = TimePoint()};
    if constexpr (requires { order.each.emplaceBack(); })
        order.each.emplaceBack();
    if constexpr (std::same_as<Order, RevokeSessions>)
        order.sessions = {Id::create({}), Id::create({})};
    if constexpr (std::same_as<Order, EditUser>)
        order.edit = {.email = u"x@example.com"_s, .name = u"X"_s, .roles = QStringList {u"a"_s}, .addRoles = {u"b"_s}, .removeRoles = {}};
    if constexpr (std::same_as<Order, CreateUser> || std::same_as<Order, InviteUser>)
        order.user.roles = {u"admin"_s};
    if constexpr (requires { order.wish; })
        order.wish = {.name = u"x"_s,
                      .title = u"X"_s,
                      .routes = QStringList {u"login"_s},
                      .key = RateKey::Address,
                      .amount = 3,
                      .period = Seconds {60},
                      .burst = 3,
                      .longest = Seconds {0},
                      .action = RateAction::Deny,
                      .enabled = true};
    if constexpr (std::same_as<Order, AddNetwork>)
        order.until = TimePoint();
    if constexpr (std::same_as<Order, AddToImport>)
        order.users.emplaceBack().createdAt = TimePoint();
    if constexpr (std::same_as<Order, TuneHashing>)
        order.tried.emplaceBack();
    return order;
}

void eachSample(const std::function<void(QLatin1StringView, const QJsonObject &)> &take)
{
    const auto all = [&take]<typename... Orders>(std::tuple<Orders...>) {
        (take(Orders::name, toJson(sampleOf<Orders>()).toObject()), ...);
    };
    all(AllOrders());
}

using Bent = std::function<void(const QString &what, const QJsonValue &bent, const QString &says)>;

bool isOptional(const QString &path)
{
    static const QStringList all {u"params.filter.user"_s,  u"params.filter.state"_s,        u"params.filter.email"_s,
                                  u"params.edit.email"_s,   u"params.edit.name"_s,           u"params.edit.roles"_s,
                                  u"params.until"_s,        u"params.users[0].created_at"_s, u"params.filter.from"_s,
                                  u"params.filter.until"_s, u"params.filter.address"_s,      u"params.filter.device"_s,
                                  u"params.filter.since"_s};
    return all.contains(path) || (path.startsWith("params.wish."_L1) && path != "params.wish.name"_L1);
}

/// Each way in which one thing in it is wrong, at any depth.
void eachBent(const QJsonValue &good, const QString &path, const Bent &take)
{
    if (good.isArray()) {
        QJsonArray list = good.toArray();
        for (qsizetype i = 0; i < list.size(); ++i) {
            eachBent(list[i], u"%1[%2]"_s.arg(path).arg(i), [&](const QString &what, const QJsonValue &bent, const QString &says) {
                QJsonArray other = list;
                other[i] = bent;
                take(what, other, says);
            });
        }
    }
    const QJsonObject object = good.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString inner = path + u'.' + member.key();
        eachBent(*member, inner, [&](const QString &what, const QJsonValue &bent, const QString &says) {
            QJsonObject other = object;
            other.insert(member.key(), bent);
            take(what, other, says);
        });
        QJsonObject without = object;
        without.remove(member.key());
        if (!isOptional(inner))
            take(inner + u" missing"_s, without, inner + u": missing"_s);
        without.insert(member.key() + u'x', *member);
        take(inner + u" misspelt"_s, without, inner + u"x: unknown"_s);
    }
    if (good.isObject()) {
        QJsonObject more = object;
        more.insert(u"force"_s, true);
        take(path + u" with one more"_s, more, path + u".force: unknown"_s);
    }
    if (path == "params"_L1)
        return;
    take(path + u" null"_s, QJsonValue(), path + u": is n"_s);
    take(path + u" of another type"_s, good.isObject() ? QJsonValue(u"x"_s) : QJsonValue(QJsonObject {{u"x"_s, 1}}), path + u": is n"_s);
    if (good.isDouble()) {
        take(path + u" a fraction"_s, 0.5, path + u": is not a whole number from "_s);
        take(path + u" huge"_s, 1e300, path + u": is not a whole number from "_s);
        take(path + u" beyond what is exact"_s, 9007199254740994.0, path + u": is not a whole number from "_s);
        take(path + u" a text"_s, u"5"_s, path + u": is not a whole number from "_s);
    }
    if (good.isBool())
        take(path + u" a text"_s, u"true"_s, path + u": is neither true nor false"_s);
}

} // namespace

/// Whether the rows of this function share a console, which must be as it was after each.
bool TestConsoleSocket::isOfRefusalsOnly()
{
    static const QByteArrayList functions {"nonsense_isRefusedAndOthersAreServed", "bentOrders_areRefusedByTheirPath",
                                           "misspeltOrders_endNobody", "misspeltMessages_areRefusedByTheirPath"};
    return functions.contains(QByteArray(QTest::currentTestFunction()));
}

void TestConsoleSocket::init()
{
    if (m_w && isOfRefusalsOnly())
        return;
    endAll();
    m_w = std::make_unique<ConsoleWorld>();
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(path()));
    m_ann = m_w->join(u"ann@example.com"_s).user.id;
}

void TestConsoleSocket::cleanup()
{
    if (!isOfRefusalsOnly() || QTest::currentTestFailed())
        endAll();
}

void TestConsoleSocket::endAll()
{
    m_socket.reset();
    m_w.reset();
}

std::unique_ptr<QLocalSocket> TestConsoleSocket::connected() const
{
    auto client = std::make_unique<QLocalSocket>();
    client->connectToServer(path());
    if (!client->waitForConnected(10'000))
        return nullptr;
    client->write(QJsonDocument(Hello::message()).toJson(QJsonDocument::Compact) + '\n');
    return Hello::of(nextAnswer(*client)) || client->state() == QLocalSocket::UnconnectedState ? std::move(client) : nullptr;
}

QJsonObject TestConsoleSocket::answerTo(QLocalSocket &client, const QByteArray &bytes)
{
    client.write(bytes);
    return nextAnswer(client);
}

QJsonObject TestConsoleSocket::nextAnswer(QLocalSocket &client)
{
    const auto hasCome = [&client] { return client.canReadLine() || client.state() == QLocalSocket::UnconnectedState; };
    if (!QTest::qWaitFor(hasCome, 60'000))
        return {};
    return client.canReadLine() ? QJsonDocument::fromJson(client.readLine()).object() : QJsonObject();
}

bool TestConsoleSocket::isServed()
{
    RemoteConsole other;
    return other.connectTo(path()) && got(other.ask(FindUser {.user = u"ann@example.com"_s})).has_value();
}

void TestConsoleSocket::nonsense_isRefusedAndOthersAreServed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no JSON") << "hello"_ba;
    QTest::newRow("HTTP") << "GET / HTTP/1.1\r"_ba;
    QTest::newRow("a list") << "[1,2,3]"_ba;
    QTest::newRow("no order") << R"({"id":1})"_ba;
    QTest::newRow("an unknown order") << R"({"id":1,"order":"shutdown","params":{}})"_ba;
    QTest::newRow("an order that is no text") << R"({"id":1,"order":7,"params":{}})"_ba;
    QTest::newRow("a member given twice") << R"({"id":1,"order":"server.overview","order":"keys.list","params":{}})"_ba;
    QTest::newRow("NUL") << QByteArray("{\"id\":1,\"order\":\"over\0view\"}", 29);
    QTest::newRow("invalid UTF-8") << "{\"id\":1,\"order\":\"\xff\xfe\"}"_ba;
    QTest::newRow("deep") << QByteArray(1000, '[') + QByteArray(1000, ']');
    QTest::newRow("deep inside") << R"({"id":1,"order":"server.overview","params":)" + QByteArray(100, '[') + QByteArray(100, ']') + '}';
    QTest::newRow("many values") << R"({"id":1,"order":"server.overview","params":{"x":[)" + QByteArray("1,").repeated(150'000) + "1]}}";
}

void TestConsoleSocket::nonsense_isRefusedAndOthersAreServed()
{
    QFETCH(QByteArray, line);
    const auto client = connected();
    QCOMPARE(answerTo(*client, line + '\n').value("error"_L1)["code"_L1], u"bad_request"_s);
    QVERIFY(isServed());
    QVERIFY(!answerTo(*client, R"({"id":2,"order":"keys.list","params":{}})"
                               "\n")
                 .contains("error"_L1)); // the same client may go on
}

void TestConsoleSocket::nonsense_isAnsweredWithItsId_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QJsonValue>("id");
    QTest::newRow("a member given twice") << R"({"id":7,"order":"keys.list","order":"keys.list","params":{}})"_ba << QJsonValue(7);
    QTest::newRow("half a character") << R"({"id":7,"order":"users.count","params":{"text":"\ud800"}})"_ba << QJsonValue(7);
    QTest::newRow("deep inside") << R"({"id":7,"params":)" + QByteArray(100, '[') + QByteArray(100, ']') + '}' << QJsonValue(7);
    QTest::newRow("an id that is a text") << R"({"id":"7","order":1,"order":2})"_ba << QJsonValue();
    QTest::newRow("no JSON") << "hello"_ba << QJsonValue();
}

void TestConsoleSocket::nonsense_isAnsweredWithItsId()
{
    QFETCH(QByteArray, line);
    const auto client = connected();
    const QJsonObject answer = answerTo(*client, line + '\n');
    QCOMPARE(answer.value("error"_L1)["code"_L1], u"bad_request"_s);
    QTEST(answer.value("id"_L1), "id");
}

void TestConsoleSocket::bentOrders_areRefusedByTheirPath_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<QJsonObject>("params");
    eachSample([](QLatin1StringView order, const QJsonObject &params) { QTest::newRow(order.data()) << QString(order) << params; });
}

void TestConsoleSocket::bentOrders_areRefusedByTheirPath()
{
    QFETCH(QString, order);
    QFETCH(QJsonObject, params);
    const auto client = connected();
    QStringList wrong;
    const auto check = [&](const QString &what, const QJsonValue &bent, const QString &says) {
        const QJsonObject message {{u"id"_s, 9}, {u"order"_s, order}, {u"params"_s, bent}};
        const QJsonObject answer = answerTo(*client, QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
        const QJsonValue error = answer.value("error"_L1);
        const QString detail = error["detail"_L1].toString();
        if (error["code"_L1] != u"bad_request"_s || !detail.startsWith(says) || answer.value("id"_L1) != 9)
            wrong += u"%1: \"%2\", not \"%3\""_s.arg(what, detail, says);
    };
    check(u"no parameters"_s, QJsonValue(), u"params: is not an object"_s);
    check(u"a list"_s, QJsonArray {1}, u"params: is not an object"_s);
    eachBent(params, u"params"_s, check);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
    QCOMPARE(m_w->world.accounts.count(), 1);
}

/// Were they not, nothing above would be proven.
void TestConsoleSocket::ordersAsTheyShouldBe_areRead()
{
    QStringList unread;
    eachSample([&](QLatin1StringView order, const QJsonObject &params) {
        const auto client = connected();
        const QJsonObject message {{u"id"_s, 9}, {u"order"_s, order}, {u"params"_s, params}};
        auto answer = answerTo(*client, QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
        while (answer.contains("progress"_L1))
            answer = nextAnswer(*client);
        if (answer.value("error"_L1)["code"_L1] == u"bad_request"_s || answer.value("id"_L1) != 9)
            unread += u"%1: %2"_s.arg(order, answer.value("error"_L1)["detail"_L1].toString());
    });
    QCOMPARE(unread.join(u'\n'), QString());
}

void TestConsoleSocket::misspeltOrders_endNobody_data()
{
    QTest::addColumn<QByteArray>("order");
    QTest::addColumn<QByteArray>("params");
    const auto bad = [](const char *name, const char *order, const char *params) {
        QTest::newRow(name) << QByteArray(order) << QByteArray(params);
    };
    bad("a filter's member misspelt", "sessions.revokeShown", R"({"filter":{"txt":"bob","ended":false},"seen":1})");
    bad("one too many", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"usr":"x"},"seen":1})");
    bad("the text missing", "sessions.revokeShown", R"({"filter":{"ended":false},"seen":1})");
    bad("ended missing", "sessions.revokeShown", R"({"filter":{"text":""},"seen":1})");
    bad("an empty filter", "sessions.revokeShown", R"({"filter":{},"seen":1})");
    bad("the text a number", "sessions.revokeShown", R"({"filter":{"text":7,"ended":false},"seen":1})");
    bad("the text null", "sessions.revokeShown", R"({"filter":{"text":null,"ended":false},"seen":1})");
    bad("the user no id", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"user":"ann@example.com"},"seen":1})");
    bad("the user null", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"user":null},"seen":1})");
    bad("a state nobody knows", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"state":"dead"},"seen":1})");
    bad("an address that is none", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"address":"10.0"},"seen":1})");
    bad("a network with bits behind it", "sessions.revokeShown", R"({"filter":{"text":"","ended":false,"address":"10.0.0.1/8"},"seen":1})");
    bad("the number missing", "sessions.revokeShown", R"({"filter":{"text":"","ended":false}})");
    bad("the number a fraction", "sessions.revokeShown", R"({"filter":{"text":"","ended":false},"seen":1.5})");
    bad("the number below none", "sessions.revokeShown", R"({"filter":{"text":"","ended":false},"seen":-1})");
    bad("a parameter too many", "sessions.revokeShown", R"({"filter":{"text":"","ended":false},"seen":1,"force":true})");
    bad("a session that is none", "sessions.revoke", R"({"sessions":["x"]})");
    bad("a session that is null", "sessions.revoke", R"({"sessions":[null]})");
    bad("a cursor of sessions", "sessions.list",
        R"({"filter":{"text":"","ended":false},"cursor":"' OR 1=1 --","limit":5,"backwards":false})");
    bad("a limit that is a fraction", "sessions.list", R"({"filter":{"text":"","ended":false},"cursor":"","limit":0.5,"backwards":false})");
    bad("a misspelt filter of a list", "sessions.list", R"({"filter":{"test":"","ended":false},"cursor":"","limit":5,"backwards":false})");
    bad("a misspelt filter of a count", "sessions.count", R"({"filter":{"test":"","ended":false}})");
    bad("a cursor of users", "users.list", R"({"text":"","deleted":false,"cursor":"zz","limit":5,"backwards":false})");
    bad("a parameter of users too many", "users.list",
        R"({"text":"","deleted":false,"cursor":"","limit":5,"order":"name","backwards":false})");
}

void TestConsoleSocket::misspeltOrders_endNobody()
{
    QFETCH(QByteArray, order);
    QFETCH(QByteArray, params);
    const auto client = connected();
    const QJsonObject answer = answerTo(*client, R"({"id":9,"order":")" + order + R"(","params":)" + params + "}\n");
    const QString code = answer.value("error"_L1)["code"_L1].toString();
    QVERIFY2(code == "bad_request"_L1 || code == "invalid_input"_L1, QJsonDocument(answer).toJson());
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
}

void TestConsoleSocket::misspeltMessages_areRefusedByTheirPath_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("no id") << R"({"order":"keys.list","params":{}})"_ba << u"id: missing"_s;
    QTest::newRow("an id that is a text") << R"({"id":"1","order":"keys.list","params":{}})"_ba << u"id: is not a whole number"_s;
    QTest::newRow("an id that is a fraction") << R"({"id":1.5,"order":"keys.list","params":{}})"_ba << u"id: is not a whole number"_s;
    QTest::newRow("an id beyond all bounds") << R"({"id":1e99,"order":"keys.list","params":{}})"_ba << u"id: is not a whole number"_s;
    QTest::newRow("a member more") << R"({"id":1,"order":"keys.list","params":{},"as":"root"})"_ba << u"as: unknown"_s;
    QTest::newRow("of the old protocol") << R"({"id":1,"method":"keys","params":{}})"_ba << u"method: unknown"_s;
    QTest::newRow("no parameters") << R"({"id":1,"order":"keys.list"})"_ba << u"params: missing"_s;
    QTest::newRow("an order nobody knows") << R"({"id":1,"order":"server.shutdown","params":{}})"_ba
                                           << u"order: server.shutdown is unknown"_s;
    QTest::newRow("an order in another case") << R"({"id":1,"order":"Keys.list","params":{}})"_ba << u"order: Keys.list is unknown"_s;
    QTest::newRow("a parameter given twice")
        << R"({"id":1,"order":"sessions.revokeShown","params":{"filter":{"text":"nobody","text":"","ended":false},"seen":1}})"_ba
        << u"not a message: "_s;
    QTest::newRow("a name nobody knows") << R"({"id":1,"order":"keys.rotate","params":{"purpose":"both"}})"_ba
                                         << u"params.purpose: is no name that is known here"_s;
    QTest::newRow("a second hello") << R"({"hello":{"protocol":1,"version":"1"}})"_ba << u"hello: unknown"_s;
    QTest::newRow("a cancel of a text") << R"({"cancel":"x"})"_ba << u"cancel: is not a whole number"_s;
    QTest::newRow("a cancel of a fraction") << R"({"cancel":1.5})"_ba << u"cancel: is not a whole number"_s;
    QTest::newRow("a cancel of nothing") << R"({"cancel":null})"_ba << u"cancel: is not a whole number"_s;
    QTest::newRow("a cancel with more") << R"({"cancel":1,"id":1})"_ba << u"cancel: unknown"_s;
}

void TestConsoleSocket::misspeltMessages_areRefusedByTheirPath()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const auto client = connected();
    const QJsonObject answer = answerTo(*client, line + '\n');
    QCOMPARE(answer.value("error"_L1)["code"_L1], u"bad_request"_s);
    const QString detail = answer.value("error"_L1)["detail"_L1].toString();
    QVERIFY2(detail.startsWith(says), qPrintable(detail));
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
}

void TestConsoleSocket::hello_isTheFirstWord_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QString>("says");
    QTest::newRow("the same protocol") << R"({"hello":{"protocol":1,"version":"0.1"}})"_ba << QString();
    QTest::newRow("none, as before there was one")
        << ""_ba << u"this program Warder of an older version (console protocol 0): update this program"_s;
    QTest::newRow("an older protocol") << R"({"hello":{"protocol":0,"version":"0.1"}})"_ba
                                       << u"this program Warder 0.1 (console protocol 0): update this program"_s;
    QTest::newRow("a newer protocol") << R"({"hello":{"protocol":2,"version":"9.9"}})"_ba
                                      << u"this program Warder 9.9 (console protocol 2): update the server and start it anew"_s;
    QTest::newRow("no number") << R"({"hello":{"protocol":"1","version":"9.9"}})"_ba << u"update this program"_s;
    QTest::newRow("nothing in it") << R"({"hello":null})"_ba << u"update this program"_s;
}

void TestConsoleSocket::hello_isTheFirstWord()
{
    QFETCH(QByteArray, hello);
    QFETCH(QString, says);
    QLocalSocket client;
    client.connectToServer(path());
    QVERIFY(client.waitForConnected(10'000));
    QVERIFY(Hello::of(nextAnswer(client))); // the server's comes in any case, so that the client can say the same
    for (int i = 0; i < 2; ++i) {
        const QByteArray line = std::exchange(hello, QByteArray());
        const QJsonObject answer = answerTo(client, (line.isEmpty() ? line : line + '\n')
                                                        + R"({"id":7,"order":"sessions.revokeShown","params":{"filter":)"
                                                          R"({"text":"nobody","ended":false},"seen":0}})"
                                                          "\n");
        if (says.isEmpty()) {
            QCOMPARE(answer.value("result"_L1), 0);
            return;
        }
        QCOMPARE(answer.value("id"_L1), 7);
        QCOMPARE(answer.value("error"_L1)["code"_L1],
                 says.contains(u"update this program"_s) ? u"program_outdated"_s : u"server_outdated"_s);
        QVERIFY2(answer.value("error"_L1)["detail"_L1].toString().endsWith(says), QJsonDocument(answer).toJson());
    }
}

/// Nothing of it is done, and nothing of it passed over: the hello is still to come.
void TestConsoleSocket::hello_isAMessageOfItsOwn()
{
    const QByteArray order = R"("id":7,"order":"sessions.revokeShown","params":{"filter":{"text":"","ended":false},"seen":1}})";
    QLocalSocket client;
    client.connectToServer(path());
    QVERIFY(client.waitForConnected(10'000));
    QVERIFY(Hello::of(nextAnswer(client)));
    const QJsonObject both = answerTo(client, R"({"hello":{"protocol":1,"version":"0.1"},)" + order + '\n');
    QCOMPARE(both.value("id"_L1), 7);
    QCOMPARE(both.value("error"_L1)["code"_L1], u"bad_request"_s);
    QCOMPARE(both.value("error"_L1)["detail"_L1], u"id: unknown"_s);
    QCOMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 1);
    const QJsonObject later = answerTo(client, R"({"hello":{"protocol":1,"version":"0.1"}})"
                                               "\n"
                                               R"({"id":8,"order":"keys.list","params":{}})"
                                               "\n");
    QVERIFY2(later.value("result"_L1).isArray(), QJsonDocument(later).toJson());
}

void TestConsoleSocket::longPoll_isAnsweredByTheFirstChange()
{
    RemoteConsole other;
    QVERIFY(other.connectTo(path()));
    const quint64 position = got(other.ask(ChangesSince {}))->position;
    QCOMPARE(got(other.ask(ChangesSince {.position = position - 1, .wait = Seconds {60}}))->changes.size(), 1); // is there already
    QVERIFY(got(other.ask(ChangesSince {.position = position + 1, .wait = Seconds {60}}))->missedSome);
    const auto nothing = got(other.ask(ChangesSince {.position = position, .wait = Milliseconds {1}}));
    QCOMPARE(nothing->position, position);
    QVERIFY(nothing->changes.isEmpty() && !nothing->missedSome);
    const auto waiting = other.ask(ChangesSince {.position = position, .wait = Seconds {60}});
    QVERIFY(got(other.ask(ListKeys {}))); // which the socket read later and answered first
    QVERIFY(!waiting.isFinished());
    m_w->join(u"bob@example.com"_s);
    const auto news = got(waiting);
    QVERIFY(!news->changes.isEmpty());
    QCOMPARE(std::get<UserView>(news->changes.first()).email, u"bob@example.com"_s);
    QCOMPARE(got(other.ask(ChangesSince {.wait = Milliseconds {60'001}})).error().code, ErrorCode::InvalidInput);
}

void TestConsoleSocket::longPoll_holdsNoThread()
{
    RemoteConsole other;
    QVERIFY(other.connectTo(path()));
    const quint64 position = got(other.ask(ChangesSince {}))->position;
    QList<Answer<Changes>> waiting;
    for (int i = 0; i < 100; ++i)
        waiting += other.ask(ChangesSince {.position = position, .wait = Seconds {60}});
    QVERIFY(got(other.ask(ReadOverview {})));
    QCOMPARE(got(other.ask(ListUsers {.limit = 5}))->rows.size(), 1);
    QVERIFY(std::ranges::none_of(waiting, &Answer<Changes>::isFinished));
    QVERIFY(got(other.ask(EndSessionsOf {.user = m_ann})));
    for (const auto &one : std::as_const(waiting))
        QCOMPARE(got(one)->changes.size(), 1);
}

void TestConsoleSocket::longPoll_isOfWhoStays_data()
{
    QTest::addColumn<bool>("leaves");
    QTest::newRow("who leaves waits no more") << true;
    QTest::newRow("who takes the question back waits no more") << false;
}

/// The server lets 256 wait at most: more than that come and go here.
void TestConsoleSocket::longPoll_isOfWhoStays()
{
    QFETCH(bool, leaves);
    const QByteArray position = QByteArray::number(got(m_w->console.ask(ChangesSince {}))->position);
    const auto poll = [&position](int id) {
        return R"({"id":)" + QByteArray::number(id) + R"(,"order":"changes.since","params":{"position":)" + position
               + R"(,"wait":60000}})"
                 "\n";
    };
    auto client = connected();
    for (int round = 0; round < 20; ++round) {
        for (int id = 10; id < 25; ++id)
            client->write(poll(id));
        const QJsonObject answer = answerTo(*client, R"({"id":6,"order":"keys.list","params":{}})"
                                                     "\n");
        QVERIFY2(answer.value("id"_L1) == 6, QJsonDocument(answer).toJson());
        for (int id = 10; id < 25 && !leaves; ++id)
            client->write(R"({"cancel":)" + QByteArray::number(id) + "}\n");
        if (leaves)
            client = connected();
        QVERIFY(client);
    }
    client->write(poll(5));
    QVERIFY(!answerTo(*client, R"({"id":6,"order":"keys.list","params":{}})"
                               "\n")
                 .contains("error"_L1));
    m_w->join(u"bob@example.com"_s);
    QCOMPARE(nextAnswer(*client).value("id"_L1), 5);
}

/// As it always was: what was ordered is done, whoever stays to hear of it.
void TestConsoleSocket::leaving_stopsNoOrder()
{
    const auto client = connected();
    client->write(R"({"id":1,"order":"sessions.revokeShown","params":{"filter":{"text":"","ended":false},"seen":1}})"
                  "\n");
    QVERIFY(client->waitForBytesWritten(10'000));
    client->disconnectFromServer();
    QTRY_COMPARE(m_w->sessions.findByUser(m_ann, m_w->clock.now())->size(), 0);
}

/// As where a server opens anew: the console has ended, and the event loop does not turn any more. One answer is longer than what the
/// system keeps for a socket.
void TestConsoleSocket::end_answersWhoWaits()
{
    struct Keeping final : Console
    {
        std::vector<std::unique_ptr<Errand>> errands;
        void carry(std::unique_ptr<Errand> errand) override { errands.push_back(std::move(errand)); }
    } console;
    m_socket = std::make_unique<ConsoleSocket>(console);
    QVERIFY(m_socket->listen(path()));
    QMap<int, QString> answers;
    std::thread client([&answers, path = path()] {
        QLocalSocket socket;
        socket.connectToServer(path);
        socket.write(QJsonDocument(Hello::message()).toJson(QJsonDocument::Compact)
                     + "\n"
                       R"({"id":1,"order":"keys.list","params":{}})"
                       "\n"
                       R"({"id":2,"order":"keys.list","params":{}})"
                       "\n");
        while (socket.canReadLine() || socket.waitForReadyRead(60'000)) {
            while (socket.canReadLine()) {
                const QJsonObject answer = QJsonDocument::fromJson(socket.readLine()).object();
                if (answer.contains("id"_L1))
                    answers.insert(answer["id"_L1].toInt(), answer["error"_L1]["code"_L1].toString());
            }
        }
    });
    const bool haveCome = QTest::qWaitFor([&console] { return console.errands.size() == 2; }, 60'000);
    std::thread([&console] { // as its workers do
        for (const auto &errand : console.errands)
            errand->refuse({.code = ErrorCode::Conflict, .detail = QString(500'000, u'.')});
        console.errands.clear();
    })
        .join();
    m_socket.reset();
    client.join();
    QVERIFY(haveCome);
    QCOMPARE(answers, (QMap<int, QString> {{1, u"conflict"_s}, {2, u"conflict"_s}}));
}

void TestConsoleSocket::cancel_isHeardOrIgnored()
{
    const auto client = connected();
    client->write(R"({"cancel":17})"
                  "\n"); // it may have been answered meanwhile
    QVERIFY(!answerTo(*client, R"({"id":2,"order":"keys.list","params":{}})"
                               "\n")
                 .contains("error"_L1));
    RemoteConsole other;
    QVERIFY(other.connectTo(path()));
    auto search = other.ask(ListUsers {.text = u"ann"_s, .limit = 5});
    search.cancel();
    QTRY_VERIFY(search.isFinished());
    QCOMPARE(got(other.ask(ListUsers {.text = u"ann"_s, .limit = 5}))->rows.size(), 1); // a later question is another one
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
        client->write(R"({"id":1,"order":"users.remove","params":{"user":")");
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
        client->write(R"({"id":1,"order":"keys.list","params":{}})"
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
    const QByteArray order = R"({"id":1,"order":"imports.add","params":{"import":"0197a5f0-0000-7000-8000-00000000000%1","users":[]}})";
    for (const char number : {'1', '2'}) {
        const auto client = connected();
        QVERIFY(!answerTo(*client, QByteArray(order).replace("%1", QByteArray(1, number)) + '\n').contains("error"_L1));
        QCOMPARE(namelessFiles(m_w->folder.path()), 1); // what waits beside the database for the import's end
        client->disconnectFromServer();
        QTRY_COMPARE(namelessFiles(m_w->folder.path()), 0);
    }
    for (int i = 0; i < 20; ++i) { // who leaves before the answer
        const auto client = connected();
        client->write(QByteArray(order).replace("%1", QByteArray::number(3 + i % 13, 16)) + '\n');
        QVERIFY(client->waitForBytesWritten(10'000));
    }
    QVERIFY(isServed());
    QTRY_COMPARE(namelessFiles(m_w->folder.path()), 0);
}

/// Which takes hours for many.
void TestConsoleSocket::hashing_endsWithItsClient()
{
    const auto message = [](QLatin1StringView order, const QJsonValue &params) {
        return QJsonDocument(QJsonObject {{u"id"_s, 1}, {u"order"_s, order}, {u"params"_s, params}}).toJson(QJsonDocument::Compact) + '\n';
    };
    AddToImport add {.import = Id::create(m_w->clock.now()), .users = {}};
    for (int line = 1; line <= 500; ++line)
        add.users += ImportedUser {.line = line,
                                   .id = Id::create(m_w->clock.now()),
                                   .email = u"new%1@example.com"_s.arg(line),
                                   .name = {},
                                   .roles = {},
                                   .passwordHash = {},
                                   .password = password};
    const qint64 before = m_w->world.accounts.count().value();
    const auto client = connected();
    QVERIFY(!answerTo(*client, message(AddToImport::name, toJson(add))).contains("error"_L1));
    client->write(message(FinishImport::name, toJson(FinishImport {.import = add.import})));
    QVERIFY(client->waitForBytesWritten(10'000));
    client->disconnectFromServer();
    QTRY_COMPARE(namelessFiles(m_w->folder.path()), 0);
    QCOMPARE(m_w->world.accounts.count().value(), before);
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
