#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/SignInAddresses.h"
#include "core/signin/SignInReports.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Mails about sign-ins that do not look like their owner's, and what their link does.
class TestNewDevices : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void signIn_isToldWhereItIsStrange_data();
    void signIn_isToldWhereItIsStrange();
    void first_isNotTold_data();
    void first_isNotTold();
    void known_isNotToldAgain();
    void trustedBrowser_isNotTold();
    void secondStep_isToldOnce();
    void network_isTheNeighbourhood_data();
    void network_isTheNeighbourhood();
    void report_endsSessions_andSendsAReset();
    void thief_cannotVoidTheReport();
    void thief_cannotCrowdOutTheReport();
    void devices_areForgotten();

private:
    Client from(const QString &agent, const QString &address) const { return {.address = QHostAddress(address), .userAgent = agent}; }
    Result<TokenPair> signIn(const Client &client)
    {
        return tokensOf(m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, client, m_clock.now()));
    }

    static inline const QString firefox = u"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"_s;
    static inline const QString laterFirefox = u"Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"_s;
    static inline const QString chrome = u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36"_s;
    TokenPair m_pair;
};

void TestNewDevices::init()
{
    WorldTest::init();
    m_world->client = from(firefox, u"203.0.113.7"_s);
    m_pair = m_world->join(u"ann@example.com"_s).value();
    Mailbox(*m_world).takeAll();
}

void TestNewDevices::signIn_isToldWhereItIsStrange_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("the same") << firefox << u"203.0.113.7"_s << false;
    QTest::newRow("a later version") << laterFirefox << u"203.0.113.7"_s << false;
    QTest::newRow("another address of the neighbourhood") << firefox << u"203.0.77.1"_s << false;
    QTest::newRow("another browser") << chrome << u"203.0.113.7"_s << true;
    QTest::newRow("another network") << firefox << u"198.51.100.7"_s << true;
    QTest::newRow("IPv6") << firefox << u"2001:db8::1"_s << true;
    QTest::newRow("no browser at all") << QString() << u"203.0.113.7"_s << true;
}

void TestNewDevices::signIn_isToldWhereItIsStrange()
{
    QFETCH(QString, agent);
    QFETCH(QString, address);
    QFETCH(bool, isTold);
    const auto pair = signIn(from(agent, address));
    QVERIFY(pair);
    const auto mails = Mailbox(*m_world).takeAll();
    QCOMPARE(mails.size(), isTold ? 1 : 0);
    const auto events = AuditStore::newest(m_world->database->reader(), {}, audit::newDeviceSeen, 9).value();
    QCOMPARE(events.size(), isTold ? 1 : 0);
    if (!isTold)
        return;
    QCOMPARE(mails.first().kind, MailKind::NewDevice);
    QCOMPARE(mails.first().to, u"ann@example.com"_s);
    QCOMPARE(mails.first().values["address"_L1], address);
    QCOMPARE(mails.first().values["device"_L1], agent == chrome ? u"Chrome, Windows"_s : agent.isEmpty() ? QString() : u"Firefox, Linux"_s);
    QCOMPARE(events.first().session, pair->session.id);
}

void TestNewDevices::first_isNotTold_data()
{
    QTest::addColumn<bool>("isRegistered");
    QTest::newRow("an admin added the account") << false;
    QTest::newRow("from before devices were known") << true;
}

