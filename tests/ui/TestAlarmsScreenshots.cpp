#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"

#include <QListWidget>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Renders the alarms, and the numbers in the sidebar, as people will see them, for people to look at; fails when a label does not fit.
class TestAlarmsScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void alarms_fit_data();
    void alarms_fit();
    void badge_isSeenWithoutColour_data();
    void badge_isSeenWithoutColour();
};

void TestAlarmsScreenshots::alarms_fit_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    const QSize large(1280, 800);
    const QSize small(960, 690);
    QTest::newRow("alarms-theft") << 0 << large << false << false;
    QTest::newRow("alarms-guessing-small-dark") << 1 << small << true << false;
    QTest::newRow("alarms-limit-long") << 3 << large << false << true;
    QTest::newRow("alarms-problem-long-dark") << 4 << large << true << true;
    QTest::newRow("alarms-none-small") << -1 << small << false << false;
}

void TestAlarmsScreenshots::alarms_fit()
{
    QFETCH(int, row);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    if (row < 0)
        m_scene->console.alarmRows.clear();
    openWindowAt(u"alarms"_s, size);
    if (row >= 0)
        window().findChild<QWidget *>(u"alarms"_s)->findChild<QTableView *>()->selectRow(row);
    look(window());
    QCOMPARE(window().size(), size);
}

void TestAlarmsScreenshots::badge_isSeenWithoutColour_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/// The number is there in grey, too: with one and without one the sidebar differs in brightness.
void TestAlarmsScreenshots::badge_isSeenWithoutColour()
{
    QFETCH(bool, dark);
    wear(dark);
    m_scene->fill();
    const auto open = m_scene->console.alarmRows;
    m_scene->console.alarmRows.clear();
    openWindow();
    QVERIFY(settle());
    auto *sidebar = window().findChild<QListWidget *>();
    const auto seen = [sidebar] {
        const QRect row = sidebar->visualItemRect(sidebar->item(9));
        return sidebar->viewport()->grab(row).toImage().convertToFormat(QImage::Format_Grayscale8);
    };
    const QImage without = seen();
    m_scene->console.alarmRows = open;
    m_scene->console.publish({AlarmsChanged {}});
    QTRY_VERIFY(sidebar->item(9)->toolTip().endsWith(u"4 open alarms"_s)); // of icons alone behind the name of the page
    const QImage with = seen();
    QCOMPARE(with.size(), without.size());
    int differing = 0;
    for (int y = 0; y < with.height(); ++y) {
        for (int x = 0; x < with.width(); ++x)
            differing += qAbs(qGray(with.pixel(x, y)) - qGray(without.pixel(x, y))) > 60 ? 1 : 0;
    }
    QVERIFY2(differing > 20, QByteArray::number(differing));
}

int main(int argc, char *argv[]) { return takePictures<TestAlarmsScreenshots>(argc, argv); }
#include "TestAlarmsScreenshots.moc"
