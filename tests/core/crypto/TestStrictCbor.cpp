#include "core/crypto/StrictCbor.h"

#include <QCborArray>
#include <QCborMap>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestStrictCbor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void item_isRead_data();
    void item_isRead();
    void item_isRefused_data();
    void item_isRefused();
    void cutItem_isRefused();
    void whatFollows_isTheCallers();
    void oddInput_costsLittle_data();
    void oddInput_costsLittle();
};

void TestStrictCbor::item_isRead_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QCborValue>("value");
    QTest::newRow("zero") << "00"_ba << QCborValue(0);
    QTest::newRow("minus seven") << "26"_ba << QCborValue(-7);
    QTest::newRow("largest") << "1b7fffffffffffffff"_ba << QCborValue(std::numeric_limits<qint64>::max());
    QTest::newRow("true") << "f5"_ba << QCborValue(true);
    QTest::newRow("null") << "f6"_ba << QCborValue(nullptr);
    QTest::newRow("no bytes") << "40"_ba << QCborValue(QByteArray(""));
    QTest::newRow("bytes") << "43010203"_ba << QCborValue("\1\2\3"_ba);
    QTest::newRow("text") << "63666d74"_ba << QCborValue(u"fmt"_s);
    QTest::newRow("array") << "820182f4f6"_ba << QCborValue(QCborArray {1, QCborArray {false, nullptr}});
    QTest::newRow("map") << "a2012063666d74a0"_ba << QCborValue(QCborMap {{1, -1}, {u"fmt"_s, QCborMap()}});
    QTest::newRow("eight levels") << "8181818181818180"_ba << QCborValue::fromCbor(QByteArray::fromHex("8181818181818180"));
}

void TestStrictCbor::item_isRead()
{
    QFETCH(QByteArray, hex);
    QFETCH(QCborValue, value);
    const auto item = firstCborItem(QByteArray::fromHex(hex));
    QVERIFY(item);
    QCOMPARE(item->value, value);
    QCOMPARE(item->size, hex.size() / 2);
}

void TestStrictCbor::item_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const char *hex) { QTest::newRow(name) << QByteArray::fromHex(hex); };
    QTest::newRow("nothing") << QByteArray();
    row("the same number as a name twice", "a201000100");
    row("the same text as a name twice", "a2616100616101");
    row("bytes as a name", "a1410001");
    row("an array as a name", "a18001");
    row("a tag", "c000");
    row("half a float", "f93c00");
    row("a float", "fa3f800000");
    row("a double", "fb3ff0000000000000");
    row("undefined", "f7");
    row("another simple value", "f0");
    row("an array without its length", "9f01ff");
    row("a map without its length", "bf0101ff");
    row("bytes without their length", "5f4101ff");
    row("a text without its length", "7f6161ff");
    row("an end without a beginning", "ff");
    row("a number beyond 63 bits", "1b8000000000000000");
    row("a negative one beyond 63 bits", "3bffffffffffffffff");
    row("a text that is no UTF-8", "62c328");
    row("nine levels", "818181818181818180");
    row("an array of more than there can be", "9bffffffffffffffff");
    row("bytes of more than there are", "5b7fffffffffffffff00");
    row("a text of more than there is", "7a7fffffff61");
    row("a reserved length", "1c");
    QTest::newRow("257 items") << QByteArray::fromHex("990100") + QByteArray(256, '\0');
}

void TestStrictCbor::item_isRefused()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!firstCborItem(bytes));
    QVERIFY(!firstCborItem("\x81" + bytes));
}

void TestStrictCbor::cutItem_isRefused()
{
    const auto whole = QByteArray::fromHex("a3012063666d74a0627879834301020361610a");
    QVERIFY(firstCborItem(whole));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!firstCborItem(whole.first(size)), QByteArray::number(size));
}

void TestStrictCbor::whatFollows_isTheCallers()
{
    const auto item = firstCborItem(QByteArray::fromHex("a10102ffff"));
    QVERIFY(item);
    QCOMPARE(item->size, 3);
}

void TestStrictCbor::oddInput_costsLittle_data()
{
    QTest::addColumn<QByteArray>("bytes");
    constexpr qsizetype size = 1024 * 1024;
    QTest::newRow("arrays in arrays") << QByteArray(size, '\x81');
    QTest::newRow("maps in maps") << QByteArray(size, '\xa1');
    QTest::newRow("endless arrays") << QByteArray(size, '\x9f');
    QTest::newRow("a map of a million") << QByteArray::fromHex("ba000fffff") + QByteArray(size, '\0');
    QTest::newRow("tags of tags") << QByteArray(size, '\xc0');
    QTest::newRow("long text") << QByteArray::fromHex("7a00100000") + QByteArray(size, 'a');
}

void TestStrictCbor::oddInput_costsLittle()
{
    QFETCH(QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i)
        (void)firstCborItem(bytes);
    QVERIFY2(timer.elapsed() < 2000, QByteArray::number(timer.elapsed()));
}

QTEST_GUILESS_MAIN(TestStrictCbor)
#include "TestStrictCbor.moc"
