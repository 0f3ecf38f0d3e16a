#include "core/config/Settings.h"
#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What people do by mail, over the wire.
class TestMailRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(withMailSignIn()); }
    void cleanup() { m_server.reset(); }

    void turnedOff_is404_data() { rows(); }
    void turnedOff_is404();
    void signInByMail_isTurnedOnByItself();
    void badLink_is400_data();
    void badLink_is400();
    void wish_answersTheSame_data();
    void wish_answersTheSame();
    void badAddress_is422_data();
    void badAddress_is422();
    void looking_spendsNothing_data();
    void looking_spendsNothing();
    void register_verify();
    void forgot_reset();
    void newPassword_isJudged();
    void newAddress_isConfirmedByBoth();
    void newAddress_wantsAFreshProof();
    void newAddress_thatIsTaken_is409();
    void signIn_byLink();
    void signIn_byDigits();
    void signIn_byCookies();
    void signIn_overCookie_isCleared();
    void signIn_proofMustBeOne_data();
    void signIn_proofMustBeOne();
    void signIn_asksForTheSecondFactor();
    void signIn_endsTheFormerSession();
    void report_endsTheThief();
    void privateRegistration_is202_data();
    void privateRegistration_is202();
    void privateRegistration_saysWhatIsWrongWithTheValues();
    void unverified_is403();
    void language_isTheBrowsers_data();
    void language_isTheBrowsers();
    void wishes_areLimited();

private:
    static ApiOptions withMailSignIn()
    {
        ApiOptions options;
        options.world.signIn.byMail = true;
        return options;
    }
    void start(const ApiOptions &options) { m_server = std::make_unique<ApiServer>(options); }
    void turnOff()
    {
        m_server->world.core->settings.replace(
            Settings::load({{SettingSource::CommandLine, {}, u"mail.transport"_s, u"off"_s, {}}}).value());
    }
    static void rows();
    ClientResponse post(const QByteArray &path, const QJsonObject &body, const QByteArrayList &headers = {}) const
    {
        return m_server->client().post(path, body, headers);
    }
    ClientResponse byToken(const QByteArray &path, const QByteArray &token) const
    {
        return post(path, {{u"token"_s, QString::fromLatin1(token)}});
    }
    ClientResponse join() const
    {
        const auto pair = m_server->join(u"ann@example.com"_s);
        Mailbox(m_server->world).takeAll();
        return pair;
    }
    Mail mail(MailKind kind) const { return Mailbox(m_server->world).takeOne(kind); }
    int statusOfMe(const ClientResponse &pair) const { return m_server->client().get("/me", {bearer(pair["access_token"_L1])}).status(); }

    std::unique_ptr<ApiServer> m_server;
};

namespace {

const QString other = u"four others that nobody knows"_s;
const QByteArray loginCookie = "__Host-warder_mfa";
const QJsonObject anns {{u"email"_s, u"ann@example.com"_s}};
const QString noLink = u"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s;

/// Every route of the table in docs/http.md, with a body that it reads.
const QList<std::pair<QByteArray, QJsonObject>> &mailRoutes()
{
    static const QList<std::pair<QByteArray, QJsonObject>> all {
        {"/forgot-password", anns},
        {"/reset-password", {{u"token"_s, noLink}, {u"password"_s, other}}},
        {"/request-verify-token", anns},
        {"/verify", {{u"token"_s, noLink}}},
        {"/me/email", {{u"email"_s, u"ann@example.org"_s}}},
        {"/email-change/confirm", {{u"token"_s, noLink}}},
        {"/login/email", anns},
        {"/login/email/confirm", {{u"token"_s, noLink}}},
        {"/sign-in-report", {{u"token"_s, noLink}}},
    };
    return all;
}

} // namespace

void TestMailRoutes::rows()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QJsonObject>("body");
    for (const auto &[path, body] : mailRoutes())
        QTest::newRow(path.constData()) << path << body;
}

void TestMailRoutes::turnedOff_is404()
{
    QFETCH(QByteArray, path);
    QFETCH(QJsonObject, body);
    const QByteArrayList ann {bearer(join()["access_token"_L1])};
    turnOff();
    const auto answer = post(path, body, ann);
    QCOMPARE(answer.status(), 404);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"This is turned off here"_s}, {u"code"_s, u"not_configured"_s}}));
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201); // all else goes on
}

