#include "app/cli/ExitCode.h"
#include "core/console/orders/Keys.h"
#include "core/console/wire/RemoteConsole.h"
#include "core/storage/DataDirectory.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/Browser.h"
#include "tests/support/ConsoleWorld.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int callers = 4;
constexpr int rotations = 100;
const QByteArray page = QByteArrayLiteral("http://localhost:3000");

/// What one client saw while keys changed under it.
struct Noticed
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

/// Keys are rotated, by commands and as the window does it, while callers sign in, refresh and ask who they are: nobody notices.
class TestRotationUnderLoad : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nobody_notices_data();
    void nobody_notices();

private:
    static void turn(const ApiClient &client, const QString &email, Noticed &seen);
    static void turnByCookie(Browser &browser, const QString &email, Noticed &seen);
    QStringList rotate(const WarderProcess &server, KeyPurpose purpose, bool andBack);
    std::array<Noticed, callers> rotateUnderLoad(const WarderProcess &server, KeyPurpose purpose, bool andBack);

    QString m_folder;
};

/// A page that lives in cookies: what it changes carries its CSRF token.
void TestRotationUnderLoad::turnByCookie(Browser &browser, const QString &email, Noticed &seen)
{
    const auto expect = [&seen](const ClientResponse &answer, const char *what) {
        if (answer.status() != 200)
            seen.failures +=
                u"%1 by cookie: %2 %3"_s.arg(QLatin1StringView(what)).arg(answer.status()).arg(QString::fromUtf8(answer.raw.body));
        return answer;
    };
    if (browser.cookies().isEmpty())
        expect(browser.send("POST", "/login", {{u"email"_s, email}, {u"password"_s, annsPassword}, {u"token_delivery"_s, u"cookie"_s}}),
               "login");
    expect(browser.get("/me"), "me");
    const auto state = expect(browser.get("/session"), "session");
    if (state["csrf_token"_L1].toString().toLatin1() != browser.cookie("__Host-warder_csrf") || state.headers("set-cookie").size() > 0)
        seen.failures += u"the CSRF token of the page was not good any more"_s;
    expect(browser.send("PATCH", "/me", {{u"name"_s, u"Ann"_s}}), "rename"); // which wants the CSRF token
    expect(browser.send("POST", "/refresh"), "refresh");
}

void TestRotationUnderLoad::turn(const ApiClient &client, const QString &email, Noticed &seen)
{
    const auto expect = [&seen](const ClientResponse &answer, int status, const char *what) {
        if (answer.status() != status)
            seen.failures += u"%1: %2 %3"_s.arg(QLatin1StringView(what)).arg(answer.status()).arg(QString::fromUtf8(answer.raw.body));
        return answer;
    };
    const auto login = expect(client.post("/login", {{u"email"_s, email}, {u"password"_s, annsPassword}}), 200, "login");
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

QStringList TestRotationUnderLoad::rotate(const WarderProcess &server, KeyPurpose purpose, bool andBack)
{
    QStringList refused;
    RemoteConsole console;
    if (!console.connectTo(DataDirectory::socketPath(m_folder)))
        return {u"no console"_s};
    const auto isCurrent = [purpose](const KeyView &key) { return key.purpose == purpose && key.state == KeyState::Current; };
    for (int i = 0; i < rotations; ++i) {
        const auto keys = got(console.ask(ListKeys {}));
        const auto former = keys ? std::ranges::find_if(*keys, isCurrent)->kid : QString();
        if (i % 25 == 0) {
            const auto rotated = server.command({u"key"_s, u"rotate"_s, u"--json"_s, u"--purpose"_s, nameOf(purpose)});
            refused += rotated.code == Done ? QStringList() : QStringList {rotated.complaint()};
        } else if (const auto rotated = got(console.ask(RotateKey {.purpose = purpose})); !rotated) {
            refused += rotated.error().detail;
        }
        if (!andBack || i % 2 == 0)
            continue;
        if (const auto restored = got(console.ask(RestoreKey {.kid = former})); !restored || restored->key.kid != former)
            refused += restored ? u"another key was restored"_s : restored.error().detail;
    }
    return refused;
}

std::array<Noticed, callers> TestRotationUnderLoad::rotateUnderLoad(const WarderProcess &server, KeyPurpose purpose, bool andBack)
{
    std::array<Noticed, callers> seen;
    std::atomic<int> started = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < callers; ++i) {
        threads.emplace_back([&, i, client = server.client(), browser = Browser(server.port(), page)](const std::stop_token &stop) mutable {
            do {
                turn(client, u"user%1@example.com"_s.arg(i), seen[size_t(i)]);
                turnByCookie(browser, u"user%1@example.com"_s.arg(i), seen[size_t(i)]);
                if (seen[size_t(i)].turns == 1)
                    started.fetch_add(1), started.notify_all();
            } while (!stop.stop_requested());
        });
    }
    for (int now = started; now < callers; now = started) // everybody holds tokens of the first key
        started.wait(now);
    const QStringList refused = rotate(server, purpose, andBack);
    for (auto &thread : threads)
        thread.request_stop();
    threads.clear();
    seen[0].failures += refused;
    return seen;
}

