#include "core/config/Settings.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/ProbeRoutes.h"
#include "tests/support/SoftAuthenticator.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// POST /reauthenticate, and the routes that want a proof not older than sessions.fresh_for, over a real socket.
class TestReauthenticate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup()
    {
        m_server.reset();
        m_probes.reset();
    }

    void rightPassword_opensWhatIsSensitive();
    void wrongPassword_isAFaultOfItsField();
    void guesses_slowDownAsSignInsDo();
    void code_isGoodOnce();
    void codes_thatAreGuessed_mustWait();
    void passkey_isAskedForByThisSession();
    void proof_isOne_data();
    void proof_isOne();
    void refusal_saysByWhat();
    void freshFor_isASetting();
    void cookies_needTheCsrfToken();
    void goneAccount_isSignedOut();
    void tokens_tellTheProof();
    void ownSessions_tellTheProof();
    void passwordAndSecrets_stayInside();

private:
    ClientResponse confirm(const QString &with = password) const
    {
        return m_server->client().post("/reauthenticate", {{u"password"_s, with}}, {token()});
    }
    ClientResponse prove(const QJsonObject &proof) const { return m_server->client().post("/reauthenticate", proof, {token()}); }
    QByteArray token() const { return bearer(m_ann["access_token"_L1]); }
    int recent() const { return m_server->client().ask("POST", "/probe/recent", {token()}).status(); }
    void start(ApiOptions options);
    static QJsonObject claimsOf(const ClientResponse &pair)
    {
        const QByteArray payload = pair["access_token"_L1].toString().toLatin1().split('.').value(1);
        return QJsonDocument::fromJson(QByteArray::fromBase64(payload, QByteArray::Base64UrlEncoding)).object();
    }

    std::unique_ptr<ProbeRoutes> m_probes;
    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_ann;
};

void TestReauthenticate::start(ApiOptions options)
{
    m_server = std::make_unique<ApiServer>(std::move(options));
    m_ann = m_server->join(u"ann@example.com"_s);
    QCOMPARE(m_ann.status(), 201);
}

void TestReauthenticate::init()
{
    m_probes = std::make_unique<ProbeRoutes>();
    start(m_probes->options());
}

void TestReauthenticate::rightPassword_opensWhatIsSensitive()
{
    QCOMPARE(recent(), 200);
    m_server->clock.advance(std::chrono::minutes {10});
    QCOMPARE(recent(), 403);
    const auto confirmed = confirm();
    QCOMPARE(confirmed.status(), 204);
    QVERIFY(confirmed.raw.body.isEmpty());
    QVERIFY(confirmed.headers("set-cookie").isEmpty());
    QCOMPARE(recent(), 200); // with the very same access token
}

void TestReauthenticate::wrongPassword_isAFaultOfItsField()
{
    m_server->clock.advance(std::chrono::minutes {10});
    const auto refused = confirm(u"a guess"_s);
    QCOMPARE(refused.status(), 422);
    QCOMPARE(faultsOf(refused), u"value_error password"_s);
    QCOMPARE(refused["detail"_L1][0]["ctx"_L1]["code"_L1], u"password_wrong"_s);
    QCOMPARE(recent(), 403);
    QCOMPARE(m_server->client().get("/me", {token()}).status(), 200); // and is none the worse for it
}

/// A stolen session finds no password out: its guesses count where a sign-in's do.
void TestReauthenticate::guesses_slowDownAsSignInsDo()
{
    ApiOptions options = m_probes->options();
    options.rateLimits = true;
    m_server.reset();
    start(options);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(confirm(u"a guess"_s).status(), 422);
    const auto waits = confirm();
    QCOMPARE(waits.status(), 429); // the right one is not looked at either
    QVERIFY(!waits.header("retry-after").isEmpty());
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 429);
    m_server->clock.advance(std::chrono::minutes {2});
    QCOMPARE(confirm().status(), 204);
}

