#include "tests/support/ApiServer.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestRegister : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_server = std::make_unique<ApiServer>(); }
    void cleanup() { m_server.reset(); }

    void account_isCreatedAndSignedIn();
    void shape_ofTheTokenPair();
    void takenEmail_isRefusedHoweverItIsSpelled_data();
    void takenEmail_isRefusedHoweverItIsSpelled();
    void faults_comeAllAtOnce_data();
    void faults_comeAllAtOnce();
    void fault_hasTheFastApiShape();
    void domain_isKeptInItsPlainSpelling();
    void namesOfEmoji_areCountedAsPeopleDo();
    void hostileValues_areValuesOnly_data();
    void hostileValues_areValuesOnly();
    void rolesAndIds_cannotBeGivenByTheClient();
    void parallelRegistrations_ofOneEmail_haveOneWinner();
    void closedRegistration_isRefused();

private:
    std::unique_ptr<ApiServer> m_server;
};

void TestRegister::account_isCreatedAndSignedIn()
{
    const auto answer =
        m_server->client().post("/register", {{u"email"_s, u" Ann@Example.com "_s}, {u"password"_s, password}, {u"name"_s, u"Ann Ä."_s}});
    QCOMPARE(answer.status(), 201);
    QCOMPARE(answer.header("cache-control"), "no-store");
    QCOMPARE(answer["token_type"_L1], u"bearer"_s);
    QCOMPARE(answer["expires_in"_L1].toInt(), 900);
    const QJsonValue user = answer["user"_L1];
    QCOMPARE(user["email"_L1], u"Ann@Example.com"_s);
    QCOMPARE(user["name"_L1], u"Ann Ä."_s);

    const auto me = m_server->client().get("/me", {bearer(answer["access_token"_L1])});
    QCOMPARE(me.status(), 200);
    QCOMPARE(me["id"_L1], user["id"_L1]);
    QVERIFY(m_server->world.accounts.findByEmail(u"ann@example.com").value());
}

void TestRegister::shape_ofTheTokenPair()
{
    const auto answer = m_server->join(u"ann@example.com"_s);
    QCOMPARE(answer.json().keys(), (QStringList {u"access_token"_s, u"expires_in"_s, u"refresh_token"_s, u"token_type"_s, u"user"_s}));
    QCOMPARE(answer["user"_L1].toObject().keys(),
             (QStringList {u"created_at"_s, u"email"_s, u"email_verified"_s, u"id"_s, u"name"_s, u"roles"_s}));
    QVERIFY(answer.headers("set-cookie").isEmpty());
    QVERIFY(QDateTime::fromString(answer["user"_L1]["created_at"_L1].toString(), Qt::ISODateWithMs).isValid());
}

void TestRegister::takenEmail_isRefusedHoweverItIsSpelled_data()
{
    QTest::addColumn<QString>("again");
    QTest::newRow("the same") << u"ann@example.com"_s;
    QTest::newRow("in capitals") << u"ANN@EXAMPLE.COM"_s;
    QTest::newRow("with spaces around") << u"  ann@example.com\t"_s;
}

void TestRegister::takenEmail_isRefusedHoweverItIsSpelled()
{
    QCOMPARE(m_server->join(u"Ann@Example.com"_s).status(), 201);
    QFETCH(QString, again);
    const auto answer = m_server->join(again);
    QCOMPARE(answer.status(), 409);
    QCOMPARE(answer.json(), (QJsonObject {{u"detail"_s, u"Email already exists"_s}, {u"code"_s, u"email_taken"_s}}));
}

