#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Seen.h"
#include "tests/ui/support/Settle.h"
#include "ui/Sidebar.h"
#include "ui/support/Tone.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/StateDot.h"
#include "ui/widgets/TableModel.h"

#include <QApplication>
#include <QFontMetrics>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QTest>

#include <array>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr std::array everyTone {Tone::Neutral, Tone::Good, Tone::Info, Tone::Warning, Tone::Bad};
constexpr std::array everyPlot {Plot::Ok,    Plot::Refused, Plot::Limited,   Plot::Failed, Plot::SignIns, Plot::FailedSignIns,
                                Plot::P50,   Plot::P99,     Plot::Rule1,     Plot::Rule2,  Plot::Rule3,   Plot::Rule4,
                                Plot::Rule5, Plot::Rule6,   Plot::OtherRules};

/// With a selection that cannot be read, as some desktops have it.
QPalette weakSelection(bool dark)
{
    QPalette colours = palette(dark);
    colours.setColor(QPalette::Highlight, QColor(0x3daee9));
    colours.setColor(QPalette::HighlightedText, QColor(0xfcfcfc));
    return colours;
}

/// A row of each kind of cell that the delegate paints.
class CellsModel final : public TableModel
{
public:
    using TableModel::TableModel;

    enum Kind { Plain, Quiet, State, Icon, Load, Bars };
    static constexpr int kinds = Bars + 1;

    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : int(everyTone.size()); }
    int columnCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : kinds; }
    QVariant headerData(int section, Qt::Orientation, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(u"Kind %1"_s.arg(section)) : role == CharactersRole ? QVariant(12) : QVariant();
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const bool hasTone = index.column() == State || index.column() == Icon;
        if (role == Qt::DisplayRole)
            return index.column() == Quiet ? u"i"_s : u"HHH"_s;
        if (role == ToneRole && hasTone)
            return index.row();
        if (role == QuietRole && index.column() == Quiet)
            return u"HHHHHHHH"_s;
        if (role == IconRole && index.column() == Icon)
            return u"users"_s;
        if (role == LoadRole && index.column() == Load)
            return 0.5;
        if ((role == HistoryRole || role == BelowRole) && index.column() == Bars)
            return QVariant::fromValue(QList<double> {role == HistoryRole ? 0.0 : 4.0, role == HistoryRole ? 4.0 : 0.0});
        return {};
    }
    void refreshAges() override {}
};

} // namespace

/// What is read and what means something can be seen: 4.5:1 and 3:1, in light and dark, where it is selected, and without its colour.
class TestContrast : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup() { QApplication::setPalette(palette(false)); }
    void ratio_isThatOfWcag();
    void colours_areSeen_data();
    void colours_areSeen();
    void marks_differWithoutColour();
    void rules_differWithoutColour();
    void cells_areSeen_data() { colours_areSeen_data(); }
    void cells_areSeen();
    void bars_differWithoutColour();
    void sidebar_isRead_data() { colours_areSeen_data(); }
    void sidebar_isRead();

private:
    static QImage shown(QWidget &widget) { return widget.grab().toImage(); }
    /// In a window, in front, with large letters, of which some pixels have all of their colour.
    static std::unique_ptr<QWidget> openTable();
    static void verifyRow(const DataTable &table, const QImage &picture, int row);
};

void TestContrast::initTestCase() { dress(*qApp); }

