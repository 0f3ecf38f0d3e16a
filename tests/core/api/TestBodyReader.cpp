#include "core/api/body/BodyReader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestBodyReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contentType_decides_data();
    void contentType_decides();
    void json_isReadStrictly_data();
    void json_isReadStrictly();
    void form_isRead_data();
    void form_isRead();
    void body_isOptionalOnlyWhereTheRouteSays();
    void refusal_saysWhichTypesAreRight_data();
    void refusal_saysWhichTypesAreRight();
    void compressedBody_isRefused_data();
    void compressedBody_isRefused();
};

namespace {

QHttpHeaders typed(const QByteArray &type)
{
    QHttpHeaders headers;
    if (!type.isNull())
        headers.append(QHttpHeaders::WellKnownHeader::ContentType, type);
    return headers;
}

/// "" for a success, else the code, and the type of the first fault where there is one.
QString verdictOf(const Result<QJsonObject> &read)
{
    if (read)
        return {};
    return read.error().faults.isEmpty() ? QString(nameOf(read.error().code)) : read.error().faults.first().type;
}

} // namespace

void TestBodyReader::contentType_decides_data()
{
    QTest::addColumn<Body>("allowed");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("verdict");
    const QString refused = u"unsupported_media_type"_s;
    QTest::newRow("json") << Body::Json << "application/json"_ba << QString();
    QTest::newRow("json with a charset") << Body::Json << "application/json; charset=utf-8"_ba << QString();
    QTest::newRow("json in capitals") << Body::Json << "Application/JSON"_ba << QString();
    QTest::newRow("a kind of json") << Body::Json << "application/merge-patch+json"_ba << QString();
    QTest::newRow("none") << Body::Json << QByteArray() << refused;
    QTest::newRow("text, which a form on a foreign page may send") << Body::Json << "text/plain"_ba << refused;
    QTest::newRow("form where only json is taken") << Body::Json << "application/x-www-form-urlencoded"_ba << refused;
    QTest::newRow("multipart") << Body::JsonOrForm << "multipart/form-data; boundary=x"_ba << u"value_error"_s; // and its body is none
    QTest::newRow("multipart where only json is taken") << Body::Json << "multipart/form-data; boundary=x"_ba << refused;
    QTest::newRow("another multipart") << Body::JsonOrForm << "multipart/mixed; boundary=x"_ba << refused;
    QTest::newRow("text of a beacon") << Body::Beacon << "text/plain;charset=UTF-8"_ba << QString();
    QTest::newRow("markup of a beacon") << Body::Beacon << "text/html"_ba << refused;
    QTest::newRow("almost json") << Body::Json << "application/jsonp"_ba << refused;
    QTest::newRow("json as a parameter") << Body::Json << "text/plain; application/json"_ba << refused;
    QTest::newRow("two types") << Body::Json << "text/plain, application/json"_ba << refused;
    QTest::newRow("a form of somebody else's page") << Body::Form << "application/x-www-form-urlencoded"_ba << QString();
    QTest::newRow("json where only a form is taken") << Body::Form << "application/json"_ba << refused;
    QTest::newRow("multipart where only a form is taken") << Body::Form << "multipart/form-data; boundary=x"_ba << refused;
    QTest::newRow("text where only a form is taken") << Body::Form << "text/plain"_ba << refused;
    QTest::newRow("optional, with a body of another type") << Body::Optional << "text/plain"_ba << refused;
}

void TestBodyReader::contentType_decides()
{
    QFETCH(Body, allowed);
    QFETCH(QByteArray, type);
    QTEST(verdictOf(readBody(allowed, typed(type), "{}")), "verdict");
}

