#include "core/audit/AuditStore.h"
#include "core/base/Bytes.h"
#include "core/credentials/PasskeyStore.h"
#include "core/storage/Database.h"
#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/LogCapture.h"
#include "tests/support/SoftAuthenticator.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Passkeys over a real socket, with an authenticator in software.
class TestPasskeyRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }

    void passkey_isAdded_andSignsIn();
    void options_areWhatBrowsersTake();
    void everyAlgorithm_signsIn_data();
    void everyAlgorithm_signsIn();
    void browser_getsCookies_andLeavesItsFormerSession();
    void refusals_lookAlike_data();
    void refusals_lookAlike();
    void challenge_isGoodOnce_alsoAtOnce();
    void disabledAccount_isRefusedLikeAnyOther();
    void removedPasskey_isRefusedLikeAnyOther();
    void badRegistration_isAFaultOfTheCredential_data();
    void badRegistration_isAFaultOfTheCredential();
    void knownCredential_isAConflict();
    void foreignOptions_registerNothing();
    void registration_wantsAFreshSession();
    void twentyOne_areTooMany();
    void counter_thatWentBack_signals_andLetsIn();
    void longestIds_areTaken();
    void oddCredentials_costLittle_data();
    void oddCredentials_costLittle();
    void passkey_isRenamed();
    void passkeysOfOthers_areNotFound();
    void lastWayIn_stays();
    void secondFactor_finishesTheSignIn();
    void secondFactor_thatIsWrong_isAFault_data();
    void secondFactor_thatIsWrong_isAFault();
    void orphanedPasskey_isNoSecondFactor();
    void turnedOff_isNotConfigured();
    void nothingOfACeremony_staysBehind();

private:
    ApiClient client() const { return m_server->client(); }
    QByteArrayList as(const ClientResponse &pair) const { return {bearer(pair["access_token"_L1])}; }
    QJsonObject creationFor(const ClientResponse &pair) const
    {
        return client().ask("POST", "/passkeys/register/options", as(pair))["options"_L1].toObject();
    }
    QJsonObject request() const { return client().ask("POST", "/passkeys/login/options")["options"_L1].toObject(); }
    ClientResponse add(SoftAuthenticator &authenticator, const ClientResponse &pair, const QString &name = u"Phone"_s) const
    {
        return client().post("/passkeys/register", {{u"credential"_s, authenticator.create(creationFor(pair))}, {u"name"_s, name}},
                             as(pair));
    }
    ClientResponse signIn(const QJsonObject &credential) const { return client().post("/passkeys/login", {{u"credential"_s, credential}}); }
    ClientResponse signIn(SoftAuthenticator &authenticator) const { return signIn(authenticator.get(request())); }
    QStringList recorded(const QString &type) const
    {
        QStringList details;
        const auto events = AuditStore::newest(m_server->world.database->reader(), {}, type, 100).value();
        for (const AuditEvent &each : events)
            details += QString::fromUtf8(QJsonDocument(each.details).toJson(QJsonDocument::Compact));
        return details;
    }
    Id annsId() const { return m_server->world.accounts.findByEmail(u"ann@example.com").value()->id; }

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_ann;
};

static QJsonObject bentCredential(QJsonObject credential, const QString &member, const QJsonValue &value)
{
    QJsonObject response = credential["response"_L1].toObject();
    response.insert(member, value);
    credential.insert("response"_L1, response);
    return credential;
}

static QString text(const QByteArray &bytes) { return QString::fromLatin1(toBase64Url(bytes)); }

void TestPasskeyRoutes::init()
{
    m_server = std::make_unique<ApiServer>();
    m_ann = m_server->join(u"ann@example.com"_s);
    QCOMPARE(m_ann.status(), 201);
}

