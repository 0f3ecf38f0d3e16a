#include "core/base/StrictJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace warder;

/// Rows after nst/JSONTestSuite: what must be refused though many parsers take it, and what must be taken.
class TestStrictJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void takes_data();
    void takes();
    void byteOrderMark_isKept_insideATextOrName();
    void names_mayComeInAnyOrder();
    void manyNames_costWhatTheirNumberIs();
    void limits_hold();
    void parseStrictJsonObject_takesObjectsOnly();
};

void TestStrictJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("white space only") << QByteArray(" \n");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}");
    QTest::newRow("leading point") << QByteArray("[.2e-3]");
    QTest::newRow("trailing point") << QByteArray("[2.]");
    QTest::newRow("leading zero") << QByteArray("[01]");
    QTest::newRow("plus") << QByteArray("[+1]");
    QTest::newRow("NaN") << QByteArray("[NaN]");
    QTest::newRow("hex") << QByteArray("[0x1]");
    QTest::newRow("number out of range") << QByteArray("[1e400]");
    QTest::newRow("raw line end in a string") << QByteArray("[\"a\nb\"]");
    QTest::newRow("raw NUL in a string") << QByteArray("[\"a\0b\"]", 7);
    QTest::newRow("unknown escape") << QByteArray("[\"\\x\"]");
    QTest::newRow("lone high surrogate") << QByteArray("[\"\\ud800\"]");
    QTest::newRow("lone low surrogate") << QByteArray("[\"\\udc00\"]");
    QTest::newRow("surrogates swapped") << QByteArray("[\"\\udc00\\ud800\"]");
    QTest::newRow("surrogate as UTF-8") << QByteArray("[\"\xed\xa0\x80\"]");
    QTest::newRow("overlong UTF-8") << QByteArray("[\"\xc0\xaf\"]");
    QTest::newRow("cut UTF-8") << QByteArray("[\"\xe2\x82\"]");
    QTest::newRow("trailing comma") << QByteArray("[1,]");
    QTest::newRow("comment") << QByteArray("[1/**/]");
    QTest::newRow("single quotes") << QByteArray("{'a':1}");
    QTest::newRow("unquoted name") << QByteArray("{a:1}");
    QTest::newRow("duplicate name") << QByteArray("{\"a\":1,\"a\":1}");
    QTest::newRow("duplicate name, escaped") << QByteArray("{\"a\":1,\"\\u0061\":1}");
    QTest::newRow("duplicate name, deep") << QByteArray("[[{\"b\":{\"a\":1,\"a\":1}}]]");
    QTest::newRow("two values") << QByteArray("{}{}");
    QTest::newRow("trailing NUL") << QByteArray("{}\0", 3);
    QTest::newRow("cut") << QByteArray("{\"a\":");
}

void TestStrictJson::refuses()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseStrictJson(text);
    QVERIFY(!parsed);
    QVERIFY(!parsed.error().message.isEmpty());
}

void TestStrictJson::takes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nested") << QByteArray(R"({"a":[1,-2.5e3,true,null,{"b":"c"}],"":{}})");
    QTest::newRow("pair of surrogates") << QByteArray(R"(["\ud83d\ude00"])");
    QTest::newRow("escaped NUL") << QByteArray(R"(["a\u0000b"])");
    QTest::newRow("same name in two objects") << QByteArray(R"([{"a":1},{"a":1}])");
    QTest::newRow("big integer") << QByteArray("[9007199254740993]");
}

void TestStrictJson::takes()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseStrictJson(text);
    QVERIFY(parsed);
    const QJsonDocument expected = QJsonDocument::fromJson(text);
    QCOMPARE(*parsed, expected.isArray() ? QJsonValue(expected.array()) : QJsonValue(expected.object()));
}

void TestStrictJson::byteOrderMark_isKept_insideATextOrName()
{
    const auto parsed = parseStrictJsonObject("{\"\xef\xbb\xbf"
                                              "a\":\"\xef\xbb\xbf"
                                              "b\",\"c\":\"\\ufeffd\",\"e\":\"\\ufffef\"}");
    QVERIFY(parsed);
    QVERIFY(!parsed->contains(QLatin1StringView("a")));
    QCOMPARE(parsed->value(u"\ufeffa").toString(), QString(u"\ufeffb"));
    QCOMPARE(parsed->value(u"c").toString(), QString(u"\ufeffd"));
    QCOMPARE(parsed->value(u"e").toString(), QString(u"\ufffef"));
}

void TestStrictJson::names_mayComeInAnyOrder()
{
    QByteArray text = "{";
    for (int i = 0; i < 1000; ++i)
        text += "\"n" + QByteArray::number((i * 617) % 1000) + "\":{\"v\":[" + QByteArray::number((i * 617) % 1000) + "]},";
    const auto parsed = parseStrictJsonObject(text + "\"last\":null}", {.values = 10'000});
    QVERIFY(parsed);
    QCOMPARE(parsed->size(), 1001);
    QCOMPARE(*parsed, QJsonDocument::fromJson(text + "\"last\":null}").object());
}

/// Eight times the names in falling order take eight times as long and not sixty-four times; by the CPU's time, the best of five.
void TestStrictJson::manyNames_costWhatTheirNumberIs()
{
    const auto cost = [](int names) {
        QByteArray text = "{";
        for (int i = names; i > 0; --i)
            text += "\"" + QByteArray::number(1'000'000 + i) + "\":1,";
        text += "\"z\":1}";
        std::clock_t least = std::numeric_limits<std::clock_t>::max();
        for (int round = 0; round < 5; ++round) {
            const std::clock_t before = std::clock();
            if (!parseStrictJsonObject(text, {.values = 200'000, .names = 200'000}))
                return std::clock_t(-1);
            least = std::min(least, std::clock() - before);
        }
        return least;
    };
    const std::clock_t few = cost(5'000);
    const std::clock_t many = cost(40'000);
    QVERIFY(few > 0);
    QVERIFY2(many < 24 * few, qPrintable(u"%1 us, %2 us"_s.arg(few).arg(many)));
}

void TestStrictJson::limits_hold()
{
    QVERIFY(parseStrictJson(QByteArray(32, '[') + QByteArray(32, ']')));
    QVERIFY(!parseStrictJson(QByteArray(33, '[') + QByteArray(33, ']')));
    QVERIFY(!parseStrictJson(QByteArray(100'000, '[')));
    QVERIFY(!parseStrictJson("[" + QByteArray("1,").repeated(5000) + "1]"));
    const QByteArray three = R"({"a":{"b":1},"c":2})";
    QVERIFY(parseStrictJson(three, {.names = 3}));
    const auto refused = parseStrictJson(three, {.names = 2});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, u"too many names"_s);
}

void TestStrictJson::parseStrictJsonObject_takesObjectsOnly()
{
    QVERIFY(parseStrictJsonObject("{}"));
    QVERIFY(!parseStrictJsonObject("[]"));
    QVERIFY(!parseStrictJsonObject("1"));
}

QTEST_GUILESS_MAIN(TestStrictJson)
#include "TestStrictJson.moc"
