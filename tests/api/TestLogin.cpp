#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void rightPassword_signsIn_data();
    void rightPassword_signsIn();
    void refusals_lookAlike_data();
    void refusals_lookAlike();
    void disabledAccount_isToldOnlyToItsOwner();
    void password_countsWithItsByteOrderMark();
    void faults_areThoseOfTheShape_data();
    void faults_areThoseOfTheShape();
    void oauthClients_areUnderstood_data();
    void oauthClients_areUnderstood();
    void formData_isTaken_data();
    void formData_isTaken();
    void wrongGrant_hasTheFastApiShape();
    void clientAddress_comesThroughTrustedProxiesOnly();
    void signingInAgain_endsTheFormerSession_data();
    void signingInAgain_endsTheFormerSession();
    void refusedSignIn_endsNothing();
    void bearerAlone_isNobodysFormerSession();

private:
    std::unique_ptr<ApiServer> m_server;
};

void TestLogin::init()
{
    m_server = std::make_unique<ApiServer>();
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
}

void TestLogin::rightPassword_signsIn_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray typed = R"({"email":" ANN@example.com","password":"correct horse battery"})";
    QTest::newRow("JSON") << "/login"_ba << json << typed;
    QTest::newRow("JSON at /token") << "/token"_ba << json << typed;
    QTest::newRow("JSON with username") << "/login"_ba << json << R"({"username":"ann@example.com","password":"correct horse battery"})"_ba;
    QTest::newRow("form") << "/login"_ba << form << "username=ann%40example.com&password=correct+horse+battery"_ba;
    QTest::newRow("form at /token") << "/token"_ba << form
                                    << "grant_type=password&username=ann%40example.com&password=correct%20horse%20battery"_ba;
    QTest::newRow("form with a charset") << "/token"_ba << form + "; charset=UTF-8"
                                         << "username=ann%40example.com&password=correct+horse+battery"_ba;
}

void TestLogin::rightPassword_signsIn()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto answer = m_server->client().ask("POST", path, {"Content-Type: " + type}, body);
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer["token_type"_L1], u"bearer"_s);
    QCOMPARE(answer.header("cache-control"), "no-store");
    QCOMPARE(m_server->client().get("/me", {bearer(answer["access_token"_L1])}).status(), 200);
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, answer["refresh_token"_L1]}}).status(), 200);
}

void TestLogin::refusals_lookAlike_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("secret");
    QTest::newRow("wrong password") << u"ann@example.com"_s << u"wrong password"_s;
    QTest::newRow("unknown account") << u"bob@example.com"_s << password;
    QTest::newRow("no address at all") << u"ann"_s << password;
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("password in other case") << u"ann@example.com"_s << password.toUpper();
    QTest::newRow("password with a space behind") << u"ann@example.com"_s << password + u' ';
    QTest::newRow("very long password") << u"ann@example.com"_s << QString(20'000, u'x');
    QTest::newRow("very long address") << QString(20'000, u'x') << password;
    QTest::newRow("NUL in the password") << u"ann@example.com"_s << password + QChar(0);
    QTest::newRow("SQL") << u"' OR '1'='1"_s << u"' OR '1'='1"_s;
}

void TestLogin::refusals_lookAlike()
{
    QFETCH(QString, email);
    QFETCH(QString, secret);
    const auto answer = m_server->login(email, secret);
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Invalid credentials"_s}, {u"code"_s, u"invalid_credentials"_s}}));
    QCOMPARE(answer.header("www-authenticate"), "Bearer");
}

void TestLogin::disabledAccount_isToldOnlyToItsOwner()
{
    const auto user = m_server->world.accounts.findByEmail(u"ann@example.com").value().value();
    QVERIFY(m_server->world.changes.setDisabled(user.id, true, u"test"_s, m_server->clock.now()));
    const auto owner = m_server->login(u"ann@example.com"_s);
    QCOMPARE(owner.status(), 403);
    QCOMPARE(owner["code"_L1], u"account_disabled"_s);
    QCOMPARE(m_server->login(u"ann@example.com"_s, u"a guess or two"_s).status(), 401);
}

void TestLogin::password_countsWithItsByteOrderMark()
{
    const QString marked = u"\ufeff"_s + password;
    QCOMPARE(m_server->client().post("/register", {{u"email"_s, u"bom@example.com"_s}, {u"password"_s, marked}}).status(), 201);
    QCOMPARE(m_server->login(u"bom@example.com"_s, marked).status(), 200);
    QCOMPARE(m_server->login(u"bom@example.com"_s).status(), 401);
}

void TestLogin::faults_areThoseOfTheShape_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("faults");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("JSON, nothing") << json << "{}"_ba << u"missing email, missing password"_s;
    QTest::newRow("JSON, only username") << json << R"({"username":"ann"})"_ba << u"missing password"_s;
    QTest::newRow("JSON, wrong types") << json << R"({"email":[],"password":1})"_ba << u"string_type email, string_type password"_s;
    QTest::newRow("form, nothing") << form << "scope="_ba << u"missing username, missing password"_s;
    QTest::newRow("form, only password") << form << "password=x"_ba << u"missing username"_s;
    const QByteArray typed = "username=ann%40example.com&password=correct+horse+battery";
    for (const char *cut : {"%C3", "%E9", "%E2%82", "%F0%9F%98", "\xc3", "\xe2\x82"}) {
        QTest::addRow("form, %s behind the password", QByteArray(cut).toPercentEncoding("%").constData())
            << form << typed + cut << u"value_error body"_s;
        QTest::addRow("form, %s behind a name", QByteArray(cut).toPercentEncoding("%").constData())
            << form << typed + "&x" + cut + "=1" << u"value_error body"_s;
    }
    QTest::newRow("form, wrong grant beside") << form << "grant_type=client_credentials&username=a"_ba
                                              << u"missing password, string_pattern_mismatch grant_type"_s;
}

