#include "core/console/DenialSteps.h"

#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;

/// What many rules denied, as a chart can show it.
class TestDenialSteps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void steps_loseNothing();
    void most_standForThemselves();
    void fewRules_haveNoOthers();
    void noRules_areNone();

private:
    /// A second each, up to the last one; the first second is none of a step's.
    static RuleHistory history(const QString &rule, const QList<qint64> &denied);
};

RuleHistory TestDenialSteps::history(const QString &rule, const QList<qint64> &denied)
{
    RuleHistory made {.rule = rule};
    for (qsizetype i = 0; i < denied.size(); ++i)
        made.points += {.from = fromMilliseconds(1'800'000'003'000) + 1s * i, .allowed = 7, .denied = denied[i]};
    return made;
}

void TestDenialSteps::steps_loseNothing()
{
    QList<qint64> denied(600);
    std::iota(denied.begin(), denied.end(), 0);
    const DenialsView view = denialsOf({history(u"a"_s, denied)}, 5s, 6);
    QCOMPARE(view.from, fromMilliseconds(1'800'000'000'000));
    QCOMPARE(view.step, Seconds {5});
    QCOMPARE(view.rules.size(), 1);
    const QList<qint64> &steps = view.rules.first().denied;
    QCOMPARE(steps.size(), 121); // the first and the last are parts
    QCOMPARE(steps[0], 0 + 1);
    QCOMPARE(steps[1], 2 + 3 + 4 + 5 + 6);
    QCOMPARE(std::accumulate(steps.begin(), steps.end(), qint64(0)), qint64(599) * 600 / 2);
}

void TestDenialSteps::most_standForThemselves()
{
    QList<RuleHistory> all;
    for (int i = 1; i <= 9; ++i)
        all += history(u"rule_%1"_s.arg(i), {0, 0, i, i});
    const DenialsView view = denialsOf(all, 1s, 6);
    QCOMPARE(view.rules.size(), 7);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(view.rules[i].rule, u"rule_%1"_s.arg(9 - i));
    QCOMPARE(view.rules.last().rule, QString());
    QCOMPARE(view.rules.last().denied, (QList<qint64> {0, 0, 1 + 2 + 3, 1 + 2 + 3}));
}

void TestDenialSteps::fewRules_haveNoOthers()
{
    const DenialsView view = denialsOf({history(u"a"_s, {1}), history(u"b"_s, {1})}, 1s, 2);
    QCOMPARE(view.rules.size(), 2);
    QCOMPARE(view.rules.first().rule, u"a"_s); // as they came
}

void TestDenialSteps::noRules_areNone()
{
    QVERIFY(denialsOf({}, 5s, 6).rules.isEmpty());
    QVERIFY(denialsOf({RuleHistory {.rule = u"a"_s}}, 5s, 6).rules.isEmpty());
}

QTEST_GUILESS_MAIN(TestDenialSteps)
#include "TestDenialSteps.moc"
