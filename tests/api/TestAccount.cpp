#include "core/accounts/Accounts.h"
#include "core/storage/Database.h"
#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The signed-in person's own account and sessions, and the ways out.
class TestAccount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void me_tellsWhoAsks_data();
    void me_tellsWhoAsks();
    void name_isChanged_data();
    void name_isChanged();
    void account_isRemovedOnlyWithThePassword();
    void accountWithoutAPassword_isRemovedByAFreshProof_data();
    void accountWithoutAPassword_isRemovedByAFreshProof();
    void password_isChangedAndOthersEnd();
    void password_isNotChangedWithoutTheCurrentOne();
    void newPassword_mustFitThePolicy();
    void sessions_areListed();
    void session_isEndedByItsOwnerOnly();
    void sessions_areBoundedAndAllListed();
    void logout_endsTheSession_data();
    void logout_endsTheSession();
    void logout_isIdempotent();
    void logoutAll_endsEverySession();
    void revocation_actsOnEveryThreadAtOnce();
    void sessionState_neverRefuses();
    void sessionState_byCookie();
    void csrfOfARevokedKey_isReplaced_data();
    void csrfOfARevokedKey_isReplaced();
    void sessionState_isNoSignOutWhenTheDatabaseFails();

private:
    ClientResponse get(QByteArrayView path, const ClientResponse &pair) const
    {
        return m_server->client().get(path, {bearer(pair["access_token"_L1])});
    }
    ClientResponse send(QByteArrayView method, QByteArrayView path, const QJsonObject &body, const ClientResponse &pair) const
    {
        return m_server->client().send(method, path, body, {bearer(pair["access_token"_L1])});
    }
    bool isGood(const ClientResponse &pair) const { return get("/me", pair).status() == 200; }

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_ann;
};

void TestAccount::init()
{
    m_server = std::make_unique<ApiServer>();
    m_ann = m_server->join(u"ann@example.com"_s);
    QCOMPARE(m_ann.status(), 201);
}

void TestAccount::me_tellsWhoAsks_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("/me") << "/me"_ba;
    QTest::newRow("/users/me") << "/users/me"_ba;
}

void TestAccount::me_tellsWhoAsks()
{
    QFETCH(QByteArray, path);
    const auto me = get(path, m_ann);
    QCOMPARE(me.status(), 200);
    QCOMPARE(me.json().keys(), (QStringList {u"created_at"_s, u"email"_s, u"email_verified"_s, u"has_password"_s, u"id"_s, u"mfa_enabled"_s,
                                             u"name"_s, u"roles"_s, u"session_id"_s}));
    QCOMPARE(me["email"_L1], u"ann@example.com"_s);
    QCOMPARE(me["id"_L1], m_ann["user"_L1]["id"_L1]);
    QVERIFY(Id::fromString(me["session_id"_L1].toString()));
    QCOMPARE(me.header("cache-control"), "no-store");
    m_server->clock.advance(std::chrono::minutes {16});
    QCOMPARE(get(path, m_ann).status(), 401);
}

void TestAccount::name_isChanged_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("name");
    QTest::newRow("a name") << QJsonObject {{u"name"_s, u" Änn "_s}} << 200 << u"Änn"_s;
    QTest::newRow("no name") << QJsonObject {{u"name"_s, u""_s}} << 200 << u""_s;
    QTest::newRow("nothing to change") << QJsonObject {} << 200 << u""_s;
    QTest::newRow("a number") << QJsonObject {{u"name"_s, 7}} << 422 << u""_s;
    QTest::newRow("too long") << QJsonObject {{u"name"_s, QString(201, u'n')}} << 422 << u""_s;
    QTest::newRow("a line feed") << QJsonObject {{u"name"_s, u"a\nb"_s}} << 422 << u""_s;
    QTest::newRow("what is not theirs to change")
        << QJsonObject {{u"email"_s, u"x@y.zz"_s}, {u"roles"_s, QJsonArray {u"admin"_s}}} << 422 << u""_s;
    QTest::newRow("a name, and what is not theirs to change")
        << QJsonObject {{u"name"_s, u"Ann"_s}, {u"email"_s, u"x@y.zz"_s}} << 422 << u""_s;
    QTest::newRow("an unknown name") << QJsonObject {{u"full_name"_s, u"Ann"_s}} << 422 << u""_s;
}

void TestAccount::name_isChanged()
{
    QFETCH(QJsonObject, body);
    QTEST(send("PATCH", "/me", body, m_ann).status(), "status");
    const auto me = get("/me", m_ann);
    QTEST(me["name"_L1].toString(), "name");
    QCOMPARE(me["email"_L1], u"ann@example.com"_s);
    QVERIFY(me["roles"_L1].toArray().isEmpty());
}

