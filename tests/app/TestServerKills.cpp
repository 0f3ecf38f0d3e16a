#include "app/cli/ExitCode.h"
#include "core/storage/DbConnection.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int rounds = 6;
constexpr int clients = 6;
constexpr int writesARound = 120;
constexpr int rotationsAnAccount = 3;

/// An account as its client knows it: nothing stands here that the server did not acknowledge.
struct Acknowledged
{
    QString email;
    QByteArray access;
    QList<QString> spent; ///< Refresh tokens whose exchange was acknowledged, oldest first.
    QString newest;
};

QStringList settingsWithGrace(const QString &grace)
{
    return quickSettings() + QStringList {u"--set"_s, u"sessions.refresh_grace="_s + grace, u"--set"_s, u"log.level=warning"_s};
}

ClientResponse refresh(const ApiClient &client, const QString &token) { return client.post("/refresh", {{u"refresh_token"_s, token}}); }

bool isSignedIn(const ApiClient &client, const QByteArray &access) { return client.get("/me", {bearer(access)}).status() == 200; }

} // namespace

/// What was acknowledged is on disk: a loaded server is killed with -9 again and again, and every client's word is held
/// against what the next one knows.
class TestServerKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acknowledgedWrites_surviveKills();
    void acknowledgedEnds_surviveKills();

private:
    /// One client until the server dies: registers, rotates, registers …
    static QList<Acknowledged> work(const ApiClient &client, const QString &name, std::atomic<int> &writes);
    static bool rotate(const ApiClient &client, Acknowledged &account);
    QList<Acknowledged> loadUntilKilled(int round);
    void checkDatabase();
    void checkAccounts(QList<Acknowledged> &accounts);
    void checkSpentTokens(const QList<Acknowledged> &accounts);

    QTemporaryDir m_folder;
    bool m_gaveUpEarly = false; ///< A client was refused something while the server lived.
    WarderProcess m_server {m_folder.filePath(u"data"_s)};
};

bool TestServerKills::rotate(const ApiClient &client, Acknowledged &account)
{
    const auto answer = refresh(client, account.newest);
    if (answer.status() != 200)
        return false;
    account.spent += account.newest;
    account.newest = answer["refresh_token"_L1].toString();
    account.access = answer["access_token"_L1].toString().toLatin1();
    return true;
}

QList<Acknowledged> TestServerKills::work(const ApiClient &client, const QString &name, std::atomic<int> &writes)
{
    QList<Acknowledged> done;
    for (int i = 0;; ++i) {
        const QString email = u"%1-%2@example.com"_s.arg(name).arg(i);
        const auto joined = client.post("/register", {{u"email"_s, email}, {u"password"_s, annsPassword}});
        if (joined.status() != 201)
            return done;
        done += {.email = email,
                 .access = joined["access_token"_L1].toString().toLatin1(),
                 .spent = {},
                 .newest = joined["refresh_token"_L1].toString()};
        ++writes;
        for (int turn = 0; turn < rotationsAnAccount; ++turn) {
            if (!rotate(client, done.last()))
                return done;
            ++writes;
        }
        writes.notify_all();
    }
}

QList<Acknowledged> TestServerKills::loadUntilKilled(int round)
{
    std::atomic<int> writes = 0;
    std::atomic<int> ended = 0;
    std::array<QList<Acknowledged>, clients> known;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&, i, client = m_server.client()] {
                known[size_t(i)] = work(client, u"r%1-c%2"_s.arg(round).arg(i), writes);
                ++ended;
                writes += writesARound; // nobody waits for the dead
                writes.notify_all();
            });
        }
        for (int seen = writes; seen < writesARound; seen = writes)
            writes.wait(seen);
        m_gaveUpEarly = ended > 0;
        m_server.kill();
    }
    QList<Acknowledged> all;
    for (const auto &one : known)
        all += one;
    return all;
}

