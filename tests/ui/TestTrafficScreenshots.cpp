#include "tests/ui/support/Keys.h"
#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/widgets/RangeChart.h"

#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Overview's chart and cards as people will see them; nothing of them is cut off.
class TestTrafficScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void chart_fits_data();
    void chart_fits();
};

void TestTrafficScreenshots::chart_fits_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<ChartRange>("range");
    QTest::addColumn<bool>("asTable");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("small");
    using enum ChartRange;
    QTest::newRow("traffic-requests-light") << 0 << TenMinutes << false << true << false << false;
    QTest::newRow("traffic-requests-24h-dark") << 0 << Day << false << true << true << false;
    QTest::newRow("traffic-sign-ins-7d-light") << 1 << Week << false << true << false << false;
    QTest::newRow("traffic-latency-1h-dark") << 2 << Hour << false << true << true << false;
    QTest::newRow("traffic-table-30d-light") << 0 << Month << true << true << false << false;
    QTest::newRow("traffic-empty-light") << 0 << Day << false << false << false << false;
    QTest::newRow("traffic-empty-latency-dark") << 2 << TenMinutes << false << false << true << false;
    QTest::newRow("traffic-small-light") << 0 << Day << false << true << false << true;
    QTest::newRow("traffic-small-dark") << 2 << Month << false << true << true << true;
    QTest::newRow("traffic-small-table") << 0 << Hour << true << true << false << true;
}

void TestTrafficScreenshots::chart_fits()
{
    QFETCH(int, tab);
    QFETCH(ChartRange, range);
    QFETCH(bool, asTable);
    QFETCH(bool, full);
    QFETCH(bool, dark);
    QFETCH(bool, small);
    wear(dark);
    if (full)
        m_scene->fill();
    else
        m_scene->console.overviewNow.counts->users = 1; // else the first steps stand there
    openWindow();
    QVERIFY(comesInFront(&window()));
    window().pages().showPage(u"overview"_s);
    window().resize(small ? QSize(960, 690) : QSize(1280, 800));
    auto *page = window().findChild<QWidget *>(u"overview"_s);
    auto *chart = page->findChild<RangeChart *>();
    chart->setTab(tab);
    chart->setRange(range);
    QVERIFY(settle());
    for (auto *button : chart->findChildren<QPushButton *>()) {
        if (asTable && button->text() == "As a table"_L1)
            button->click();
    }
    if (!asTable && full) {
        const auto charts = chart->findChildren<TimeChart *>();
        charts[tab]->setFocus();
        for (int i = 0; i < 40; ++i)
            press(Qt::Key_Left); // into the storm
    }
    look(window());
}

int main(int argc, char *argv[]) { return takePictures<TestTrafficScreenshots>(argc, argv); }
#include "TestTrafficScreenshots.moc"
