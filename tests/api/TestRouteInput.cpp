#include "core/api/body/Fields.h"
#include "tests/support/LogCapture.h"
#include "tests/support/ProbeRoutes.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a row of the route table may say about paths with several placeholders, queries and typed fields, over a real socket.
class TestRouteInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void query_isReadStrictly_data();
    void query_isReadStrictly();
    void query_neverReachesTheLog();
    void field_hasItsType_data();
    void field_hasItsType();
    void longList_hasTwentyFaults();
    void path_hasItsPlaceholders_data();
    void path_hasItsPlaceholders();

private:
    ProbeServer m_probe;
};

namespace {

/// Each fault as "type loc: message {ctx}", and what is echoed behind it.
QStringList tellFaults(const ClientResponse &answer)
{
    QStringList told;
    for (const QJsonValue fault : answer["detail"_L1].toArray()) {
        QStringList location;
        for (const QJsonValue step : fault["loc"_L1].toArray())
            location += step.toVariant().toString();
        told += fault["type"_L1].toString() + u' ' + location.join(u'.') + u": "_s + fault["msg"_L1].toString();
    }
    return told;
}

} // namespace

void TestRouteInput::query_isReadStrictly_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("answer"); // JSON; empty: see faults
    QTest::addColumn<QStringList>("faults");
    const auto good = [](const char *name, const QByteArray &query, const QByteArray &answer) {
        QTest::newRow(name) << query << answer << QStringList();
    };
    const auto bad = [](const char *name, const QByteArray &query, const QStringList &faults) {
        QTest::newRow(name) << query << QByteArray() << faults;
    };
    const QString notInteger = u": Input should be a valid integer, unable to parse string as an integer"_s;
    const QString notText = u": Input should be a valid string, unable to parse raw data as a unicode string"_s;
    good("one", "count=7", R"({"count":7})");
    good("escaped", "count=%37&word=%C3%A4%26", R"({"count":7,"word":"ä&"})");
    good("an escaped name", "%63ount=7", R"({"count":7})");
    good("a plus is a blank, an escaped one is not", "count=7&word=a+%2B", R"({"count":7,"word":"a +"})");
    good("decoded once", "count=7&word=%2541", R"({"count":7,"word":"%41"})");
    good("bare characters that browsers leave", "count=7&word=[]{|}", R"({"count":7,"word":"[]{|}"})");
    good("empty pairs", "&&count=7&&", R"({"count":7})");
    good("unknown ones are passed over, even twice", "count=7&x=1&x=2&utm_source", R"({"count":7})");
    good("a list of one", "count=7&names=a", R"({"count":7,"names":["a"]})");
    good("a list of three", "names=a&count=7&names=b+c&names=", R"({"count":7,"names":["a","b c",""]})");
    good("words for yes", "count=7&flag=Yes", R"({"count":7,"flag":true})");
    good("words for no", "count=7&flag=0", R"({"count":7,"flag":false})");
    good("smallest", "count=1&any=-9223372036854775808", R"({"count":1,"any":-9223372036854775808})");
    good("largest", "count=100&any=9007199254740993", R"({"count":100,"any":9007199254740993})");
    good("64 parameters", "count=7" + QByteArray("&x").repeated(63), R"({"count":7})");
    bad("missing", "", {u"missing query.count: Field required"_s});
    bad("65 parameters", "count=7" + QByteArray("&x").repeated(64), {u"value_error query: Value error, more than 64 parameters"_s});
    bad("as many as fit", QByteArray("a&").repeated(3500), {u"value_error query: Value error, more than 64 parameters"_s});
    bad("no UTF-8", "count=7&word=%FF", {u"string_unicode query.word"_s + notText});
    bad("overlong UTF-8", "count=7&word=%C0%80", {u"string_unicode query.word"_s + notText});
    bad("a surrogate", "count=7&word=%ED%A0%80", {u"string_unicode query.word"_s + notText});
    bad("a name that is no UTF-8", "count=7&%FF=a", {u"string_unicode query.%FF"_s + notText});
    bad("also where nobody asks", "count=7&x=%FF&y=%FE", {u"string_unicode query.x"_s + notText, u"string_unicode query.y"_s + notText});
    bad("twice", "count=7&count=8", {u"value_error query.count: Value error, given more than once"_s});
    bad("the same twice", "count=7&count=7&word=ab&word=ab",
        {u"value_error query.word: Value error, given more than once"_s, u"value_error query.count: Value error, given more than once"_s});
    for (const char *number : {"", "x", "7.0", "%2B7", "+7", "7+", "0x7", "1_0", "--7", "%D9%A7"})
        bad(number, QByteArray("count=") + number, {u"int_parsing query.count"_s + notInteger});
    bad("beyond 64 bits", "count=9223372036854775808",
        {u"int_parsing_size query.count: Unable to parse input string as an integer, exceeded maximum size"_s});
    bad("too small", "count=0", {u"greater_than_equal query.count: Input should be greater than or equal to 1"_s});
    bad("too large", "count=101", {u"less_than_equal query.count: Input should be less than or equal to 100"_s});
    bad("no word for a boolean", "count=7&flag=ja",
        {u"bool_parsing query.flag: Input should be a valid boolean, unable to interpret input"_s});
    bad("too short, too long", "count=7&word=a&names=a&names=b&names=c&names=d",
        {u"string_too_short query.word: String should have at least 2 characters"_s,
         u"too_long query.names: List should have at most 3 items after validation, not 4"_s});
    bad("no choice", "count=7&kind=c", {u"string_pattern_mismatch query.kind: String should match pattern '^(a|b)$'"_s});
    bad("an object cannot be", "count=7&credential=x", {u"dict_type query.credential: Input should be a valid dictionary"_s});
}

