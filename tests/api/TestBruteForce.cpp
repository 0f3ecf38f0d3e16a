#include "core/audit/AuditStore.h"
#include "core/storage/Database.h"
#include "tests/support/ApiServer.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// Whoever guesses at one account, from wherever, gets no more tries than the rules say; meanwhile its owner signs in.
class TestBruteForce : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void oneAddress_isSlowedDown();
    void forgedAddresses_areOne();
    void aThousandAddresses_getAHundredTries();
    void answers_areTheSameForNobody();
    void proof_letsStrangersTryAgain();
    void passwordToChange_isNoProof();
    void anAlarm_isRaisedLongBefore();
    void manyAccounts_holdTheNetworkBack();
    void knownBrowser_isNotGivenToWhoFailed();
    void knownBrowser_ofAnotherAccount_isAStranger();
    void guesser_withAKnownBrowser_waitsAlone();

private:
    const QString ann = u"ann@example.com"_s;

    ClientResponse loginFrom(const QString &address, const QString &email, const QString &with, const QByteArrayList &headers = {}) const;
    /// A wrong password of a stranger, of whom there are as many as are asked for: each in a network of its own.
    ClientResponse guessFrom(int stranger, const QString &email) const
    {
        return loginFrom(u"127.%1.%2.7"_s.arg(1 + stranger / 250).arg(stranger % 250), email, u"guess %1"_s.arg(stranger));
    }
    /// The cookie that a browser of that account keeps.
    QByteArrayList knownBrowser(const QString &email) const;
    QStringList alarms() const { return m_server->world.listener.names().filter(u"brute force"_s); }

    std::unique_ptr<ApiServer> m_server;
};

namespace {

bool isLookedAt(const ClientResponse &answer) { return answer.status() == 401; }

} // namespace

void TestBruteForce::init()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.rateLimits = true});
    QCOMPARE(m_server->join(ann).status(), 201); // from 127.0.0.1, which she is known at from now on
}

ClientResponse TestBruteForce::loginFrom(const QString &address, const QString &email, const QString &with,
                                         const QByteArrayList &headers) const
{
    RawHttp connection(m_server->port(), QHostAddress(address));
    const QByteArray body = QJsonDocument(QJsonObject {{u"email"_s, email}, {u"password"_s, with}}).toJson(QJsonDocument::Compact);
    return ApiClient::askOn(connection, "POST", "/login", QByteArrayList {"Content-Type: application/json"} + headers, body);
}