void TestMailRoutes::signInByMail_isTurnedOnByItself()
{
    start({});
    QCOMPARE(post("/login/email", anns)["code"_L1], u"not_configured"_s);
    QCOMPARE(post("/login/email/confirm", {{u"token"_s, noLink}})["code"_L1], u"not_configured"_s);
    QCOMPARE(post("/forgot-password", anns).status(), 202);
}

void TestMailRoutes::badLink_is400_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("token");
    const QByteArrayList paths {"/reset-password", "/verify", "/email-change/confirm", "/login/email/confirm", "/sign-in-report"};
    const QList<std::pair<const char *, QString>> tokens {{"nobody's", noLink},
                                                          {"no text at all", u""_s},
                                                          {"short", u"x"_s},
                                                          {"long", QString(60'000, u'A')},
                                                          {"not ASCII", QString(43, u'\u00e4')},
                                                          {"NUL", QString(43, QChar(0))}};
    for (const QByteArray &path : paths) {
        for (const auto &[name, token] : tokens) {
            if (path != "/login/email/confirm" || !token.isEmpty()) // that counts as not sent
                QTest::addRow("%s, %s", path.constData(), name) << path << token;
        }
    }
}

void TestMailRoutes::badLink_is400()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, token);
    const auto answer = post(path, {{u"token"_s, token}, {u"password"_s, other}});
    QCOMPARE(answer.status(), 400);
    QCOMPARE(answer["code"_L1], u"invalid_link"_s);
    if (token.size() > 1)
        QVERIFY(!answer.everything().contains(token.toUtf8()));
}

void TestMailRoutes::wish_answersTheSame_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/forgot-password", "/request-verify-token", "/login/email"})
        QTest::newRow(path) << QByteArray(path);
}

void TestMailRoutes::wish_answersTheSame()
{
    QFETCH(QByteArray, path);
    join();
    const Id dan = m_server->world.add(u"dan@example.com"_s).id;
    QVERIFY(m_server->world.changes.setDisabled(dan, true, u"test"_s, m_server->clock.now()));
    const auto shapeOf = [&](const QString &email) {
        const auto answer = post(path, {{u"email"_s, email}});
        QJsonObject body = answer.json();
        if (body.contains("login_token"_L1))
            body["login_token"_L1] = body["login_token"_L1].toString().size();
        QStringList names;
        for (const auto &[name, value] : answer.raw.headers)
            names += QString::fromLatin1(name);
        return std::make_tuple(answer.status(), body, names, answer.raw.body.size());
    };
    const auto known = shapeOf(u"ann@example.com"_s);
    QCOMPARE(std::get<0>(known), 202);
    for (const QString &email : {u"nobody@example.com"_s, u"dan@example.com"_s, u"ANN@Example.com"_s})
        QVERIFY(shapeOf(email) == known);
}

void TestMailRoutes::badAddress_is422_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/forgot-password", "/request-verify-token", "/login/email", "/me/email"})
        QTest::newRow(path) << QByteArray(path);
}

void TestMailRoutes::badAddress_is422()
{
    QFETCH(QByteArray, path);
    const QByteArrayList ann {bearer(join()["access_token"_L1])};
    for (const QString &email : {u"ann"_s, u"ann@"_s, u"a\r\nBcc: x@example.com"_s, QString(60'000, u'a') + u"@example.com"_s}) {
        const auto answer = post(path, {{u"email"_s, email}}, ann);
        QCOMPARE(answer.status(), 422);
        QCOMPARE(faultsOf(answer), u"value_error email"_s);
    }
    QCOMPARE(Mailbox(m_server->world).takeKinds(), QStringList());
}

void TestMailRoutes::looking_spendsNothing_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"GET", "HEAD", "OPTIONS"})
        QTest::newRow(method) << QByteArray(method);
}

/// Programs that look for viruses follow every link, before its owner does.
void TestMailRoutes::looking_spendsNothing()
{
    QFETCH(QByteArray, method);
    QVERIFY(m_server->join(u"ann@example.com"_s).status() == 201);
    const QByteArray token = mail(MailKind::VerifyEmail).token;
    for (const QByteArray &path : {"/verify?token="_ba + token, "/link/" + token, "/verify"_ba})
        QVERIFY(m_server->client().ask(method, path, {}, R"({"token":")" + token + "\"}").status() != 200);
    QCOMPARE(byToken("/verify", token).status(), 200);
}