void TestLogin::faults_areThoseOfTheShape()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto answer = m_server->client().ask("POST", "/token", {"Content-Type: " + type}, body);
    QCOMPARE(answer.status(), 422);
    QTEST(faultsOf(answer), "faults");
}

void TestLogin::oauthClients_areUnderstood_data()
{
    QTest::addColumn<QByteArray>("form");
    const QByteArray typed = "username=ann%40example.com&password=correct+horse+battery";
    // What the tutorial's interactive page puts into the curl line that people copy.
    QTest::newRow("empty optional fields") << "grant_type=&" + typed + "&scope=&client_id=&client_secret=";
    QTest::newRow("all fields") << "grant_type=password&" + typed + "&scope=me+items&client_id=string&client_secret=string";
    QTest::newRow("unknown fields") << typed + "&remember=on";
}

void TestLogin::formData_isTaken_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/login", "/token", "/login/access-token"})
        QTest::newRow(path) << QByteArray(path);
}

/// `fetch(…, { body: new FormData(form) })`
void TestLogin::formData_isTaken()
{
    QFETCH(QByteArray, path);
    const auto part = [](const QByteArray &name, const QByteArray &value) {
        return "------WebKitFormBoundaryABCdef\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    };
    const QByteArray end = "------WebKitFormBoundaryABCdef--\r\n";
    const QByteArrayList type {"Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryABCdef"};
    const QByteArray typed =
        part("username", "ann@example.com") + part("password", "correct horse battery") + part("grant_type", "password");
    QCOMPARE(m_server->client().ask("POST", path, type, typed + end).status(), 200);
    QCOMPARE(faultsOf(m_server->client().ask("POST", path, type, part("username", "ann@example.com") + end)), u"missing password"_s);
    const QByteArray wrong = part("username", "ann@example.com") + part("password", "wrong") + end;
    QCOMPARE(m_server->client().ask("POST", path, type, wrong)["detail"_L1], u"Invalid credentials"_s);
    QCOMPARE(faultsOf(m_server->client().ask("POST", path, type, typed)), u"value_error body"_s); // without its end
}

void TestLogin::oauthClients_areUnderstood()
{
    QFETCH(QByteArray, form);
    QCOMPARE(m_server->client().postForm("/token", form).status(), 200);
}

void TestLogin::wrongGrant_hasTheFastApiShape()
{
    const auto answer = m_server->client().postForm("/token", "grant_type=incorrect&username=ann%40example.com&password=x");
    QCOMPARE(answer.status(), 422);
    const QJsonObject expected {{u"type"_s, u"string_pattern_mismatch"_s},
                                {u"loc"_s, QJsonArray {u"body"_s, u"grant_type"_s}},
                                {u"msg"_s, u"String should match pattern '^password$'"_s},
                                {u"input"_s, u"incorrect"_s},
                                {u"ctx"_s, QJsonObject {{u"pattern"_s, u"^password$"_s}}}};
    QCOMPARE(answer["detail"_L1].toArray(), QJsonArray {expected});
}

void TestLogin::clientAddress_comesThroughTrustedProxiesOnly()
{
    const QByteArrayList forwarded {"X-Forwarded-For: 198.51.100.9", "User-Agent: Some Phone"};
    const auto addressOf = [&] {
        const auto pair = m_server->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, forwarded);
        for (const QJsonValue session :
             m_server->client().get("/me/sessions", {bearer(pair["access_token"_L1])})["sessions"_L1].toArray()) {
            if (session["current"_L1].toBool())
                return session["address"_L1].toString() + u' ' + session["device"_L1].toString();
        }
        return QString();
    };
    QCOMPARE(addressOf(), u"127.0.0.1 Some Phone"_s);
    m_server = std::make_unique<ApiServer>(ApiOptions {.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 201);
    QCOMPARE(addressOf(), u"198.51.100.9 Some Phone"_s);
}

void TestLogin::signingInAgain_endsTheFormerSession_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("by");
    for (const QString &by : {u"cookies"_s, u"the refresh cookie alone"_s, u"the access cookie alone"_s, u"refresh_token"_s}) {
        const QByteArray how = ", by " + by.toLatin1();
        QTest::newRow("the same user" + how) << "/login"_ba << u"ann@example.com"_s << by;
        QTest::newRow("at the alias" + how) << "/token"_ba << u"ann@example.com"_s << by;
        QTest::newRow("another user" + how) << "/login"_ba << u"bob@example.com"_s << by;
        QTest::newRow("a new user" + how) << "/register"_ba << u"new@example.com"_s << by;
    }
}