/// On a copy: whoever opens the files that were left behind would begin to mend them.
void TestServerKills::checkDatabase()
{
    const QTemporaryDir copy;
    for (const auto &name : {u"/warder.db"_s, u"/warder.db-wal"_s})
        QFile::copy(m_folder.filePath(u"data"_s) + name, copy.path() + name);
    DbConnection connection(copy.filePath(u"warder.db"_s), DbConnection::Access::ReadWrite);
    const auto verdict = connection.all(u"PRAGMA integrity_check"_s, {}, [](const Row &row) { return row.text(0); });
    QVERIFY2(verdict, verdict ? "" : qPrintable(verdict.error().detail));
    QCOMPARE(*verdict, QList<QString> {u"ok"_s});
    const auto orphans = connection.all(u"PRAGMA foreign_key_check"_s, {}, [](const Row &row) { return row.text(0); });
    QVERIFY(orphans);
    QCOMPARE(*orphans, QList<QString> {});
}

void TestServerKills::checkAccounts(QList<Acknowledged> &accounts)
{
    const ApiClient client = m_server.client();
    for (Acknowledged &account : accounts) {
        const auto login = client.post("/login", {{u"email"_s, account.email}, {u"password"_s, annsPassword}});
        QVERIFY2(login.status() == 200, qPrintable(account.email));
        QVERIFY2(isSignedIn(client, account.access), qPrintable(account.email));
        QVERIFY2(rotate(client, account), qPrintable(account.email));
    }
}

/// The server gives no grace any more. A spent token's return ends its family, and nobody else's.
void TestServerKills::checkSpentTokens(const QList<Acknowledged> &accounts)
{
    const ApiClient client = m_server.client();
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        const Acknowledged &account = accounts[i];
        QVERIFY2(isSignedIn(client, account.access), qPrintable(account.email));
        const QString &spent = account.spent[i % account.spent.size()]; // old ones and the last
        QVERIFY2(refresh(client, spent).status() == 401, qPrintable(account.email));
        QVERIFY2(!isSignedIn(client, account.access), qPrintable(account.email));
        QVERIFY2(refresh(client, account.newest).status() == 401, qPrintable(account.email));
    }
}

void TestServerKills::acknowledgedWrites_surviveKills()
{
    QList<Acknowledged> all;
    for (int round = 0; round < rounds; ++round) {
        QVERIFY2(m_server.start(settingsWithGrace(u"300s"_s)), m_server.log());
        QList<Acknowledged> known = loadUntilKilled(round);
        QVERIFY(!m_gaveUpEarly);
        QVERIFY(known.size() * (rotationsAnAccount + 1) >= writesARound);
        checkDatabase();
        if (QTest::currentTestFailed())
            return;
        // An exchange that nobody acknowledged may have happened: the grace is for its client.
        QVERIFY2(m_server.start(settingsWithGrace(u"300s"_s)), m_server.log());
        checkAccounts(known);
        if (QTest::currentTestFailed())
            return;
        m_server.kill();
        all += known;
    }
    QVERIFY2(m_server.start(settingsWithGrace(u"0s"_s)), m_server.log());
    checkSpentTokens(all);
    QCOMPARE(m_server.stop(), Done);
    checkDatabase();
}

void TestServerKills::acknowledgedEnds_surviveKills()
{
    constexpr int many = 5;
    QVERIFY2(m_server.start(settingsWithGrace(u"30s"_s)), m_server.log());
    QList<ClientResponse> pairs;
    for (int i = 0; i < many; ++i)
        pairs += m_server.client().post("/register", {{u"email"_s, u"end%1@example.com"_s.arg(i)}, {u"password"_s, annsPassword}});
    for (const ClientResponse &pair : std::as_const(pairs)) {
        const QString refreshToken = pair["refresh_token"_L1].toString();
        QCOMPARE(m_server.client().post("/logout", {{u"refresh_token"_s, refreshToken}}).status(), 204);
        m_server.kill();
        QVERIFY2(m_server.start(settingsWithGrace(u"30s"_s)), m_server.log());
        QCOMPARE(refresh(m_server.client(), refreshToken).status(), 401);
        QVERIFY(!isSignedIn(m_server.client(), pair["access_token"_L1].toString().toLatin1()));
    }
    QCOMPARE(m_server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestServerKills)
#include "TestServerKills.moc"