void TestMailRoutes::register_verify()
{
    const auto pair = m_server->join(u"ann@example.com"_s);
    QCOMPARE(pair["user"_L1]["email_verified"_L1], false);
    const QByteArray token = mail(MailKind::VerifyEmail).token;
    const auto verified = byToken("/verify", token);
    QCOMPARE(verified.status(), 200);
    QCOMPARE(verified["email"_L1], u"ann@example.com"_s);
    QCOMPARE(verified["email_verified"_L1], true);
    QVERIFY(verified["access_token"_L1].isUndefined());
    QCOMPARE(m_server->client().get("/me", {bearer(pair["access_token"_L1])})["email_verified"_L1], true);
    QCOMPARE(byToken("/verify", token).status(), 400);
}

void TestMailRoutes::forgot_reset()
{
    const auto pair = join();
    const auto asked = post("/forgot-password", anns);
    QCOMPARE(asked.status(), 202);
    QVERIFY(asked.raw.body.isEmpty());
    const QByteArray token = mail(MailKind::ResetPassword).token;
    const auto reset = [&](const QString &next) {
        return post("/reset-password", {{u"token"_s, QString::fromLatin1(token)}, {u"password"_s, next}});
    };
    const auto done = reset(other);
    QCOMPARE(done.status(), 204);
    QVERIFY(done.headers("set-cookie").isEmpty()); // nobody is signed in
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 401);
    const auto again = m_server->login(u"ann@example.com"_s, other);
    QCOMPARE(again.status(), 200);
    QCOMPARE(m_server->client().get("/me", {bearer(again["access_token"_L1])})["email_verified"_L1], true);
    QCOMPARE(reset(password).status(), 400);
}

void TestMailRoutes::newPassword_isJudged()
{
    join();
    QCOMPARE(post("/forgot-password", anns).status(), 202);
    const QString token = QString::fromLatin1(mail(MailKind::ResetPassword).token);
    const QList<std::pair<QString, QString>> bad {{u"short"_s, u"string_too_short password"_s},
                                                  {u"password1"_s, u"value_error password"_s},
                                                  {u"ann@example.com"_s, u"value_error password"_s},
                                                  {QString(1025, u'x'), u"string_too_long password"_s}};
    for (const auto &[next, faults] : bad) {
        const auto answer = post("/reset-password", {{u"token"_s, token}, {u"password"_s, next}});
        QCOMPARE(answer.status(), 422);
        QCOMPARE(faultsOf(answer), faults);
        QVERIFY(!answer.everything().contains(token.toLatin1()));
    }
    QCOMPARE(post("/reset-password", {{u"token"_s, token}, {u"password"_s, other}}).status(), 204);
}

void TestMailRoutes::newAddress_isConfirmedByBoth()
{
    const auto pair = m_server->join(u"ann@example.com"_s);
    QCOMPARE(byToken("/verify", mail(MailKind::VerifyEmail).token).status(), 200);
    const auto asked = post("/me/email", {{u"email"_s, u"ann@example.org"_s}}, {bearer(pair["access_token"_L1])});
    QCOMPARE(asked.status(), 202);
    QMap<QString, QByteArray> tokens;
    for (const Mail &sent : Mailbox(m_server->world).takeAll())
        tokens.insert(sent.to, sent.token);
    QCOMPARE(tokens.keys(), (QStringList {u"ann@example.com"_s, u"ann@example.org"_s}));
    QCOMPARE(byToken("/email-change/confirm", tokens.last()).json(), (QJsonObject {{u"changed"_s, false}, {u"waiting_for"_s, u"old"_s}}));
    QCOMPARE(byToken("/email-change/confirm", tokens.last()).status(), 400);
    QCOMPARE(byToken("/email-change/confirm", tokens.first()).json(), (QJsonObject {{u"changed"_s, true}}));
    const auto me = m_server->client().get("/me", {bearer(pair["access_token"_L1])});
    QCOMPARE(me["email"_L1], u"ann@example.org"_s);
    QCOMPARE(me["email_verified"_L1], true);
}