void TestAccount::account_isRemovedOnlyWithThePassword()
{
    const auto refused = send("DELETE", "/me", {{u"password"_s, u"a wrong one"_s}}, m_ann);
    QCOMPARE(refused.status(), 422); // 401 would say that the session is over
    QCOMPARE(faultsOf(refused), u"value_error password"_s);
    QVERIFY(isGood(m_ann));
    const auto bare = m_server->client().ask("DELETE", "/me", {bearer(m_ann["access_token"_L1])}); // as a button would send it
    QCOMPARE(bare.status(), 422);
    QCOMPARE(faultsOf(bare), u"missing password"_s);
    const auto removed = send("DELETE", "/me", {{u"password"_s, password}}, m_ann);
    QCOMPARE(removed.status(), 204);
    QVERIFY(removed.raw.body.isEmpty());
    QVERIFY(!isGood(m_ann));
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 401);
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
}

void TestAccount::accountWithoutAPassword_isRemovedByAFreshProof_data()
{
    QTest::addColumn<int>("minutesOld");
    QTest::addColumn<int>("status");
    QTest::newRow("fresh") << 9 << 204;
    QTest::newRow("too old") << 10 << 403;
}

void TestAccount::accountWithoutAPassword_isRemovedByAFreshProof()
{
    QFETCH(int, minutesOld);
    QFETCH(int, status);
    World &world = m_server->world;
    const Id ann = world.accounts.findByEmail(u"ann@example.com"_s).value()->id;
    QVERIFY(world.database->write([&](Transaction &transaction) {
        return world.accounts.change(transaction, ann, std::nullopt, [&] {
            return transaction.connection().perform(u"DELETE FROM credentials WHERE user_id = ?"_s, {bound(ann)});
        });
    }));
    m_server->clock.advance(std::chrono::minutes {minutesOld});
    const auto answer = send("DELETE", "/me", {}, m_ann);
    QCOMPARE(answer.status(), status);
    if (status == 403)
        QCOMPARE(answer["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(isGood(m_ann), status == 403);
}

void TestAccount::password_isChangedAndOthersEnd()
{
    const auto phone = m_server->login(u"ann@example.com"_s);
    const auto changed = send("POST", "/me/password", {{u"current_password"_s, password}, {u"new_password"_s, u"a new password"_s}}, phone);
    QCOMPARE(changed.status(), 204);
    QVERIFY(isGood(phone));
    QVERIFY(!isGood(m_ann));
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, m_ann["refresh_token"_L1]}}).status(), 401);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 401);
    QCOMPARE(m_server->login(u"ann@example.com"_s, u"a new password"_s).status(), 200);
}

void TestAccount::password_isNotChangedWithoutTheCurrentOne()
{
    const auto refused =
        send("POST", "/me/password", {{u"current_password"_s, u"a wrong one"_s}, {u"new_password"_s, u"a new password"_s}}, m_ann);
    QCOMPARE(refused.status(), 422);
    QCOMPARE(faultsOf(refused), u"value_error current_password"_s);
    QVERIFY(isGood(m_ann));
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
}

void TestAccount::newPassword_mustFitThePolicy()
{
    const auto refused = send("POST", "/me/password", {{u"current_password"_s, password}, {u"new_password"_s, u"sesame"_s}}, m_ann);
    QCOMPARE(refused.status(), 422);
    QCOMPARE(faultsOf(refused), u"string_too_short new_password"_s);
    QVERIFY(!refused.everything().contains("sesame"));
}

void TestAccount::sessions_areListed()
{
    m_server->clock.advance(Seconds {60});
    const auto phone =
        m_server->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, {"User-Agent: A phone"});
    m_server->join(u"bob@example.com"_s);
    const auto list = get("/me/sessions", phone)["sessions"_L1].toArray();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0]["device"_L1], u"A phone"_s);
    QCOMPARE(list[0]["address"_L1], u"127.0.0.1"_s);
    QCOMPARE(list[0]["current"_L1].toBool(), true);
    QCOMPARE(list[1]["current"_L1].toBool(), false);
    QCOMPARE(list[0]["id"_L1], get("/me", phone)["session_id"_L1]);
    QVERIFY(list[0]["created_at"_L1].toString() > list[1]["created_at"_L1].toString());
    QVERIFY(list[0]["last_seen_at"_L1].isString());
}