void TestRouteInput::query_isReadStrictly()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, answer);
    const auto got = m_probe.ask("GET /probe/query?" + query);
    QCOMPARE(got.status(), answer.isEmpty() ? 422 : 200);
    QTEST(tellFaults(got), "faults");
    if (!answer.isEmpty())
        QCOMPARE(got.json(), QJsonDocument::fromJson(answer).object());
    QCOMPARE(m_probe.ask("GET /probe/query?count=%zz").status(), 400); // the gate's, before anybody could read it in two ways
}

void TestRouteInput::query_neverReachesTheLog()
{
    const LogCapture log;
    for (const QByteArray &query : {"count=7&new_password=hidden-1&mfa_token=hidden-2"_ba, "count=x&pin=hidden-3&new_password=hid"_ba,
                                    "count=7&mfa_token=hidden-4&mfa_token=hidden-5"_ba, "mfa_token=hidden-6%FF"_ba, "pin=99999"_ba}) {
        const auto answer = m_probe.ask("GET /probe/query?" + query);
        QVERIFY(!answer.everything().contains("hid") || answer.status() == 200);
        QVERIFY(!answer.everything().contains("99999"));
    }
    QCOMPARE(log.text().count("/probe/query"), 5);
    QVERIFY(!log.text().contains("hid") && !log.text().contains("99999"));
}