void TestBodyReader::json_isReadStrictly_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("object") << R"({"a":"b"})"_ba << QString();
    QTest::newRow("white space around") << " \r\n\t{} "_ba << QString();
    QTest::newRow("nothing") << QByteArray() << u"missing"_s;
    QTest::newRow("null") << "null"_ba << u"model_attributes_type"_s;
    QTest::newRow("array") << "[]"_ba << u"model_attributes_type"_s;
    QTest::newRow("text") << R"("a")"_ba << u"model_attributes_type"_s;
    QTest::newRow("number") << "7"_ba << u"model_attributes_type"_s;
    const QList<std::pair<const char *, QByteArray>> malformed {
        {"open", "{"},
        {"trailing comma", R"({"a":1,})"},
        {"two values", "{}{}"},
        {"duplicate names", R"({"a":1,"a":2})"},
        {"duplicate names, one escaped", R"({"a":1,"\u0061":2})"},
        {"byte order mark", "\xef\xbb\xbf{}"},
        {"lone surrogate", R"({"a":"\ud800"})"},
        {"raw control character", "{\"a\":\"\n\"}"},
        {"overlong UTF-8", "{\"a\":\"\xc0\xaf\"}"},
        {"NUL behind", QByteArray("{}\0", 3)},
        {"single quotes", "{'a':1}"},
        {"comment", "{/**/}"},
        {"NaN", R"({"a":NaN})"},
        {"a form", "a=b"},
        {"too deep", QByteArray(40, '[')},
        {"deep and closed", "{\"a\":" + QByteArray(40, '[') + QByteArray(40, ']') + '}'},
        {"too many", "{\"a\":[" + QByteArray("1,").repeated(5000) + "1]}"},
        {"huge number", R"({"a":1e999})"},
    };
    for (const auto &[name, body] : malformed)
        QTest::newRow(name) << body << u"json_invalid"_s;
}

void TestBodyReader::json_isReadStrictly()
{
    QFETCH(QByteArray, body);
    const auto read = readBody(Body::Json, typed("application/json"), body);
    QTEST(verdictOf(read), "verdict");
    if (verdictOf(read) != "json_invalid"_L1)
        return;
    const Fault &fault = read.error().faults.first();
    QCOMPARE(fault.message, u"JSON decode error"_s);
    QCOMPARE(fault.location.size(), 2);
    QCOMPARE(fault.location.first().toString(), u"body"_s);
    QVERIFY2(fault.location.last().toInteger(-1) >= 0 && fault.location.last().toInteger() <= body.size(),
             qPrintable(QString::number(fault.location.last().toDouble())));
    QVERIFY(!fault.context.value("error"_L1).toString().isEmpty());
}

void TestBodyReader::form_isRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("a");
    QTest::newRow("one field") << "a=b"_ba << QString() << u"b"_s;
    QTest::newRow("plus is a space") << "a=b+c"_ba << QString() << u"b c"_s;
    QTest::newRow("an escaped plus is a plus") << "a=b%2Bc"_ba << QString() << u"b+c"_s;
    QTest::newRow("escaped UTF-8") << "a=%C3%A4"_ba << QString() << u"ä"_s;
    QTest::newRow("an equals sign in the value") << "a=b=c"_ba << QString() << u"b=c"_s;
    QTest::newRow("no value") << "a"_ba << QString() << u""_s;
    QTest::newRow("empty pairs") << "&&a=b&"_ba << QString() << u"b"_s;
    QTest::newRow("nothing at all") << ""_ba << QString() << QString();
    QTest::newRow("twice the same") << "a=b&a=c"_ba << u"value_error"_s << QString();
    QTest::newRow("twice, one escaped") << "a=b&%61=c"_ba << u"value_error"_s << QString();
    QTest::newRow("no UTF-8") << "a=%FF"_ba << u"value_error"_s << QString();
    QTest::newRow("a lone surrogate") << "a=%ED%A0%80"_ba << u"value_error"_s << QString();
    const QList<QByteArray> unfinished {"%C3", "%E9", "%E2%82", "%F0%9F%98", "%f0%9f", "%EF%BB", "\xc3", "\xe2\x82"};
    for (const QByteArray &bytes : unfinished) {
        QTest::addRow("unfinished at the end: %s", bytes.toPercentEncoding("%").constData())
            << "a=b" + bytes << u"value_error"_s << QString();
        QTest::addRow("unfinished behind a name: %s", bytes.toPercentEncoding("%").constData())
            << "a=b&c" + bytes + "=d" << u"value_error"_s << QString();
        QTest::addRow("unfinished inside: %s", bytes.toPercentEncoding("%").constData())
            << "a=b" + bytes + "x&c=d" << u"value_error"_s << QString();
    }
    QTest::newRow("a byte order mark is kept") << "a=%EF%BB%BFb"_ba << QString() << u"\ufeffb"_s;
    QTest::newRow("a byte order mark makes another name") << "%EF%BB%BFa=b"_ba << QString() << QString();
    QByteArray many;
    for (int i = 0; i < 100; ++i)
        many += 'f' + QByteArray::number(i) + "=1&";
    QTest::newRow("too many fields") << many << u"value_error"_s << QString();
}