QByteArrayList TestBruteForce::knownBrowser(const QString &email) const
{
    const auto answer =
        m_server->client().post("/login", {{u"email"_s, email}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    return {"Cookie: __Host-warder_known=" + answer.cookieValue("__Host-warder_known").value_or(QByteArray())};
}

void TestBruteForce::oneAddress_isSlowedDown()
{
    int looked = 0;
    for (int i = 0; i < 1800; ++i, m_server->clock.advance(2s)) {
        looked += isLookedAt(loginFrom(u"127.0.0.2"_s, ann, u"guess %1"_s.arg(i)));
        if (i % 300 == 150)
            QCOMPARE(m_server->login(ann).status(), 200);
    }
    QVERIFY2(looked >= 5 && looked <= 17, qPrintable(QString::number(looked))); // within an hour: 4 free, then 1, 2, 4 … 900 s
}

void TestBruteForce::forgedAddresses_areOne()
{
    int looked = 0;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray forged = "198.51." + QByteArray::number(i / 250) + '.' + QByteArray::number(i % 250);
        looked += isLookedAt(loginFrom(u"127.0.0.2"_s, ann, u"guess %1"_s.arg(i),
                                       {"X-Forwarded-For: " + forged, "Forwarded: for=" + forged, "X-Real-IP: " + forged}));
    }
    QCOMPARE(looked, 5);
    QCOMPARE(m_server->login(ann).status(), 200);
}

/// Over 25 hours; the owner signs in from home, and with her phone from places that nobody knows.
void TestBruteForce::aThousandAddresses_getAHundredTries()
{
    const QByteArrayList phone = knownBrowser(ann);
    int looked = 0;
    for (int i = 0; i < 1000; ++i, m_server->clock.advance(90s)) {
        const auto answer = guessFrom(i, ann);
        looked += isLookedAt(answer);
        QVERIFY(answer.status() == 401 || answer.status() == 429 || answer.status() == 403);
        QVERIFY(answer.status() != 403 || answer["code"_L1] == u"proof_required"_s);
        if (i % 100 == 50) {
            QCOMPARE(m_server->login(ann).status(), 200);
            QCOMPARE(loginFrom(u"127.200.%1.1"_s.arg(i % 250), ann, password, phone).status(), 200);
        }
    }
    QCOMPARE(looked, 100);
    const auto stranger = loginFrom(u"127.201.0.1"_s, ann, password);
    QCOMPARE(stranger.status(), 403);
    QCOMPARE(stranger["code"_L1], u"proof_required"_s);
    QVERIFY(stranger.header("retry-after").isEmpty());
}

void TestBruteForce::answers_areTheSameForNobody()
{
    const auto answersFor = [this](const QString &email) {
        QStringList answers;
        for (int i = 0; i < 400; ++i, m_server->clock.advance(90s)) {
            const auto answer = guessFrom(i, email);
            answers += u"%1 %2 %3 %4"_s.arg(answer.status())
                           .arg(QString::fromLatin1(answer.header("retry-after")), QString::fromLatin1(answer.header("ratelimit")),
                                QString::fromLatin1(answer.raw.body));
        }
        return answers;
    };
    const auto ofAnn = answersFor(ann);
    init();
    QCOMPARE(answersFor(u"nob@example.com"_s), ofAnn);
    QVERIFY(ofAnn.last().startsWith("403"_L1));
}

void TestBruteForce::proof_letsStrangersTryAgain()
{
    for (int i = 0; i < 400; ++i, m_server->clock.advance(90s))
        guessFrom(i, ann);
    QCOMPARE(guessFrom(500, ann).status(), 403);
    m_server->world.throttle.noteProven(ann, {.address = QHostAddress(u"127.200.0.1"_s)}, m_server->clock.now());
    QCOMPARE(guessFrom(500, ann).status(), 401);
    QCOMPARE(loginFrom(u"127.201.0.1"_s, ann, password).status(), 200);
}

/// Whoever replaces one that an admin has set knew that one, and has read no mail.
void TestBruteForce::passwordToChange_isNoProof()
{
    const QString handed = u"a word on a slip"_s;
    const QString own = u"four others that nobody knows"_s;
    for (int i = 0; i < 400; ++i, m_server->clock.advance(90s))
        guessFrom(i, ann);
    const Id user = m_server->world.accounts.findByEmail(ann).value()->id;
    QVERIFY(
        m_server->world.changes.setPassword(user, handed, u"console"_s, m_server->clock.now(), AccountChanges::NextPassword::MustChange));
    const auto login = m_server->login(ann, handed);
    QCOMPARE(login["code"_L1], u"password_change_required"_s);
    QCOMPARE(m_server->client().post("/reset-password", {{u"token"_s, login["reset_token"_L1]}, {u"password"_s, own}}).status(), 204);
    QCOMPARE(loginFrom(u"127.201.0.1"_s, ann, own)["code"_L1], u"proof_required"_s);
    QCOMPARE(m_server->login(ann, own).status(), 200); // at home
}

void TestBruteForce::anAlarm_isRaisedLongBefore()
{
    int looked = 0;
    for (int i = 0; looked < 25; ++i) {
        QCOMPARE(alarms(), QStringList());
        looked += isLookedAt(guessFrom(i, ann));
    }
    QCOMPARE(alarms().size(), 1); // of failures; denials have not begun
    const auto recorded = AuditStore::newest(m_server->world.database->reader(), std::nullopt, audit::bruteForce, 10).value();
    QCOMPARE(recorded.size(), 1);
    QCOMPARE(recorded[0].details.value("sign"_L1), u"failures_in_a_row"_s);
    QCOMPARE(recorded[0].details.value("denied_at_account"_L1).toInt(), 25);
}

void TestBruteForce::manyAccounts_holdTheNetworkBack()
{
    for (int i = 0; i < 30; ++i, m_server->clock.advance(2s))
        QVERIFY(isLookedAt(loginFrom(u"127.0.5.%1"_s.arg(1 + i % 2), u"user%1@example.com"_s.arg(i), u"a guess"_s)));
    const auto held = loginFrom(u"127.0.5.3"_s, u"other@example.com"_s, u"a guess"_s);
    QCOMPARE(held.status(), 429);
    QVERIFY(held.header("retry-after").toInt() > 3500);
    QCOMPARE(loginFrom(u"127.0.5.3"_s, ann, password, knownBrowser(ann)).status(), 200); // who lives there
    QVERIFY(isLookedAt(loginFrom(u"127.0.6.1"_s, u"other@example.com"_s, u"a guess"_s)));
    QCOMPARE(alarms(), QStringList {u"brute force from 127.0.5.0/24"_s});
}

void TestBruteForce::knownBrowser_isNotGivenToWhoFailed()
{
    const QJsonObject wrong {{u"email"_s, ann}, {u"password"_s, u"a guess"_s}, {u"token_delivery"_s, u"cookie"_s}};
    QVERIFY(m_server->client().post("/login", wrong).headers("set-cookie").isEmpty());
    QVERIFY(m_server->login(ann).headers("set-cookie").isEmpty()); // nor to an app, which has tokens in bodies
}

void TestBruteForce::knownBrowser_ofAnotherAccount_isAStranger()
{
    QCOMPARE(m_server->join(u"eve@example.com"_s).status(), 201);
    const QByteArrayList eves = knownBrowser(u"eve@example.com"_s);
    for (int i = 0; i < 400; ++i, m_server->clock.advance(90s))
        guessFrom(i, ann);
    QCOMPARE(loginFrom(u"127.200.0.1"_s, ann, u"a guess"_s, eves).status(), 403);
    QCOMPARE(loginFrom(u"127.200.0.1"_s, ann, u"a guess"_s, {"Cookie: __Host-warder_known=nonsense"}).status(), 403);
}

void TestBruteForce::guesser_withAKnownBrowser_waitsAlone()
{
    const QByteArrayList stolen = knownBrowser(ann);
    int looked = 0;
    for (int i = 0; i < 100; ++i) // from another address each time: it is the browser that is counted
        looked += isLookedAt(loginFrom(u"127.%1.1.1"_s.arg(1 + i), ann, u"a guess"_s, stolen));
    QCOMPARE(looked, 5);
    QCOMPARE(m_server->login(ann).status(), 200);
    QCOMPARE(loginFrom(u"127.150.1.1"_s, ann, password).status(), 200); // strangers have failed at nothing
}

QTEST_GUILESS_MAIN(TestBruteForce)
#include "TestBruteForce.moc"
