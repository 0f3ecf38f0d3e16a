#include "core/config/Settings.h"
#include "core/credentials/PasskeyStore.h"
#include "core/storage/Database.h"
#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/ProviderWalk.h"
#include "tests/support/SchemaCheck.h"
#include "tests/support/SoftAuthenticator.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Holds the running server against the description it serves: every status is described, every body fits its schema, and
/// every described status is really reached (but 503, which TestLimits does).
class TestContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void description_isWhole();
    void description_tellsLengths();
    void operation_doesWhatItSays_data();
    void operation_doesWhatItSays();
    void checker_findsFaults_data();
    void checker_findsFaults();

private:
    QList<ClientResponse> askEverything(const QByteArray &method, const QByteArray &path);
    QList<ClientResponse> askAboutFactors(const QByteArray &method, const QByteArray &path);
    QList<ClientResponse> askAboutEnrolment(const QByteArray &path);
    QList<ClientResponse> askForPasskeys();
    QList<ClientResponse> askWithoutPasskeys(const QByteArray &path);
    QList<ClientResponse> askAboutProviders(const QByteArray &method, const QByteArray &path);
    QList<ClientResponse> askAboutFinishing();
    QList<ClientResponse> askAboutIdentities(const QByteArray &method);
    ClientResponse startAtProvider(const QJsonObject &body = {}, const QByteArrayList &headers = {}) const
    {
        return m_server->client().post("/oauth/start/example", body, headers);
    }
    ClientResponse signInByProvider(const Person &person) const
    {
        m_provider->signInAs(person);
        return m_server->client().post("/oauth/finish/example", broughtBack(*m_provider, startAtProvider()));
    }
    QList<ClientResponse> askByMail(const QByteArray &path);
    QByteArrayList linksFor(const QByteArray &path, const QJsonValue &accessToken);
    Id fillPasskeys(Id user, int number);
    ClientResponse ask(const QByteArrayList &more, const QByteArray &body) const
    {
        return m_server->client().ask(m_method, m_path, more, body);
    }
    QByteArrayList signedIn(const QString &email) const { return {bearer(m_server->join(email)["access_token"_L1]), json}; }

    static inline const QByteArray json = "Content-Type: application/json";
    std::unique_ptr<ApiServer> m_server;
    std::unique_ptr<LyingProvider> m_provider;
    QByteArray m_method;
    QByteArray m_path;
};

namespace {

QJsonObject described(const ApiServer &server) { return server.client().get("/openapi.json").json(); }

/// A body that the route takes, as one of the known people.
QByteArray goodBody(const QByteArray &method, const QByteArray &path)
{
    if (path == "/register")
        return R"({"email":"new@example.com","password":"correct horse battery","name":"New"})";
    if (path == "/me/password")
        return R"({"current_password":"correct horse battery","new_password":"another horse battery"})";
    if ((path == "/me" || path == "/me/passkeys/{id}") && method == "PATCH")
        return R"({"name":"Ann"})";
    if (path == "/me" && method == "DELETE")
        return R"({"password":"correct horse battery"})";
    return R"({"email":"ann@example.com","password":"correct horse battery"})";
}

} // namespace

