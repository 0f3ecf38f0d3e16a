#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "core/crypto/Primitives.h"
#include "core/tokens/KeyStore.h"
#include "tests/support/ApiServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

namespace {

/// As the tutorial of FastAPI has it: 64 hex characters, of which the text signs.
const QByteArray formerSecret = QByteArrayLiteral("09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7");

/// As python-jose writes it.
QByteArray jose(const QJsonObject &claims, const QByteArray &key = formerSecret,
                const QByteArray &header = R"({"alg":"HS256","typ":"JWT"})")
{
    const QByteArray signedPart = toBase64Url(header) + '.' + toBase64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact));
    return signedPart + '.' + toBase64Url(hmacSha256(key, signedPart));
}

} // namespace

/// Who was signed in at the backend before this one stays so, as far as that is safe.
class TestFormerTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void aFormerToken_tellsWhoAsks_data();
    void aFormerToken_tellsWhoAsks();
    void nothingElse_takesIt_data();
    void nothingElse_takesIt();
    void refusals_data();
    void refusals();
    void whatHappensToTheAccount_ends_data();
    void whatHappensToTheAccount_ends();
    void aYoungerAccount_isSomebodyElses();
    void revoked_andTakenBack();
    void theSecret_hasAnEnd();
    void theSecret_signsNothingAndIsNotPublished();
    void badSecrets_areRefused();

private:
    QJsonObject claims(const QString &subject = u"ann@example.com"_s, Milliseconds later = 1h) const
    {
        return {{u"sub"_s, subject}, {u"exp"_s, toMilliseconds(m_server->clock.now() + later) / 1000}};
    }
    int ask(const QByteArray &token, QByteArrayView path = "/me") const { return m_server->client().get(path, {bearer(token)}).status(); }
    Result<SigningKey> takeIn(const QByteArray &bytes, Milliseconds lasting = std::chrono::days {30}) const
    {
        return m_server->world.keys.importFormer(SecretBytes(bytes), lasting, u"test"_s, m_server->clock.now());
    }

    std::unique_ptr<ApiServer> m_server;
    ClientResponse m_ann;
};

void TestFormerTokens::init()
{
    m_server = std::make_unique<ApiServer>();
    m_ann = m_server->join(u"ann@example.com"_s);
    m_server->clock.advance(1s);
    QCOMPARE(ask(jose(claims())), 401); // before the secret is there
    QVERIFY(takeIn(formerSecret));
    m_server->clock.advance(1s);
}

void TestFormerTokens::aFormerToken_tellsWhoAsks_data()
{
    QTest::addColumn<QString>("subject");
    QTest::newRow("e-mail address") << u"ann@example.com"_s;
    QTest::newRow("typed otherwise") << u"Ann@EXAMPLE.com"_s;
    QTest::newRow("id") << u"id"_s;
}

void TestFormerTokens::aFormerToken_tellsWhoAsks()
{
    QFETCH(const QString, subject);
    const QByteArray token = jose(claims(subject == "id"_L1 ? m_ann["user"_L1]["id"_L1].toString() : subject));
    for (const char *path : {"/me", "/users/me", "/users/me/"}) {
        const auto me = m_server->client().get(path, {bearer(token)});
        QCOMPARE(me.status(), 200);
        QCOMPARE(me["email"_L1], u"ann@example.com"_s);
        QVERIFY(me["session_id"_L1].isUndefined());
    }
    QCOMPARE(m_server->client().get("/me", {bearer(m_ann["access_token"_L1].toString().toLatin1())}).status(), 200); // ours as ever
}

void TestFormerTokens::nothingElse_takesIt_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("rename") << "PATCH"_ba << "/me"_ba;
    QTest::newRow("delete") << "DELETE"_ba << "/me"_ba;
    QTest::newRow("password") << "POST"_ba << "/me/password"_ba;
    QTest::newRow("sessions") << "GET"_ba << "/me/sessions"_ba;
    QTest::newRow("sign out everywhere") << "POST"_ba << "/logout/all"_ba;
    QTest::newRow("refresh") << "POST"_ba << "/refresh"_ba;
}

