#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/limits/DenialsChart.h"
#include "ui/limits/LimitsPage.h"
#include "ui/widgets/ChartLegend.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/RangeChart.h"
#include "ui/widgets/TableModel.h"
#include "ui/widgets/TimeChart.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// The chart of what each rule denied: its areas and their names, its table, and what becomes of them as others deny more.
class TestLimitsDenials : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void view_isReached_andReadAnew();
    void areas_areNamed();
    void table_hasTheSameNumbers();
    void lineWithoutARule_isNowhere();
    void rule_keepsItsPlace();
    void chosenStep_saysWhatEachDenied();
    void nothingDenied_isSaid();
    void answerOfAnotherTime_isNotShown();

private:
    QList<RuleDenialsView> &rules() { return m_scene->console.denials.rules; }
    RangeChart &chart() { return m_page->findChild<DenialsChart *>()->chart(); }
    /// In the order of the areas, those that are shown.
    QStringList legend();
    QStringList titles();
    QString what() { return chart().findChild<QLabel *>(u"what"_s)->text(); }
    void read();

    std::unique_ptr<LimitsPage> m_page;
};

void TestLimitsDenials::init()
{
    PageTest::init();
    m_page = openPage<LimitsPage>(*m_scene);
    button(*m_page, u"By rule"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(chart().table().model()->rowCount(), 120);
}

QStringList TestLimitsDenials::legend()
{
    QStringList names;
    for (const QLabel *label : chart().findChild<ChartLegend *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            names += label->text();
    }
    return names;
}

QStringList TestLimitsDenials::titles()
{
    QStringList titles;
    const DataTable &table = chart().table();
    for (int column = 1; column < table.model()->columnCount(); ++column) {
        if (!table.isColumnHidden(column))
            titles += table.model()->headerData(column, Qt::Horizontal).toString();
    }
    return titles;
}

void TestLimitsDenials::read()
{
    m_page->refresh();
    QVERIFY(settle());
}

void TestLimitsDenials::view_isReached_andReadAnew()
{
    QVERIFY(chart().isVisible());
    QVERIFY(m_scene->console.asked.contains(u"denials 600"_s));
    const int before = m_scene->console.askedCount(u"denials 600"_s);
    QTRY_VERIFY(m_scene->console.askedCount(u"denials 600"_s) > before + 1); // each second, of ten minutes
    button(chart(), u"10 min"_s)->setFocus();
    press(Qt::Key_Right);
    QTRY_VERIFY(m_scene->console.asked.contains(u"denials 3600"_s));
}

/// In words, by the name that the table of rules has; of an added rule by its title.
void TestLimitsDenials::areas_areNamed()
{
    const QStringList names {u"Sign-ins per address"_s,
                             u"Sign-ins per address and account"_s,
                             u"Wrong passwords, address and account"_s,
                             u"Registrations per address"_s,
                             u"Second factors per address"_s,
                             u"Search of the shop"_s,
                             u"All others"_s};
    QCOMPARE(legend(), names);
    const auto *plot = chart().findChild<TimeChart *>();
    QCOMPARE(plot->accessibleName(), u"Requests denied by each rule"_s);
    QList<Plot> plots;
    for (const TimeChart::Line &line : plot->lines())
        plots += line.plot;
    QCOMPARE(plots, (QList<Plot> {Plot::Rule1, Plot::Rule2, Plot::Rule3, Plot::Rule4, Plot::Rule5, Plot::Rule6, Plot::OtherRules}));
}

void TestLimitsDenials::table_hasTheSameNumbers()
{
    button(chart(), u"As a table"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(chart().table().accessibleName(), u"Denied by rule"_s);
    const QAbstractItemModel *model = chart().table().model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int rule = 0; rule < rules().size(); ++rule) {
            const auto shown = model->index(row, rule + 1).data(SortRole).toLongLong();
            QCOMPARE(shown, rules()[rule].denied[model->rowCount() - 1 - row]); // newest first
        }
    }
}

/// Neither in the legend, nor in the table, nor in a file.
void TestLimitsDenials::lineWithoutARule_isNowhere()
{
    const QAbstractItemModelTester held(chart().table().model());
    rules() = rules().first(2);
    button(chart(), u"As a table"_s)->setFocus();
    press(Qt::Key_Space);
    read();
    const QStringList names {u"Sign-ins per address"_s, u"Sign-ins per address and account"_s};
    QTRY_COMPARE(titles(), names);
    const QString head = chart().table().asCsv().section(u"\r\n"_s, 0, 0);
    QCOMPARE(head, u"\"From\",\"Sign-ins per address\",\"Sign-ins per address and account\""_s);
    QCOMPARE(chart().table().model()->index(0, 5).data().toString(), QString());
    press(Qt::Key_Space); // the chart again
    QCOMPARE(legend(), names);
}

/// A colour means the same rule as long as it is among those that denied most, whichever of them did more.
void TestLimitsDenials::rule_keepsItsPlace()
{
    const QStringList before = legend();
    rules().swapItemsAt(0, 3);
    read();
    QCOMPARE(legend(), before);
    rules()[0].rule = u"mail_per_address"_s; // in place of the fourth
    read();
    QStringList after = before;
    after[3] = u"Mails asked for per address"_s;
    QCOMPARE(legend(), after);
}

void TestLimitsDenials::chosenStep_saysWhatEachDenied()
{
    rules() = rules().first(1) + rules().last(1);
    read();
    chart().findChild<TimeChart *>()->setFocus();
    press(Qt::Key_Home);
    QVERIFY2(what().endsWith(u"Sign-ins per address: 10 · All others: 4"_s), qPrintable(what()));
    press(Qt::Key_Escape);
    QCOMPARE(what(), u"per 5 s"_s);
}

void TestLimitsDenials::nothingDenied_isSaid()
{
    rules().clear();
    read();
    QTRY_VERIFY(what().startsWith(u"Nothing was denied in that time"_s));
    QCOMPARE(chart().table().model()->rowCount(), 0);
    QCOMPARE(legend(), QStringList());
}

void TestLimitsDenials::answerOfAnotherTime_isNotShown()
{
    m_scene->console.hold();
    chart().setRange(ChartRange::Day);
    chart().setRange(ChartRange::Hour); // before there is an answer
    QCOMPARE(chart().table().model()->rowCount(), 0);
    m_scene->console.release();
    QTRY_VERIFY(m_scene->console.asked.contains(u"denials 3600"_s));
    QTRY_COMPARE(chart().table().model()->rowCount(), 120);
}

QTEST_MAIN(TestLimitsDenials)
#include "TestLimitsDenials.moc"
