#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"

#include <QTest>

#include <atomic>
#include <barrier>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// A sign-in in two steps, over the wire.
class TestLoginMfa : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void login_answers403_andOpensNothing_data();
    void login_answers403_andOpensNothing();
    void strangers_learnNothing();
    void code_givesThePair();
    void recoveryCode_givesThePair_andSaysHowManyAreLeft();
    void proof_mustBeOne_data();
    void proof_mustBeOne();
    void wrongCode_isAFaultOfItsField();
    void guessesAtOnce_areLookedAtFiveTimes();
    void ticket_thatIsOver_is401_data();
    void ticket_thatIsOver_is401();
    void ticket_opensNothingElse();
    void cookieDelivery_keepsTheTicketFromScripts();
    void cookieTicket_givesNoReadableTokens();
    void foreignPage_cannotFinish();
    void rememberedBrowser_needsThePasswordAlone();
    void formerSession_endsWithTheSecondStep();
    void enrolment_signsIn();
    void enrolment_byCookies();
    void enrolment_isForThoseWithoutAFactor();
    void registration_whereEverybodyMust();
    void failedSignIns_areCountedByWhatCameOfThem();
    void wrongPasswords_areForgivenByTheSecondStep();

private:
    static ApiOptions demanding(FactorPolicy::Demand required)
    {
        ApiOptions options;
        options.world.factors.required = required;
        return options;
    }
    void start(const ApiOptions &options = {});
    ClientResponse login() const { return m_server->login(u"ann@example.com"_s); }
    ClientResponse finish(const QJsonObject &body) const { return m_server->client().post("/login/mfa", body); }
    QJsonObject withCode(const QJsonValue &ticket) const { return {{u"mfa_token"_s, ticket}, {u"code"_s, code()}}; }
    QString code() const { return m_setUp.app.codeAt(m_server->clock.now()); }
    QString wrong() const { return m_setUp.app.wrongAt(m_server->clock.now()); }
    int statusOfMe(const ClientResponse &pair) const { return m_server->client().get("/me", {bearer(pair["access_token"_L1])}).status(); }

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_pair;
    SetUp m_setUp;
};

namespace {

const QByteArray deviceCookie = "__Host-warder_device";
const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}};

QJsonObject byCookie(QJsonObject body)
{
    body.insert("token_delivery"_L1, u"cookie"_s);
    return body;
}

} // namespace

void TestLoginMfa::init() { start(); }

void TestLoginMfa::start(const ApiOptions &options)
{
    m_server = std::make_unique<ApiServer>(options);
    m_pair = m_server->join(u"ann@example.com"_s);
    if (m_pair.status() != 201)
        return;
    m_setUp = setUpTotpOver(m_server->client(), m_pair["access_token"_L1], m_server->clock.now());
    QCOMPARE(m_setUp.recoveryCodes.size(), 10);
    m_server->clock.advance(Seconds {30});
}

void TestLoginMfa::login_answers403_andOpensNothing_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("asForm");
    QTest::newRow("/login") << "/login"_ba << false;
    QTest::newRow("/token, as OAuth2 clients do") << "/token"_ba << true;
    QTest::newRow("/login/access-token") << "/login/access-token"_ba << true;
}

void TestLoginMfa::login_answers403_andOpensNothing()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, asForm);
    const auto answer = asForm ? m_server->client().postForm(path, "grant_type=password&username=ann%40example.com&password="
                                                                       + password.toUtf8().toPercentEncoding())
                               : m_server->client().post(path, ann);
    QCOMPARE(answer.status(), 403);
    QCOMPARE(answer.header("cache-control"), "no-store");
    QJsonObject body = answer.json();
    QCOMPARE(body.take("mfa_token"_L1).toString().size(), 43);
    QCOMPARE(body, (QJsonObject {{u"detail"_s, u"Two-factor authentication required"_s},
                                 {u"code"_s, u"mfa_required"_s},
                                 {u"methods"_s, QJsonArray {u"totp"_s, u"recovery_code"_s}},
                                 {u"expires_in"_s, 300}}));
    QVERIFY(answer.headers("set-cookie").isEmpty());
    const auto sessions = m_server->client().get("/me/sessions", {bearer(m_pair["access_token"_L1])});
    QCOMPARE(sessions["sessions"_L1].toArray().size(), 1);
}