void TestFormerTokens::nothingElse_takesIt()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    const QByteArray token = jose(claims());
    QCOMPARE(m_server->client().send(method, path, {{u"refresh_token"_s, QString::fromLatin1(token)}}, {bearer(token)}).status(), 401);
    QCOMPARE(m_server->client().get("/me", {"Cookie: __Host-warder_access=" + token}).status(), 401);
    QCOMPARE(m_server->client().get("/session", {bearer(token)})["authenticated"_L1].toBool(), false);
    QCOMPARE(m_server->client().send("POST", "/logout", {}, {bearer(token)}).status(), 204); // as of who is signed out already
    QCOMPARE(ask(token), 200);
}

void TestFormerTokens::refusals_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value");
    const QByteArray header = R"({"alg":"HS256","typ":"JWT"})";
    const auto row = [&header](const char *name, const QString &claim, const QJsonValue &value) {
        QTest::newRow(name) << formerSecret << header << claim << value;
    };
    QTest::newRow("another secret") << QByteArray(64, 'a') << header << u"sub"_s << QJsonValue(u"ann@example.com"_s);
    QTest::newRow("the secret's bytes, not its text")
        << QByteArray::fromHex(formerSecret) << header << u"sub"_s << QJsonValue(u"ann@example.com"_s);
    const auto head = [](const char *name, const QByteArray &given) {
        QTest::newRow(name) << formerSecret << given << u"sub"_s << QJsonValue(u"ann@example.com"_s);
    };
    head("alg none", R"({"alg":"none","typ":"JWT"})");
    head("alg HS512", R"({"alg":"HS512","typ":"JWT"})");
    head("with a kid", R"({"alg":"HS256","typ":"JWT","kid":"x"})");
    head("with a kid that is no text", R"({"alg":"HS256","typ":"JWT","kid":null})");
    head("of our kind", R"({"alg":"HS256","typ":"at+jwt"})");
    head("with crit", R"({"alg":"HS256","typ":"JWT","crit":["x"]})");
    row("nobody", u"sub"_s, u"nobody@example.com"_s);
    row("an id that is none", u"sub"_s, u"01900000-0000-7000-8000-000000000002"_s);
    row("no text", u"sub"_s, 7);
    row("no end", u"exp"_s, QJsonValue());
    row("an end that is no number", u"exp"_s, u"9999999999"_s);
    row("expired long ago", u"exp"_s, 1);
    row("made after the import", u"iat"_s, 1e11);
    row("to choose a new password", u"nbf"_s, 1);
    row("a refresh token", u"type"_s, u"refresh"_s);
}

void TestFormerTokens::refusals()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, header);
    QFETCH(const QString, claim);
    QFETCH(const QJsonValue, value);
    QJsonObject changed = claims();
    value.isNull() ? changed.remove(claim) : void(changed.insert(claim, value));
    const auto answer = m_server->client().get("/me", {bearer(jose(changed, key, header))});
    QCOMPARE(answer.status(), 401);
    QCOMPARE(answer["code"_L1], u"invalid_token"_s);
}

void TestFormerTokens::whatHappensToTheAccount_ends_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"disabled", "password", "everywhere", "removed"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestFormerTokens::whatHappensToTheAccount_ends()
{
    QFETCH(const QString, what);
    const QByteArray token = jose(claims());
    QCOMPARE(ask(token), 200);
    const QByteArray own = m_ann["access_token"_L1].toString().toLatin1();
    const Id user = *Id::fromString(m_ann["user"_L1]["id"_L1].toString());
    AccountChanges &changes = m_server->world.changes;
    if (what == "disabled"_L1)
        QVERIFY(changes.setDisabled(user, true, u"test"_s, m_server->clock.now()));
    else if (what == "password"_L1)
        QCOMPARE(
            m_server->client()
                .post("/me/password", {{u"current_password"_s, password}, {u"new_password"_s, u"another horse entirely"_s}}, {bearer(own)})
                .status(),
            204);
    else if (what == "everywhere"_L1)
        QCOMPARE(m_server->client().post("/logout/all", {}, {bearer(own)}).status(), 204);
    else
        QVERIFY(changes.remove(user, u"test"_s, m_server->clock.now()));
    QCOMPARE(ask(token), 401);
}