void TestBodyReader::form_isRead()
{
    QFETCH(QByteArray, body);
    const auto read = readBody(Body::JsonOrForm, typed("application/x-www-form-urlencoded"), body);
    QTEST(verdictOf(read), "verdict");
    if (read)
        QTEST(read->value("a"_L1).toString(), "a");
}

void TestBodyReader::body_isOptionalOnlyWhereTheRouteSays()
{
    QCOMPARE(verdictOf(readBody(Body::Optional, {}, {})), QString());
    QCOMPARE(verdictOf(readBody(Body::Json, {}, {})), QString()); // nothing at all: the endpoint says what is missing
    QCOMPARE(verdictOf(readBody(Body::Json, {}, "{}")), u"unsupported_media_type"_s);
    QCOMPARE(verdictOf(readBody(Body::None, typed("image/png"), "anything")), QString());
    QCOMPARE(verdictOf(readBody(Body::Optional, typed("application/json"), "nonsense")), u"json_invalid"_s);
}

void TestBodyReader::refusal_saysWhichTypesAreRight_data()
{
    QTest::addColumn<Body>("allowed");
    QTest::addColumn<QString>("text");
    QTest::newRow("json") << Body::Json << u"Unsupported Media Type: send application/json"_s;
    QTest::newRow("optional") << Body::Optional << u"Unsupported Media Type: send application/json"_s;
    QTest::newRow("beacon") << Body::Beacon << u"Unsupported Media Type: send application/json or text/plain"_s;
    QTest::newRow("forms")
        << Body::JsonOrForm
        << u"Unsupported Media Type: send application/json or application/x-www-form-urlencoded or multipart/form-data"_s;
}

void TestBodyReader::refusal_saysWhichTypesAreRight()
{
    QFETCH(Body, allowed);
    QTEST(readBody(allowed, typed("image/png"), "{}").error().text, "text");
    QHttpHeaders two = typed("application/json");
    two.append(QHttpHeaders::WellKnownHeader::ContentType, "text/plain");
    QCOMPARE(verdictOf(readBody(allowed, two, "{}")), u"unsupported_media_type"_s);
}

void TestBodyReader::compressedBody_isRefused_data()
{
    QTest::addColumn<QByteArrayList>("encodings");
    QTest::addColumn<bool>("refused");
    QTest::newRow("none") << QByteArrayList {} << false;
    QTest::newRow("identity") << QByteArrayList {"identity"} << false;
    QTest::newRow("identity in capitals") << QByteArrayList {"Identity "} << false;
    for (const char *encoding : {"gzip", "deflate", "br", "zstd", "x-gzip", "GZIP", "identity, gzip", "gzip, identity", "nonsense", ""})
        QTest::addRow("\"%s\"", encoding) << QByteArrayList {encoding} << true;
    QTest::newRow("in two fields") << QByteArrayList {"identity", "gzip"} << true;
}

void TestBodyReader::compressedBody_isRefused()
{
    QFETCH(QByteArrayList, encodings);
    QFETCH(bool, refused);
    QHttpHeaders headers = typed("application/json");
    for (const QByteArray &encoding : encodings)
        headers.append(QHttpHeaders::WellKnownHeader::ContentEncoding, encoding);
    for (const Body allowed : {Body::Json, Body::Optional, Body::Beacon, Body::JsonOrForm})
        QCOMPARE(verdictOf(readBody(allowed, headers, "{}")), refused ? u"unsupported_content_encoding"_s : QString());
    QCOMPARE(verdictOf(readBody(Body::Optional, headers, {})), QString());
}

QTEST_GUILESS_MAIN(TestBodyReader)
#include "TestBodyReader.moc"
