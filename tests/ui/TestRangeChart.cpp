#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/overview/OverviewPage.h"
#include "ui/support/Csv.h"
#include "ui/support/Times.h"
#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/RangeChart.h"
#include "ui/widgets/TrendLine.h"

#include <QAccessible>
#include <QFileDialog>
#include <QGraphicsTextItem>
#include <QImage>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTest>
#include <QWindow>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

QStringList spoken;

/// What is said, and whose names change: of the chart and the cards.
void noteSpoken(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement) {
        spoken += static_cast<QAccessibleAnnouncementEvent *>(event)->message();
        return;
    }
    if (event->type() != QAccessible::NameChanged && event->type() != QAccessible::DescriptionChanged)
        return;
    for (const QObject *each = event->object(); each; each = each->parent()) {
        if (qobject_cast<const RangeChart *>(each) || qobject_cast<const Card *>(each))
            spoken += u"change of %1"_s.arg(QString::fromLatin1(event->object()->metaObject()->className()));
    }
}

} // namespace

/// The chart of Overview: its tabs and times, one step of it, its table; and what screen readers hear.
class TestRangeChart : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void arrowKeys_chooseChartAndTime();
    void choice_isRemembered();
    void answerOfAnotherTime_isNotShown();
    void arrowKeys_chooseAStep_andItsNumbersAreSaid();
    void mouse_choosesAStep_andNothingIsSaid();
    void chosenStep_goesOnWithTime();
    void latency_hasNoValueWhereNobodyAsked();
    void table_hasTheSameNumbers();
    void table_isExported();
    void idle_isSilent();
    void chart_isOne_toScreenReaders();
    void plots_differByMoreThanColour();
    void focus_isSeen();
    void points_loseNothing();
    void axes_haveTheNumbersOfTheLanguage_data();
    void axes_haveTheNumbersOfTheLanguage();

private:
    RangeChart &panel() { return *m_page->findChild<RangeChart *>(); }
    /// The one in view.
    TimeChart *chart()
    {
        const auto all = panel().findChildren<TimeChart *>();
        const auto found = std::ranges::find_if(all, &TimeChart::isVisible);
        return found == all.end() ? nullptr : *found;
    }
    QString what() { return panel().findChild<QLabel *>(u"what"_s)->text(); }
    QList<TrafficView> &traffic(Seconds window) { return m_scene->console.traffic[window.count()]; }
    void moveMouse(double share);

    std::unique_ptr<OverviewPage> m_page;
};

void TestRangeChart::init()
{
    QLocale::setDefault(QLocale::c());
    PageTest::init();
    m_page = openPage<OverviewPage>(*m_scene);
    QTRY_VERIFY(m_scene->console.askedCount(u"traffic 600"_s) > 0);
    QVERIFY(settle());
    spoken.clear();
    QAccessible::installUpdateHandler(noteSpoken);
}

void TestRangeChart::cleanup()
{
    QAccessible::installUpdateHandler(nullptr);
    m_page.reset();
}

/// Over the chart: from its left edge (0) to its right one (1). As the window hears of it.
void TestRangeChart::moveMouse(double share)
{
    const QWidget *viewport = chart()->viewport();
    const QRectF plot = chart()->chart()->plotArea();
    const QPointF at(plot.left() + share * plot.width(), plot.center().y());
    QTest::mouseMove(m_page->windowHandle(), viewport->mapTo(m_page.get(), at.toPoint()));
}

void TestRangeChart::arrowKeys_chooseChartAndTime()
{
    QCOMPARE(chart()->accessibleName(), u"Requests by outcome"_s);
    QCOMPARE(what(), u"per 5 s"_s);
    button(*m_page, u"Requests"_s)->setFocus();
    press(Qt::Key_Right);
    QCOMPARE(chart()->accessibleName(), u"Sign-ins and failed sign-ins"_s);
    press(Qt::Key_Right);
    QCOMPARE(chart()->accessibleName(), u"Latency of requests, p50 and p99"_s);
    QCOMPARE(what(), u"in milliseconds, a tenth more or less"_s);
    button(*m_page, u"10 min"_s)->setFocus();
    for (const auto &[range, window] : QList<std::pair<ChartRange, QString>> {{ChartRange::Hour, u"traffic 3600"_s},
                                                                              {ChartRange::Day, u"traffic 86400"_s},
                                                                              {ChartRange::Week, u"traffic 604800"_s},
                                                                              {ChartRange::Month, u"traffic 2592000"_s}}) {
        press(Qt::Key_Right);
        QCOMPARE(panel().range(), range);
        QTRY_VERIFY(m_scene->console.askedCount(window) > 0);
    }
    panel().setTab(0);
    QCOMPARE(what(), u"per 4 h"_s);
}

