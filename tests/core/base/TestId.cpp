#include "core/base/Id.h"

#include <QTest>

using namespace warder;

class TestId : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void create_carriesVersionVariantAndTime();
    void fromString_takesOnlyItsOwnForm_data();
    void fromString_takesOnlyItsOwnForm();
    void ids_sortByCreation();
};

void TestId::create_carriesVersionVariantAndTime()
{
    const Id id = Id::create(fromMilliseconds(0x0123456789ab));
    const QString text = id.toString();
    QVERIFY(text.startsWith(QStringLiteral("01234567-89ab-7")));
    QVERIFY(QStringLiteral("89ab").contains(text[19]));
    QCOMPARE(Id::fromString(text), id);
    QCOMPARE(Id::fromBytes(id.toBytes()), id);
    QVERIFY(Id::create(fromMilliseconds(1)) != Id::create(fromMilliseconds(1)));
}

void TestId::fromString_takesOnlyItsOwnForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("braces") << QStringLiteral("{01234567-89ab-7000-8000-000000000000}");
    QTest::newRow("no dashes") << QStringLiteral("0123456789ab70008000000000000000");
    QTest::newRow("not hex") << QStringLiteral("0123456g-89ab-7000-8000-000000000000");
    QTest::newRow("null id") << QStringLiteral("00000000-0000-0000-0000-000000000000");
    QTest::newRow("too long") << QStringLiteral("01234567-89ab-7000-8000-0000000000001");
}

void TestId::fromString_takesOnlyItsOwnForm()
{
    QFETCH(QString, text);
    QVERIFY(!Id::fromString(text));
}

void TestId::ids_sortByCreation()
{
    QVERIFY(Id::create(fromMilliseconds(1000)) < Id::create(fromMilliseconds(1001)));
    Id last;
    for (int i = 0; i < 2000; ++i) { // of one millisecond
        const Id next = Id::create(fromMilliseconds(2000));
        QVERIFY(last < next);
        last = next;
    }
    for (int i = 0; i < 5000; ++i)
        QVERIFY(Id::create(fromMilliseconds(2000)) != Id::create(fromMilliseconds(2000))); // beyond what is counted
}

QTEST_GUILESS_MAIN(TestId)
#include "TestId.moc"