void TestPasskeyRoutes::passkey_isAdded_andSignsIn()
{
    SoftAuthenticator phone;
    const auto added = add(phone, m_ann);
    QCOMPARE(added.status(), 201);
    QCOMPARE(added["name"_L1], u"Phone"_s);
    QCOMPARE(added["synced"_L1], true);
    QCOMPARE(added["orphaned"_L1], false);
    QVERIFY(added["last_used_at"_L1].isNull());
    QCOMPARE(added["transports"_L1].toArray(), (QJsonArray {u"internal"_s, u"hybrid"_s}));
    QCOMPARE(recorded(u"passkey_added"_s).size(), 1);

    m_server->clock.advance(std::chrono::hours {1});
    const auto pair = signIn(phone);
    QCOMPARE(pair.status(), 200);
    const auto me = client().get("/me", as(pair));
    QCOMPARE(me["email"_L1], u"ann@example.com"_s);
    const auto session = m_server->world.sessions.findLive(Id::fromString(me["session_id"_L1].toString()).value(), m_server->clock.now());
    QCOMPARE((*session)->method, u"passkey"_s);
    QCOMPARE((*session)->amr, (QStringList {u"pop"_s, u"user"_s}));
    QCOMPARE((*session)->authenticatedAt, m_server->clock.now());
    QVERIFY(recorded(u"login_succeeded"_s).contains(u"{\"method\":\"passkey\"}"_s));

    const auto list = client().get("/me/passkeys", as(pair));
    QCOMPARE(list["passkeys"_L1].toArray().size(), 1);
    QCOMPARE(list["passkeys"_L1][0]["id"_L1], added["id"_L1]);
    QCOMPARE(list["passkeys"_L1][0]["last_used_at"_L1], toText(m_server->clock.now()));
    QCOMPARE(list["user_handle"_L1], text(phone.userHandle));
    QCOMPARE(list["rp_id"_L1], u"localhost"_s);
    QCOMPARE(list["credential_ids"_L1].toArray(), QJsonArray {text(phone.id)});
}

void TestPasskeyRoutes::options_areWhatBrowsersTake()
{
    const auto answer = client().ask("POST", "/passkeys/login/options");
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer["expires_in"_L1], 300);
    QJsonObject options = answer["options"_L1].toObject();
    QCOMPARE(fromBase64Url(options.take("challenge"_L1).toString().toLatin1()).value().size(), 32);
    QCOMPARE(options, (QJsonObject {{u"rpId"_s, u"localhost"_s},
                                    {u"timeout"_s, 300'000},
                                    {u"userVerification"_s, u"required"_s},
                                    {u"allowCredentials"_s, QJsonArray()}}));

    SoftAuthenticator phone;
    QCOMPARE(add(phone, m_ann).status(), 201);
    const QJsonObject creation = creationFor(m_ann);
    QCOMPARE(creation["rp"_L1].toObject(), (QJsonObject {{u"id"_s, u"localhost"_s}, {u"name"_s, u"Warder"_s}}));
    QCOMPARE(creation["user"_L1]["name"_L1], u"ann@example.com"_s);
    QCOMPARE(creation["user"_L1]["displayName"_L1], u"ann@example.com"_s);
    const QByteArray handle = fromBase64Url(creation["user"_L1]["id"_L1].toString().toLatin1()).value();
    QCOMPARE(handle.size(), 32);
    QCOMPARE(handle, phone.userHandle); // for life
    QVERIFY(!handle.contains(annsId().toBytes()));
    QCOMPARE(creation["excludeCredentials"_L1][0]["id"_L1], text(phone.id));
    QCOMPARE(creation["attestation"_L1], u"none"_s);
    QCOMPARE(creation["authenticatorSelection"_L1]["residentKey"_L1], u"required"_s);
    QCOMPARE(creation["authenticatorSelection"_L1]["userVerification"_L1], u"required"_s);
    QList<int> algorithms;
    for (const QJsonValue &each : creation["pubKeyCredParams"_L1].toArray())
        algorithms += each["alg"_L1].toInt();
    QCOMPARE(algorithms, (QList<int> {-8, -7, -257}));
}

void TestPasskeyRoutes::everyAlgorithm_signsIn_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QString>("format");
    QTest::newRow("ES256") << -7 << u"none"_s;
    QTest::newRow("Ed25519") << -8 << u"none"_s;
    QTest::newRow("RS256") << -257 << u"none"_s;
    QTest::newRow("signed by itself") << -7 << u"packed"_s;
    QTest::newRow("of a maker") << -7 << u"android-key"_s;
}

void TestPasskeyRoutes::everyAlgorithm_signsIn()
{
    QFETCH(int, algorithm);
    QFETCH(QString, format);
    SoftAuthenticator phone {CoseAlgorithm(algorithm)};
    phone.format = format;
    QCOMPARE(add(phone, m_ann).status(), 201);
    QCOMPARE(signIn(phone).status(), 200);
    const auto held = PasskeyStore::findByUser(m_server->world.database->reader(), annsId()).value();
    QCOMPARE(held.first().algorithm, algorithm);
    QCOMPARE(held.first().attestation, format == "none"_L1 ? format : format == "packed"_L1 ? u"self"_s : u"unverified:android-key"_s);
}