void TestRangeChart::choice_isRemembered()
{
    panel().setRange(ChartRange::Week);
    panel().setTab(2);
    m_page->remember();
    m_page.reset();
    m_page = openPage<OverviewPage>(*m_scene);
    QCOMPARE(panel().range(), ChartRange::Week);
    QCOMPARE(panel().tab(), 2);
    QVERIFY(m_scene->console.askedCount(u"traffic 604800"_s) > 0);
}

void TestRangeChart::answerOfAnotherTime_isNotShown()
{
    m_scene->console.hold();
    panel().setRange(ChartRange::Day);
    panel().setRange(ChartRange::Hour); // before there is an answer
    m_scene->console.release();
    QVERIFY(settle());
    chart()->setFocus();
    press(Qt::Key_Home);
    QCOMPARE(chart()->chosen()->from, traffic(3600s).first().from);
    QCOMPARE(chart()->chosen()->until, traffic(3600s).first().from + 60s);
}

void TestRangeChart::arrowKeys_chooseAStep_andItsNumbersAreSaid()
{
    panel().setRange(ChartRange::Day);
    QVERIFY(settle());
    spoken.clear();
    chart()->setFocus();
    press(Qt::Key_Left);
    QCOMPARE(chart()->chosen()->from, traffic(24h).last().from);
    QVERIFY2(what().contains(u"until now"_s), qPrintable(what()));
    press(Qt::Key_Left);
    const TrafficView &view = traffic(24h)[142];
    QCOMPARE(what(),
             UiTexts::inOneLine(
                 {ChartRanges::moment(view.from, ChartRange::Day, m_scene->clock.now()), UiTexts::named(u"OK"_s, UiTexts::count(view.ok)),
                  UiTexts::named(u"Refused"_s, UiTexts::count(view.refused)), UiTexts::named(u"Limited"_s, UiTexts::count(view.limited)),
                  UiTexts::named(u"Failed"_s, UiTexts::count(view.failed))}));
    QCOMPARE(chart()->accessibleDescription(), what());
    QCOMPARE(spoken.filter(what()).size(), 1);
    press(Qt::Key_Home);
    QCOMPARE(chart()->chosen()->from, traffic(24h).first().from);
    press(Qt::Key_Left); // there is nothing before it
    QCOMPARE(chart()->chosen()->from, traffic(24h).first().from);
    press(Qt::Key_Right);
    QCOMPARE(chart()->chosen()->from, traffic(24h)[1].from);
    press(Qt::Key_End);
    QCOMPARE(chart()->chosen()->from, traffic(24h).last().from);
    press(Qt::Key_Escape);
    QVERIFY(!chart()->chosen());
    QCOMPARE(what(), u"per 10 min"_s);
    QCOMPARE(chart()->accessibleDescription(), QString());
}

void TestRangeChart::mouse_choosesAStep_andNothingIsSaid()
{
    QVERIFY(chart()->viewport()->hasMouseTracking()); // no button is pressed
    moveMouse(0.4);
    moveMouse(0.5);
    QVERIFY(chart()->chosen());
    QVERIFY(what().contains(u"OK: "_s));
    const Milliseconds fromMiddle = chart()->chosen()->from + 5min - m_scene->clock.now();
    QVERIFY(std::chrono::abs(fromMiddle) <= 10s);
    spoken.removeAll(u"change of warder::ElidedLabel"_s); // which has other words now, for whoever goes there to read them
    QVERIFY2(spoken.isEmpty(), qPrintable(spoken.join(u'\n')));
    QTest::mouseMove(m_page->windowHandle(), QPoint(2, 2));
    QVERIFY(!chart()->chosen());
    moveMouse(0.5);
    QVERIFY(chart()->chosen());
    moveMouse(1.2); // beside it
    QVERIFY(!chart()->chosen());
}