void TestFormerTokens::aYoungerAccount_isSomebodyElses()
{
    const QByteArray token = jose(claims(u"bob@example.com"_s));
    QCOMPARE(m_server->join(u"bob@example.com"_s).status(), 201);
    QCOMPARE(ask(token), 401);
}

void TestFormerTokens::revoked_andTakenBack()
{
    const QByteArray token = jose(claims());
    const QString kid = m_server->world.keys.ring()->verifying(KeyPurpose::Former, m_server->clock.now()).first()->kid;
    QVERIFY(m_server->world.sessions.revokeKey(kid, u"test"_s, m_server->clock.now()));
    QCOMPARE(ask(token), 401);
    QVERIFY(m_server->world.sessions.restoreKey(kid, u"test"_s, m_server->clock.now()));
    QCOMPARE(ask(token), 200);
    QVERIFY(m_server->world.sessions.revokeKey(kid, u"test"_s, m_server->clock.now()));
    QVERIFY(m_server->world.sessions.removeKey(kid, u"test"_s, m_server->clock.now()));
    QCOMPARE(ask(token), 401);
}

void TestFormerTokens::theSecret_hasAnEnd()
{
    const QByteArray token = jose(claims(u"ann@example.com"_s, std::chrono::days {400}));
    m_server->clock.advance(std::chrono::days {30} - 1s - Milliseconds {1});
    QCOMPARE(ask(token), 200);
    m_server->clock.advance(Milliseconds {1});
    QCOMPARE(ask(token), 401);
}

void TestFormerTokens::theSecret_signsNothingAndIsNotPublished()
{
    SigningKeys &keys = m_server->world.keys;
    QCOMPARE(keys.rotate(KeyPurpose::Former, u"test"_s, m_server->clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(keys.rotateDue(m_server->clock.now()));
    QCOMPARE(m_server->client().get("/.well-known/jwks.json")["keys"_L1].toArray().size(), 2);
    const QString kid = keys.ring()->verifying(KeyPurpose::Former, m_server->clock.now()).first()->kid;
    QJsonObject ours = parseJwt(m_ann["access_token"_L1].toString().toLatin1())->claims;
    const auto forger = KeyMaterial::fromPrivate(SignatureAlgorithm::HS256, SecretBytes(formerSecret)).value();
    QCOMPARE(ask(signJwt(jwtType::accessToken, ours, kid, *forger)), 401); // it is no key for access tokens of ours
    const auto rows = KeyStore::all(m_server->world.database->reader());
    for (const SealedKey &row : *rows)
        QVERIFY(!row.sealed.contains(formerSecret));
}

void TestFormerTokens::badSecrets_areRefused()
{
    QCOMPARE(takeIn(formerSecret).error().code, ErrorCode::Conflict);
    QCOMPARE(takeIn(QByteArray(15, 'x')).error().code, ErrorCode::InvalidInput);
    QVERIFY(takeIn("sixteen bytes it"));
    QCOMPARE(ask(jose(claims(), "sixteen bytes it")), 200);
    for (const Milliseconds lasting : {Milliseconds {0}, Milliseconds {-1}, Milliseconds {std::chrono::days {30}} + Milliseconds {1}})
        QCOMPARE(takeIn(QByteArray(32, 'y'), lasting).error().code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestFormerTokens)
#include "TestFormerTokens.moc"