void TestReauthenticate::code_isGoodOnce()
{
    const SetUp phone = setUpTotpOver(m_server->client(), m_ann["access_token"_L1], m_server->clock.now());
    m_server->clock.advance(std::chrono::minutes {10});
    const auto refused = m_server->client().ask("POST", "/probe/recent", {token()});
    QCOMPARE(refused["methods"_L1].toArray(), (QJsonArray {u"password"_s, u"totp"_s}));
    const auto wrong = prove({{u"code"_s, phone.app.wrongAt(m_server->clock.now())}});
    QCOMPARE(wrong.status(), 422);
    QCOMPARE(faultsOf(wrong), u"value_error code"_s);
    QCOMPARE(recent(), 403);
    const QJsonObject right {{u"code"_s, phone.app.codeAt(m_server->clock.now())}};
    QCOMPARE(prove(right).status(), 204);
    QCOMPARE(recent(), 200);
    QCOMPARE(prove(right).status(), 422);
    const auto sessions = m_server->client().get("/me/sessions", {token()})["sessions"_L1].toArray();
    QCOMPARE(sessions[0]["amr"_L1].toArray(), (QJsonArray {u"pwd"_s, u"otp"_s}));
}

/// In a stolen session, too, there are ten for nothing and then one now and then.
void TestReauthenticate::codes_thatAreGuessed_mustWait()
{
    ApiOptions options = m_probes->options();
    options.rateLimits = true;
    m_server.reset();
    start(options);
    const SetUp phone = setUpTotpOver(m_server->client(), m_ann["access_token"_L1], m_server->clock.now());
    int looked = 0;
    for (int i = 0; i < 20; ++i)
        looked += prove({{u"code"_s, phone.app.wrongAt(m_server->clock.now())}}).status() == 422;
    QVERIFY2(looked >= 5 && looked <= 11, qPrintable(QString::number(looked)));
    m_server->clock.advance(Seconds {30});
    QCOMPARE(prove({{u"code"_s, phone.app.codeAt(m_server->clock.now())}}).status(), 204);
}

void TestReauthenticate::passkey_isAskedForByThisSession()
{
    const auto options = [this](const ClientResponse &pair) {
        return m_server->client().ask("POST", "/reauthenticate/passkey", {bearer(pair["access_token"_L1])})["options"_L1].toObject();
    };
    SoftAuthenticator phone;
    const auto creation = m_server->client().ask("POST", "/passkeys/register/options", {token()})["options"_L1].toObject();
    QCOMPARE(m_server->client().post("/passkeys/register", {{u"credential"_s, phone.create(creation)}}, {token()}).status(), 201);
    const auto other = m_server->login(u"ann@example.com"_s);
    m_server->clock.advance(std::chrono::minutes {10});
    QCOMPARE(m_server->client().ask("POST", "/probe/recent", {token()})["methods"_L1].toArray(),
             (QJsonArray {u"password"_s, u"passkey"_s}));
    QCOMPARE(options(m_ann)["allowCredentials"_L1].toArray().size(), 1);
    const auto foreign = prove({{u"credential"_s, phone.get(options(other))}});
    QCOMPARE(faultsOf(foreign), u"value_error credential"_s);
    QCOMPARE(recent(), 403);
    const QJsonObject credential = phone.get(options(m_ann));
    QCOMPARE(prove({{u"credential"_s, credential}}).status(), 204);
    QCOMPARE(recent(), 200);
    QCOMPARE(prove({{u"credential"_s, credential}}).status(), 422); // its challenge is spent
    QCOMPARE(prove({{u"credential"_s, QJsonObject {{u"id"_s, u"AAAA"_s}}}}).status(), 422);
}

void TestReauthenticate::proof_isOne_data()
{
    QTest::addColumn<QJsonObject>("proof");
    QTest::addColumn<QString>("fault");
    QTest::newRow("none") << QJsonObject {} << u"missing password"_s;
    QTest::newRow("empty") << QJsonObject {{u"password"_s, QString()}, {u"code"_s, QString()}} << u"missing password"_s;
    QTest::newRow("two") << QJsonObject {{u"password"_s, password}, {u"code"_s, u"123456"_s}} << u"extra_forbidden code"_s;
    QTest::newRow("not a credential") << QJsonObject {{u"credential"_s, u"x"_s}} << u"dict_type credential"_s;
}

void TestReauthenticate::proof_isOne()
{
    QFETCH(const QJsonObject, proof);
    QFETCH(const QString, fault);
    QCOMPARE(faultsOf(prove(proof)), fault);
}

void TestReauthenticate::refusal_saysByWhat()
{
    m_server->clock.advance(std::chrono::minutes {10});
    const auto refused = m_server->client().ask("POST", "/probe/recent", {token()});
    QCOMPARE(refused.json(), (QJsonObject {{u"detail"_s, u"Please confirm that it is you"_s},
                                           {u"code"_s, u"reauthentication_required"_s},
                                           {u"methods"_s, QJsonArray {u"password"_s}}}));
    QVERIFY(m_server->world.database->write([](DbConnection &connection) { return connection.run(u"DELETE FROM credentials"_s, {}); }));
    QCOMPARE(m_server->client().ask("POST", "/probe/recent", {token()})["methods"_L1].toArray(), QJsonArray());
}

