#include "core/base/Clock.h"
#include "core/base/TimeText.h"

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
    void timeFromText_reads_data();
    void timeFromText_reads();
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

void TestClock::timeFromText_reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    QTest::newRow("as toText() writes") << u"2024-02-28T23:59:59.007Z"_s << 1'709'164'799'007LL;
    QTest::newRow("no milliseconds") << u"2024-02-29T00:00:00Z"_s << 1'709'164'800'000LL;
    QTest::newRow("another offset") << u"2024-02-29T02:00:00+02:00"_s << 1'709'164'800'000LL;
    QTest::newRow("as databases write") << u"2024-02-29 00:00:00"_s << 1'709'164'800'000LL;
    QTest::newRow("with microseconds and a short offset") << u"2024-02-29 00:00:00.007999+00"_s << 1'709'164'800'008LL;
    QTest::newRow("a day") << u"2024-02-29"_s << 1'709'164'800'000LL;
    QTest::newRow("no such day") << u"2023-02-29T00:00:00Z"_s << none;
    QTest::newRow("words") << u"yesterday"_s << none;
    QTest::newRow("nothing") << QString() << none;
}

void TestClock::timeFromText_reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const auto time = timeFromText(text);
    QCOMPARE(time ? toMilliseconds(*time) : std::numeric_limits<qint64>::min(), milliseconds);
}

QTEST_GUILESS_MAIN(TestClock)
#include "TestClock.moc"
