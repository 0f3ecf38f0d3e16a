#include "core/signin/AccountChanges.h"
#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A sign-in by a password that its owner has to change, over the wire.
class TestPasswordChangeRequired : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ApiServer>();
        const Id user = m_server->world.add(u"ann@example.com"_s).id;
        QVERIFY(m_server->world.changes.setPassword(user, handed, u"console"_s, m_server->clock.now(),
                                                    AccountChanges::NextPassword::MustChange));
    }
    void cleanup() { m_server.reset(); }

    void login_leadsToAnotherPassword();
    void cookies_areNotSet();
    void wrongOnes_doNotSpendIt();

private:
    static inline const QString handed = u"a word on a slip"_s;
    static inline const QString own = u"four others that nobody knows"_s;
    ClientResponse reset(const QString &token, const QString &with) const
    {
        return m_server->client().post("/reset-password", {{u"token"_s, token}, {u"password"_s, with}});
    }

    std::unique_ptr<ApiServer> m_server;
};

void TestPasswordChangeRequired::login_leadsToAnotherPassword()
{
    const auto refused = m_server->login(u"ann@example.com"_s, handed);
    QCOMPARE(refused.status(), 403);
    QCOMPARE(refused["code"_L1], u"password_change_required"_s);
    QCOMPARE(refused["expires_in"_L1], 900);
    QVERIFY(!refused.json().contains("access_token"_L1));
    const QString token = refused["reset_token"_L1].toString();
    QCOMPARE(reset(token, own).status(), 204);
    QCOMPARE(m_server->login(u"ann@example.com"_s, handed).status(), 401);
    QCOMPARE(m_server->login(u"ann@example.com"_s, own).status(), 200);
    QCOMPARE(reset(token, u"four more that nobody knows"_s).status(), 400);
}

void TestPasswordChangeRequired::cookies_areNotSet()
{
    const auto refused = m_server->client().post(
        "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, handed}, {u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(refused.status(), 403);
    QVERIFY(refused.header("Set-Cookie").isEmpty());
    QVERIFY(!refused["reset_token"_L1].toString().isEmpty());
}

void TestPasswordChangeRequired::wrongOnes_doNotSpendIt()
{
    const QString token = m_server->login(u"ann@example.com"_s, handed)["reset_token"_L1].toString();
    const auto same = reset(token, handed);
    QCOMPARE(same.status(), 422);
    QVERIFY(same.everything().contains("password_unchanged"));
    QCOMPARE(reset(token, u"password"_s).status(), 422);
    QCOMPARE(reset(token, own).status(), 204);
}

QTEST_GUILESS_MAIN(TestPasswordChangeRequired)
#include "TestPasswordChangeRequired.moc"
