#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/overview/CardTrends.h"
#include "ui/overview/OverviewPage.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/TrendLine.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the cards say of a day and the one before.
class TestCardTrends : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void difference_isInPercent_data();
    void difference_isInPercent();
    void withoutADayBefore_thereIsNoDifference();
    void withoutAnAnswer_thereIsNothing();
    void level_isComparedWithADayAgo();
    void level_hasGapsWhereNoServerRan();
    void cards_showThem();

private:
    /// So many requests in each half hour of the day before, and of the last one.
    static QList<TrendView> halfHours(qint64 before, qint64 now)
    {
        QList<TrendView> all;
        for (int i = 0; i < 96; ++i)
            all += TrendView {.from = fromMilliseconds(1'800'000'000'000) + 30min * i,
                              .requests = i < 48 ? before : now,
                              .sessions = 100 + i,
                              .users = 7};
        return all;
    }
};

void TestCardTrends::difference_isInPercent_data()
{
    QTest::addColumn<qint64>("before");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("difference");
    QTest::newRow("as many") << qint64(10) << qint64(10) << u"±0 %"_s;
    QTest::newRow("a half more") << qint64(10) << qint64(15) << u"+50 %"_s;
    QTest::newRow("fewer") << qint64(100) << qint64(88) << u"−12 %"_s;
    QTest::newRow("none any more") << qint64(5) << qint64(0) << u"−100 %"_s;
    QTest::newRow("a hundred times as many") << qint64(1) << qint64(100) << u"+999 %"_s;
    QTest::newRow("none before") << qint64(0) << qint64(2) << u"+96"_s; // of nothing there are no percent
    QTest::newRow("none at all") << qint64(0) << qint64(0) << u"±0"_s;
}

void TestCardTrends::difference_isInPercent()
{
    QFETCH(qint64, before);
    QFETCH(qint64, now);
    QFETCH(QString, difference);
    const Trend trend = CardTrends(halfHours(before, now)).requests();
    QCOMPARE(trend.difference, difference);
    QCOMPARE(trend.points, QList<double>(48, double(now)));
    QCOMPARE(trend.words,
             u"Requests: %1 in 24 hours, %2 in the 24 hours before"_s.arg(QLocale().toString(48 * now), QLocale().toString(48 * before)));
}

void TestCardTrends::withoutADayBefore_thereIsNoDifference()
{
    QList<TrendView> fresh = halfHours(0, 4);
    for (int i = 0; i < 60; ++i)
        fresh[i].sessions = fresh[i].users = std::nullopt; // the server began six hours ago
    const CardTrends trends(fresh);
    QCOMPARE(trends.requests().difference, QString());
    QCOMPARE(trends.requests().words, u"Requests: 192 in 24 hours"_s);
    QCOMPARE(trends.sessions().difference, QString());
    QCOMPARE(trends.sessions().words, QString());
}

void TestCardTrends::withoutAnAnswer_thereIsNothing()
{
    const QList<TrendView> none;
    const CardTrends trends(none);
    for (const Trend &trend : {trends.requests(), trends.sessions()}) {
        QVERIFY(trend.points.isEmpty());
        QCOMPARE(trend.difference, QString());
        QCOMPARE(trend.words, QString());
    }
}

void TestCardTrends::level_isComparedWithADayAgo()
{
    const CardTrends trends(halfHours(1, 1));
    QCOMPARE(trends.sessions().difference, u"+48"_s);
    QCOMPARE(trends.sessions().words, u"Live sessions: 195 now, 147 a day ago"_s);
    QCOMPARE(trends.users().difference, u"±0"_s);
}

void TestCardTrends::level_hasGapsWhereNoServerRan()
{
    QList<TrendView> all = halfHours(1, 1);
    all[50].sessions = std::nullopt;
    const Trend trend = CardTrends(all).sessions();
    QCOMPARE(trend.points.size(), 48);
    QCOMPARE(trend.points[1], 101 + 48.0);
    QCOMPARE(trend.points[2], -1.0);
}

void TestCardTrends::cards_showThem()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    QTRY_VERIFY(m_scene->console.askedCount(u"trends"_s) > 0);
    const CardTrends trends(m_scene->console.trends);
    const auto wordsOf = [&page](const QString &card) { return page->findChild<Card *>(card)->findChild<TrendLine *>()->accessibleName(); };
    QTRY_COMPARE(wordsOf(u"stateCard"_s), trends.requests().words);
    QCOMPARE(wordsOf(u"sessionsCard"_s), trends.sessions().words);
    QCOMPARE(wordsOf(u"signInsCard"_s), trends.signIns().words);
    QCOMPARE(wordsOf(u"limitedCard"_s), trends.limited().words);
    QCOMPARE(wordsOf(u"keyCard"_s), trends.tokens().words);
    QCOMPARE(wordsOf(u"usersCard"_s), trends.users().words);
    QVERIFY(!trends.requests().difference.isEmpty());
}

QTEST_MAIN(TestCardTrends)
#include "TestCardTrends.moc"
