#include "core/base/Bytes.h"

#include <QTest>

using namespace warder;

class TestBytes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void base64Url_hasOneSpelling_data();
    void base64Url_hasOneSpelling();
    void base64Url_matchesRfc7515();
};

void TestBytes::base64Url_hasOneSpelling_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("padding") << QByteArray("AA==");
    QTest::newRow("stray bits in the last character") << QByteArray("AB");
    QTest::newRow("standard alphabet") << QByteArray("+/+/");
    QTest::newRow("white space") << QByteArray("AAAA AAAA");
    QTest::newRow("impossible length") << QByteArray("AAAAA");
    QTest::newRow("line end") << QByteArray("AAAA\n");
}

void TestBytes::base64Url_hasOneSpelling()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromBase64Url(text));
}

void TestBytes::base64Url_matchesRfc7515()
{
    const auto bytes = QByteArray::fromHex("03ecffe0c1"); // appendix C
    QCOMPARE(toBase64Url(bytes), QByteArray("A-z_4ME"));
    QCOMPARE(fromBase64Url("A-z_4ME"), bytes);
    QCOMPARE(fromBase64Url(""), QByteArray());
}

QTEST_GUILESS_MAIN(TestBytes)
#include "TestBytes.moc"
