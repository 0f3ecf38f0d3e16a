#include "tests/support/ApiServer.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/LogCapture.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A password goes in and never comes out: not in an answer, not in the log, not on the disk. Tokens not in the log, nor on the disk.
class TestSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passwords_neverComeOut_data();
    void passwords_neverComeOut();
    void wholeCycle_leavesNoSecretBehind();
    void secondFactors_leaveNoSecretBehind();
    void stolenDatabase_yieldsNothing();
    void log_namesTheRouteAndNotTheQuery();
};

namespace {

const QByteArray secret = "Zebra-Secret-4711-\xc3\xa4";
const QByteArray secretAscii = "Zebra-Secret-4711";

/// Whether a text holds the secret, also base64'd, percent-encoded or hexed.
bool tells(const QByteArray &text, const QByteArray &what)
{
    return text.contains(what) || text.contains(what.toBase64().chopped(4)) || text.contains(what.toHex())
           || text.contains(what.toPercentEncoding());
}

QByteArray filesBelow(const QString &folder)
{
    QByteArray all;
    for (QDirIterator each(folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
        QFile file(each.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

void TestSecrets::passwords_neverComeOut_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    const auto row = [&](const char *name, const QByteArray &path, const QByteArray &type, const QByteArray &body) {
        QTest::newRow(name) << path << type << QByteArray(body).replace('$', secret);
    };
    row("register", "/register", json, R"({"email":"a@b.de","password":"$"})");
    row("register, other field missing", "/register", json, R"({"password":"$"})");
    row("register, too long", "/register", json, R"({"email":"a@b.de","password":")" + QByteArray("$").repeated(60) + "\"}");
    row("register, in an array", "/register", json, R"({"email":"a@b.de","password":["$"]})");
    row("register, in an object", "/register", json, R"({"email":"a@b.de","password":{"x":"$"}})");
    row("register, nested beside", "/register", json, R"({"user":{"password":"$"}})");
    row("broken JSON behind it", "/register", json, R"({"password":"$",)");
    row("broken JSON in it", "/login", json, R"({"password":"$)");
    row("duplicate", "/login", json, R"({"email":"a@b.de","password":"$","password":"$"})");
    row("an array of it", "/login", json, R"(["$"])");
    row("text alone", "/login", json, R"("$")");
    row("login, wrong", "/login", json, R"({"email":"a@b.de","password":"$"})");
    row("login, no address", "/login", json, R"({"email":7,"password":"$"})");
    row("form", "/token", form, "username=a%40b.de&password=$");
    row("form, no name", "/token", form, "password=$");
    row("form, twice", "/token", form, "username=a&password=$&password=$");
    row("form, not UTF-8", "/token", form, "username=a&password=$%FF");
    row("wrong content type", "/login", "text/plain", R"({"email":"a@b.de","password":"$"})");
    row("password change", "/me/password", json, R"({"current_password":"$","new_password":"$$"})");
    row("password change, half", "/me/password", json, R"({"current_password":"$"})");
    row("proof, wrong", "/reauthenticate", json, R"({"password":"$"})");
    row("proof, of another kind", "/reauthenticate", json, R"({"code":"$","credential":{"id":"$"}})");
    row("wrong path", "/logon", json, R"({"password":"$"})");
    row("in the query", "/login?password=Zebra-Secret-4711", json, R"({"email":"a@b.de","password":"$"})");
    row("as a refresh token", "/refresh", json, R"({"refresh_token":"$"})");
    row("as a refresh token of another type", "/refresh", json, R"({"refresh_token":["$"]})");
    row("as a ticket", "/login/mfa", json, R"({"mfa_token":"$","code":"1"})");
    row("as a code", "/login/mfa", json, R"({"code":"$"})");
    row("as a recovery code", "/login/mfa", json, R"({"recovery_code":"$","code":"1"})");
    row("in a passkey's answer", "/login/mfa", json, R"({"credential":"$"})");
    row("as a code of another type", "/login/mfa", json, R"({"code":{"x":"$"}})");
    row("as the first code", "/login/mfa/totp/confirm", json, R"({"id":"$","code":"$"})");
    row("as the first code of an app", "/me/mfa/totp/confirm", json, R"({"id":1,"code":"$"})");
    row("as a CSRF token", "/logout", json, R"({"refresh_token":"$"})");
}

void TestSecrets::passwords_neverComeOut()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    auto server = std::make_unique<ApiServer>();
    const auto ann = server->join(u"ann@example.com"_s);
    const LogCapture log;
    for (const QByteArrayList &more : {QByteArrayList {}, QByteArrayList {bearer(ann["access_token"_L1])}}) {
        const auto answer =
            server->client().ask("POST", path, QByteArrayList {"Content-Type: " + type, "X-CSRF-Token: " + secretAscii} + more, body);
        QVERIFY(answer.status() >= 200);
        QVERIFY2(!tells(answer.everything(), secret), answer.everything());
        QVERIFY2(!tells(answer.everything(), secretAscii), answer.everything());
    }
    QVERIFY(!tells(filesBelow(server->folder()), secret));
    server.reset(); // a line is written after its answer
    QVERIFY(!log.text().isEmpty());
    QVERIFY2(!log.text().contains("Zebra"), log.text());
}

void TestSecrets::wholeCycle_leavesNoSecretBehind()
{
    auto server = std::make_unique<ApiServer>();
    const LogCapture log;
    QByteArrayList secrets {secret, "another " + secret};
    const auto note = [&secrets](const ClientResponse &answer) {
        for (const auto name : {"access_token"_L1, "refresh_token"_L1}) {
            if (const QByteArray token = answer[name].toString().toLatin1(); !token.isEmpty())
                secrets += token;
        }
        return answer;
    };
    const QString word = QString::fromUtf8(secret);
    auto pair = note(server->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, word}}));
    pair = note(server->client().post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}}));
    QCOMPARE(pair.status(), 200);
    server->clock.advance(Seconds {31});
    note(server->client().post("/refresh", {{u"refresh_token"_s, QString::fromLatin1(secrets[3])}}));
    pair = note(server->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, word}}));
    QCOMPARE(server->client()
                 .post("/me/password", {{u"current_password"_s, word}, {u"new_password"_s, u"another "_s + word}},
                       {bearer(pair["access_token"_L1])})
                 .status(),
             204);
    QCOMPARE(server->client().send("DELETE", "/me", {{u"password"_s, u"another "_s + word}}, {bearer(pair["access_token"_L1])}).status(),
             204);
    QVERIFY(secrets.size() >= 8);
    const QByteArray disk = filesBelow(server->folder());
    server.reset();
    QCOMPARE(log.text().count(" request "), 6);
    for (const QByteArray &each : std::as_const(secrets)) {
        QVERIFY(!log.text().contains(each));
        QVERIFY(!disk.contains(each));
    }
}

