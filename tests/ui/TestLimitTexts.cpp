#include "core/config/Settings.h"
#include "core/ratelimit/RateRule.h"
#include "ui/limits/LimitTexts.h"
#include "ui/support/Times.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;

/// What limits are called, and what is said of what they would have done.
class TestLimitTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void name_saysWhatIsCounted_data();
    void name_saysWhatIsCounted();
    void whatIf_saysHowFarBack_data();
    void whatIf_saysHowFarBack();
};

void TestLimitTexts::name_saysWhatIsCounted_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<RateKey>("key");
    for (const RateRule &rule : ownRules(Settings()))
        QTest::newRow(qPrintable(rule.name)) << LimitTexts::name(rule.name) << rule.key;
}

/// As the column "Counts by" does beside it.
void TestLimitTexts::name_saysWhatIsCounted()
{
    QFETCH(QString, name);
    QFETCH(RateKey, key);
    QVERIFY2(!name.contains(u'_'), qPrintable(name)); // it has words
    const bool hasAddress = key == RateKey::Address || key == RateKey::AddressAndAccount;
    QCOMPARE(name.contains(u"address"_s), hasAddress);
    QCOMPARE(name.contains(u"and account"_s), key == RateKey::AddressAndAccount);
    QCOMPARE(name.endsWith(u"per session"_s), key == RateKey::Session);
    QCOMPARE(name.contains(u"network"_s), key == RateKey::Network);
}

void TestLimitTexts::whatIf_saysHowFarBack_data()
{
    QTest::addColumn<Seconds>("reach");
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<qint64>("requests");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("why"); // not further
    const QString room = u"There is no room for older ones (rate_limit.recorded)."_s;
    const QString start = u"None came before since the server was started."_s;
    QTest::newRow("a whole day") << Seconds {24h} << false << qint64(7) << u"Recorded in the last 24 h (since "_s << QString();
    QTest::newRow("cut by their number") << Seconds {3h} << true << qint64(7) << u"Recorded in the last 3 h (since "_s << room;
    QTest::newRow("since the start") << Seconds {12min} << false << qint64(7) << u"Recorded in the last 12 min (since "_s << start;
    QTest::newRow("none of these routes, a day")
        << Seconds {24h} << false << qint64(0) << u"Nothing of these routes was recorded in the last 24 h (since "_s << QString();
    QTest::newRow("none of these routes, cut") << Seconds {1h} << true << qint64(0)
                                               << u"Nothing of these routes was recorded in the last 1 h (since "_s << room;
    QTest::newRow("none at all") << Seconds {0} << false << qint64(0) << u"Nothing is recorded yet"_s << QString();
}

void TestLimitTexts::whatIf_saysHowFarBack()
{
    QFETCH(Seconds, reach);
    QFETCH(bool, isCut);
    QFETCH(qint64, requests);
    QFETCH(QString, said);
    QFETCH(QString, why);
    const TimePoint now = fromMilliseconds(1'800'000'000'000);
    const WhatIfView answer {.from = now - reach, .to = now, .requests = requests, .isCut = isCut};
    const QString text = LimitTexts::whatIf(answer);
    QVERIFY2(text.contains(said), qPrintable(text));
    for (const QString &reason : {u"There is no room"_s, u"None came before"_s})
        QCOMPARE(text.contains(reason), !why.isEmpty() && why.startsWith(reason));
    QVERIFY2(why.isEmpty() || text.endsWith(why), qPrintable(text));
}

QTEST_MAIN(TestLimitTexts)
#include "TestLimitTexts.moc"