void TestRouteInput::field_hasItsType_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isForm");
    QTest::addColumn<QByteArray>("answer"); // JSON; empty: see faults
    QTest::addColumn<QStringList>("faults");
    QTest::addColumn<QJsonValue>("input"); // of the first fault; undefined: none is echoed
    const auto good = [](const char *name, const QByteArray &body, const QByteArray &answer, bool isForm = false) {
        QTest::newRow(name) << body << isForm << answer << QStringList() << QJsonValue(QJsonValue::Undefined);
    };
    const auto bad = [](const char *name, const QByteArray &body, const QString &fault, const QJsonValue &input = QJsonValue::Undefined,
                        bool isForm = false) { QTest::newRow(name) << body << isForm << QByteArray() << QStringList {fault} << input; };
    const QString integer = u": Input should be a valid integer"_s;
    const QString list = u"list_type body.names: Input should be a valid list"_s;
    const QString dictionary = u"dict_type body.credential: Input should be a valid dictionary"_s;
    const QString boolean = u"bool_type body.flag: Input should be a valid boolean"_s;
    good("all",
         R"({"count":7,"any":-1,"flag":false,"names":["a"],"credential":{"id":"x"},"word":"abc","kind":"a","new_password":"12345678"})",
         R"({"count":7,"any":-1,"flag":false,"names":["a"],"credential":{"id":"x"},"word":"abc","kind":"a","new_password":"12345678"})");
    good("null is absent", R"({"count":7,"any":null,"flag":null,"names":null,"credential":null,"word":null})", R"({"count":7})");
    good("an integer has one value in JSON", R"({"count":7.0,"any":1e3})", R"({"count":7,"any":1000})");
    good("bounds", R"({"count":100,"any":9223372036854775807,"word":"äöüäö"})",
         R"({"count":100,"any":9223372036854775807,"word":"äöüäö"})");
    good("empty object", R"({"count":1,"credential":{}})", R"({"count":1,"credential":{}})");
    good("a form's are texts", "count=7&flag=on&word=a+b", R"({"count":7,"flag":true,"word":"a b"})", true);
    good("an empty choice of a form", "count=7&kind=", R"({"count":7,"kind":""})", true);
    bad("text for an integer", R"({"count":"7"})", u"int_type body.count"_s + integer, u"7"_s);
    bad("boolean for an integer", R"({"count":true})", u"int_type body.count"_s + integer, true);
    bad("null for a required one", R"({"count":null})", u"int_type body.count"_s + integer, QJsonValue::Null);
    bad("object for an integer", R"({"count":{"password":"hidden"}})", u"int_type body.count"_s + integer);
    bad("a fraction", R"({"count":7.5})", u"int_from_float body.count"_s + integer + u", got a number with a fractional part"_s, 7.5);
    bad("beyond 64 bits", R"({"count":1e300})",
        u"int_parsing_size body.count: Unable to parse input string as an integer, exceeded maximum size"_s, 1e300);
    bad("too small", R"({"count":0})", u"greater_than_equal body.count: Input should be greater than or equal to 1"_s, 0);
    bad("too large", R"({"count":101})", u"less_than_equal body.count: Input should be less than or equal to 100"_s, 101);
    bad("number for a boolean", R"({"count":7,"flag":1})", boolean, 1);
    bad("text for a boolean", R"({"count":7,"flag":"true"})", boolean, u"true"_s);
    bad("text for a list", R"({"count":7,"names":"a"})", list, u"a"_s);
    bad("object for a list", R"({"count":7,"names":{"0":"hidden"}})", list);
    bad("a list of other things", R"({"count":7,"names":["a",1]})", u"string_type body.names.1: Input should be a valid string"_s, 1);
    bad("an empty list", R"({"count":7,"names":[]})", u"too_short body.names: List should have at least 1 item after validation, not 0"_s);
    bad("a long list", R"({"count":7,"names":[1,2,3,4]})",
        u"too_long body.names: List should have at most 3 items after validation, not 4"_s);
    bad("text for an object", R"({"count":7,"credential":"hidden"})", dictionary);
    bad("list for an object", R"({"count":7,"credential":["hidden"]})", dictionary);
    bad("short text", R"({"count":7,"word":"a"})", u"string_too_short body.word: String should have at least 2 characters"_s, u"a"_s);
    bad("long text", R"({"count":7,"word":"abcdef"})", u"string_too_long body.word: String should have at most 5 characters"_s,
        u"abcdef"_s);
    bad("short secret", R"({"count":7,"new_password":"hidden"})",
        u"string_too_short body.new_password: String should have at least 8 characters"_s);
    bad("long token", R"({"count":7,"mfa_token":"hidden"})", u"string_too_long body.mfa_token: String should have at most 5 characters"_s);
    bad("secret integer", R"({"count":7,"pin":12345})", u"less_than_equal body.pin: Input should be less than or equal to 9"_s);
    bad("missing, of JSON", R"({"word":"abc","credential":{"hidden":1},"mfa_token":"12"})", u"missing body.count: Field required"_s,
        QJsonObject {{u"word"_s, u"abc"_s}});
    bad("missing, of a form", "word=abc", u"missing body.count: Field required"_s, QJsonValue::Null, true);
    bad("no integer, of a form", "count=7x", u"int_parsing body.count"_s + integer + u", unable to parse string as an integer"_s, u"7x"_s,
        true);
}