/// The app's secret, its codes, the ticket, recovery codes, the trusted browser's cookie: right ones and wrong ones.
void TestSecrets::secondFactors_leaveNoSecretBehind()
{
    auto server = std::make_unique<ApiServer>();
    const LogCapture log;
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}};
    const auto pair = server->join(u"ann@example.com"_s);
    const auto begun = server->client().post("/me/mfa/totp", {}, {bearer(pair["access_token"_L1])});
    const AuthenticatorApp app(begun["secret"_L1].toString());
    const QString code = app.codeAt(server->clock.now());
    const QString wrong = app.wrongAt(server->clock.now());
    const auto confirm = [&](const QString &typed) {
        return server->client().post("/me/mfa/totp/confirm", {{u"id"_s, begun["id"_L1]}, {u"code"_s, typed}},
                                     {bearer(pair["access_token"_L1])});
    };
    const auto refused = confirm(wrong);
    QVERIFY(!refused.everything().contains(wrong.toLatin1()));
    const auto codes = confirm(code)["recovery_codes"_L1].toArray();
    QCOMPARE(codes.size(), 10);
    Browser browser = server->browser();
    QCOMPARE(browser.send("POST", "/login", ann).status(), 403);
    const QByteArray ticket = browser.cookie("__Host-warder_mfa");
    const auto again = browser.send("POST", "/login/mfa", {{u"code"_s, code}}); // spent
    QCOMPARE(again.status(), 422);
    QVERIFY(!again.everything().contains(code.toLatin1()) && !again.everything().contains(ticket));
    QCOMPARE(browser.send("POST", "/login/mfa", {{u"recovery_code"_s, codes[0]}, {u"remember_device"_s, true}}).status(), 200);
    const QByteArrayList secrets {begun["secret"_L1].toString().toLatin1(),
                                  fromBase32(begun["secret"_L1].toString()),
                                  ticket,
                                  browser.cookie("__Host-warder_device"),
                                  codes[0].toString().toLatin1(),
                                  codes[1].toString().remove(u'-').toLatin1()};
    const QByteArray disk = filesBelow(server->folder());
    server.reset();
    QVERIFY(!log.text().contains(code.toLatin1()) && !log.text().contains(wrong.toLatin1()));
    for (const QByteArray &each : secrets) {
        QVERIFY(each.size() >= 10);
        QVERIFY(!log.text().contains(each));
        QVERIFY(!disk.contains(each));
    }
}