void TestNewDevices::first_isNotTold()
{
    QFETCH(bool, isRegistered);
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.perform(u"DELETE FROM sign_in_devices"_s); }));
    const QString email = isRegistered ? u"ann@example.com"_s : m_world->add(u"bob@example.com"_s).email;
    QVERIFY(m_world->signIn.byPassword({.email = email, .password = password}, from(chrome, u"198.51.100.7"_s), m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
    QVERIFY(m_world->signIn.byPassword({.email = email, .password = password}, from(firefox, u"198.51.100.7"_s), m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList {u"new_device"_s});
}

void TestNewDevices::known_isNotToldAgain()
{
    for (int i = 0; i < 3; ++i)
        QVERIFY(signIn(from(chrome, u"198.51.100.7"_s)));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList {u"new_device"_s});
}

void TestNewDevices::trustedBrowser_isNotTold()
{
    const SetUp phone = setUpTotp(*m_world, m_pair);
    m_clock.advance(Seconds {30});
    Mailbox(*m_world).takeAll();
    const Credentials ann {.email = u"ann@example.com"_s, .password = password};
    const auto needed = std::get<FactorNeeded>(m_world->signIn.byPassword(ann, m_world->client, m_clock.now()).value());
    const auto first = m_world->pending.finish(*Challenges::idOf(needed.ticket), TotpProof {phone.app.codeAt(m_clock.now())},
                                               {.rememberDevice = true}, m_world->client, m_clock.now());
    const Client elsewhere = from(firefox, u"198.51.100.7"_s); // on a journey
    QVERIFY(tokensOf(m_world->signIn.byPassword(ann, elsewhere, m_clock.now(), {.device = first->device})));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestNewDevices::secondStep_isToldOnce()
{
    const SetUp phone = setUpTotp(*m_world, m_pair);
    m_clock.advance(Seconds {30});
    Mailbox(*m_world).takeAll();
    const Client thief = from(chrome, u"198.51.100.7"_s);
    const auto outcome = m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, thief, m_clock.now());
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList()); // nothing is open yet
    const auto ticket = Challenges::idOf(std::get<FactorNeeded>(*outcome).ticket).value();
    QVERIFY(m_world->pending.finish(ticket, TotpProof {phone.app.codeAt(m_clock.now())}, {}, thief, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList {u"new_device"_s});
}

void TestNewDevices::network_isTheNeighbourhood_data()
{
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isNear");
    QTest::newRow("itself") << u"192.0.2.7"_s << u"192.0.2.7"_s << true;
    QTest::newRow("16 bits alike") << u"192.0.2.7"_s << u"192.0.255.1"_s << true;
    QTest::newRow("15 bits alike") << u"192.0.2.7"_s << u"192.1.2.7"_s << false;
    QTest::newRow("digits alike") << u"19.20.2.7"_s << u"19.2.0.7"_s << false;
    QTest::newRow("begins alike") << u"192.0.2.7"_s << u"192.10.2.7"_s << false;
    QTest::newRow("mapped into IPv6") << u"192.0.2.7"_s << u"::ffff:192.0.9.9"_s << true;
    QTest::newRow("32 bits alike") << u"2001:db8:1:2::1"_s << u"2001:db8:ffff::9"_s << true;
    QTest::newRow("31 bits alike") << u"2001:db8:1:2::1"_s << u"2001:db9:1:2::1"_s << false;
    QTest::newRow("a group that begins alike") << u"2001:db8:1:2::1"_s << u"2001:db80::1"_s << false;
    QTest::newRow("short") << u"fd00::1"_s << u"fd00::2"_s << true;
    QTest::newRow("this machine") << u"::1"_s << u"::1"_s << true;
    QTest::newRow("none") << QString() << QString() << true;
    QTest::newRow("none, where one is known") << u"192.0.2.7"_s << QString() << false;
}

void TestNewDevices::network_isTheNeighbourhood()
{
    QFETCH(QString, known);
    QFETCH(QString, address);
    const User bob = m_world->add(u"bob@example.com"_s);
    const auto isNear = m_world->database->write([&](DbConnection &connection) {
        return SignInAddresses::note(connection, bob.id, QHostAddress(known), m_clock.now()).and_then([&] {
            return SignInAddresses::knowsNetworkOf(connection, bob.id, QHostAddress(address));
        });
    });
    QTEST(isNear.value(), "isNear");
}

void TestNewDevices::report_endsSessions_andSendsAReset()
{
    const auto thief = signIn(from(chrome, u"198.51.100.7"_s));
    const Mail told = Mailbox(*m_world).takeOne(MailKind::NewDevice);
    QVERIFY(m_world->core->signInReports.report(told.token, m_world->client, m_clock.now()));
    QVERIFY(!m_world->isGood(thief->accessToken) && !m_world->isGood(m_pair.accessToken));
    QVERIFY(!m_world->refresh(thief->refreshToken));
    QVERIFY(m_world->listener.names().contains(u"ended reported"_s));
    const auto reported = AuditStore::newest(m_world->database->reader(), {}, audit::signInReported, 9).value();
    QCOMPARE(reported.size(), 1);
    QCOMPARE(reported.first().session, thief->session.id);
    const Mail reset = Mailbox(*m_world).takeOne(MailKind::ResetPassword);
    QVERIFY(m_world->core->passwordReset.finish(reset.token, u"four others that nobody knows"_s, m_world->client, m_clock.now()));
    QVERIFY(!signIn(from(chrome, u"198.51.100.7"_s)));
}

/// Whoever took an account over changes what they can.
void TestNewDevices::thief_cannotVoidTheReport()
{
    const auto thief = signIn(from(chrome, u"198.51.100.7"_s));
    const Mail told = Mailbox(*m_world).takeOne(MailKind::NewDevice);
    QVERIFY(m_world->changes.changePassword(m_pair.user.id, password, u"what the thief likes best"_s, thief->session.id, m_clock.now()));
    setUpTotp(*m_world, *thief);
    QVERIFY(m_world->core->signInReports.report(told.token, m_world->client, m_clock.now()));
    QVERIFY(!m_world->isGood(thief->accessToken));
}

void TestNewDevices::thief_cannotCrowdOutTheReport()
{
    QVERIFY(signIn(from(chrome, u"198.51.100.7"_s)));
    const Mail first = Mailbox(*m_world).takeOne(MailKind::NewDevice);
    for (int i = 0; i < 30; ++i) {
        m_clock.advance(Milliseconds {1});
        QVERIFY(signIn(from(u"program %1"_s.arg(i), u"198.51.100.7"_s)));
    }
    QCOMPARE(Mailbox(*m_world).takeAll().size(), 9); // ten links are the most
    QVERIFY(m_world->core->signInReports.report(first.token, m_world->client, m_clock.now()));
    QCOMPARE(m_world->sessions.findByUser(m_pair.user.id, m_clock.now()).value().size(), 0);
}

void TestNewDevices::devices_areForgotten()
{
    const auto count = [this] { return m_world->database->reader().number(u"SELECT count(*) FROM sign_in_devices"_s).value(); };
    QCOMPARE(count(), 1);
    QVERIFY(m_world->changes.remove(m_pair.user.id, u"test"_s, m_clock.now()));
    QCOMPARE(count(), 0);
}

QTEST_GUILESS_MAIN(TestNewDevices)
#include "TestNewDevices.moc"