void TestPasskeyRoutes::browser_getsCookies_andLeavesItsFormerSession()
{
    SoftAuthenticator phone;
    QCOMPARE(add(phone, m_ann).status(), 201);
    Browser browser = m_server->browser();
    QCOMPARE(
        browser.send("POST", "/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}})
            .status(),
        200);
    const QString former = browser.get("/me")["session_id"_L1].toString();
    const QJsonObject credential = phone.get(browser.send("POST", "/passkeys/login/options")["options"_L1].toObject());
    const auto answer = browser.send("POST", "/passkeys/login", {{u"credential"_s, credential}, {u"token_delivery"_s, u"cookie"_s}});
    QCOMPARE(answer.status(), 200);
    QCOMPARE(answer["user"_L1]["email"_L1], u"ann@example.com"_s);
    QVERIFY(answer["access_token"_L1].isUndefined());
    QCOMPARE(browser.get("/me").status(), 200);
    QVERIFY(!m_server->world.sessions.findLive(Id::fromString(former).value(), m_server->clock.now()).value());
    Browser foreign = m_server->browser(evilPage);
    QCOMPARE(foreign.send("POST", "/passkeys/login/options")["code"_L1], u"origin_refused"_s);
    QCOMPARE(foreign.send("POST", "/passkeys/login", {{u"credential"_s, credential}})["code"_L1], u"origin_refused"_s);
}

void TestPasskeyRoutes::refusals_lookAlike_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"replayed challenge",
                             "expired challenge",
                             "invented challenge",
                             "registration's challenge",
                             "wrong origin",
                             "wrong rp",
                             "another's handle",
                             "no handle",
                             "unknown passkey",
                             "another's passkey",
                             "bad signature",
                             "signed by another key",
                             "not present",
                             "not verified",
                             "may suddenly not be backed up",
                             "in a frame",
                             "create instead of get",
                             "no object within",
                             "nothing within",
                             "another type",
                             "two ids",
                             "text for the response"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestPasskeyRoutes::refusals_lookAlike()
{
    QFETCH(QString, what);
    const auto bob = m_server->join(u"bob@example.com"_s);
    SoftAuthenticator phone;
    SoftAuthenticator bobs;
    QVERIFY(add(phone, m_ann).status() == 201 && add(bobs, bob).status() == 201);
    QJsonObject options = request();
    if (what == "registration's challenge"_L1)
        options["challenge"_L1] = creationFor(m_ann)["challenge"_L1];
    if (what == "invented challenge"_L1)
        options["challenge"_L1] = text(QByteArray(32, 'x'));
    SoftAuthenticator used = phone;
    if (what == "wrong rp"_L1)
        used.rpId = u"evil.example"_s;
    if (what == "another's handle"_L1)
        used.userHandle = bobs.userHandle;
    if (what == "no handle"_L1)
        used.userHandle.clear();
    if (what == "unknown passkey"_L1)
        used.id = QByteArray(32, 'x');
    if (what == "another's passkey"_L1)
        used.id = bobs.id;
    if (what == "signed by another key"_L1) {
        used = SoftAuthenticator(CoseAlgorithm::ES256, phone.id);
        used.userHandle = phone.userHandle;
    }
    if (what == "not present"_L1)
        used.flags &= ~0x01;
    if (what == "not verified"_L1)
        used.flags &= ~0x04;
    if (what == "may suddenly not be backed up"_L1)
        used.flags &= ~0x18;
    if (what == "in a frame"_L1)
        used.moreClientData = {{u"crossOrigin"_s, true}};
    if (what == "create instead of get"_L1)
        used.moreClientData = {{u"type"_s, u"webauthn.create"_s}};
    QJsonObject credential = used.get(options, what == "wrong origin"_L1 ? u"http://localhost:3001"_s : u"http://localhost:3000"_s);
    if (what == "bad signature"_L1)
        credential = bentCredential(credential, u"signature"_s, text(phone.sign("something else")));
    if (what == "no object within"_L1)
        credential.remove("response"_L1);
    if (what == "text for the response"_L1)
        credential["response"_L1] = u"x"_s;
    if (what == "nothing within"_L1)
        credential = {};
    if (what == "another type"_L1)
        credential["type"_L1] = u"password"_s;
    if (what == "two ids"_L1)
        credential["rawId"_L1] = text(bobs.id);
    if (what == "replayed challenge"_L1)
        QCOMPARE(signIn(credential).status(), 200);
    if (what == "expired challenge"_L1)
        m_server->clock.advance(Seconds {300});
    const auto answer = signIn(credential);
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Invalid credentials"_s}, {u"code"_s, u"invalid_credentials"_s}}));
    QCOMPARE(recorded(u"login_failed"_s), QStringList {u"{\"method\":\"passkey\"}"_s});
    QCOMPARE(signIn(phone).status(), 200); // and nothing is locked
}

void TestPasskeyRoutes::challenge_isGoodOnce_alsoAtOnce()
{
    SoftAuthenticator phone;
    QCOMPARE(add(phone, m_ann).status(), 201);
    const QJsonObject credential = phone.get(request());
    std::atomic<int> taken {0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { taken += signIn(credential).status() == 200 ? 1 : 0; });
    }
    QCOMPARE(taken.load(), 1);
    const QJsonObject wrong = bentCredential(phone.get(request()), u"signature"_s, text("x"));
    QCOMPARE(signIn(wrong).status(), 401);
    QJsonObject options {
        {u"challenge"_s,
         QJsonDocument::fromJson(fromBase64Url(wrong["response"_L1]["clientDataJSON"_L1].toString().toLatin1()).value())["challenge"_L1]},
        {u"rpId"_s, u"localhost"_s}};
    QCOMPARE(signIn(phone.get(options)).status(), 401); // a wrong answer spends it as well
}

