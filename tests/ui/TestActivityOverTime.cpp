#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/activity/ActivityPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/RangeChart.h"
#include "ui/widgets/TimeChart.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The chart above the records: it counts what the list shows, and leads into it.
class TestActivityOverTime : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void chart_countsTheShownRecords_data();
    void chart_countsTheShownRecords();
    void step_isListedAlone_data();
    void step_isListedAlone();
    void chart_staysAway_whereThereIsNoRoom();

private:
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
};

void TestActivityOverTime::chart_countsTheShownRecords_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("steps"); // of the arrow, from any time on
    QTest::addColumn<qint64>("number");
    QTest::newRow("everything in 30 days") << u"Everything"_s << 0 << qint64(60);
    QTest::newRow("everything in an hour") << u"Everything"_s << 1 << qint64(9);
    QTest::newRow("keys in a day") << u"Keys"_s << 2 << qint64(10);
}

void TestActivityOverTime::chart_countsTheShownRecords()
{
    QFETCH(QString, kind);
    QFETCH(int, steps);
    QFETCH(qint64, number);
    const auto page = openPage<ActivityPage>(*m_scene);
    button(*page, kind)->click();
    page->findChild<QComboBox *>(u"span"_s)->setFocus();
    for (int i = 0; i < steps; ++i)
        press(Qt::Key_Down);
    const QAbstractItemModel *numbers = tableOf(*page, u"Records over time"_s)->model();
    const auto all = [numbers] {
        qint64 sum = 0;
        for (int row = 0; row < numbers->rowCount(); ++row)
            sum += numbers->index(row, 1).data(Qt::UserRole + 1).toLongLong();
        return sum;
    };
    QTRY_COMPARE(all(), number);
}

void TestActivityOverTime::step_isListedAlone_data()
{
    QTest::addColumn<bool>("inTable");
    QTest::newRow("in the chart") << false;
    QTest::newRow("in its table") << true;
}

void TestActivityOverTime::step_isListedAlone()
{
    QFETCH(bool, inTable);
    const auto page = openPage<ActivityPage>(*m_scene);
    page->findChild<QComboBox *>(u"span"_s)->setFocus();
    press(Qt::Key_Down); // the last hour, by minutes
    DataTable *numbers = tableOf(*page, u"Records over time"_s);
    QTRY_COMPARE(numbers->model()->rowCount(), 60);
    auto *chart = page->findChild<TimeChart *>();
    if (inTable) {
        button(*page, u"As a table"_s)->setFocus();
        press(Qt::Key_Space);
        numbers->setFocus(Qt::TabFocusReason);
        numbers->selectRow(0);
    } else {
        chart->setFocus();
        press(Qt::Key_End);
    }
    press(Qt::Key_Return);
    QTRY_COMPARE(countOf(*page), u"One record"_s); // of now
    auto *chip = page->findChild<QPushButton *>(u"spanChip"_s);
    QVERIFY(chip->isVisible());
    QVERIFY2(chip->text().endsWith(u"until now"_s), qPrintable(chip->text()));
    QCOMPARE(numbers->model()->rowCount(), 60); // the others are there to be chosen
    chip->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(countOf(*page), u"9 records"_s);
    QVERIFY(!chip->isVisible());
}

void TestActivityOverTime::chart_staysAway_whereThereIsNoRoom()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto *chart = page->findChild<RangeChart *>();
    QVERIFY(chart->isVisible());
    page->resize(1000, 480);
    QTRY_VERIFY(!chart->isVisible());
    const int asked = m_scene->console.askedCount(u"countSteps"_s);
    button(*page, u"Keys"_s)->click();
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    QCOMPARE(m_scene->console.askedCount(u"countSteps"_s), asked);
    page->resize(1000, 700);
    QTRY_COMPARE(m_scene->console.askedCount(u"countSteps key"_s), 1); // of what is shown by now
}

QTEST_MAIN(TestActivityOverTime)
#include "TestActivityOverTime.moc"
