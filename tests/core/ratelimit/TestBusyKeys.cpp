#include "core/ratelimit/BusyKeys.h"

#include "core/ratelimit/DistinctCount.h"
#include "core/ratelimit/LimiterStatistics.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <functional>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestBusyKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fewKeys_areCountedExactly();
    void aBusyKey_isFoundAmongMany();
    void onlyTheDenied_areNamed();
    void hours_areForgotten();
    void busiest_areSortedAndFew();
    void differentTexts_areCounted_data();
    void differentTexts_areCounted();
};

namespace {

const TimePoint start = fromMilliseconds(1'800'000'000'000);

const BusyKey *named(const QList<BusyKey> &keys, const QString &who)
{
    const auto found = std::ranges::find(keys, who, &BusyKey::who);
    return found == keys.end() ? nullptr : &*found;
}

} // namespace

void TestBusyKeys::fewKeys_areCountedExactly()
{
    BusyKeys busy;
    for (int i = 0; i < 10; ++i)
        busy.addAllowed(1, start);
    for (int i = 0; i < 5; ++i)
        busy.addDenied(2, u"two"_s, start);
    busy.addAllowed(2, start);
    const auto keys = busy.all(start);
    QCOMPARE(keys.size(), 2);
    const BusyKey *two = named(keys, u"two"_s);
    QVERIFY(two);
    QCOMPARE(*two, (BusyKey {.who = u"two"_s, .decisions = 6, .error = 0, .denied = 5}));
}

/// Space-saving: whoever makes more than a sixteenth of all is there, with no fewer than they made.
void TestBusyKeys::aBusyKey_isFoundAmongMany()
{
    BusyKeys busy;
    for (quint64 i = 0; i < 20'000; ++i) {
        busy.addAllowed(1000 + i, start);
        if (i % 8 == 0)
            busy.addDenied(7, u"busy"_s, start);
    }
    const auto keys = busy.all(start);
    QCOMPARE(keys.size(), 16);
    const BusyKey *found = named(keys, u"busy"_s);
    QVERIFY(found);
    QVERIFY(found->decisions >= 2500);
    QVERIFY(found->decisions - found->error <= 2500);
    QVERIFY(found->denied <= 2500);
}

void TestBusyKeys::onlyTheDenied_areNamed()
{
    BusyKeys busy;
    busy.addAllowed(1, start);
    QCOMPARE(busy.all(start)[0].who, QString());
    busy.addDenied(1, u"one"_s, start);
    QCOMPARE(busy.all(start)[0].who, u"one"_s);
}

void TestBusyKeys::hours_areForgotten()
{
    BusyKeys busy;
    busy.addDenied(1, u"one"_s, start);
    busy.addDenied(1, u"one"_s, start + 30min);
    QCOMPARE(busy.all(start + 30min)[0].decisions, 2);
    QCOMPARE(busy.all(start + 60min)[0].decisions, 1); // the half hour before
    QVERIFY(busy.all(start + 90min).isEmpty());
    busy.addAllowed(2, start + 24h);
    QCOMPARE(busy.all(start + 24h).size(), 1);
}

void TestBusyKeys::busiest_areSortedAndFew()
{
    LimiterStatistics statistics;
    const int rule = statistics.ruleNumber(u"r"_s);
    for (quint64 key = 1; key <= 60; ++key) {
        for (quint64 i = 0; i < key; ++i)
            statistics.recordDenied(rule, key, u"203.0.113.%1"_s.arg(key), u"ann@example.com"_s, {}, false, 1s, start);
    }
    const auto keys = statistics.busiest(u"r"_s, start);
    QCOMPARE(keys.size(), BusyKeys::shown);
    QCOMPARE(keys[0], (BusyKey {.who = u"203.0.113.60 ann@example.com"_s, .decisions = 60, .error = 0, .denied = 60}));
    QVERIFY(std::ranges::is_sorted(keys, std::greater {}, &BusyKey::decisions));
    QVERIFY(statistics.busiest(u"nobody"_s, start).isEmpty());
}

void TestBusyKeys::differentTexts_areCounted_data()
{
    QTest::addColumn<int>("different");
    QTest::addColumn<int>("within");
    QTest::newRow("none") << 0 << 0;
    QTest::newRow("one") << 1 << 0;
    QTest::newRow("as many as are exact") << 64 << 0;
    QTest::newRow("some more") << 100 << 8;
    QTest::newRow("many") << 700 << 70;
    QTest::newRow("more than anybody asks for") << 5000 << 4000;
}

void TestBusyKeys::differentTexts_areCounted()
{
    QFETCH(int, different);
    QFETCH(int, within);
    DistinctCount count;
    for (int i = 0; i < 3 * different; ++i)
        count.add(u"user%1@example.com"_s.arg(i % different));
    QVERIFY2(std::abs(count.count() - different) <= within, qPrintable(QString::number(count.count())));
    QVERIFY(count.count() <= DistinctCount::most);
}

QTEST_GUILESS_MAIN(TestBusyKeys)
#include "TestBusyKeys.moc"