void TestReauthenticate::freshFor_isASetting()
{
    const auto settings =
        Settings::load({{.source = SettingSource::File, .sourceName = {}, .key = u"sessions.fresh_for"_s, .value = u"2m"_s}});
    QVERIFY(settings);
    QCOMPARE(HttpOptions::from(*settings, {}).freshFor, Milliseconds {120'000});
    QCOMPARE(HttpOptions::from(Settings {}, {}).freshFor, Milliseconds {600'000});
    ApiOptions options = m_probes->options();
    options.http.freshFor = std::chrono::minutes {2};
    m_server.reset();
    start(options);
    m_server->clock.advance(std::chrono::minutes {2} - Milliseconds {1});
    QCOMPARE(recent(), 200);
    m_server->clock.advance(Milliseconds {1});
    QCOMPARE(recent(), 403);
}

void TestReauthenticate::cookies_needTheCsrfToken()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}});
    const QByteArray cookie = "Cookie: __Host-warder_access=" + browser.cookie("__Host-warder_access");
    const auto ridden = m_server->client().post("/reauthenticate", {{u"password"_s, password}}, {cookie, "Origin: " + ourPage});
    QCOMPARE(ridden.status(), 403);
    QCOMPARE(ridden["code"_L1], u"csrf_failed"_s);
    QCOMPARE(browser.send("POST", "/reauthenticate", {{u"password"_s, password}}).status(), 204);
}

void TestReauthenticate::goneAccount_isSignedOut()
{
    const auto id = Id::fromString(m_ann["user"_L1]["id"_L1].toString()).value();
    QVERIFY(m_server->world.changes.setDisabled(id, true, u"test"_s, m_server->clock.now()));
    QCOMPARE(confirm().status(), 401);
}

void TestReauthenticate::tokens_tellTheProof()
{
    const auto seconds = [this] { return toMilliseconds(m_server->clock.now()) / 1000; };
    const qint64 opened = seconds();
    QCOMPARE(claimsOf(m_ann)["auth_time"_L1].toInteger(), opened);
    QCOMPARE(claimsOf(m_ann)["amr"_L1].toArray(), QJsonArray {u"pwd"_s});
    m_server->clock.advance(Seconds {300});
    const auto renewed = m_server->client().post("/refresh", {{u"refresh_token"_s, m_ann["refresh_token"_L1]}});
    QCOMPARE(claimsOf(renewed)["auth_time"_L1].toInteger(), opened); // no younger by it
    QCOMPARE(claimsOf(renewed)["iat"_L1].toInteger(), opened + 300);
    QCOMPARE(confirm().status(), 204);
    m_server->clock.advance(Seconds {60});
    const auto later = m_server->client().post("/refresh", {{u"refresh_token"_s, renewed["refresh_token"_L1]}});
    QCOMPARE(claimsOf(later)["auth_time"_L1].toInteger(), seconds() - 60);
    QCOMPARE(claimsOf(m_server->login(u"ann@example.com"_s))["auth_time"_L1].toInteger(), seconds());
}

void TestReauthenticate::ownSessions_tellTheProof()
{
    m_server->clock.advance(Seconds {300});
    QCOMPARE(confirm().status(), 204);
    const auto own = m_server->client().get("/me/sessions", {token()})["sessions"_L1][0];
    QCOMPARE(own["method"_L1], u"password"_s);
    QCOMPARE(own["amr"_L1].toArray(), QJsonArray {u"pwd"_s});
    QCOMPARE(own["authenticated_at"_L1], toText(m_server->clock.now()));
    QVERIFY(own["authenticated_at"_L1] != own["created_at"_L1]);
}

void TestReauthenticate::passwordAndSecrets_stayInside()
{
    const auto refused = m_server->client().ask("POST", "/reauthenticate", {token(), "Content-Type: application/json"},
                                                R"({"code":"471147","credential":{"id":"zebra"}})");
    QCOMPARE(refused.status(), 422);
    QCOMPARE(faultsOf(refused), u"extra_forbidden credential"_s);
    for (const char *secret : {"zebra", "471147"})
        QVERIFY2(!refused.everything().contains(secret), refused.everything());
}

QTEST_GUILESS_MAIN(TestReauthenticate)
#include "TestReauthenticate.moc"