void TestMailRoutes::newAddress_wantsAFreshProof()
{
    const auto pair = join();
    const QJsonObject wish {{u"email"_s, u"ann@example.org"_s}};
    QCOMPARE(post("/me/email", wish).status(), 401);
    m_server->clock.advance(std::chrono::minutes {10});
    const QByteArrayList ann {bearer(pair["access_token"_L1])};
    QCOMPARE(post("/me/email", wish, ann)["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(Mailbox(m_server->world).takeKinds(), QStringList());
    QCOMPARE(post("/reauthenticate", {{u"password"_s, password}}, ann).status(), 204);
    QCOMPARE(post("/me/email", wish, ann).status(), 202);
}

void TestMailRoutes::newAddress_thatIsTaken_is409()
{
    const auto pair = join();
    m_server->world.add(u"bob@example.com"_s);
    const auto asked = post("/me/email", {{u"email"_s, u"bob@example.com"_s}}, {bearer(pair["access_token"_L1])});
    QCOMPARE(asked.status(), 202); // whose it is, only bob is told
    for (const Mail &sent : Mailbox(m_server->world).takeAll()) {
        if (sent.kind == MailKind::EmailChangeConfirm)
            QCOMPARE(byToken("/email-change/confirm", sent.token)["code"_L1], u"email_taken"_s);
    }
    QCOMPARE(m_server->client().get("/me", {bearer(pair["access_token"_L1])})["email"_L1], u"ann@example.com"_s);
}

void TestMailRoutes::signIn_byLink()
{
    join();
    const auto asked = post("/login/email", anns);
    QCOMPARE(asked.status(), 202);
    QCOMPARE(asked["expires_in"_L1], 600);
    m_server->clock.advance(Seconds {1}); // the newest session comes first
    const auto signedIn = byToken("/login/email/confirm", mail(MailKind::SignInLink).token);
    QCOMPARE(signedIn.status(), 200);
    QCOMPARE(statusOfMe(signedIn), 200);
    const auto sessions = m_server->client().get("/me/sessions", {bearer(signedIn["access_token"_L1])})["sessions"_L1].toArray();
    QCOMPARE(sessions[0]["method"_L1], u"email"_s);
    QCOMPARE(sessions[0]["amr"_L1].toArray(), QJsonArray {u"email"_s});
}

void TestMailRoutes::signIn_byDigits()
{
    join();
    const QJsonValue token = post("/login/email", anns)["login_token"_L1];
    const QString code = mail(MailKind::SignInLink).code;
    const auto confirm = [&](const QString &typed) {
        return post("/login/email/confirm", {{u"login_token"_s, token}, {u"code"_s, typed}});
    };
    const auto wrong = confirm(code == "000000"_L1 ? u"000001"_s : u"000000"_s);
    QCOMPARE(wrong.status(), 422);
    QCOMPARE(faultsOf(wrong), u"value_error code"_s);
    QCOMPARE(wrong["detail"_L1][0]["ctx"_L1]["code"_L1], u"code_wrong"_s);
    QCOMPARE(post("/login/email/confirm", {{u"code"_s, code}})["code"_L1], u"invalid_link"_s); // another browser
    const auto right = confirm(code.first(3) + u' ' + code.sliced(3));
    QCOMPARE(right.status(), 200);
    QCOMPARE(statusOfMe(right), 200);
    QCOMPARE(confirm(code).status(), 422);
}

void TestMailRoutes::signIn_byCookies()
{
    join();
    Browser browser = m_server->browser();
    const auto asked = browser.send("POST", "/login/email", {{u"email"_s, u"ann@example.com"_s}, {u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(asked.json(), (QJsonObject {{u"expires_in"_s, 600}}));
    QCOMPARE(asked.cookieAttributes(loginCookie), "; Path=/; Max-Age=600; SameSite=Lax; Secure; HttpOnly");
    const auto right =
        browser.send("POST", "/login/email/confirm", {{u"code"_s, mail(MailKind::SignInLink).code}, {u"token_delivery"_s, u"body"_s}});
    QCOMPARE(right.status(), 200);
    QVERIFY(right["access_token"_L1].isUndefined()); // what scripts could not read does not become readable
    QCOMPARE(browser.cookie(loginCookie), QByteArray());
    QCOMPARE(browser.get("/me").status(), 200);
}

void TestMailRoutes::signIn_overCookie_isCleared()
{
    join();
    Browser browser = m_server->browser();
    QCOMPARE(browser.send("POST", "/login/email", {{u"email"_s, u"ann@example.com"_s}, {u"token_delivery"_s, u"cookie"_s}}).status(), 202);
    m_server->clock.advance(std::chrono::minutes {10});
    const auto over = browser.send("POST", "/login/email/confirm", {{u"code"_s, u"123456"_s}});
    QCOMPARE(over.status(), 400);
    QCOMPARE(over["code"_L1], u"invalid_link"_s);
    QCOMPARE(over.cookieValue(loginCookie), QByteArray());
}

void TestMailRoutes::signIn_proofMustBeOne_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("faults");
    QTest::newRow("none") << QJsonObject {} << u"missing token"_s;
    QTest::newRow("empty ones") << QJsonObject {{u"token"_s, u""_s}, {u"code"_s, u""_s}} << u"missing token"_s;
    QTest::newRow("a login token alone") << QJsonObject {{u"login_token"_s, noLink}} << u"missing token"_s;
    QTest::newRow("both") << QJsonObject {{u"token"_s, noLink}, {u"code"_s, u"123456"_s}} << u"extra_forbidden code"_s;
}

void TestMailRoutes::signIn_proofMustBeOne()
{
    QFETCH(QJsonObject, body);
    const auto answer = post("/login/email/confirm", body);
    QCOMPARE(answer.status(), 422);
    QTEST(faultsOf(answer), "faults");
}

void TestMailRoutes::signIn_asksForTheSecondFactor()
{
    const auto pair = join();
    m_server->world.proveEmail(m_server->world.accounts.findByEmail(u"ann@example.com"_s).value()->id);
    const SetUp phone = setUpTotpOver(m_server->client(), pair["access_token"_L1], m_server->clock.now());
    m_server->clock.advance(Seconds {30});
    Mailbox(m_server->world).takeAll();
    QCOMPARE(post("/login/email", anns).status(), 202);
    const auto needed = byToken("/login/email/confirm", mail(MailKind::SignInLink).token);
    QCOMPARE(needed.status(), 403);
    QCOMPARE(needed["code"_L1], u"mfa_required"_s);
    const auto done = post("/login/mfa", {{u"mfa_token"_s, needed["mfa_token"_L1]}, {u"code"_s, phone.app.codeAt(m_server->clock.now())}});
    QCOMPARE(done.status(), 200);
    QCOMPARE(statusOfMe(done), 200);
}

void TestMailRoutes::signIn_endsTheFormerSession()
{
    const auto pair = join();
    QCOMPARE(post("/login/email", anns).status(), 202);
    const auto signedIn = post("/login/email/confirm", {{u"token"_s, QString::fromLatin1(mail(MailKind::SignInLink).token)},
                                                        {u"refresh_token"_s, pair["refresh_token"_L1]}});
    QCOMPARE(signedIn.status(), 200);
    QCOMPARE(statusOfMe(pair), 401);
}

void TestMailRoutes::report_endsTheThief()
{
    const auto pair = join();
    const auto thief = post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}},
                            {"User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36"});
    QCOMPARE(thief.status(), 200);
    const Mail told = mail(MailKind::NewDevice);
    QCOMPARE(told.values["device"_L1], u"Chrome, Windows"_s);
    QCOMPARE(byToken("/sign-in-report", told.token).status(), 204);
    QCOMPARE(statusOfMe(thief), 401);
    QCOMPARE(statusOfMe(pair), 401);
    QCOMPARE(post("/refresh", {{u"refresh_token"_s, thief["refresh_token"_L1]}}).status(), 401);
    QCOMPARE(byToken("/sign-in-report", told.token).status(), 400);
    const Mail reset = mail(MailKind::ResetPassword);
    QCOMPARE(post("/reset-password", {{u"token"_s, QString::fromLatin1(reset.token)}, {u"password"_s, other}}).status(), 204);
}

void TestMailRoutes::privateRegistration_is202_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QStringList>("kinds");
    QTest::newRow("nobody's address") << u"new@example.com"_s << QStringList {u"verify_email"_s};
    QTest::newRow("somebody's") << u"ann@example.com"_s << QStringList {u"account_exists"_s};
}