void TestRangeChart::chosenStep_goesOnWithTime()
{
    chart()->setFocus();
    press(Qt::Key_End);
    const TimePoint chosen = chart()->chosen()->from;
    m_scene->clock.advance(60s);
    m_scene->fillTraffic();
    m_page->refresh();
    QVERIFY(settle());
    QCOMPARE(chart()->chosen()->from, chosen);
    m_scene->clock.advance(10min); // it is out of sight
    m_scene->fillTraffic();
    m_page->refresh();
    QVERIFY(settle());
    QVERIFY(!chart()->chosen());
    QCOMPARE(what(), u"per 5 s"_s);
}

void TestRangeChart::latency_hasNoValueWhereNobodyAsked()
{
    traffic(600s).last() = {.from = traffic(600s).last().from};
    m_page->refresh();
    QVERIFY(settle());
    panel().setTab(2);
    chart()->setFocus();
    press(Qt::Key_End);
    QVERIFY2(what().endsWith(u"p50: – · p99: –"_s), qPrintable(what()));
    press(Qt::Key_Left);
    QVERIFY2(what().contains(u" ms"_s), qPrintable(what()));
}

void TestRangeChart::table_hasTheSameNumbers()
{
    panel().setRange(ChartRange::Hour);
    QVERIFY(settle());
    button(*m_page, u"As a table"_s)->setFocus();
    press(Qt::Key_Space);
    QVERIFY(!chart());
    const QAbstractItemModel *model = panel().table().model();
    const auto &views = traffic(3600s);
    QVERIFY(panel().table().isVisible());
    QCOMPARE(model->rowCount(), views.size());
    for (int row = 0; row < model->rowCount(); ++row) {
        const TrafficView &view = views[views.size() - 1 - row]; // newest first
        const auto cell = [&](int column) { return model->index(row, column).data().toString(); };
        QCOMPARE(cell(0), Times::exact(view.from));
        const QList<qint64> counts {view.ok, view.refused, view.limited, view.failed, view.signIns, view.failedSignIns};
        for (int i = 0; i < counts.size(); ++i)
            QCOMPARE(cell(i + 1), UiTexts::count(counts[i]));
        QVERIFY(cell(8).startsWith(QLocale().toString(view.p99, 'f', view.p99 < 10 ? 1 : 0)));
    }
    press(Qt::Key_Space);
    QVERIFY(chart());
}

void TestRangeChart::table_isExported()
{
    panel().setRange(ChartRange::Hour);
    QVERIFY(settle());
    button(*m_page, u"As a table"_s)->setFocus();
    press(Qt::Key_Space);
    const QStringList lines = panel().table().asCsv().split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), traffic(3600s).size() + 1);
    QVERIFY(lines[0].startsWith(u"\"From\",\"OK\",\"Refused\""_s));
    const TrafficView &newest = traffic(3600s).last();
    QVERIFY(lines[1].startsWith(u"\"%1\",\"%2\",\"%3\""_s.arg(Csv::time(newest.from)).arg(newest.ok).arg(newest.refused)));
    panel().table().setFocus(Qt::TabFocusReason);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    press(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(m_page->findChild<QFileDialog *>(u"export"_s));
    m_page->findChild<QFileDialog *>(u"export"_s)->reject();
}

void TestRangeChart::idle_isSilent()
{
    for (int beat = 0; beat < 5; ++beat) {
        m_page->present(m_scene->console.overviewNow);
        m_page->refresh();
        QVERIFY(settle());
    }
    spoken.clear(); // the first may have told the cards their numbers
    for (int beat = 0; beat < 5; ++beat) {
        traffic(600s).last().ok += 7; // the chart moves
        m_page->present(m_scene->console.overviewNow);
        m_page->refresh();
        QVERIFY(settle());
    }
    QVERIFY2(spoken.isEmpty(), qPrintable(spoken.join(u'\n')));
}