/// Until the password was right, an account with a factor answers as any other, and as none.
void TestLoginMfa::strangers_learnNothing()
{
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
    const QJsonObject plain = m_server->login(u"bob@example.com"_s, u"wrong password"_s).json();
    for (const QString &email : {u"ann@example.com"_s, u"nobody@example.com"_s}) {
        const auto answer = m_server->client().post("/login", {{u"email"_s, email}, {u"password"_s, u"wrong password"_s}},
                                                    {"Cookie: " + deviceCookie + '=' + QByteArray(43, 'A')});
        QCOMPARE(answer.status(), 401);
        QCOMPARE(answer.json(), plain);
        QVERIFY(answer.headers("set-cookie").isEmpty());
    }
}

void TestLoginMfa::code_givesThePair()
{
    const auto answer = finish({{u"mfa_token"_s, login()["mfa_token"_L1]}, {u"code"_s, code().first(3) + u' ' + code().last(3)}});
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer.json().keys(), QStringList({u"access_token"_s, u"expires_in"_s, u"refresh_token"_s, u"token_type"_s}));
    QCOMPARE(statusOfMe(answer), 200);
    const auto me = m_server->client().get("/me", {bearer(answer["access_token"_L1])});
    QCOMPARE(me["mfa_enabled"_L1], true);
    QCOMPARE(me["has_password"_L1], true);
    QCOMPARE(finish(withCode(login()["mfa_token"_L1])).status(), 422); // the code is spent
}

void TestLoginMfa::recoveryCode_givesThePair_andSaysHowManyAreLeft()
{
    for (int left = 9; left >= 8; --left) {
        const auto answer = finish({{u"mfa_token"_s, login()["mfa_token"_L1]}, {u"recovery_code"_s, m_setUp.recoveryCodes[left]}});
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer["recovery_codes_left"_L1].toInt(), left);
    }
    const auto again = finish({{u"mfa_token"_s, login()["mfa_token"_L1]}, {u"recovery_code"_s, m_setUp.recoveryCodes[9]}});
    QCOMPARE(again.status(), 422);
    QCOMPARE(faultsOf(again), u"value_error recovery_code"_s);
}

void TestLoginMfa::proof_mustBeOne_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("faults");
    const QString code = u"123456"_s;
    QTest::newRow("none") << QJsonObject {} << u"missing code"_s;
    QTest::newRow("empty ones, as a form sends") << QJsonObject {{u"code"_s, u""_s}, {u"recovery_code"_s, u""_s}} << u"missing code"_s;
    QTest::newRow("two codes") << QJsonObject {{u"code"_s, code}, {u"recovery_code"_s, code}} << u"extra_forbidden recovery_code"_s;
    QTest::newRow("a code and a passkey") << QJsonObject {{u"code"_s, code}, {u"credential"_s, QJsonObject()}}
                                          << u"extra_forbidden credential"_s;
    QTest::newRow("a number") << QJsonObject {{u"code"_s, 123456}} << u"string_type code"_s;
    QTest::newRow("a text for a passkey") << QJsonObject {{u"credential"_s, code}} << u"dict_type credential"_s;
    QTest::newRow("a text for yes") << QJsonObject {{u"code"_s, code}, {u"remember_device"_s, u"true"_s}} << u"bool_type remember_device"_s;
}

void TestLoginMfa::proof_mustBeOne()
{
    QFETCH(QJsonObject, body);
    QFETCH(QString, faults);
    const QJsonValue ticket = login()["mfa_token"_L1];
    body.insert("mfa_token"_L1, ticket);
    const auto answer = finish(body);
    QCOMPARE(answer.status(), 422);
    QCOMPARE(faultsOf(answer), faults);
    QCOMPARE(finish(withCode(ticket)).status(), 200); // it was no try
}

void TestLoginMfa::wrongCode_isAFaultOfItsField()
{
    const QJsonValue ticket = login()["mfa_token"_L1];
    const QString wrong = this->wrong();
    const auto answer = finish({{u"mfa_token"_s, ticket}, {u"code"_s, wrong}});
    QCOMPARE(answer.status(), 422);
    QCOMPARE(answer["code"_L1], u"invalid_input"_s);
    QCOMPARE(faultsOf(answer), u"value_error code"_s);
    QCOMPARE(answer["detail"_L1][0]["ctx"_L1]["code"_L1], u"code_wrong"_s);
    QVERIFY(!answer.raw.body.contains(wrong.toLatin1()));
    QCOMPARE(finish(withCode(ticket)).status(), 200);
}