void TestRegister::faults_comeAllAtOnce_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("faults");
    QTest::newRow("nothing") << "{}"_ba << u"missing email, missing password"_s;
    QTest::newRow("no password") << R"({"email":"ann@example.com"})"_ba << u"missing password"_s;
    QTest::newRow("numbers") << R"({"email":1,"password":2,"name":3})"_ba << u"string_type email, string_type password, string_type name"_s;
    QTest::newRow("nulls") << R"({"email":null,"password":null,"name":null})"_ba << u"string_type email, string_type password"_s;
    QTest::newRow("objects and arrays") << R"({"email":{},"password":[]})"_ba << u"string_type email, string_type password"_s;
    QTest::newRow("bad address and short password")
        << R"({"email":"ann","password":"1234567"})"_ba << u"value_error email, string_too_short password"_s;
    QTest::newRow("empty texts") << R"({"email":"","password":""})"_ba << u"value_error email, string_too_short password"_s;
    QTest::newRow("missing beside too short") << R"({"password":"x"})"_ba << u"missing email, string_too_short password"_s;
    QTest::newRow("a good password beside a bad address") << R"({"email":"x","password":"a good secret"})"_ba << u"value_error email"_s;
    QTest::newRow("password of 1025 bytes") << R"({"email":"a@b.de","password":")" + QByteArray(1025, 'x') + "\"}"
                                            << u"string_too_long password"_s;
    QTest::newRow("NUL in the password") << R"({"email":"a@b.de","password":"a good secret\u0000"})"_ba << u"value_error password"_s;
    QTest::newRow("name too long") << R"({"email":"a@b.de","password":"a good secret","name":")" + QByteArray(201, 'n') + "\"}"
                                   << u"string_too_long name"_s;
    QTest::newRow("control character in the name")
        << R"({"email":"a@b.de","password":"a good secret","name":"a\nb"})"_ba << u"value_error name"_s;
    QTest::newRow("common password") << R"({"email":"a@b.de","password":"qwertyuiop"})"_ba << u"value_error password"_s;
    QTest::newRow("the address for a password")
        << R"({"email":"mirabell@example.org","password":"mirabell@example.org"})"_ba << u"value_error password"_s;
    QTest::newRow("two emoji for a password") << "{\"email\":\"a@b.de\",\"password\":\"\xf0\x9f\x94\x91\xf0\x9f\x90\x8e\"}"_ba
                                              << u"string_too_short password"_s;
    QTest::newRow("invisible letter in the address")
        << "{\"email\":\"a\xcd\x8fnn@b.de\",\"password\":\"a good secret\"}"_ba << u"value_error email"_s;
    QTest::newRow("byte order mark in front of the address")
        << R"({"email":"\ufeffann@b.de","password":"a good secret"})"_ba << u"value_error email"_s;
    QTest::newRow("byte order mark in front of a field's name")
        << R"({"\ufeffemail":"ann@b.de","password":"a good secret"})"_ba << u"missing email"_s;
    QTest::newRow("byte order mark in front of the name")
        << R"({"email":"a@b.de","password":"a good secret","name":"\ufeffAnn"})"_ba << u"value_error name"_s;
    QTest::newRow("noncharacter in front of the name")
        << R"({"email":"a@b.de","password":"a good secret","name":"\ufffeAnn"})"_ba << u"value_error name"_s;
    QTest::newRow("noncharacter at the end of the name")
        << R"({"email":"a@b.de","password":"a good secret","name":"Ann\uffff"})"_ba << u"value_error name"_s;
    QTest::newRow("name that turns the line round")
        << R"({"email":"a@b.de","password":"a good secret","name":"Ann\u202egnp"})"_ba << u"value_error name"_s;
    QTest::newRow("name of a tag") << R"({"email":"a@b.de","password":"a good secret","name":"Ann\udb40\udc41"})"_ba
                                   << u"value_error name"_s;
    QTest::newRow("unknown delivery") << R"({"email":"a@b.de","password":"a good secret","token_delivery":"pigeon"})"_ba
                                      << u"string_pattern_mismatch token_delivery"_s;
}

void TestRegister::faults_comeAllAtOnce()
{
    QFETCH(QByteArray, body);
    const auto answer = m_server->client().ask("POST", "/register", {"Content-Type: application/json"}, body);
    QCOMPARE(answer.status(), 422);
    QTEST(faultsOf(answer), "faults");
    QCOMPARE(answer["code"_L1], u"invalid_input"_s);
}

void TestRegister::fault_hasTheFastApiShape()
{
    const auto answer = m_server->client().post("/register", {{u"password"_s, u"sesame"_s}, {u"name"_s, u"Ann"_s}});
    const QJsonArray expected {
        QJsonObject {{u"type"_s, u"missing"_s},
                     {u"loc"_s, QJsonArray {u"body"_s, u"email"_s}},
                     {u"msg"_s, u"Field required"_s},
                     {u"input"_s, QJsonObject {{u"name"_s, u"Ann"_s}}}},
        QJsonObject {{u"type"_s, u"string_too_short"_s},
                     {u"loc"_s, QJsonArray {u"body"_s, u"password"_s}},
                     {u"msg"_s, u"String should have at least 8 characters"_s},
                     {u"ctx"_s, QJsonObject {{u"min_length"_s, 8}}}},
    };
    QCOMPARE(answer["detail"_L1].toArray(), expected);
    QVERIFY(!answer.everything().contains("sesame"));
}