void TestPasskeyRoutes::disabledAccount_isRefusedLikeAnyOther()
{
    SoftAuthenticator phone;
    QCOMPARE(add(phone, m_ann).status(), 201);
    QVERIFY(m_server->world.changes.setDisabled(annsId(), true, u"test"_s, m_server->clock.now()));
    const auto answer = signIn(phone);
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer["code"_L1], u"invalid_credentials"_s);
    QVERIFY(m_server->world.changes.setDisabled(annsId(), false, u"test"_s, m_server->clock.now()));
    QCOMPARE(signIn(phone).status(), 200);
}

void TestPasskeyRoutes::removedPasskey_isRefusedLikeAnyOther()
{
    SoftAuthenticator phone;
    const QByteArray path = "/me/passkeys/" + add(phone, m_ann)["id"_L1].toString().toLatin1();
    QCOMPARE(client().ask("DELETE", path, as(m_ann)).status(), 204);
    QCOMPARE(client().ask("DELETE", path, as(m_ann)).status(), 404);
    QCOMPARE(signIn(phone)["code"_L1], u"invalid_credentials"_s);
    QCOMPARE(recorded(u"passkey_removed"_s).size(), 1);
    QCOMPARE(client().get("/me/passkeys", as(m_ann))["passkeys"_L1].toArray(), QJsonArray());
}

void TestPasskeyRoutes::badRegistration_isAFaultOfTheCredential_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"replayed challenge", "expired challenge", "sign-in's challenge", "wrong origin", "wrong rp", "not verified",
                             "not present", "backed up though not eligible", "an algorithm not offered", "in a frame", "nothing",
                             "another id", "cut object", "extensions that are none", "an id too long"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestPasskeyRoutes::badRegistration_isAFaultOfTheCredential()
{
    QFETCH(QString, what);
    SoftAuthenticator phone(what == "an algorithm not offered"_L1 ? CoseAlgorithm::ES384 : CoseAlgorithm::ES256,
                            what == "an id too long"_L1 ? QByteArray(1024, 'x') : QByteArray());
    QJsonObject options = creationFor(m_ann);
    if (what == "sign-in's challenge"_L1)
        options["challenge"_L1] = request()["challenge"_L1];
    if (what == "wrong rp"_L1)
        phone.rpId = u"evil.example"_s;
    if (what == "not verified"_L1)
        phone.flags &= ~0x04;
    if (what == "not present"_L1)
        phone.flags &= ~0x01;
    if (what == "backed up though not eligible"_L1)
        phone.flags &= ~0x08;
    if (what == "in a frame"_L1)
        phone.moreClientData = {{u"topOrigin"_s, u"http://localhost:3000"_s}};
    if (what == "extensions that are none"_L1)
        phone.extensions = "\x80";
    QJsonObject credential = phone.create(options, what == "wrong origin"_L1 ? u"https://localhost:3000"_s : u"http://localhost:3000"_s);
    if (what == "cut object"_L1)
        credential =
            bentCredential(credential, u"attestationObject"_s, credential["response"_L1]["attestationObject"_L1].toString().chopped(4));
    if (what == "nothing"_L1)
        credential = {};
    if (what == "another id"_L1)
        credential["id"_L1] = credential["rawId"_L1] = text(QByteArray(32, 'x'));
    const auto post = [&] { return client().post("/passkeys/register", {{u"credential"_s, credential}}, as(m_ann)); };
    if (what == "replayed challenge"_L1)
        QCOMPARE(post().status(), 201);
    if (what == "expired challenge"_L1)
        m_server->clock.advance(Seconds {300});
    const auto answer = post();
    QCOMPARE(answer.status(), 422);
    QCOMPARE(faultsOf(answer), u"value_error credential"_s);
    QCOMPARE(answer["detail"_L1][0]["ctx"_L1]["code"_L1], u"passkey_refused"_s);
    QVERIFY(answer["detail"_L1][0]["input"_L1].isUndefined());
    QCOMPARE(client().get("/me", as(m_ann)).status(), 200);
}