void TestMailRoutes::privateRegistration_is202()
{
    QFETCH(QString, email);
    ApiOptions options;
    options.world.registration.isPrivate = true;
    start(options);
    m_server->world.add(u"ann@example.com"_s);
    const auto answer = m_server->join(email);
    QCOMPARE(answer.status(), 202);
    QVERIFY(answer.raw.body.isEmpty());
    QTEST(Mailbox(m_server->world).takeKinds(), "kinds");
    QCOMPARE(m_server->login(email).status(), 200);
    const auto described = m_server->client().get("/openapi.json")["paths"_L1]["/register"_L1]["post"_L1]["responses"_L1];
    QVERIFY(described["202"_L1].isObject() && described["201"_L1].isUndefined() && described["409"_L1].isUndefined());
    turnOff();
    QCOMPARE(m_server->join(u"other@example.com"_s)["code"_L1], u"not_configured"_s);
}

void TestMailRoutes::privateRegistration_saysWhatIsWrongWithTheValues()
{
    ApiOptions options;
    options.world.registration.isPrivate = true;
    start(options);
    m_server->world.add(u"ann@example.com"_s);
    for (const QString &email : {u"ann@example.com"_s, u"new@example.com"_s})
        QCOMPARE(faultsOf(post("/register", {{u"email"_s, email}, {u"password"_s, u"short"_s}})), u"string_too_short password"_s);
}

