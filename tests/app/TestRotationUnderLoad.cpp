#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int clients = 4;
constexpr int rotations = 10;
const QString secret = u"correct horse battery"_s;

/// What one client saw while keys changed under it.
struct Seen
{
    QStringList failures = {};
    QList<QByteArray> accessTokens = {};
    QString refreshToken = {};
    int turns = 0;
};

QString kidOf(const QByteArray &token)
{
    const QByteArray head = QByteArray::fromBase64(token.left(token.indexOf('.')), QByteArray::Base64UrlEncoding);
    return QJsonDocument::fromJson(head)["kid"_L1].toString();
}

} // namespace

/// Keys are rotated by the command line while clients sign in, refresh and ask who they are: nobody notices.
class TestRotationUnderLoad : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nobody_notices_data();
    void nobody_notices();

private:
    static void turn(const ApiClient &client, const QString &email, Seen &seen);
    std::array<Seen, clients> rotateUnderLoad(const WarderProcess &server, const QString &purpose);
};

void TestRotationUnderLoad::turn(const ApiClient &client, const QString &email, Seen &seen)
{
    const auto expect = [&seen](const ClientResponse &answer, int status, const char *what) {
        if (answer.status() != status)
            seen.failures += u"%1: %2 %3"_s.arg(QLatin1StringView(what)).arg(answer.status()).arg(QString::fromUtf8(answer.raw.body));
        return answer;
    };
    const auto login = expect(client.post("/login", {{u"email"_s, email}, {u"password"_s, secret}}), 200, "login");
    const auto next = expect(client.post("/refresh", {{u"refresh_token"_s, login["refresh_token"_L1]}}), 200, "refresh");
    for (const ClientResponse &pair : {login, next}) {
        seen.accessTokens += pair["access_token"_L1].toString().toLatin1();
        expect(client.get("/me", {bearer(seen.accessTokens.last())}), 200, "me");
        const auto published = client.get("/.well-known/jwks.json");
        if (!published.raw.body.contains(kidOf(seen.accessTokens.last()).toLatin1())) // a frontend verifies by these
            seen.failures += u"jwks lacks the key"_s;
    }
    expect(client.get("/me", {bearer(seen.accessTokens.first())}), 200, "me of old");
    if (!seen.refreshToken.isEmpty())
        seen.refreshToken =
            expect(client.post("/refresh", {{u"refresh_token"_s, seen.refreshToken}}), 200, "refresh of old")["refresh_token"_L1]
                .toString();
    else
        seen.refreshToken = next["refresh_token"_L1].toString();
    ++seen.turns;
}

std::array<Seen, clients> TestRotationUnderLoad::rotateUnderLoad(const WarderProcess &server, const QString &purpose)
{
    std::array<Seen, clients> seen;
    std::atomic<int> started = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i) {
        threads.emplace_back([&, i, client = server.client()](const std::stop_token &stop) {
            do {
                turn(client, u"user%1@example.com"_s.arg(i), seen[size_t(i)]);
                if (seen[size_t(i)].turns == 1)
                    started.fetch_add(1), started.notify_all();
            } while (!stop.stop_requested());
        });
    }
    for (int now = started; now < clients; now = started) // everybody holds tokens of the first key
        started.wait(now);
    QStringList refused;
    for (int i = 0; i < rotations; ++i) {
        const auto rotated = server.command({u"key"_s, u"rotate"_s, u"--json"_s, u"--purpose"_s, purpose});
        if (rotated.code != Done)
            refused += rotated.complaint();
    }
    for (auto &thread : threads)
        thread.request_stop();
    threads.clear();
    seen[0].failures += refused;
    return seen;
}

void TestRotationUnderLoad::nobody_notices_data()
{
    QTest::addColumn<QString>("purpose");
    QTest::newRow("keys of access tokens") << u"access"_s;
    QTest::newRow("keys of refresh tokens") << u"refresh"_s;
}

void TestRotationUnderLoad::nobody_notices()
{
    QFETCH(const QString, purpose);
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(server.start(), server.log());
    for (int i = 0; i < clients; ++i)
        QCOMPARE(server.client().post("/register", {{u"email"_s, u"user%1@example.com"_s.arg(i)}, {u"password"_s, secret}}).status(), 201);

    QSet<QString> kids;
    for (const Seen &seen : rotateUnderLoad(server, purpose)) {
        QCOMPARE(seen.failures, QStringList());
        QVERIFY2(seen.turns > 1, "rotations and requests did not meet");
        QCOMPARE(server.client().post("/refresh", {{u"refresh_token"_s, seen.refreshToken}}).status(), 200);
        for (const QByteArray &token : seen.accessTokens) {
            kids += kidOf(token);
            QCOMPARE(server.client().get("/me", {bearer(token)}).status(), 200); // the first of all as well
        }
    }
    QVERIFY(purpose == "access"_L1 ? kids.size() > 2 : kids.size() == 1);
    QCOMPARE(server.command({u"key"_s, u"list"_s, u"--json"_s}).array().size(), 4 + rotations); // one stands by
    QCOMPARE(server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestRotationUnderLoad)
#include "TestRotationUnderLoad.moc"
