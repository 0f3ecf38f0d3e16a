#include "tests/support/ApiServer.h"
#include "tests/support/ProviderWalk.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// Somebody's accounts at providers, over a real socket.
class TestIdentityRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void list_isOnesOwn();
    void removal_wantsAFreshSession();
    void removal_isOnesOwn();
    void lastWayIn_stays();
    void cookies_needTheToken();
    void me_saysWhatIsThere();

private:
    ApiClient client() const { return m_server->client(); }
    QByteArrayList as(const ClientResponse &pair) const { return {bearer(pair["access_token"_L1])}; }
    ClientResponse come(const Person &person = {}) const
    {
        m_provider->signInAs(person);
        return client().post("/oauth/finish/example", broughtBack(*m_provider, client().post("/oauth/start/example", {})));
    }
    int link(const ClientResponse &pair, const Person &person = {}) const
    {
        m_provider->signInAs(person);
        const auto started = client().post("/oauth/start/example", {{u"link"_s, true}}, as(pair));
        return client().post("/oauth/finish/example", broughtBack(*m_provider, started)).status();
    }
    QJsonArray listOf(const ClientResponse &pair) const { return client().get("/me/identities", as(pair))["identities"_L1].toArray(); }
    QByteArray pathOf(const QJsonValue &identity) const { return "/me/identities/" + identity["id"_L1].toString().toLatin1(); }

    std::unique_ptr<ApiServer> m_server;
    std::unique_ptr<LyingProvider> m_provider;
};

void TestIdentityRoutes::init()
{
    ApiOptions options;
    options.world.federation.allowsPrivate = true;
    m_server = std::make_unique<ApiServer>(options);
    m_provider = std::make_unique<LyingProvider>(m_server->clock);
    QVERIFY(m_server->world.core->providers.add(m_provider->client(), u"test"_s, m_server->clock.now()));
}

void TestIdentityRoutes::cleanup()
{
    m_provider.reset();
    m_server.reset();
}

void TestIdentityRoutes::list_isOnesOwn()
{
    const auto ann = come();
    const auto bob = m_server->join(u"bob@example.com"_s);
    QCOMPARE(client().get("/me/identities", as(bob)).json(), (QJsonObject {{u"identities"_s, QJsonArray()}}));
    const QString now = toText(m_server->clock.now());
    const QJsonArray list = listOf(ann);
    QCOMPARE(list.size(), 1);
    QJsonObject one = list.first().toObject();
    QVERIFY(Id::fromString(one.take("id"_L1).toString()));
    QCOMPARE(one,
             (QJsonObject {
                 {u"provider"_s, u"example"_s}, {u"email"_s, u"ann@example.com"_s}, {u"created_at"_s, now}, {u"last_used_at"_s, now}}));
}

void TestIdentityRoutes::removal_wantsAFreshSession()
{
    const auto ann = m_server->join(u"ann@example.com"_s);
    QCOMPARE(link(ann), 204);
    m_server->clock.advance(minutes {10});
    const auto refreshed = client().post("/refresh", {{u"refresh_token"_s, ann["refresh_token"_L1]}});
    const QJsonArray list = listOf(refreshed); // which anybody in the session may see
    const auto stale = client().ask("DELETE", pathOf(list.first()), as(refreshed));
    QCOMPARE(stale.status(), 403);
    QCOMPARE(stale["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(client().post("/reauthenticate", {{u"password"_s, password}}, as(refreshed)).status(), 204);
    QCOMPARE(client().ask("DELETE", pathOf(list.first()), as(refreshed)).status(), 204);
    QVERIFY(listOf(refreshed).isEmpty());
}

void TestIdentityRoutes::removal_isOnesOwn()
{
    const auto ann = m_server->join(u"ann@example.com"_s);
    QCOMPARE(link(ann), 204);
    const QJsonArray list = listOf(ann);
    const auto bob = m_server->join(u"bob@example.com"_s);
    QCOMPARE(client().ask("DELETE", pathOf(list.first()), as(bob))["code"_L1], u"not_found"_s);
    QCOMPARE(client().ask("DELETE", "/me/identities/nonsense", as(ann))["code"_L1], u"not_found"_s);
    QCOMPARE(client().ask("DELETE", pathOf(list.first()), as(ann)).status(), 204);
    QCOMPARE(client().ask("DELETE", pathOf(list.first()), as(ann)).status(), 404);
}

void TestIdentityRoutes::lastWayIn_stays()
{
    const auto ann = come();
    const QJsonArray list = listOf(ann);
    const auto last = client().ask("DELETE", pathOf(list.first()), as(ann));
    QCOMPARE(last.status(), 409);
    QCOMPARE(last["code"_L1], u"last_sign_in_method"_s);
    QCOMPARE(link(ann, {.subject = u"second"_s}), 204);
    QCOMPARE(client().ask("DELETE", pathOf(list.first()), as(ann)).status(), 204);
    QCOMPARE(come({.subject = u"second"_s}).status(), 200);
}

void TestIdentityRoutes::cookies_needTheToken()
{
    Browser browser = m_server->browser();
    const auto started = browser.send("POST", "/oauth/start/example", {{u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(browser.send("POST", "/oauth/finish/example", broughtBack(*m_provider, started)).status(), 200);
    const QJsonValue identity = browser.get("/me/identities")["identities"_L1][0];
    const auto forged = browser.sendWithoutToken("DELETE", pathOf(identity));
    QCOMPARE(forged.status(), 403);
    QCOMPARE(forged["code"_L1], u"csrf_failed"_s);
    QCOMPARE(browser.send("DELETE", pathOf(identity)).status(), 409); // the only way in
}

void TestIdentityRoutes::me_saysWhatIsThere()
{
    const auto ann = come();
    QCOMPARE(client().get("/me", as(ann))["has_password"_L1], false);
    QCOMPARE(client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}).status(), 401);
    const auto list = client().get("/me/sessions", as(ann));
    QCOMPARE(list["sessions"_L1][0]["method"_L1], u"example"_s);
    QCOMPARE(list["sessions"_L1][0]["amr"_L1].toArray(), QJsonArray {u"fed"_s});
}

QTEST_GUILESS_MAIN(TestIdentityRoutes)
#include "TestIdentityRoutes.moc"