void TestLoginMfa::guessesAtOnce_areLookedAtFiveTimes()
{
    const QJsonValue ticket = login()["mfa_token"_L1];
    const QJsonObject guess {{u"mfa_token"_s, ticket}, {u"code"_s, wrong()}};
    std::atomic<int> looked {0};
    std::atomic<int> over {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            const ApiClient client = m_server->client();
            together.arrive_and_wait();
            const int status = client.post("/login/mfa", guess).status();
            looked += status == 422;
            over += status == 401;
        });
    threads.clear();
    QCOMPARE(looked, 5);
    QCOMPARE(over, 11);
    const auto late = finish(withCode(ticket));
    QCOMPARE(late.status(), 401);
    QCOMPARE(late["code"_L1], u"invalid_token"_s);
    QCOMPARE(finish(withCode(login()["mfa_token"_L1])).status(), 200);
}

void TestLoginMfa::ticket_thatIsOver_is401_data()
{
    using Spoil = std::function<QJsonValue(TestLoginMfa &, const QJsonValue &ticket)>;
    QTest::addColumn<Spoil>("change");
    const auto row = [](const char *name, const Spoil &change) { QTest::newRow(name) << change; };
    row("of nobody", [](TestLoginMfa &, const QJsonValue &) { return QJsonValue(QString(43, u'A')); });
    row("no ticket at all", [](TestLoginMfa &, const QJsonValue &) { return QJsonValue(u"ticket"_s); });
    row("with a letter more", [](TestLoginMfa &, const QJsonValue &ticket) { return QJsonValue(ticket.toString() + u'A'); });
    row("after five minutes", [](TestLoginMfa &t, const QJsonValue &ticket) {
        t.m_server->clock.advance(minutes {5});
        return ticket;
    });
    row("after its use", [](TestLoginMfa &t, const QJsonValue &ticket) {
        t.finish(t.withCode(ticket));
        t.m_server->clock.advance(Seconds {30});
        return ticket;
    });
    row("after a new password", [](TestLoginMfa &t, const QJsonValue &ticket) {
        t.m_server->client().post("/me/password", {{u"current_password"_s, password}, {u"new_password"_s, u"another horse battery"_s}},
                                  {bearer(t.m_pair["access_token"_L1])});
        return ticket;
    });
    row("an access token", [](TestLoginMfa &t, const QJsonValue &) { return t.m_pair["access_token"_L1]; });
}

void TestLoginMfa::ticket_thatIsOver_is401()
{
    using Spoil = std::function<QJsonValue(TestLoginMfa &, const QJsonValue &ticket)>;
    QFETCH(const Spoil, change);
    const QJsonValue ticket = change(*this, login()["mfa_token"_L1]);
    const auto answer = finish(withCode(ticket));
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer["code"_L1], u"invalid_token"_s);
    QCOMPARE(m_server->client().post("/login/mfa/totp", {{u"mfa_token"_s, ticket}}).status(), 401);
}

void TestLoginMfa::ticket_opensNothingElse()
{
    const QByteArray ticket = login()["mfa_token"_L1].toString().toLatin1();
    QCOMPARE(m_server->client().get("/me", {bearer(ticket)}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"Cookie: __Host-warder_access=" + ticket}).status(), 401);
    QCOMPARE(m_server->client().post("/refresh", {{u"refresh_token"_s, QString::fromLatin1(ticket)}}).status(), 401);
}

void TestLoginMfa::cookieDelivery_keepsTheTicketFromScripts()
{
    Browser browser = m_server->browser();
    const auto asked = browser.send("POST", "/login", byCookie(ann));
    QCOMPARE(asked.status(), 403);
    QVERIFY(!asked.json().contains("mfa_token"_L1));
    QCOMPARE(asked.cookieAttributes(ticketCookie), "; Path=/; Max-Age=300; SameSite=Lax; Secure; HttpOnly");
    QCOMPARE(asked.headers("set-cookie").size(), 1);
    const QByteArray ticket = browser.cookie(ticketCookie);
    QVERIFY(ticket.size() == 43 && !asked.raw.body.contains(ticket));
    const auto done = browser.send("POST", "/login/mfa", byCookie({{u"code"_s, code()}}));
    QCOMPARE(done.status(), 200);
    QVERIFY(!done.json().contains("access_token"_L1));
    QCOMPARE(done.json()["user"_L1]["email"_L1], u"ann@example.com"_s);
    QVERIFY(browser.cookie(ticketCookie).isEmpty());
    QVERIFY(!browser.cookie("__Host-warder_access").isEmpty());
    QCOMPARE(browser.get("/me").status(), 200);
    browser.put(ticketCookie, ticket); // as a script could not
    const auto again = browser.send("POST", "/login/mfa", byCookie({{u"code"_s, code()}}));
    QCOMPARE(again.status(), 401);
    QVERIFY(again.cookieAttributes(ticketCookie).contains("Max-Age=0"));
}