void TestContract::description_isWhole()
{
    const ApiServer server;
    const QJsonObject api = described(server);
    QCOMPARE(api["openapi"_L1], u"3.1.0"_s);
    QSet<QString> operations;
    for (const Route &route : server.routes().routes()) {
        if (route.path.startsWith("/docs") || route.path == "/openapi.json" || route.path == "/favicon.ico" || route.path == "/users/me/")
            continue;
        const QJsonValue operation = api["paths"_L1][QString::fromLatin1(route.path)][QString::fromLatin1(nameOf(route.method)).toLower()];
        QVERIFY2(operation.isObject(), route.path);
        QVERIFY(!operation["summary"_L1].toString().isEmpty());
        QVERIFY(!operations.contains(operation["operationId"_L1].toString()));
        operations += operation["operationId"_L1].toString();
        QCOMPARE(operation["security"_L1].toArray().isEmpty(), route.access == Access::Anyone);
    }
    QCOMPARE(api["components"_L1]["securitySchemes"_L1]["password"_L1]["flows"_L1]["password"_L1]["tokenUrl"_L1], u"/token"_s);

    QCOMPARE(api["components"_L1]["securitySchemes"_L1].toObject().keys(),
             (QStringList {u"bearer"_s, u"password"_s, u"session_cookie"_s, u"sign_in_ticket"_s})); // first what people can use
    QCOMPARE(api["paths"_L1]["/me"_L1]["patch"_L1]["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1]
                ["additionalProperties"_L1],
             QJsonValue(false));
    QCOMPARE(api["paths"_L1]["/login"_L1]["post"_L1]["requestBody"_L1]["content"_L1].toObject().keys(),
             (QStringList {u"application/json"_s, u"application/x-www-form-urlencoded"_s, u"multipart/form-data"_s}));
    const ApiServer below(ApiOptions {.http = {.basePath = "/auth"}});
    QVERIFY(below.client().get("/auth/openapi.json")["paths"_L1]["/auth/login"_L1].isObject());
}

void TestContract::description_tellsLengths()
{
    const ApiServer server(ApiOptions {.world = {.hashing = quickHashing, .passwords = {.minLength = 12}}});
    const QJsonObject paths = described(server)["paths"_L1].toObject();
    const auto property = [&paths](const QString &path, const QString &method, const QString &field) {
        return paths[path][method]["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1]["properties"_L1][field];
    };
    QCOMPARE(property(u"/register"_s, u"post"_s, u"email"_s)["maxLength"_L1].toInt(), 254);
    QCOMPARE(property(u"/register"_s, u"post"_s, u"name"_s)["maxLength"_L1].toInt(), 200);
    QCOMPARE(property(u"/me"_s, u"patch"_s, u"name"_s)["maxLength"_L1].toInt(), 200);
    for (const QJsonValue &set :
         {property(u"/register"_s, u"post"_s, u"password"_s), property(u"/me/password"_s, u"post"_s, u"new_password"_s)}) {
        QCOMPARE(set["minLength"_L1].toInt(), 12);
        QCOMPARE(set["maxLength"_L1].toInt(), 1024);
        QVERIFY(set["description"_L1].toString().contains("1024 bytes"_L1));
    }
    // What signs in was set under the rules of its day.
    for (const QJsonValue &typed :
         {property(u"/login"_s, u"post"_s, u"password"_s), property(u"/me/password"_s, u"post"_s, u"current_password"_s)})
        QVERIFY(typed["minLength"_L1].isUndefined() && typed["maxLength"_L1].isUndefined());
}

void TestContract::operation_doesWhatItSays_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    const ApiServer server;
    const QJsonObject paths = described(server)["paths"_L1].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const QString &method : path->toObject().keys())
            QTest::addRow("%s %s", qPrintable(method), qPrintable(path.key())) << method.toUpper().toLatin1() << path.key().toLatin1();
    }
}