void TestRegister::domain_isKeptInItsPlainSpelling()
{
    const auto answer = m_server->client().post("/register", {{u"email"_s, u"Ann@\uff25xam\u200bple.org"_s}, {u"password"_s, password}});
    QCOMPARE(answer.status(), 201);
    QCOMPARE(answer["user"_L1]["email"_L1], QJsonValue(u"Ann@example.org"_s));
    const QByteArray claims =
        QByteArray::fromBase64(answer["access_token"_L1].toString().toLatin1().split('.')[1], QByteArray::Base64UrlEncoding);
    QVERIFY2(claims.contains("\"Ann@example.org\""), claims.constData());
    QCOMPARE(m_server->join(u"ann@example.org"_s).status(), 409);
}

void TestRegister::namesOfEmoji_areCountedAsPeopleDo()
{
    const QString horse = u"\U0001f434"_s;
    const auto named = [this](const QString &name) {
        return m_server->client().post("/register",
                                       {{u"email"_s, u"a%1@example.com"_s.arg(name.size())}, {u"password"_s, password}, {u"name"_s, name}});
    };
    QCOMPARE(named(horse.repeated(200)).status(), 201);
    QCOMPARE(faultsOf(named(horse.repeated(201))), u"string_too_long name"_s);
    QCOMPARE(named(u"\u200b\u3164"_s)["user"_L1]["name"_L1], QJsonValue(u""_s));
}

void TestRegister::hostileValues_areValuesOnly_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SQL") << u"'); DROP TABLE users; --"_s;
    QTest::newRow("HTML") << u"<script>alert(1)</script>"_s;
    QTest::newRow("quotes and backslashes") << u"\"\\'`"_s;
    QTest::newRow("emoji and right-to-left") << u"👩‍💻 شكرا"_s;
    QTest::newRow("format strings") << u"%s%n %1 ${jndi:ldap://x}"_s;
}

void TestRegister::hostileValues_areValuesOnly()
{
    QFETCH(QString, name);
    const auto answer =
        m_server->client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}, {u"name"_s, name}});
    QCOMPARE(answer.status(), 201);
    QCOMPARE(m_server->client().get("/me", {bearer(answer["access_token"_L1])})["name"_L1], name);
}

void TestRegister::rolesAndIds_cannotBeGivenByTheClient()
{
    const auto answer = m_server->client().post("/register", {{u"email"_s, u"ann@example.com"_s},
                                                              {u"password"_s, password},
                                                              {u"roles"_s, QJsonArray {u"admin"_s}},
                                                              {u"id"_s, u"0"_s},
                                                              {u"email_verified"_s, true},
                                                              {u"password_hash"_s, u"$2b$05$x"_s}});
    QCOMPARE(answer.status(), 201);
    QVERIFY(answer["user"_L1]["roles"_L1].toArray().isEmpty());
    QCOMPARE(answer["user"_L1]["email_verified"_L1].toBool(true), false);
    QCOMPARE(m_server->login(u"ann@example.com"_s).status(), 200);
}

void TestRegister::parallelRegistrations_ofOneEmail_haveOneWinner()
{
    std::atomic<int> created = 0;
    std::atomic<int> taken = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                const int status = m_server->join(u"ann@example.com"_s).status();
                created += status == 201;
                taken += status == 409;
            });
    }
    QCOMPARE(created.load(), 1);
    QCOMPARE(taken.load(), 7);
}

void TestRegister::closedRegistration_isRefused()
{
    m_server = std::make_unique<ApiServer>(ApiOptions {.world = {.hashing = quickHashing, .registration = {.isOpen = false}}});
    const auto answer = m_server->join(u"ann@example.com"_s);
    QCOMPARE(answer.status(), 403);
    QCOMPARE(answer["code"_L1], u"registration_closed"_s);
}

QTEST_GUILESS_MAIN(TestRegister)
#include "TestRegister.moc"