void TestRangeChart::chart_isOne_toScreenReaders()
{
    auto *spoken = QAccessible::queryAccessibleInterface(chart());
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::Chart);
    QCOMPARE(spoken->text(QAccessible::Name), u"Requests by outcome"_s);
    chart()->setFocus();
    press(Qt::Key_End);
    QCOMPARE(spoken->text(QAccessible::Description), what());
}

void TestRangeChart::plots_differByMoreThanColour()
{
    const QPalette palette = m_page->palette();
    QCOMPARE(fillOf(Plot::Limited, palette).style(), Qt::BDiagPattern);
    QCOMPARE(fillOf(Plot::Ok, palette).style(), Qt::SolidPattern);
    QCOMPARE(lineOf(Plot::Failed, palette).style(), Qt::CustomDashLine);
    QCOMPARE(lineOf(Plot::FailedSignIns, palette).style(), Qt::CustomDashLine);
    QCOMPARE(lineOf(Plot::P50, palette).style(), Qt::SolidLine);
    QCOMPARE(lineOf(Plot::P99, palette).style(), Qt::CustomDashLine);
}

void TestRangeChart::focus_isSeen()
{
    button(*m_page, u"Requests"_s)->setFocus();
    QVERIFY(settle());
    const QImage before = chart()->grab().toImage();
    chart()->setFocus();
    QVERIFY(settle());
    QVERIFY(chart()->grab().toImage() != before);
}

void TestRangeChart::points_loseNothing()
{
    QList<LimitPoint> seconds;
    for (int i = 0; i < 600; ++i)
        seconds += {.from = m_scene->clock.now() - 1s * (600 - i), .allowed = i, .denied = i % 7};
    double allowed = 0;
    double denied = 0;
    const auto points = limitPoints(seconds, 5s);
    for (const auto &each : points) {
        allowed += each.values[0];
        denied += each.values[1];
        QCOMPARE(toMilliseconds(each.from) % 5000, 0);
    }
    QCOMPARE(points.size(), 120);
    QCOMPARE(allowed, 599.0 * 600 / 2);
    qint64 all = 0;
    for (const LimitPoint &each : seconds)
        all += each.denied;
    QCOMPARE(denied, double(all));
    const auto traffic = trafficPoints({{.from = {}, .ok = 2, .failed = 1, .signIns = 3, .p50 = 1.5, .p99 = 8}, {.from = {}}});
    QCOMPARE(traffic[0].values, (QList<double> {2, 0, 0, 1, 3, 0, 1.5, 8}));
    QCOMPARE(traffic[1].values, (QList<double> {0, 0, 0, 0, 0, 0, -1, -1}));
}

void TestRangeChart::axes_haveTheNumbersOfTheLanguage_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const QLocale &locale : {QLocale(QLocale::English, QLocale::UnitedKingdom), QLocale(QLocale::German, QLocale::Germany),
                                  QLocale(QLocale::Arabic, QLocale::Egypt)})
        QTest::newRow(qPrintable(locale.name())) << locale;
}

/// As the cards and the table have them.
void TestRangeChart::axes_haveTheNumbersOfTheLanguage()
{
    QFETCH(QLocale, locale);
    QLocale::setDefault(locale);
    TimeChart alone(u"Requests"_s, {{.name = u"OK"_s, .plot = Plot::Ok}}, TimeChart::Form::Stacked, nullptr);
    alone.resize(640, 320);
    alone.show();
    const TimePoint now = m_scene->clock.now();
    alone.setPoints({{.from = now - 60s, .until = now, .values = {20'000}}}, now);
    QVERIFY(settle());
    QStringList labels;
    for (QGraphicsItem *item : alone.scene()->items()) {
        if (const auto *text = qgraphicsitem_cast<QGraphicsTextItem *>(item))
            labels += text->toPlainText();
    }
    for (const qint64 number : {10'000, 20'000})
        QVERIFY2(labels.contains(UiTexts::count(number)), qPrintable(labels.join(u' ')));
    QVERIFY2(labels.contains(u"−%1 min"_s.arg(locale.toString(8))), qPrintable(labels.join(u' ')));
}

QTEST_MAIN(TestRangeChart)
#include "TestRangeChart.moc"