/// All that a database's thief has: neither what was signed, nor what signs, nor what opens it; and with a key of his own he cannot serve.
void TestSecrets::stolenDatabase_yieldsNothing()
{
    ApiServer server;
    const auto pair = server.join(u"ann@example.com"_s);
    QByteArrayList secrets {pair["access_token"_L1].toString().toLatin1(), pair["refresh_token"_L1].toString().toLatin1()};
    const QByteArray masterKey = server.world.core->sealing.current().key.view().toByteArray();
    secrets += {masterKey, masterKey.toBase64(), masterKey.toHex()};
    for (const SigningKey &key : server.world.core->keys.ring()->keys) {
        const SecretBytes bytes = key.material->toPrivate();
        secrets += {bytes.view().last(32).toByteArray(), bytes.view().toByteArray().toBase64()};
    }
    QCOMPARE(server.client().post("/refresh", {{u"refresh_token"_s, QString::fromLatin1(secrets[1])}}).status(), 200);
    const QTemporaryDir loot;
    QByteArray all;
    for (const auto &name : {u"warder.db"_s, u"warder.db-wal"_s}) {
        QFile file(server.folder() + u'/' + name);
        QVERIFY(file.copy(loot.filePath(name)) && file.open(QIODevice::ReadOnly));
        all += file.readAll();
    }
    QVERIFY(all.contains("ann@example.com"));
    for (const QByteArray &each : std::as_const(secrets))
        QVERIFY2(!all.contains(each), each.toHex());
    const auto open = [&](const QByteArray &key) {
        QFile file(loot.filePath(u"master.key"_s));
        if (!key.isEmpty() && file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            file.write(key.toBase64());
        file.close();
        return Core::openWith({}, nullptr, DataDirectory::open(loot.path()).value(), Settings {}, server.clock, Opening::Serve);
    };
    QVERIFY(open({}).error().detail.contains(u"cannot be opened"));
    QVERIFY(open(QByteArray(32, 'x')).error().detail.contains(u"is not the master key"));
    const auto forget = [&](const QString &sql) {
        DbConnection connection(loot.filePath(u"warder.db"_s), DbConnection::Access::ReadWrite);
        return connection.execute(sql).has_value();
    };
    QVERIFY(forget(u"DELETE FROM facts"_s)); // the check value is no more than a kindness
    QVERIFY(open(QByteArray(32, 'x')).error().detail.contains(u"does not open"));
    QVERIFY(open(masterKey));
}

void TestSecrets::log_namesTheRouteAndNotTheQuery()
{
    auto server = std::make_unique<ApiServer>();
    const LogCapture log;
    server->client().get("/me/sessions/0198-some-id?access_token=4711", {"X-Request-Id: follow-me", "Referer: http://x/?t=4712"});
    server->client().ask("DELETE", "/me/sessions/0198-some-id?access_token=4711");
    server.reset();
    const QByteArray text = log.text();
    QVERIFY(text.contains("follow-me"));
    QVERIFY(text.contains("/me/sessions/{id}"));
    QVERIFY(text.contains("127.0.0.1"));
    QVERIFY(text.contains("401"));
    for (const char *never : {"4711", "4712", "0198-some-id"})
        QVERIFY2(!text.contains(never), never);
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "TestSecrets.moc"