/// A script that rides on the cookie cannot have the tokens in the body.
void TestLoginMfa::cookieTicket_givesNoReadableTokens()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", byCookie(ann));
    const auto done = browser.send("POST", "/login/mfa", {{u"code"_s, code()}, {u"token_delivery"_s, u"body"_s}});
    QCOMPARE(done.status(), 200);
    QVERIFY(!done.json().contains("access_token"_L1) && !done.json().contains("refresh_token"_L1));
}

void TestLoginMfa::foreignPage_cannotFinish()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", byCookie(ann));
    browser.moveTo(evilPage);
    const auto answer = browser.send("POST", "/login/mfa", byCookie({{u"code"_s, code()}}));
    QCOMPARE(answer.status(), 403);
    QCOMPARE(answer["code"_L1], u"origin_refused"_s);
    browser.moveTo(ourPage);
    QCOMPARE(browser.send("POST", "/login/mfa", byCookie({{u"code"_s, code()}})).status(), 200);
}

void TestLoginMfa::rememberedBrowser_needsThePasswordAlone()
{
    Browser browser = m_server->browser();
    browser.send("POST", "/login", byCookie(ann));
    const auto done = browser.send("POST", "/login/mfa", byCookie({{u"code"_s, code()}, {u"remember_device"_s, true}}));
    QCOMPARE(done.cookieAttributes(deviceCookie), "; Path=/; Max-Age=2592000; SameSite=Lax; Secure; HttpOnly");
    const QByteArray first = browser.cookie(deviceCookie);
    QCOMPARE(browser.send("POST", "/login", byCookie({{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"wrong"_s}})).status(), 401);
    QCOMPARE(browser.send("POST", "/login", byCookie(ann)).status(), 200);
    QVERIFY(browser.cookie(deviceCookie) != first);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 403); // another browser
    Browser thief = m_server->browser();
    thief.put(deviceCookie, first);
    QCOMPARE(thief.send("POST", "/login", byCookie(ann)).status(), 403); // a spent secret
    const auto forgotten = browser.send("DELETE", "/me/mfa/devices");
    QCOMPARE(forgotten.status(), 204);
    QVERIFY(forgotten.cookieAttributes(deviceCookie).contains("Max-Age=0"));
    QCOMPARE(browser.send("POST", "/login", byCookie(ann)).status(), 403);
}

void TestLoginMfa::formerSession_endsWithTheSecondStep()
{
    QJsonObject body = ann;
    body.insert("refresh_token"_L1, m_pair["refresh_token"_L1]);
    const auto asked = m_server->client().post("/login", body);
    QCOMPARE(statusOfMe(m_pair), 200);
    QCOMPARE(finish(withCode(asked["mfa_token"_L1])).status(), 200);
    QCOMPARE(statusOfMe(m_pair), 401);
}

void TestLoginMfa::enrolment_signsIn()
{
    start(demanding(FactorPolicy::Demand::All));
    QCOMPARE(m_pair.status(), 403);
    const auto asked = login();
    QCOMPARE(asked.status(), 403);
    QCOMPARE(asked["methods"_L1].toArray(), QJsonArray());
    QCOMPARE(asked["enrol"_L1], true);
    QCOMPARE(asked["expires_in"_L1].toInt(), 900);
    const QJsonValue ticket = asked["mfa_token"_L1];
    QCOMPARE(finish({{u"mfa_token"_s, ticket}, {u"code"_s, u"000000"_s}}).status(), 422);
    const auto begun = m_server->client().post("/login/mfa/totp", {{u"mfa_token"_s, ticket}, {u"name"_s, u"phone"_s}});
    QCOMPARE(begun.status(), 201);
    QVERIFY(begun["qr_svg"_L1].toString().startsWith(u"<svg"_s));
    const AuthenticatorApp app(begun["secret"_L1].toString());
    const auto confirm = [&](const QString &code) {
        return m_server->client().post("/login/mfa/totp/confirm", {{u"mfa_token"_s, ticket}, {u"id"_s, begun["id"_L1]}, {u"code"_s, code}});
    };
    QCOMPARE(faultsOf(confirm(app.wrongAt(m_server->clock.now()))), u"value_error code"_s);
    const auto done = confirm(app.codeAt(m_server->clock.now()));
    QCOMPARE(done.status(), 200);
    QCOMPARE(done["recovery_codes"_L1].toArray().size(), 10);
    QCOMPARE(statusOfMe(done), 200);
    QCOMPARE(confirm(app.codeAt(m_server->clock.now())).status(), 401);
    QCOMPARE(login()["methods"_L1].toArray(), QJsonArray({u"totp"_s, u"recovery_code"_s}));
    const auto mine = m_server->client().get("/me/mfa", {bearer(done["access_token"_L1])});
    QCOMPARE(mine["required"_L1], true);
    QCOMPARE(mine["enabled"_L1], true);
}