void TestContrast::ratio_isThatOfWcag()
{
    QCOMPARE(contrastOf(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastOf(Qt::red, Qt::red), 1.0);
    QVERIFY(contrastOf(QColor(0x767676), Qt::white) >= leastForText); // the lightest grey that text may have there
    QVERIFY(contrastOf(QColor(0x777777), Qt::white) < leastForText);
    QCOMPARE(contrastOf(Qt::white, Qt::blue), contrastOf(Qt::blue, Qt::white));
}

void TestContrast::colours_areSeen_data()
{
    QTest::addColumn<QPalette>("colours");
    QTest::newRow("light") << palette(false);
    QTest::newRow("dark") << palette(true);
    QTest::newRow("high contrast") << highContrast();
    QTest::newRow("light, weak selection") << weakSelection(false);
    QTest::newRow("dark, weak selection") << weakSelection(true);
}

void TestContrast::colours_areSeen()
{
    QFETCH(QPalette, colours);
    QPalette own = colours;
    makeReadable(own, colours);
    QVERIFY(contrastOf(own.color(QPalette::HighlightedText), own.color(QPalette::Highlight)) >= leastForText);
    for (const QColor &ground : {colours.color(QPalette::Window), colours.color(QPalette::Base), surface(colours)}) {
        QVERIFY(contrastOf(quietText(colours), ground) >= leastForText);
        QVERIFY(contrastOf(own.color(QPalette::PlaceholderText), ground) >= leastForText);
        QVERIFY(contrastOf(focusColour(colours, ground), ground) >= leastForMarks);
        for (const Tone tone : everyTone)
            QVERIFY(contrastOf(colourOf(tone, colours), ground) >= leastForText);
    }
    const QColor ground = surface(colours);
    for (const Plot plot : everyPlot) {
        const QColor fill = fillOf(plot, colours).color();
        QVERIFY(contrastOf(lineOf(plot, colours).color(), ground) >= leastForMarks);
        QVERIFY(contrastOf(mixed(fill, ground, fill.alphaF()), ground) >= leastForMarks);
    }
    for (const Tone tone : everyTone) // the icon of a message, on its ground
        QVERIFY(contrastOf(colourOf(tone, colours), mixed(colourOf(tone, colours), ground, 0.10)) >= leastForMarks);
}

void TestContrast::marks_differWithoutColour()
{
    QList<QImage> marks;
    for (const Tone tone : everyTone) {
        QImage mark(12, 12, QImage::Format_RGB32);
        mark.fill(Qt::white);
        QPainter painter(&mark);
        paintMark(painter, QRectF(1, 1, 10, 10), tone, Qt::black);
        painter.end();
        QVERIFY(!marks.contains(mark));
        marks += mark;
    }
}

/// Their areas stand on each other, and their marks beside each other.
void TestContrast::rules_differWithoutColour()
{
    QList<Qt::BrushStyle> patterns;
    for (const Plot plot : {Plot::Rule1, Plot::Rule2, Plot::Rule3, Plot::Rule4, Plot::Rule5, Plot::Rule6, Plot::OtherRules}) {
        const Qt::BrushStyle pattern = fillOf(plot, palette(false)).style();
        QVERIFY(!patterns.contains(pattern));
        QVERIFY(!isDashed(plot)); // which would stand on the ground, not on the others
        patterns += pattern;
    }
}

std::unique_ptr<QWidget> TestContrast::openTable()
{
    auto window = std::make_unique<QWidget>();
    QFont large = window->font();
    large.setPointSizeF(24);
    window->setFont(large);
    window->resize(1800, 600);
    auto *table = new DataTable(u"Cells"_s, u"cells"_s, window.get());
    table->present(new CellsModel(window.get()));
    table->resize(window->size());
    window->show();
    window->activateWindow();
    comesInFront(window.get());
    settle();
    for (int column = 0; column < CellsModel::kinds; ++column)
        table->setColumnWidth(column, 280);
    return window;
}

/// The words, and what stands before them, each by itself; the ring around a row is no part of it.
void TestContrast::verifyRow(const DataTable &table, const QImage &picture, int row)
{
    constexpr int withinRing = 4;
    for (int column = 0; column < CellsModel::kinds; ++column) {
        const QRect cell = table.visualRect(table.model()->index(row, column)).adjusted(withinRing, withinRing, 0, -withinRing);
        const int words = column == CellsModel::Quiet ? 34 : column == CellsModel::State ? 22 : column == CellsModel::Load ? 58 : 30;
        const QRect before(cell.left(), cell.top(), words - withinRing, cell.height());
        const QString who = u"row %1, column %2: "_s.arg(row).arg(column);
        if (column != CellsModel::Bars) {
            const double text = inkIn(picture, column == CellsModel::Plain ? cell : cell.adjusted(words - withinRing, 0, 0, 0));
            QVERIFY2(text >= leastForText, qPrintable(who + QString::number(text)));
        }
        if (column != CellsModel::Plain && column != CellsModel::Quiet) {
            const double mark = inkIn(picture, column == CellsModel::Bars ? cell : before);
            QVERIFY2(mark >= leastForMarks, qPrintable(who + QString::number(mark)));
        }
    }
}

void TestContrast::cells_areSeen()
{
    QFETCH(QPalette, colours);
    QApplication::setPalette(colours);
    const auto window = openTable();
    auto &table = *window->findChild<DataTable *>();
    table.setFocus(Qt::TabFocusReason);
    table.clearSelection();
    settle();
    const QImage plain = shown(*table.viewport());
    table.selectAll();
    settle();
    const QImage selected = shown(*table.viewport());
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        verifyRow(table, plain, row);
        verifyRow(table, selected, row);
        if (QTest::currentTestFailed())
            return;
        const QRect beginning(2, table.rowViewportPosition(row) + 6, 2, table.rowHeight(row) - 12);      // within the ring
        QVERIFY(contrastOf(groundIn(plain, beginning), groundIn(selected, beginning)) >= leastForMarks); // which rows are selected
    }
    const QImage header = shown(*table.horizontalHeader()->viewport());
    QVERIFY(inkIn(header, header.rect()) >= leastForText);
}

