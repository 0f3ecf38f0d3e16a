#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// The signed-in person's own second factors, over the wire.
class TestMyFactors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void overview_tellsWhatThereIs();
    void app_isShownOnce_andCountsFromItsFirstCode();
    void app_secondOne_bringsNoCodes();
    void app_ofAnother_isNotFound();
    void app_isRemoved();
    void apps_areFive();
    void changes_needARecentProof();
    void codes_areRenewed();
    void requiredFactor_staysTheLast();
    void otherSessions_endWithTheFirstCode();

private:
    QByteArray me() const { return bearer(m_pair["access_token"_L1]); }
    ClientResponse post(QByteArrayView path, const QJsonObject &body = {}) const { return m_server->client().post(path, body, {me()}); }
    ClientResponse remove(const QString &id) const { return m_server->client().ask("DELETE", "/me/mfa/totp/" + id.toLatin1(), {me()}); }
    SetUp setUp() { return setUpTotpOver(m_server->client(), m_pair["access_token"_L1], m_server->clock.now()); }
    QJsonObject overview() const { return m_server->client().get("/me/mfa", {me()}).json(); }

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_pair;
};

void TestMyFactors::init()
{
    m_server = std::make_unique<ApiServer>();
    m_pair = m_server->join(u"ann@example.com"_s);
}

void TestMyFactors::overview_tellsWhatThereIs()
{
    QCOMPARE(overview(), (QJsonObject {{u"enabled"_s, false},
                                       {u"required"_s, false},
                                       {u"totp"_s, QJsonArray()},
                                       {u"passkeys"_s, 0},
                                       {u"recovery_codes_left"_s, 0},
                                       {u"trusted_devices"_s, 0}}));
    const SetUp phone = setUp();
    const QJsonObject now = overview();
    QCOMPARE(now["enabled"_L1], true);
    QCOMPARE(now["recovery_codes_left"_L1].toInt(), 10);
    const QString at = toText(m_server->clock.now());
    QCOMPARE(now["totp"_L1].toArray(),
             (QJsonArray {QJsonObject {
                 {u"id"_s, phone.factor.toString()}, {u"name"_s, u"phone"_s}, {u"created_at"_s, at}, {u"last_used_at"_s, at}}}));
}

void TestMyFactors::app_isShownOnce_andCountsFromItsFirstCode()
{
    const auto begun = post("/me/mfa/totp", {{u"name"_s, u"phone"_s}});
    QCOMPARE(begun.status(), 201);
    QCOMPARE(begun["expires_in"_L1].toInt(), 900);
    QCOMPARE(begun.header("cache-control"), "no-store");
    const AuthenticatorApp app(begun["secret"_L1].toString());
    QCOMPARE(overview()["enabled"_L1], false);
    const auto confirm = [&](const QString &code) { return post("/me/mfa/totp/confirm", {{u"id"_s, begun["id"_L1]}, {u"code"_s, code}}); };
    const auto wrong = confirm(app.wrongAt(m_server->clock.now()));
    QCOMPARE(wrong.status(), 422);
    QCOMPARE(faultsOf(wrong), u"value_error code"_s);
    QCOMPARE(m_server->client().get("/me", {me()})["mfa_enabled"_L1], false);
    const auto right = confirm(app.codeAt(m_server->clock.now()));
    QCOMPARE(right.status(), 200);
    QCOMPARE(right["recovery_codes"_L1].toArray().size(), 10);
    QCOMPARE(m_server->client().get("/me", {me()})["mfa_enabled"_L1], true);
    QCOMPARE(confirm(app.codeAt(m_server->clock.now())).status(), 404);
    QCOMPARE(post("/me/mfa/totp/confirm", {{u"id"_s, u"no id"_s}, {u"code"_s, u"123456"_s}}).status(), 404);
    const auto plain = m_server->client().ask("POST", "/me/mfa/totp", {me()}); // without a body
    QCOMPARE(plain.status(), 201);
}