void TestAccount::session_isEndedByItsOwnerOnly()
{
    const auto phone = m_server->login(u"ann@example.com"_s);
    const auto bob = m_server->join(u"bob@example.com"_s);
    const QByteArray path = "/me/sessions/" + get("/me", phone)["session_id"_L1].toString().toLatin1();
    const QByteArray others[] {path, "/me/sessions/00000000-0000-0000-0000-000000000000", "/me/sessions/x", "/me/sessions/%00",
                               "/me/sessions/*"};
    for (const QByteArray &other : others) {
        const int status = m_server->client().ask("DELETE", other, {bearer(bob["access_token"_L1])}).status();
        QVERIFY(status == 404 || (status == 400 && other.contains("%00"))); // the gate lets no NUL in
    }
    QVERIFY(isGood(phone));
    QCOMPARE(m_server->client().ask("DELETE", path, {bearer(m_ann["access_token"_L1])}).status(), 204);
    QVERIFY(!isGood(phone));
    QVERIFY(isGood(m_ann));
    QCOMPARE(m_server->client().ask("DELETE", path, {bearer(m_ann["access_token"_L1])}).status(), 404);
}

/// 206 sign-ins of one user: the list is whole, holds who asks, and all in it can be ended.
void TestAccount::sessions_areBoundedAndAllListed()
{
    const auto phone = m_server->login(u"ann@example.com"_s);
    m_server->clock.advance(Seconds {60});
    const auto used = m_server->client().post("/refresh", {{u"refresh_token"_s, m_ann["refresh_token"_L1]}});
    QVERIFY(isGood(used)); // opened first, and in use
    m_server->clock.advance(Seconds {60});
    for (int i = 0; i < 204; ++i)
        QVERIFY(m_server->world.login(u"ann@example.com"_s));
    QVERIFY(!isGood(phone));              // unused longest
    QVERIFY(!isGood(used));               // 200 newer ones are in use now
    m_server->clock.advance(Seconds {1}); // those of one moment stand in no certain order
    const auto newest = m_server->login(u"ann@example.com"_s);
    const auto list = get("/me/sessions", newest)["sessions"_L1].toArray();
    QCOMPARE(list.size(), 200);
    QVERIFY(list.first()["current"_L1].toBool());
    QCOMPARE(std::ranges::count(list, true, [](const QJsonValue &one) { return one["current"_L1].toBool(); }), 1);
    const QByteArray last = list.last()["id"_L1].toString().toLatin1();
    QCOMPARE(m_server->client().send("DELETE", "/me/sessions/" + last, {}, {bearer(newest["access_token"_L1])}).status(), 204);
    QCOMPARE(get("/me/sessions", newest)["sessions"_L1].toArray().size(), 199);
}

void TestAccount::logout_endsTheSession_data()
{
    QTest::addColumn<QString>("by");
    QTest::newRow("by refresh token") << u"refresh"_s;
    QTest::newRow("by access token") << u"access"_s;
    QTest::newRow("by both") << u"refresh access"_s;
}

void TestAccount::logout_endsTheSession()
{
    QFETCH(QString, by);
    const QJsonObject body = by.contains("refresh"_L1) ? QJsonObject {{u"refresh_token"_s, m_ann["refresh_token"_L1]}} : QJsonObject {};
    const QByteArrayList headers = by.contains("access"_L1) ? QByteArrayList {bearer(m_ann["access_token"_L1])} : QByteArrayList {};
    const auto other = m_server->login(u"ann@example.com"_s);
    const auto answer = m_server->client().post("/logout", body, headers);
    QCOMPARE(answer.status(), 204);
    QVERIFY(answer.raw.body.isEmpty());
    QVERIFY(!isGood(m_ann));
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, m_ann["refresh_token"_L1]}}).status(), 401);
    QVERIFY(isGood(other));
}

void TestAccount::logout_isIdempotent()
{
    const QJsonObject token {{u"refresh_token"_s, m_ann["refresh_token"_L1]}};
    QCOMPARE(m_server->client().post("/logout", token).status(), 204);
    QCOMPARE(m_server->client().post("/logout", token, {bearer(m_ann["access_token"_L1])}).status(), 204);
    QCOMPARE(m_server->client().post("/logout", {{u"refresh_token"_s, u"nonsense"_s}}).status(), 204);
    QCOMPARE(m_server->client().ask("POST", "/logout").status(), 204);
}

void TestAccount::logoutAll_endsEverySession()
{
    const auto phone = m_server->login(u"ann@example.com"_s);
    const auto bob = m_server->join(u"bob@example.com"_s);
    QCOMPARE(m_server->client().ask("POST", "/logout/all", {bearer(phone["access_token"_L1])}).status(), 204);
    QVERIFY(!isGood(phone));
    QVERIFY(!isGood(m_ann));
    QVERIFY(isGood(bob));
}