void TestPasskeyRoutes::knownCredential_isAConflict()
{
    const auto bob = m_server->join(u"bob@example.com"_s);
    SoftAuthenticator phone;
    QCOMPARE(add(phone, m_ann).status(), 201);
    for (const auto &pair : {m_ann, bob}) {
        SoftAuthenticator thief(CoseAlgorithm::ES256, phone.id);
        const auto answer = add(thief, pair);
        QCOMPARE(answer.status(), 409);
        QCOMPARE(answer["code"_L1], u"conflict"_s);
    }
    QCOMPARE(signIn(phone).status(), 200);
}

/// Neither another's, nor those of another session of one's own.
void TestPasskeyRoutes::foreignOptions_registerNothing()
{
    const auto bob = m_server->join(u"bob@example.com"_s);
    const auto other = m_server->login(u"ann@example.com"_s);
    for (const auto &pair : {bob, other}) {
        SoftAuthenticator phone;
        const QJsonObject credential = phone.create(creationFor(pair));
        QCOMPARE(faultsOf(client().post("/passkeys/register", {{u"credential"_s, credential}}, as(m_ann))), u"value_error credential"_s);
        QCOMPARE(faultsOf(client().post("/passkeys/register", {{u"credential"_s, credential}}, as(pair))), u"value_error credential"_s);
    }
}