/// What was allowed is hollow, what was denied is not.
void TestContrast::bars_differWithoutColour()
{
    const auto window = openTable();
    const auto &table = *window->findChild<DataTable *>();
    const QRect cell = table.visualRect(table.model()->index(0, CellsModel::Bars));
    const QImage picture = shown(*table.viewport());
    const QPoint middle(cell.left() + 10 + 4, cell.center().y());
    const QColor ground = groundIn(picture, cell);
    QVERIFY(contrastOf(picture.pixelColor(middle), ground) < leastForMarks);
    QVERIFY(contrastOf(picture.pixelColor(middle + QPoint(11, 0)), ground) >= leastForMarks);
}

void TestContrast::sidebar_isRead()
{
    QFETCH(QPalette, colours);
    QApplication::setPalette(colours);
    QWidget window;
    QFont large = window.font();
    large.setPointSizeF(24);
    window.setFont(large);
    auto *sidebar = new Sidebar(&window);
    for (const Tone tone : everyTone) {
        sidebar->add(u"users"_s, u"HHH"_s);
        sidebar->setBadge(sidebar->count() - 1, 7, tone, u"7"_s);
    }
    sidebar->add(u"users"_s, u"HHH"_s);
    const int counted = sidebar->count() - 1;
    sidebar->setCount(counted, 777, u"777"_s);
    window.resize(600, 500);
    sidebar->resize(500, 500);
    window.show();
    settle();
    for (int current = 0; current < sidebar->count(); ++current) {
        sidebar->setCurrentRow(current);
        settle();
        const QImage picture = shown(*sidebar->viewport());
        for (int row = 0; row < sidebar->count(); ++row) {
            const QRect place = sidebar->visualItemRect(sidebar->item(row)).adjusted(8, 6, -8, -6);
            QVERIFY(inkIn(picture, QRect(place.left() + 42, place.top(), 120, place.height())) >= leastForText);
            QFont font = sidebar->font();
            font.setWeight(row == current ? QFont::DemiBold : QFont::Normal);
            if (row == counted) {
                const int wide = QFontMetrics(font).horizontalAdvance(u"777"_s);
                QVERIFY(inkIn(picture, QRect(place.right() - 10 - wide, place.top(), wide, place.height())) >= leastForText);
                continue;
            }
            const int number = QFontMetrics(font).horizontalAdvance(u"7"_s) + 10;
            QVERIFY(inkIn(picture, QRect(place.right() - number - 16, place.top(), 14, place.height())) >= leastForMarks);
        }
    }
}

QTEST_MAIN(TestContrast)
#include "TestContrast.moc"