void TestRotationUnderLoad::nobody_notices_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<bool>("andBack"); // every second rotation is taken back
    QTest::newRow("keys of access tokens") << KeyPurpose::Access << u"ES256"_s << false;
    QTest::newRow("keys of refresh tokens") << KeyPurpose::Refresh << u"ES256"_s << false;
    QTest::newRow("keys of CSRF tokens") << KeyPurpose::Csrf << u"ES256"_s << false;
    QTest::newRow("keys of access tokens, to another algorithm, and back") << KeyPurpose::Access << u"EdDSA"_s << true;
    QTest::newRow("keys of refresh tokens, and back") << KeyPurpose::Refresh << u"ES256"_s << true;
}

void TestRotationUnderLoad::nobody_notices()
{
    QFETCH(const KeyPurpose, purpose);
    QFETCH(const QString, algorithm);
    QFETCH(const bool, andBack);
    const QTemporaryDir folder;
    m_folder = folder.filePath(u"data"_s);
    WarderProcess server(m_folder);
    QVERIFY2(server.start(), server.log()); // with a key for ES256
    QCOMPARE(server.stop(), Done);
    const QStringList own {u"--set"_s, u"tokens.algorithm="_s + algorithm, u"--set"_s,
                           u"http.allowed_origins="_s + QString::fromLatin1(page)};
    QVERIFY2(server.start(quickSettings() + own), server.log());
    for (int i = 0; i < callers; ++i)
        QCOMPARE(server.client().post("/register", {{u"email"_s, u"user%1@example.com"_s.arg(i)}, {u"password"_s, annsPassword}}).status(),
                 201);

    QSet<QString> kids;
    for (const Noticed &seen : rotateUnderLoad(server, purpose, andBack)) {
        QCOMPARE(seen.failures, QStringList());
        QVERIFY2(seen.turns > 1, "rotations and requests did not meet");
        QCOMPARE(server.client().post("/refresh", {{u"refresh_token"_s, seen.refreshToken}}).status(), 200);
        for (const QByteArray &token : seen.accessTokens) {
            kids += kidOf(token);
            QCOMPARE(server.client().get("/me", {bearer(token)}).status(), 200); // the first of all as well
        }
    }
    QVERIFY(purpose == KeyPurpose::Access ? kids.size() > 2 : kids.size() == 1);
    if (!andBack)
        QCOMPARE(server.command({u"key"_s, u"list"_s, u"--json"_s}).array().size(), 4 + rotations); // one stands by
    QCOMPARE(server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestRotationUnderLoad)
#include "TestRotationUnderLoad.moc"