void TestMyFactors::app_secondOne_bringsNoCodes()
{
    setUp();
    const auto begun = post("/me/mfa/totp");
    const QString code = AuthenticatorApp(begun["secret"_L1].toString()).codeAt(m_server->clock.now());
    const auto done = post("/me/mfa/totp/confirm", {{u"id"_s, begun["id"_L1]}, {u"code"_s, code}});
    QCOMPARE(done.status(), 200);
    QCOMPARE(done.json(), QJsonObject());
}

void TestMyFactors::app_ofAnother_isNotFound()
{
    const SetUp phone = setUp();
    const auto bob = m_server->join(u"bob@example.com"_s);
    const QByteArray path = "/me/mfa/totp/" + phone.factor.toString().toLatin1();
    QCOMPARE(m_server->client().ask("DELETE", path, {bearer(bob["access_token"_L1])}).status(), 404);
    QCOMPARE(overview()["enabled"_L1], true);
    QCOMPARE(remove(u"nothing"_s).status(), 404);
}

void TestMyFactors::app_isRemoved()
{
    const SetUp phone = setUp();
    QCOMPARE(remove(phone.factor.toString()).status(), 204);
    QCOMPARE(overview()["enabled"_L1], false);
    QCOMPARE(overview()["recovery_codes_left"_L1].toInt(), 0);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
}

void TestMyFactors::apps_areFive()
{
    for (int i = 0; i < 5; ++i)
        setUp();
    const auto answer = post("/me/mfa/totp");
    QCOMPARE(answer.status(), 409);
    QCOMPARE(answer["code"_L1], u"factor_limit"_s);
}

void TestMyFactors::changes_needARecentProof()
{
    const SetUp phone = setUp();
    m_server->clock.advance(minutes {10});
    const auto check = [](const ClientResponse &answer) {
        QCOMPARE(answer.status(), 403);
        QCOMPARE(answer["code"_L1], u"reauthentication_required"_s);
    };
    check(post("/me/mfa/totp"));
    check(remove(phone.factor.toString()));
    check(post("/me/mfa/recovery-codes"));
    QCOMPARE(m_server->client().get("/me/mfa", {me()}).status(), 200);
    QCOMPARE(m_server->client().ask("DELETE", "/me/mfa/devices", {me()}).status(), 204);
}

void TestMyFactors::codes_areRenewed()
{
    QCOMPARE(post("/me/mfa/recovery-codes").status(), 409);
    const SetUp phone = setUp();
    const auto fresh = post("/me/mfa/recovery-codes");
    QCOMPARE(fresh.status(), 200);
    QCOMPARE(fresh["recovery_codes"_L1].toArray().size(), 10);
    const auto finish = [this](const QString &code) {
        const QJsonValue ticket = m_server->login(u"ann@example.com"_s)["mfa_token"_L1];
        return m_server->client().post("/login/mfa", {{u"mfa_token"_s, ticket}, {u"recovery_code"_s, code}}).status();
    };
    QCOMPARE(finish(phone.recoveryCodes[0]), 422);
    QCOMPARE(finish(fresh["recovery_codes"_L1][0].toString()), 200);
}

void TestMyFactors::requiredFactor_staysTheLast()
{
    ApiOptions options;
    options.world.factors.required = FactorPolicy::Demand::Admins;
    m_server = std::make_unique<ApiServer>(options);
    m_pair = m_server->join(u"ann@example.com"_s);
    const SetUp phone = setUp();
    const Id user = Id::fromString(m_server->client().get("/me", {me()})["id"_L1].toString()).value();
    QVERIFY(m_server->world.accounts.edit(user, {.addRoles = {u"admin"_s}}, u"test"_s, m_server->clock.now()));
    const auto answer = remove(phone.factor.toString());
    QCOMPARE(answer.status(), 409);
    QCOMPARE(answer["code"_L1], u"conflict"_s);
    QCOMPARE(overview()["enabled"_L1], true);
}

void TestMyFactors::otherSessions_endWithTheFirstCode()
{
    const auto other = m_server->login(u"ann@example.com"_s);
    setUp();
    QCOMPARE(m_server->client().get("/me", {me()}).status(), 200);
    QCOMPARE(m_server->client().get("/me", {bearer(other["access_token"_L1])}).status(), 401);
}

QTEST_GUILESS_MAIN(TestMyFactors)
#include "TestMyFactors.moc"