void TestLoginMfa::enrolment_byCookies()
{
    start(demanding(FactorPolicy::Demand::All));
    Browser browser = m_server->browser();
    QCOMPARE(browser.send("POST", "/login", byCookie(ann)).status(), 403);
    const auto begun = browser.send("POST", "/login/mfa/totp", {});
    QCOMPARE(begun.status(), 201);
    const QString code = AuthenticatorApp(begun["secret"_L1].toString()).codeAt(m_server->clock.now());
    const auto done = browser.send("POST", "/login/mfa/totp/confirm", byCookie({{u"id"_s, begun["id"_L1]}, {u"code"_s, code}}));
    QCOMPARE(done.status(), 200);
    QVERIFY(browser.cookie(ticketCookie).isEmpty());
    QCOMPARE(browser.get("/me").status(), 200);
}

void TestLoginMfa::enrolment_isForThoseWithoutAFactor()
{
    const QJsonValue ticket = login()["mfa_token"_L1];
    QCOMPARE(m_server->client().post("/login/mfa/totp", {{u"mfa_token"_s, ticket}}).status(), 401);
    QCOMPARE(m_server->client()
                 .post("/login/mfa/totp/confirm", {{u"mfa_token"_s, ticket}, {u"id"_s, m_setUp.factor.toString()}, {u"code"_s, code()}})
                 .status(),
             401);
}

void TestLoginMfa::registration_whereEverybodyMust()
{
    start(demanding(FactorPolicy::Demand::All));
    QCOMPARE(m_pair["code"_L1], u"mfa_required"_s);
    QCOMPARE(m_pair["enrol"_L1], true);
    QCOMPARE(m_pair["mfa_token"_L1].toString().size(), 43);
    QCOMPARE(m_server->join(u"ann@example.com"_s).status(), 409); // the account is there
    start(demanding(FactorPolicy::Demand::Admins));
    QCOMPARE(m_pair.status(), 201);
}

void TestLoginMfa::failedSignIns_areCountedByWhatCameOfThem()
{
    const auto counts = [this] {
        const auto history = m_server->traffic().history(Seconds {600}, m_server->clock.now());
        qint64 good = 0;
        qint64 bad = 0;
        for (const TrafficPoint &point : history) {
            good += point.signIns;
            bad += point.failedSignIns;
        }
        return std::pair(good, bad);
    };
    const auto before = counts();
    const QJsonValue ticket = login()["mfa_token"_L1];
    QCOMPARE(counts(), before); // neither, yet
    QCOMPARE(finish({{u"mfa_token"_s, ticket}, {u"code"_s, wrong()}}).status(), 422);
    QCOMPARE(counts(), std::pair(before.first, before.second + 1));
    QCOMPARE(finish(withCode(ticket)).status(), 200);
    QCOMPARE(counts(), std::pair(before.first + 1, before.second + 1));
}

/// A right password alone forgives no wrong ones: who has it guesses on.
void TestLoginMfa::wrongPasswords_areForgivenByTheSecondStep()
{
    start({.rateLimits = true});
    const auto fail = [this] { return m_server->login(u"ann@example.com"_s, u"wrong password"_s).status(); };
    for (int i = 0; i < 4; ++i)
        QCOMPARE(fail(), 401);
    QCOMPARE(login().status(), 403);
    QCOMPARE(fail(), 401); // the fifth, which makes the next wait
    QCOMPARE(fail(), 429);
    m_server->clock.advance(Seconds {31});
    QCOMPARE(finish(withCode(login()["mfa_token"_L1])).status(), 200);
    m_server->clock.advance(minutes {1});
    for (int i = 0; i < 4; ++i)
        QCOMPARE(fail(), 401);
    QCOMPARE(login().status(), 403); // no wait: all was forgiven
}

QTEST_GUILESS_MAIN(TestLoginMfa)
#include "TestLoginMfa.moc"