void TestPasskeyRoutes::registration_wantsAFreshSession()
{
    SoftAuthenticator phone;
    const QByteArray path = "/me/passkeys/" + add(phone, m_ann)["id"_L1].toString().toLatin1();
    m_server->clock.advance(std::chrono::minutes {11});
    QCOMPARE(client().ask("POST", "/passkeys/register/options", as(m_ann))["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(client().ask("DELETE", path, as(m_ann))["code"_L1], u"reauthentication_required"_s);
    QCOMPARE(client().get("/me/passkeys", as(m_ann)).status(), 200);
    const auto pair = signIn(phone);
    QCOMPARE(client().ask("POST", "/passkeys/register/options", as(pair)).status(), 200);
    QCOMPARE(client().ask("DELETE", path, as(pair)).status(), 204);
}

void TestPasskeyRoutes::twentyOne_areTooMany()
{
    std::vector<SoftAuthenticator> phones(20);
    for (SoftAuthenticator &each : phones)
        QCOMPARE(add(each, m_ann).status(), 201);
    QCOMPARE(client().ask("POST", "/passkeys/register/options", as(m_ann))["code"_L1], u"factor_limit"_s);
    const auto list = client().get("/me/passkeys", as(m_ann))["passkeys"_L1].toArray();
    QCOMPARE(list.size(), 20);
    QCOMPARE(client().ask("DELETE", "/me/passkeys/" + list[0]["id"_L1].toString().toLatin1(), as(m_ann)).status(), 204);
    const QJsonObject one = creationFor(m_ann);
    const QJsonObject two = creationFor(m_ann);
    SoftAuthenticator last;
    SoftAuthenticator beyond;
    const QJsonObject beyondIt = beyond.create(two);
    QCOMPARE(client().post("/passkeys/register", {{u"credential"_s, last.create(one)}}, as(m_ann)).status(), 201);
    const auto answer = client().post("/passkeys/register", {{u"credential"_s, beyondIt}}, as(m_ann)); // its challenge went with the change
    QCOMPARE(answer.status(), 422);
    QCOMPARE(client().ask("POST", "/passkeys/register/options", as(m_ann))["code"_L1], u"factor_limit"_s);
}

void TestPasskeyRoutes::counter_thatWentBack_signals_andLetsIn()
{
    SoftAuthenticator key;
    key.counter = 1;
    QCOMPARE(add(key, m_ann).status(), 201);
    SoftAuthenticator copy = key;
    QCOMPARE(signIn(key).status(), 200);
    QCOMPARE(signIn(key).status(), 200);
    QCOMPARE(recorded(u"passkey_counter_back"_s), QStringList());
    QCOMPARE(signIn(copy).status(), 200);
    const QStringList told = recorded(u"passkey_counter_back"_s);
    QCOMPARE(told.size(), 1);
    QVERIFY(told.first().contains(u"\"known\":3"_s) && told.first().contains(u"\"said\":2"_s));
    const Passkey stored = PasskeyStore::findByUser(m_server->world.database->reader(), annsId()).value().first();
    QCOMPARE(stored.counter, 3u); // never less
    QCOMPARE(stored.clonedAt, m_server->clock.now());
    QCOMPARE(signIn(key).status(), 200);
}

void TestPasskeyRoutes::longestIds_areTaken()
{
    SoftAuthenticator phone(CoseAlgorithm::ES256, QByteArray(1023, 'i'));
    QCOMPARE(add(phone, m_ann).status(), 201);
    QCOMPARE(signIn(phone).status(), 200);
}

void TestPasskeyRoutes::oddCredentials_costLittle_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QByteArray>("value");
    constexpr qsizetype size = 11'000; // within what a member may have
    QTest::newRow("arrays in arrays") << u"attestationObject"_s << QByteArray(size, '\x81');
    QTest::newRow("a map of thousands") << u"attestationObject"_s << QByteArray::fromHex("b91388") + QByteArray(size, '\0');
    QTest::newRow("deep JSON") << u"clientDataJSON"_s << QByteArray(4000, '[');
    QTest::newRow("a member of 60 KB") << u"signature"_s << QByteArray(44'000, 'x');
}

void TestPasskeyRoutes::oddCredentials_costLittle()
{
    QFETCH(QString, member);
    QFETCH(QByteArray, value);
    SoftAuthenticator phone;
    const QJsonObject credential = member == "attestationObject"_L1 ? phone.create(creationFor(m_ann)) : phone.get(request());
    const QJsonObject odd = bentCredential(credential, member, text(value));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i) {
        const auto answer =
            member == "attestationObject"_L1 ? client().post("/passkeys/register", {{u"credential"_s, odd}}, as(m_ann)) : signIn(odd);
        QCOMPARE(answer.status(), member == "attestationObject"_L1 ? 422 : 401);
    }
    QVERIFY2(timer.elapsed() < 5000, QByteArray::number(timer.elapsed()));
}

void TestPasskeyRoutes::passkey_isRenamed()
{
    SoftAuthenticator phone;
    const QByteArray path = "/me/passkeys/" + add(phone, m_ann, {})["id"_L1].toString().toLatin1();
    const auto renamed = client().send("PATCH", path, {{u"name"_s, u"  Blue key "_s}}, as(m_ann));
    QCOMPARE(renamed.status(), 200);
    QCOMPARE(renamed["name"_L1], u"Blue key"_s);
    QCOMPARE(client().get("/me/passkeys", as(m_ann))["passkeys"_L1][0]["name"_L1], u"Blue key"_s);
    QCOMPARE(faultsOf(client().send("PATCH", path, {{u"name"_s, u"a\nb"_s}}, as(m_ann))), u"value_error name"_s);
    QCOMPARE(faultsOf(client().send("PATCH", path, {{u"name"_s, QString(201, u'x')}}, as(m_ann))), u"string_too_long name"_s);
    QCOMPARE(recorded(u"passkey_renamed"_s).size(), 1);
}

void TestPasskeyRoutes::passkeysOfOthers_areNotFound()
{
    const auto bob = m_server->join(u"bob@example.com"_s);
    SoftAuthenticator phone;
    const QByteArray path = "/me/passkeys/" + add(phone, m_ann)["id"_L1].toString().toLatin1();
    QCOMPARE(client().send("PATCH", path, {{u"name"_s, u"mine"_s}}, as(bob)).status(), 404);
    QCOMPARE(client().ask("DELETE", path, as(bob)).status(), 404);
    QCOMPARE(client().ask("DELETE", "/me/passkeys/nonsense", as(bob)).status(), 404);
    QCOMPARE(signIn(phone).status(), 200);
}

void TestPasskeyRoutes::lastWayIn_stays()
{
    SoftAuthenticator phone;
    SoftAuthenticator key;
    const QByteArray path = "/me/passkeys/" + add(phone, m_ann)["id"_L1].toString().toLatin1();
    const QByteArray second = "/me/passkeys/" + add(key, m_ann)["id"_L1].toString().toLatin1();
    const auto forgotten = m_server->world.database->write([this](Transaction &transaction) {
        return transaction.connection().perform(u"DELETE FROM credentials WHERE user_id = ?"_s, {bound(annsId())});
    });
    QVERIFY(forgotten);
    QCOMPARE(client().ask("DELETE", second, as(m_ann)).status(), 204);
    const auto answer = client().ask("DELETE", path, as(m_ann));
    QCOMPARE(answer.status(), 409);
    QCOMPARE(answer["code"_L1], u"last_sign_in_method"_s);
    QCOMPARE(signIn(phone).status(), 200);
}

void TestPasskeyRoutes::secondFactor_finishesTheSignIn()
{
    SoftAuthenticator key;
    key.counter = 1;
    QCOMPARE(add(key, m_ann).status(), 201);
    setUpTotpOver(client(), m_ann["access_token"_L1], m_server->clock.now());
    key.flags &= ~0x04; // touched, and not more: the password was the other factor
    const auto login = m_server->login(u"ann@example.com"_s);
    QCOMPARE(login.status(), 403);
    QCOMPARE(login["methods"_L1].toArray(), (QJsonArray {u"totp"_s, u"passkey"_s, u"recovery_code"_s}));
    const auto asked = client().post("/login/mfa/passkey", {{u"mfa_token"_s, login["mfa_token"_L1]}});
    QCOMPARE(asked.status(), 200);
    QCOMPARE(asked["options"_L1]["userVerification"_L1], u"preferred"_s);
    QCOMPARE(asked["options"_L1]["allowCredentials"_L1].toArray().size(), 1);
    QCOMPARE(asked["options"_L1]["allowCredentials"_L1][0]["id"_L1], text(key.id));
    const QJsonObject credential = key.get(asked["options"_L1].toObject());
    const auto pair = client().post("/login/mfa", {{u"mfa_token"_s, login["mfa_token"_L1]}, {u"credential"_s, credential}});
    QCOMPARE(pair.status(), 200);
    const auto me = client().get("/me", as(pair));
    const auto session = m_server->world.sessions.findLive(Id::fromString(me["session_id"_L1].toString()).value(), m_server->clock.now());
    QCOMPARE((*session)->method, u"password"_s);
    QCOMPARE((*session)->amr, (QStringList {u"pwd"_s, u"pop"_s, u"user"_s}));
    QCOMPARE(PasskeyStore::findByUser(m_server->world.database->reader(), annsId()).value().first().counter, 2u);
    QCOMPARE(client().post("/login/mfa", {{u"mfa_token"_s, login["mfa_token"_L1]}, {u"credential"_s, credential}})["code"_L1],
             u"invalid_token"_s);
    QCOMPARE(signIn(key)["code"_L1], u"invalid_credentials"_s); // a touch alone is no sign-in by itself
    key.flags |= 0x04;
    QCOMPARE(signIn(key).status(), 200); // and this asks for no second factor
}

void TestPasskeyRoutes::secondFactor_thatIsWrong_isAFault_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"another's passkey", "challenge of another sign-in", "challenge without a name", "replayed", "wrong origin",
                             "bad signature", "nothing", "another's handle"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestPasskeyRoutes::secondFactor_thatIsWrong_isAFault()
{
    QFETCH(QString, what);
    const auto bob = m_server->join(u"bob@example.com"_s);
    SoftAuthenticator key;
    SoftAuthenticator bobs;
    QVERIFY(add(key, m_ann).status() == 201 && add(bobs, bob).status() == 201);
    setUpTotpOver(client(), m_ann["access_token"_L1], m_server->clock.now());
    const auto optionsOf = [this](const ClientResponse &login) {
        return client().post("/login/mfa/passkey", {{u"mfa_token"_s, login["mfa_token"_L1]}})["options"_L1].toObject();
    };
    const auto login = m_server->login(u"ann@example.com"_s);
    QJsonObject options = optionsOf(login);
    if (what == "challenge of another sign-in"_L1)
        options = optionsOf(m_server->login(u"ann@example.com"_s));
    if (what == "challenge without a name"_L1)
        options = request();
    SoftAuthenticator used = what == "another's passkey"_L1 ? bobs : key;
    if (what == "another's handle"_L1)
        used.userHandle = bobs.userHandle;
    QJsonObject credential = used.get(options, what == "wrong origin"_L1 ? u"https://evil.example"_s : u"http://localhost:3000"_s);
    if (what == "bad signature"_L1 || what == "replayed"_L1)
        credential = bentCredential(credential, u"signature"_s, text("x"));
    if (what == "nothing"_L1)
        credential = {};
    const auto post = [&](const QJsonObject &given) {
        return client().post("/login/mfa", {{u"mfa_token"_s, login["mfa_token"_L1]}, {u"credential"_s, given}});
    };
    auto answer = post(credential);
    if (what == "replayed"_L1)
        answer = post(used.get(options)); // good, but its challenge went with the wrong one
    QCOMPARE(answer.status(), 422);
    QCOMPARE(faultsOf(answer), u"value_error credential"_s);
    QCOMPARE(answer["detail"_L1][0]["ctx"_L1]["code"_L1], u"passkey_refused"_s);
    QCOMPARE(post(key.get(optionsOf(login))).status(), 200); // there are tries left
}

/// Where a factor is demanded and the only passkey does not work any more, its owner may set up another factor.
void TestPasskeyRoutes::orphanedPasskey_isNoSecondFactor()
{
    CorePolicies policies = quickPolicies;
    policies.factors.required = FactorPolicy::Demand::All;
    ApiServer server(ApiOptions {.world = policies});
    const User kim = server.world.add(u"kim@example.com"_s);
    const auto insert = [&](const QByteArray &id, const QString &rpId) {
        return server.world.database->write([&](Transaction &transaction) {
            return PasskeyStore::insert(transaction, {.id = Id::create(server.clock.now()),
                                                      .user = kim.id,
                                                      .credentialId = id,
                                                      .publicKey = "x"_ba,
                                                      .aaguid = "x"_ba,
                                                      .rpId = rpId});
        });
    };
    QVERIFY(insert("1", u"old.example"_s));
    const auto orphaned = server.login(u"kim@example.com"_s);
    QCOMPARE(orphaned["enrol"_L1], true);
    QCOMPARE(orphaned["methods"_L1].toArray(), QJsonArray());
    QVERIFY(insert("2", u"localhost"_s));
    const auto login = server.login(u"kim@example.com"_s);
    QCOMPARE(login["methods"_L1].toArray(), QJsonArray {u"passkey"_s});
}

void TestPasskeyRoutes::turnedOff_isNotConfigured()
{
    ApiServer server(ApiOptions {.world = {.hashing = quickHashing, .passkeys = {.enabled = false}}});
    const auto ann = server.join(u"ann@example.com"_s);
    SoftAuthenticator phone;
    const QJsonObject credential = phone.get({{u"challenge"_s, text(QByteArray(32, 'x'))}, {u"rpId"_s, u"localhost"_s}});
    for (const auto &answer :
         {server.client().ask("POST", "/passkeys/login/options"), server.client().post("/passkeys/login", {{u"credential"_s, credential}}),
          server.client().ask("POST", "/passkeys/register/options", as(ann))}) {
        QCOMPARE(answer.status(), 404);
        QCOMPARE(answer["code"_L1], u"not_configured"_s);
    }
    QCOMPARE(server.client().get("/me/passkeys", as(ann)).status(), 200);
}

void TestPasskeyRoutes::nothingOfACeremony_staysBehind()
{
    const LogCapture log;
    SoftAuthenticator phone;
    const QJsonObject creation = creationFor(m_ann);
    const QJsonObject made = phone.create(creation);
    QCOMPARE(client().post("/passkeys/register", {{u"credential"_s, made}}, as(m_ann)).status(), 201);
    const QJsonObject options = request();
    const QJsonObject used = phone.get(options);
    QCOMPARE(signIn(used).status(), 200);
    const QJsonObject refusedOne = phone.get(request(), u"http://evil.example"_s);
    QCOMPARE(signIn(refusedOne).status(), 401);
    QByteArrayList secrets;
    for (const QJsonObject &each : {creation, options})
        secrets += each["challenge"_L1].toString().toLatin1();
    for (const QJsonObject &each : {made, used, refusedOne}) {
        secrets += each["id"_L1].toString().toLatin1();
        for (const auto member : {"clientDataJSON"_L1, "signature"_L1, "attestationObject"_L1, "userHandle"_L1}) {
            if (const QByteArray value = each["response"_L1][member].toString().toLatin1(); !value.isEmpty())
                secrets += value;
        }
    }
    QByteArray disk;
    for (QDirIterator files(m_server->folder(), QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            disk += file.readAll();
    }
    m_server.reset(); // a line is written after its answer
    QVERIFY(log.text().contains("/passkeys/login"));
    for (const QByteArray &each : std::as_const(secrets)) {
        QVERIFY2(!log.text().contains(each), each);
        QVERIFY2(!disk.contains(each), each);
    }
    const QByteArray challenge = fromBase64Url(secrets.first()).value();
    QVERIFY(!disk.contains(challenge) && !log.text().contains(challenge));
    QVERIFY(disk.contains(phone.id)); // the needle does lie there, in its own form
}

QTEST_GUILESS_MAIN(TestPasskeyRoutes)
#include "TestPasskeyRoutes.moc"
