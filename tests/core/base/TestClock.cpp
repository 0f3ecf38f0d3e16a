#include "core/base/Clock.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace warder;

class TestClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void toText_isRfc3339_data();
    void toText_isRfc3339();
    void toText_saysWhatQtSays();
};

void TestClock::toText_isRfc3339_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("the beginning") << 0LL << u"1970-01-01T00:00:00.000Z"_s;
    QTest::newRow("a millisecond before") << -1LL << u"1969-12-31T23:59:59.999Z"_s;
    QTest::newRow("a leap day") << 1'709'164'799'007LL << u"2024-02-28T23:59:59.007Z"_s;
    QTest::newRow("the next one") << 1'709'164'800'000LL << u"2024-02-29T00:00:00.000Z"_s;
    QTest::newRow("far away") << 253'402'300'799'999LL << u"9999-12-31T23:59:59.999Z"_s;
}

void TestClock::toText_isRfc3339()
{
    QFETCH(qint64, milliseconds);
    QTEST(toText(fromMilliseconds(milliseconds)), "text");
}

void TestClock::toText_saysWhatQtSays()
{
    for (qint64 time = -4'000'000'000'000; time < 60'000'000'000'000; time += 86'399'999'999 / 7)
        QCOMPARE(toText(fromMilliseconds(time)), QDateTime::fromMSecsSinceEpoch(time, QTimeZone::UTC).toString(Qt::ISODateWithMs));
}

QTEST_GUILESS_MAIN(TestClock)
#include "TestClock.moc"