QList<ClientResponse> TestContract::askEverything(const QByteArray &method, const QByteArray &path)
{
    const QByteArrayList ann = signedIn(u"ann@example.com"_s);
    const QByteArrayList wendy = signedIn(u"wendy@example.com"_s);
    const QByteArray session = m_server->client().get("/me", wendy)["session_id"_L1].toString().toLatin1();
    const QByteArray cookies = "Cookie: __Host-warder_access=" + ann.first().sliced(22) + "; __Host-warder_refresh=x";
    m_method = method;
    m_path = pathWith(path, session);
    const QByteArray body = goodBody(method, path);
    QList<ClientResponse> answers;
    for (const QByteArray &bad : {"{"_ba, "[]"_ba, "{}"_ba, R"({"email":1,"password":2,"name":3,"refresh_token":4})"_ba})
        answers << ask(ann, bad);
    const Route *route = m_server->routes().find(methodFromName(method).value(), m_path).route;
    if (route->body != Body::None)
        answers << ask(ann, QByteArray(70'000, ' '));
    answers << ask({ann.first(), "Content-Type: text/plain"}, body) << ask({ann.first(), "Content-Type: image/png"}, body)
            << ask({json}, body) << ask({bearer("x"_ba), json}, body) << ask({cookies, json, "Origin: http://evil.example"}, body)
            << ask({"X-Forwarded-For: 192.0.2.1"}, {})
            << ask(ann, R"({"email":"wendy@example.com","password":"wrong","current_password":"wrong","new_password":"long enough"})");
    if (path == "/me/sessions/{id}")
        answers << ask(ann, {});
    if (path == "/refresh")
        answers << ask(
            {json}, QJsonDocument(QJsonObject {{u"refresh_token"_s, m_server->login(u"ann@example.com"_s)["refresh_token"_L1]}}).toJson());
    answers << ask(wendy, body) << ask({json, "Content-Length: 0"}, {}) << ask({json}, body); // the second: 409
    if (path.contains("passkeys"))
        answers << askForPasskeys();
    const QByteArray user = R"({"email":"disabled@example.com","password":"correct horse battery"})";
    const QString id = m_server->join(u"disabled@example.com"_s)["user"_L1]["id"_L1].toString();
    (void)m_server->world.changes.setDisabled(Id::fromString(id).value(), true, u"test"_s, m_server->clock.now());
    answers << ask({json}, user);
    for (int i = 0; i < 1300 && !path.contains("me"); ++i) { // until a limit is reached
        answers << ask({json}, "{}");
        if (answers.last().status() == 429 || route->limit.isEmpty())
            break;
    }
    return answers;
}

/// Beside what the generic requests reach: answers to admins, who must have a factor here and have none.
QList<ClientResponse> TestContract::askAboutEnrolment(const QByteArray &path)
{
    const TimePoint now = m_server->clock.now();
    const NewAccount root {.email = u"root@example.com"_s, .password = password, .roles = {u"admin"_s}};
    (void)m_server->world.registration.create(root, u"test"_s, now);
    const QJsonValue ticket = m_server->login(u"root@example.com"_s)["mfa_token"_L1];
    const auto begun = m_server->client().post("/login/mfa/totp", {{u"mfa_token"_s, ticket}});
    if (path == "/login/mfa/totp")
        return {begun};
    const auto confirm = [&](const QJsonValue &id) {
        const QString code = AuthenticatorApp(begun["secret"_L1].toString()).codeAt(now);
        return m_server->client().post(path, {{u"mfa_token"_s, ticket}, {u"id"_s, id}, {u"code"_s, code}});
    };
    return {confirm(u"none"_s), confirm(begun["id"_L1])};
}

/// The same of somebody who has an app.
QList<ClientResponse> TestContract::askAboutFactors(const QByteArray &method, const QByteArray &path)
{
    if (!path.contains("mfa"))
        return {};
    if (path.startsWith("/login/mfa/totp"))
        return askAboutEnrolment(path);
    const QJsonValue token = m_server->join(u"mia@example.com"_s)["access_token"_L1];
    const auto setUp = [&] { return setUpTotpOver(m_server->client(), token, m_server->clock.now()); };
    const auto send = [&](const QByteArray &to, const QJsonObject &body) {
        return m_server->client().send(method, to, body, {bearer(token)});
    };
    const SetUp phone = setUp();
    m_server->clock.advance(Seconds {30});
    if (path == "/login/mfa" || path == "/login/mfa/passkey") {
        const QJsonValue ticket = m_server->login(u"mia@example.com"_s)["mfa_token"_L1];
        return {send(path, {{u"mfa_token"_s, ticket}, {u"code"_s, phone.app.codeAt(m_server->clock.now())}})};
    }
    if (path == "/me/mfa/totp") {
        for (int i = 1; i < 5; ++i)
            setUp();
        return {send(path, {})}; // 409
    }
    if (path == "/me/mfa/totp/confirm") {
        const auto begun = m_server->client().post("/me/mfa/totp", {}, {bearer(token)});
        const QString code = AuthenticatorApp(begun["secret"_L1].toString()).codeAt(m_server->clock.now());
        return {send(path, {{u"id"_s, u"none"_s}, {u"code"_s, code}}), send(path, {{u"id"_s, begun["id"_L1]}, {u"code"_s, code}})};
    }
    if (path == "/me/mfa/totp/{id}") {
        const Id mia = m_server->world.accounts.findByEmail(u"mia@example.com"_s).value()->id;
        const QByteArray own = "/me/mfa/totp/" + phone.factor.toString().toLatin1();
        (void)m_server->world.accounts.edit(mia, {.addRoles = {u"admin"_s}}, u"test"_s, m_server->clock.now());
        const auto last = send(own, {}); // 409
        setUp();
        return {last, send(own, {})};
    }
    return {send(path, {})};
}

/// Tokens of mails that the route takes. Of an address that is to be confirmed the first is somebody else's.
QByteArrayList TestContract::linksFor(const QByteArray &path, const QJsonValue &accessToken)
{
    Mailbox mails(m_server->world);
    const QJsonObject max {{u"email"_s, u"max@example.com"_s}, {u"password"_s, password}};
    const auto askFor = [&](const QByteArray &wish, const QJsonObject &body, MailKind kind, const QByteArrayList &headers) {
        m_server->client().post(wish, body, headers);
        const QList<Mail> sent = mails.takeAll();
        const auto found = std::ranges::find(sent, kind, &Mail::kind);
        return found == sent.end() ? QByteArray() : found->token;
    };
    if (path == "/verify")
        return {askFor("/request-verify-token", max, MailKind::VerifyEmail, {})};
    if (path == "/reset-password")
        return {askFor("/forgot-password", max, MailKind::ResetPassword, {})};
    if (path == "/login/email/confirm")
        return {askFor("/login/email", max, MailKind::SignInLink, {})};
    if (path == "/sign-in-report")
        return {askFor("/login", max, MailKind::NewDevice, {"User-Agent: Mozilla/5.0 (Macintosh; Mac OS X) Firefox/130.0"})};
    if (path != "/email-change/confirm")
        return {};
    const auto changeTo = [&](const QString &email, const QJsonValue &token) {
        return askFor("/me/email", {{u"email"_s, email}}, MailKind::EmailChangeConfirm, {bearer(token)});
    };
    const QJsonValue others = m_server->join(u"taken@example.com"_s)["access_token"_L1];
    return {changeTo(u"taken@example.com"_s, accessToken), changeTo(u"free@example.com"_s, others)};
}

/// What only the owner of a mailbox reaches, and what is answered where mails are turned off.
QList<ClientResponse> TestContract::askByMail(const QByteArray &path)
{
    static const QByteArrayList all {"/login/email",    "/login/email/confirm",  "/forgot-password",
                                     "/reset-password", "/request-verify-token", "/verify",
                                     "/me/email",       "/email-change/confirm", "/sign-in-report"};
    if (!all.contains(path))
        return {};
    const QJsonValue token = m_server->join(u"max@example.com"_s)["access_token"_L1];
    Mailbox(m_server->world).takeAll();
    const auto post = [&](const QJsonObject &body) { return m_server->client().post(path, body, {bearer(token)}); };
    QList<ClientResponse> answers;
    const QJsonObject wish {{u"email"_s, u"else@example.com"_s}, {u"token"_s, u"x"_s}, {u"password"_s, u"another horse battery"_s}};
    answers << post(wish);
    for (const QByteArray &link : linksFor(path, token)) {
        QJsonObject body = wish;
        body["token"_L1] = QString::fromLatin1(link);
        answers << post(body);
    }
    m_server->world.core->settings.replace(Settings::load({{SettingSource::CommandLine, {}, u"mail.transport"_s, u"off"_s, {}}}).value());
    answers << post(wish);
    m_server->world.core->settings.replace(Settings());
    return answers;
}

/// Passkeys that no authenticator has; the id of the last one.
Id TestContract::fillPasskeys(Id user, int number)
{
    Id last;
    (void)m_server->world.database->write([&](Transaction &transaction) -> Result<void> {
        for (int i = 0; i < number; ++i) {
            last = Id::create(m_server->clock.now());
            (void)PasskeyStore::insert(
                transaction,
                {.id = last, .user = user, .credentialId = last.toBytes(), .publicKey = "x"_ba, .aaguid = "x"_ba, .rpId = u"localhost"_s});
        }
        return transaction.connection().perform(u"DELETE FROM credentials WHERE user_id = ?"_s, {bound(user)});
    });
    return last;
}

/// What only somebody with an authenticator reaches.
QList<ClientResponse> TestContract::askForPasskeys()
{
    const auto pair = m_server->join(u"kim@example.com"_s);
    const QByteArrayList kim {bearer(pair["access_token"_L1])};
    const auto post = [&](const QByteArray &path, const QJsonObject &body) { return m_server->client().post(path, body, kim); };
    SoftAuthenticator phone;
    const QJsonObject made = phone.create(post("/passkeys/register/options", {})["options"_L1].toObject());
    QList<ClientResponse> answers {post("/passkeys/register", {{u"credential"_s, made}})};
    const QByteArray own = "/me/passkeys/" + answers.last()["id"_L1].toString().toLatin1();
    SoftAuthenticator copy(CoseAlgorithm::ES256, phone.id);
    if (m_path == "/passkeys/register")
        return answers << post("/passkeys/register",
                               {{u"credential"_s, copy.create(post("/passkeys/register/options", {})["options"_L1].toObject())}});
    const Id user = Id::fromString(pair["user"_L1]["id"_L1].toString()).value();
    if (m_path == "/passkeys/register/options") {
        fillPasskeys(user, 20);
        return {post("/passkeys/register/options", {})};
    }
    if (m_path == "/passkeys/login")
        return {post("/passkeys/login", {{u"credential"_s, QJsonObject()}}),
                post("/passkeys/login", {{u"credential"_s, phone.get(post("/passkeys/login/options", {})["options"_L1].toObject())}})};
    if (m_path == "/me/passkeys")
        return {m_server->client().get("/me/passkeys", kim)};
    if (m_path.startsWith("/me/passkeys/") && m_method == "PATCH")
        return {m_server->client().send("PATCH", own, {{u"name"_s, u"Phone"_s}}, kim)};
    if (m_path.startsWith("/me/passkeys/")) {
        const QByteArray other = "/me/passkeys/" + fillPasskeys(user, 1).toString().toLatin1();
        return {m_server->client().ask("DELETE", other, kim), m_server->client().ask("DELETE", own, kim)};
    }
    return {};
}

/// What is answered where the settings turn passkeys off; what is shown was made where they are on.
QList<ClientResponse> TestContract::askWithoutPasskeys(const QByteArray &path)
{
    if (!path.contains("passkey") || path.startsWith("/me/"))
        return {};
    SoftAuthenticator phone;
    const QByteArrayList kim {bearer(m_server->join(u"kit@example.com"_s)["access_token"_L1])};
    const auto optionsOf = [&](const QByteArray &from) { return m_server->client().post(from, {}, kim)["options"_L1].toObject(); };
    QJsonObject shown = phone.create(optionsOf("/passkeys/register/options"));
    if (path == "/passkeys/login")
        shown = phone.get(optionsOf("/passkeys/login/options"));
    ApiOptions options;
    options.world.passkeys.enabled = false;
    ApiServer without(options);
    const QJsonValue token = without.join(u"kit@example.com"_s)["access_token"_L1];
    setUpTotpOver(without.client(), token, without.clock.now());
    const QJsonValue ticket = without.login(u"kit@example.com"_s)["mfa_token"_L1];
    return {without.client().post(path, {{u"credential"_s, shown}, {u"mfa_token"_s, ticket}}, {bearer(token)})};
}

/// What only somebody with an account at a provider reaches, and who configured none.
QList<ClientResponse> TestContract::askAboutProviders(const QByteArray &method, const QByteArray &path)
{
    if (!path.contains("/oauth/") && !path.contains("identities"))
        return {};
    m_provider = std::make_unique<LyingProvider>(m_server->clock);
    NewProvider wanted = m_provider->client();
    wanted.callbacks += u"http://localhost:8000/oauth/callback/example"_s;
    (void)m_server->world.core->providers.add(wanted, u"test"_s, m_server->clock.now());
    const ApiServer bare(ApiOptions {.http = {}}); // knows neither its name nor a site
    const QByteArray own = pathWith(path);
    const auto get = [this](const QByteArray &target) { return m_server->client().get(target); };
    if (path == "/oauth/providers")
        return {get(own)};
    if (path.startsWith("/oauth/authorize/"))
        return {get(own), get(own + "?redirect_to=//evil.example"), get(own + "?redirect_to=%ff"), bare.client().get(own)};
    if (path.startsWith("/oauth/callback/") && method == "GET")
        return {get(own + "?code=c&state=s"), get(own + "?state=%ff"), bare.client().get(own + "?code=c&state=s")};
    if (path.startsWith("/oauth/callback/"))
        return {m_server->client().postForm(own, "code=c&state=s"), m_server->client().postForm(own, "state=%ff"),
                bare.client().postForm(own, "code=c&state=s")};
    if (path.startsWith("/oauth/start/")) {
        const auto good = startAtProvider({{u"redirect_to"_s, u"/home"_s}});
        m_provider->lie({.documentStatus = 500});
        m_server->world.core->federation.forget();
        const auto broken = startAtProvider();
        m_provider->lie({});
        m_server->world.core->federation.forget();
        return {good, broken, startAtProvider({{u"link"_s, true}}), m_server->client().post("/oauth/start/nobody", {})};
    }
    return path.startsWith("/oauth/finish/") ? askAboutFinishing() : askAboutIdentities(method);
}

QList<ClientResponse> TestContract::askAboutFinishing()
{
    QList<ClientResponse> answers {signInByProvider({.email = u"new@elsewhere.example"_s}),
                                   signInByProvider({.subject = u"u2"_s, .isVerified = false})};
    const auto finish = [&](const QJsonObject &body) { answers += m_server->client().post("/oauth/finish/example", body); };
    finish({{u"state"_s, u"s"_s}, {u"code"_s, u"c"_s}}); // 400
    const auto kim = m_server->join(u"kim@example.com"_s);
    m_provider->signInAs({.subject = u"kim"_s});
    finish(broughtBack(*m_provider, startAtProvider({{u"link"_s, true}}, {bearer(kim["access_token"_L1])}))); // 204
    const auto lee = m_server->join(u"lee@example.com"_s);
    finish(broughtBack(*m_provider, startAtProvider({{u"link"_s, true}}, {bearer(lee["access_token"_L1])}))); // 409
    m_provider->lie({.tokenStatus = 500});
    finish(broughtBack(*m_provider, startAtProvider())); // 502
    m_provider->lie({});
    const QJsonObject late = broughtBack(*m_provider, startAtProvider());
    Providers &providers = m_server->world.core->providers;
    (void)providers.edit(u"example"_s, {.isEnabled = false}, u"test"_s, m_server->clock.now());
    finish(late); // 404
    (void)providers.edit(u"example"_s, {.isEnabled = true}, u"test"_s, m_server->clock.now());
    return answers;
}

QList<ClientResponse> TestContract::askAboutIdentities(const QByteArray &method)
{
    const auto pair = signInByProvider({.email = u"new@elsewhere.example"_s});
    const QByteArrayList as {bearer(pair["access_token"_L1])};
    const auto list = [&] { return m_server->client().get("/me/identities", as); };
    if (method == "GET")
        return {list()};
    const QByteArray own = "/me/identities/" + list()["identities"_L1][0]["id"_L1].toString().toLatin1();
    const auto last = m_server->client().ask("DELETE", own, as); // 409
    m_provider->signInAs({.subject = u"second"_s});
    (void)m_server->client().post("/oauth/finish/example", broughtBack(*m_provider, startAtProvider({{u"link"_s, true}}, as)));
    return {last, m_server->client().ask("DELETE", own, as)};
}

void TestContract::operation_doesWhatItSays()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    CorePolicies demanding = quickPolicies;
    demanding.factors.required = FactorPolicy::Demand::Admins;
    demanding.federation.allowsPrivate = true;
    demanding.signIn.byMail = true;
    m_server = std::make_unique<ApiServer>(
        ApiOptions {.world = demanding, .rateLimits = true, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const QJsonObject api = described(*m_server);
    const QJsonObject responses =
        api["paths"_L1][QString::fromLatin1(path)][QString::fromLatin1(method.toLower())]["responses"_L1].toObject();
    QSet<QString> reached;
    // Before a limit is reached.
    QList<ClientResponse> answers = askAboutFactors(method, path) + askAboutProviders(method, path) + askWithoutPasskeys(path);
    if (method == "POST")
        answers += askByMail(path);
    answers += askEverything(method, path);
    for (const ClientResponse &answer : std::as_const(answers)) {
        const QString status = QString::number(answer.status());
        QVERIFY2(responses.contains(status), qPrintable(status + u" is not described: "_s + QString::fromUtf8(answer.raw.body)));
        reached += status;
        const QJsonObject content = responses[status]["content"_L1].toObject();
        if (content.isEmpty()) {
            QVERIFY(answer.raw.body.isEmpty());
            continue;
        }
        const QString type = QString::fromLatin1(answer.header("content-type").split(';').first());
        QVERIFY2(content.contains(type), qPrintable(type));
        if (type == "application/json"_L1)
            QCOMPARE(schemaFault(api, content[type]["schema"_L1].toObject(), answer.json()), QString());
    }
    QStringList never;
    for (const QString &status : responses.keys()) {
        if (!reached.contains(status) && status != "503"_L1 && !(status == "429"_L1 && path.startsWith("/me")))
            never += status;
    }
    QCOMPARE(never, QStringList());
    m_provider.reset();
    m_server.reset();
}

void TestContract::checker_findsFaults_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("fits");
    QTest::newRow("fits") << R"({"detail":"x","code":"y"})"_ba << true;
    QTest::newRow("lacks a member") << R"({"detail":"x"})"_ba << false;
    QTest::newRow("wrong type") << R"({"detail":[],"code":"y"})"_ba << false;
    QTest::newRow("undescribed member") << R"({"detail":"x","code":"y","password":"z"})"_ba << false;
}

void TestContract::checker_findsFaults()
{
    QFETCH(QByteArray, value);
    const ApiServer server;
    const QJsonObject schema {{u"$ref"_s, u"#/components/schemas/Error"_s}};
    QTEST(schemaFault(described(server), schema, QJsonDocument::fromJson(value).object()).isEmpty(), "fits");
}

QTEST_GUILESS_MAIN(TestContract)
#include "TestContract.moc"