void TestRouteInput::field_hasItsType()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isForm);
    QFETCH(QByteArray, answer);
    QFETCH(QJsonValue, input);
    const auto got = m_probe.ask("POST /probe/fields", {isForm ? "Content-Type: application/x-www-form-urlencoded"_ba : asJson}, body);
    QCOMPARE(got.status(), answer.isEmpty() ? 422 : 200);
    QTEST(tellFaults(got), "faults");
    QVERIFY(!got.everything().contains("hidden") && !got.everything().contains("12345\""));
    if (!answer.isEmpty())
        QCOMPARE(got.json(), QJsonDocument::fromJson(answer).object());
    else
        QCOMPARE(got["detail"_L1][0]["input"_L1], input);
}

void TestRouteInput::longList_hasTwentyFaults()
{
    const FieldDoc names {.name = u"names"_s, .type = FieldType::TextList};
    const QJsonObject body {{u"names"_s, QJsonArray::fromVariantList(QVariantList(4000, 1))}};
    Fields many(body);
    QVERIFY(!many.texts(names));
    QCOMPARE(many.refusal()->faults.size(), 20);
}

void TestRouteInput::path_hasItsPlaceholders_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer"); // JSON, Location or Allow
    const QByteArray allowed = "GET, HEAD, DELETE, OPTIONS";
    const auto add = [](const char *name, const QByteArray &request, int status, const QByteArray &answer) {
        QTest::newRow(name) << request << status << answer;
    };
    add("one", "GET /probe/orgs/acme/members", 200, R"({"org":"acme","member":""})");
    add("two", "GET /probe/orgs/acme/members/ann", 200, R"({"org":"acme","member":"ann"})");
    add("another method", "DELETE /probe/orgs/acme/members/ann", 200, R"({"org":"acme","member":"ann"})");
    add("literal wins", "GET /probe/orgs/acme/members/me", 200, R"({"kind":0})");
    add("literal wins for every method", "DELETE /probe/orgs/acme/members/me", 405, "GET, HEAD, OPTIONS");
    add("decoded", "GET /probe/orgs/a%20b/members/%C3%A4", 200, R"({"org":"a b","member":"ä"})");
    add("a literal in another spelling", "GET /probe/orgs/acme/members/m%65", 200, R"({"kind":0})");
    add("a plus is a plus", "GET /probe/orgs/a+b/members/x", 200, R"({"org":"a+b","member":"x"})");
    add("longest", "GET /probe/orgs/" + QByteArray(7000, 'a') + "/members/x", 200,
        R"({"org":")" + QByteArray(7000, 'a') + R"(","member":"x"})");
    add("wrong method", "POST /probe/orgs/acme/members/ann", 405, allowed);
    add("no UTF-8", "GET /probe/orgs/%FF/members/ann", 404, {});
    add("unknown below", "GET /probe/orgs/acme/members/ann/x", 404, {});
    add("empty in the middle", "GET /probe/orgs//members/ann", 400, {});
    add("an escaped slash", "GET /probe/orgs/a%2Fb/members/ann", 400, {});
    add("an escaped percent sign, that two programs could read twice", "GET /probe/orgs/%2541/members/ann", 400, {});
    add("dots", "GET /probe/orgs/../members/ann", 400, {});
    add("many segments", "GET /probe" + QByteArray("/a").repeated(3500), 404, {});
    add("slash at the end", "GET /probe/orgs/acme/members/?x=1", 307, "/probe/orgs/acme/members?x=1");
    add("slash at the end, of two", "GET /probe/orgs/acme/members/ann/", 307, "/probe/orgs/acme/members/ann");
    add("slash at the end, escaped", "GET /probe/orgs/a%20b/members/", 307, "/probe/orgs/a%20b/members");
    add("slash at the end, of what deletes", "DELETE /probe/orgs/acme/members/", 404, {});
}

void TestRouteInput::path_hasItsPlaceholders()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    const auto got = m_probe.ask(request);
    QTEST(got.status(), "status");
    if (got.status() == 200)
        QCOMPARE(got.json(), QJsonDocument::fromJson(answer).object());
    else
        QCOMPARE(got.header(got.status() == 307 ? "location" : "allow"), answer);
    if (got.status() == 405)
        QCOMPARE(m_probe.server().client().ask("OPTIONS", request.split(' ').last()).header("allow"), answer);
}

QTEST_GUILESS_MAIN(TestRouteInput)
#include "TestRouteInput.moc"