void TestMailRoutes::unverified_is403()
{
    ApiOptions options;
    options.world.signIn = {.requiresVerifiedEmail = true, .byMail = true};
    start(options);
    const auto joined = m_server->join(u"ann@example.com"_s);
    QCOMPARE(joined.status(), 403);
    QCOMPARE(joined.json(),
             (QJsonObject {{u"detail"_s, u"Please confirm your e-mail address first"_s}, {u"code"_s, u"email_not_verified"_s}}));
    QVERIFY(joined.headers("set-cookie").isEmpty());
    QCOMPARE(m_server->login(u"ann@example.com"_s)["code"_L1], u"email_not_verified"_s);
    QCOMPARE(m_server->login(u"ann@example.com"_s, u"wrong"_s)["code"_L1], u"invalid_credentials"_s);
    QCOMPARE(Mailbox(m_server->world).takeKinds(), QStringList {u"verify_email"_s});
    QCOMPARE(post("/request-verify-token", anns).status(), 202);
    QCOMPARE(byToken("/verify", mail(MailKind::VerifyEmail).token).status(), 200);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
    // A link of a mail proves the address by itself.
    m_server->world.add(u"bob@example.com"_s);
    QCOMPARE(post("/login/email", {{u"email"_s, u"bob@example.com"_s}}).status(), 202);
    QCOMPARE(byToken("/login/email/confirm", mail(MailKind::SignInLink).token).status(), 200);
}

void TestMailRoutes::language_isTheBrowsers_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("language");
    QTest::newRow("one") << "Accept-Language: de"_ba << u"de"_s;
    QTest::newRow("several") << "Accept-Language: tlh, de-AT;q=0.8, en;q=0.5"_ba << u"de"_s;
    QTest::newRow("none") << "X-None: 1"_ba << QString();
    QTest::newRow("nonsense") << "Accept-Language: ;;;,=\"%s"_ba << QString();
    QTest::newRow("long") << "Accept-Language: " + QByteArray("xx,").repeated(2000) << QString();
}

void TestMailRoutes::language_isTheBrowsers()
{
    QFETCH(QByteArray, header);
    QCOMPARE(post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, {header}).status(), 201);
    QTEST(mail(MailKind::VerifyEmail).language, "language");
}

void TestMailRoutes::wishes_areLimited()
{
    ApiOptions options = withMailSignIn();
    options.rateLimits = true;
    start(options);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(post("/forgot-password", {{u"email"_s, u"nobody-%1@example.com"_s.arg(i)}}).status(), 202);
    const auto limited = post("/forgot-password", anns);
    QCOMPARE(limited.status(), 429);
    QVERIFY2(limited.header("ratelimit").startsWith("\"mail_per_address\""), limited.header("ratelimit"));
    QCOMPARE(post("/verify", {{u"token"_s, noLink}}).status(), 429);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 401); // others go on
}

QTEST_GUILESS_MAIN(TestMailRoutes)
#include "TestMailRoutes.moc"