void TestAccount::revocation_actsOnEveryThreadAtOnce()
{
    constexpr int connections = 8;
    std::vector<std::unique_ptr<RawHttp>> open;
    const QByteArrayList header {bearer(m_ann["access_token"_L1])};
    for (int i = 0; i < connections; ++i) {
        open.push_back(std::make_unique<RawHttp>(m_server->port()));
        QCOMPARE(ApiClient::askOn(*open.back(), "GET", "/me", header).status(), 200); // every thread has the token in its cache
    }
    for (const int held : m_server->load())
        QVERIFY(held >= 2);
    QCOMPARE(ApiClient::askOn(*open.front(), "POST", "/logout/all", header).status(), 204);
    for (const auto &connection : open)
        QCOMPARE(ApiClient::askOn(*connection, "GET", "/me", header).status(), 401);
}

void TestAccount::sessionState_neverRefuses()
{
    const QByteArrayList nobody[] {{}, {"Authorization: Bearer x"}, {"Cookie: __Host-warder_access=x; __Host-warder_refresh=y"}};
    for (const QByteArrayList &headers : nobody) {
        const auto state = m_server->client().get("/session", headers);
        QCOMPARE(state.status(), 200);
        QCOMPARE(state.json(), (QJsonObject {{u"authenticated"_s, false}, {u"refreshable"_s, false}}));
    }
    const auto state = get("/session", m_ann);
    QCOMPARE(state["authenticated"_L1].toBool(), true);
    QCOMPARE(state["user"_L1]["email"_L1], u"ann@example.com"_s);
    QVERIFY(QDateTime::fromString(state["expires_at"_L1].toString(), Qt::ISODateWithMs).isValid());
    QVERIFY(state["csrf_token"_L1].isUndefined());
}

void TestAccount::sessionState_byCookie()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    auto state = browser.get("/session");
    QCOMPARE(state["authenticated"_L1].toBool(), true);
    QCOMPARE(state["refreshable"_L1].toBool(), true);
    QCOMPARE(state["csrf_token"_L1].toString().toLatin1(), browser.cookie("__Host-warder_csrf"));
    browser.drop("__Host-warder_access");
    state = browser.get("/session");
    QCOMPARE(state["authenticated"_L1].toBool(), false);
    QCOMPARE(state["refreshable"_L1].toBool(), true);
    Browser copy = browser;
    QCOMPARE(copy.send("POST", "/logout").status(), 204);
    QCOMPARE(browser.get("/session")["refreshable"_L1].toBool(), false);
}

void TestAccount::csrfOfARevokedKey_isReplaced_data()
{
    QTest::addColumn<bool>("expired");
    QTest::newRow("signed in") << false;
    QTest::newRow("to be refreshed") << true;
}

/// Whoever lives in cookies gets on with the next page that is loaded.
void TestAccount::csrfOfARevokedKey_isReplaced()
{
    QFETCH(const bool, expired);
    Browser browser = m_server->browser();
    browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    const QByteArray former = browser.cookie("__Host-warder_csrf");
    SigningKeys &keys = m_server->world.keys;
    QVERIFY(m_server->world.sessions.revokeKey(keys.ring()->current(KeyPurpose::Csrf).kid, u"test"_s, m_server->clock.now()));
    if (expired)
        browser.drop("__Host-warder_access");
    QCOMPARE(browser.send("POST", "/logout").json()["code"_L1], u"csrf_failed"_s);
    const auto state = browser.get("/session");
    QCOMPARE(state["authenticated"_L1].toBool(), !expired);
    QCOMPARE(state.headers("set-cookie").size(), 1);
    QVERIFY(browser.cookie("__Host-warder_csrf") != former);
    QCOMPARE(state["csrf_token"_L1].toString().toLatin1(), browser.cookie("__Host-warder_csrf"));
    QCOMPARE(browser.get("/session").headers("set-cookie").size(), 0); // once
    QVERIFY(keys.rotate(KeyPurpose::Csrf, u"test"_s, m_server->clock.now()));
    QCOMPARE(browser.get("/session")["csrf_token"_L1].toString().toLatin1(), browser.cookie("__Host-warder_csrf")); // the one it has
    QCOMPARE(browser.get("/session").headers("set-cookie").size(), 0);
    QCOMPARE(browser.send("POST", "/logout").status(), 204);
}

void TestAccount::sessionState_isNoSignOutWhenTheDatabaseFails()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    const auto broken =
        m_server->world.database->write([](DbConnection &connection) { return connection.run(u"ALTER TABLE users RENAME TO gone"_s, {}); });
    QVERIFY(broken);
    const QByteArrayList before = browser.cookies();
    QVERIFY(browser.get("/session").status() >= 500);
    QCOMPARE(browser.cookies(), before);
}

QTEST_GUILESS_MAIN(TestAccount)
#include "TestAccount.moc"