void TestLogin::signingInAgain_endsTheFormerSession()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, email);
    QFETCH(QString, by);
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}};
    const auto elsewhere = m_server->client().post("/login", ann);
    QJsonObject again {{u"email"_s, email}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}};
    Browser browser = m_server->browser();
    QByteArray left;
    if (by == "refresh_token"_L1) {
        const auto pair = m_server->client().post("/login", ann);
        left = pair["access_token"_L1].toString().toLatin1();
        again.insert("refresh_token"_L1, pair["refresh_token"_L1]);
    } else {
        QJsonObject first = ann;
        first.insert("token_delivery"_L1, u"cookie"_s);
        QCOMPARE(browser.send("POST", "/login", first).status(), 200);
        left = browser.cookie("__Host-warder_access");
        if (by.contains("refresh"_L1))
            browser.drop("__Host-warder_access");
        if (by.contains("access"_L1))
            browser.drop("__Host-warder_refresh");
    }
    QCOMPARE(m_server->client().get("/me", {bearer(left)}).status(), 200);
    QCOMPARE(browser.send("POST", path, again).status(), path == "/register" ? 201 : 200);
    QCOMPARE(browser.get("/me")["email"_L1], email);
    QCOMPARE(m_server->client().get("/me", {bearer(left)}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {bearer(elsewhere["access_token"_L1])}).status(), 200);
}

void TestLogin::refusedSignIn_endsNothing()
{
    Browser browser = m_server->browser();
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}};
    QCOMPARE(browser.send("POST", "/login", ann).status(), 200);
    QJsonObject wrong = ann;
    wrong.insert("password"_L1, u"a guess"_s);
    QCOMPARE(browser.send("POST", "/login", wrong).status(), 401);
    QCOMPARE(browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}}).status(), 422);
    QCOMPARE(browser.send("POST", "/register", ann).status(), 409);
    QCOMPARE(browser.get("/me").status(), 200);
    browser.moveTo(evilPage);
    QCOMPARE(browser.send("POST", "/login", ann).status(), 403); // nor can another site sign anybody out
    browser.moveTo(ourPage);
    QCOMPARE(browser.get("/me").status(), 200);
    QCOMPARE(browser.send("POST", "/refresh").status(), 200);
}

/// A header says nothing about the browser: a program may hold a token of one user while another signs in through it.
void TestLogin::bearerAlone_isNobodysFormerSession()
{
    const auto pair = m_server->login(u"ann@example.com"_s);
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"refresh_token"_s, u""_s}};
    QCOMPARE(m_server->client().post("/login", ann, {bearer(pair["access_token"_L1])}).status(), 200);
    QCOMPARE(m_server->client().get("/me", {bearer(pair["access_token"_L1])}).status(), 200);
}

QTEST_GUILESS_MAIN(TestLogin)
#include "TestLogin.moc"
