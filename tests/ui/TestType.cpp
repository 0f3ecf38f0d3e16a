#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/support/Icons.h"
#include "ui/support/Type.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Page.h"

#include <QApplication>
#include <QFontDatabase>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Four sizes of text, numbers that stand below each other, and one width for what is compared letter by letter.
class TestType : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void labels_haveTheirSizes();
    void labels_areMeasuredAnew();
    void pages_haveFourSizes_data();
    void pages_haveFourSizes();
    void numbers_areOfOneWidth();
    void ids_areOfOneWidth_inTables_data();
    void ids_areOfOneWidth_inTables();
    void ids_areOfOneWidth_inDetails();
    void icons_lieOnWholePixels_data();
    void icons_lieOnWholePixels();
};

void TestType::labels_haveTheirSizes()
{
    QWidget parent;
    const auto sizeOf = [&parent](const QLabel *label) { return label->font().pointSizeF() / parent.font().pointSizeF(); };
    QCOMPARE(sizeOf(titleLabel(u"12"_s, &parent)), TextSize::title);
    QCOMPARE(sizeOf(headingLabel(u"12"_s, &parent)), TextSize::body);
    QCOMPARE(sizeOf(strongLabel(u"12"_s, &parent)), TextSize::body);
    QCOMPARE(sizeOf(textLabel(u"12"_s, &parent)), TextSize::body);
    QCOMPARE(sizeOf(quietLabel(u"12"_s, &parent)), TextSize::quiet);
    QCOMPARE(sizeOf(figureLabel(u"12"_s, &parent)), TextSize::figure);
}

/// They remember how high they are, but not beyond what decides it.
void TestType::labels_areMeasuredAnew()
{
    QWidget parent;
    const QString words = u"some words that need a few lines "_s;
    QLabel *label = textLabel(words, &parent);
    QFont larger = label->font();
    larger.setPointSizeF(2 * larger.pointSizeF());
    int before = label->heightForWidth(100);
    QVERIFY(label->heightForWidth(50) > before);
    QCOMPARE(label->heightForWidth(100), before);
    for (const std::function<void()> &change :
         {std::function<void()>([&] { label->setText(words.repeated(3)); }), std::function<void()>([&] { label->setFont(larger); }),
          std::function<void()>([&] { label->setContentsMargins(0, 0, 0, 20); })}) {
        change();
        QVERIFY(label->heightForWidth(100) > before);
        before = label->heightForWidth(100);
    }
    QLabel *heading = headingLabel(words, &parent);
    before = heading->heightForWidth(100);
    heading->setWordWrap(true);
    QVERIFY(heading->heightForWidth(100) > before);
}

void TestType::pages_haveFourSizes_data()
{
    QTest::addColumn<QString>("page");
    for (const auto &page : {u"overview"_s, u"sessions"_s, u"users"_s, u"limits"_s, u"keys"_s, u"mail"_s, u"providers"_s, u"activity"_s,
                             u"settings"_s, u"alarms"_s})
        QTest::newRow(qPrintable(page)) << page;
}

void TestType::pages_haveFourSizes()
{
    QFETCH(const QString, page);
    Scene scene;
    scene.fill();
    scene.fillSettings();
    Desktop desktop(scene.context());
    desktop.open();
    desktop.window().pages().showPage(page);
    QVERIFY(settle());
    const double body = desktop.window().font().pointSizeF();
    for (const QLabel *label : desktop.window().pages().current().findChildren<QLabel *>()) {
        const double size = label->font().pointSizeF() / body;
        const auto isThat = [size](double each) { return std::abs(size - each) < 0.01; };
        const bool isOne = isThat(TextSize::body) || isThat(TextSize::quiet) || isThat(TextSize::title) || isThat(TextSize::figure);
        QVERIFY2(isOne, qPrintable(u"“%1” has %2 of the size of text"_s.arg(label->text()).arg(size)));
    }
}

void TestType::numbers_areOfOneWidth()
{
    QWidget parent;
    QVERIFY(figureLabel(u"11"_s, &parent)->font().isFeatureSet("tnum"));
    const DataTable table(u"Numbers"_s, u"n"_s, &parent);
    QVERIFY(table.font().isFeatureSet("tnum"));
    QCOMPARE(table.font().pointSizeF(), parent.font().pointSizeF()); // and else that of all text
}

void TestType::ids_areOfOneWidth_inTables_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("title");
    QTest::newRow("sessions") << u"sessions"_s << u"Address"_s;
    QTest::newRow("keys") << u"keys"_s << u"Key id (kid)"_s;
    QTest::newRow("activity") << u"activity"_s << u"Address"_s;
    QTest::newRow("alarms") << u"alarms"_s << u"Address"_s;
}

void TestType::ids_areOfOneWidth_inTables()
{
    QFETCH(const QString, page);
    QFETCH(const QString, title);
    Scene scene;
    scene.fill();
    Desktop desktop(scene.context());
    desktop.open();
    desktop.window().pages().showPage(page);
    const auto *rows = desktop.window().pages().current().findChild<DataTable *>()->model();
    QTRY_VERIFY(rows->rowCount() > 0);
    int found = 0;
    for (int column = 0; column < rows->columnCount(); ++column) {
        const bool isOne = rows->headerData(column, Qt::Horizontal).toString() == title;
        QCOMPARE(rows->index(0, column).data(FixedWidthRole).toBool(), isOne);
        found += isOne ? 1 : 0;
    }
    QCOMPARE(found, 1);
}

void TestType::ids_areOfOneWidth_inDetails()
{
    QWidget window;
    DetailsPanel panel(u"Details"_s, u"Nothing is selected"_s, &window);
    const QString id = u"0197b3c2-1111-7aaa-8bbb-0123456789ab"_s;
    panel.present(u"A title"_s, {{.name = u"Name"_s, .value = u"Ann"_s}, {.name = u"Id"_s, .value = id, .isFixedWidth = true}});
    const auto fontOf = [&panel](const QString &text) {
        const auto labels = panel.findChildren<QLabel *>();
        return (*std::ranges::find(labels, text, &QLabel::text))->font(); // whole: an id is not broken
    };
    const QString fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    QCOMPARE(fontOf(id).family(), fixed);
    QCOMPARE(fontOf(id).pointSizeF(), panel.font().pointSizeF() * TextSize::quiet);
    QCOMPARE(fontOf(u"Ann"_s), panel.font());
    panel.present(u"Another"_s, {{.name = u"Id"_s, .value = id, .isFixedWidth = true}, {.name = u"Name"_s, .value = u"Ann"_s}});
    QCOMPARE(fontOf(u"Ann"_s), panel.font());
}

void TestType::icons_lieOnWholePixels_data()
{
    QTest::addColumn<double>("scale");
    QTest::addColumn<int>("pixels");
    QTest::newRow("1") << 1.0 << 16;
    QTest::newRow("1.25") << 1.25 << 20;
    QTest::newRow("1.5") << 1.5 << 24;
    QTest::newRow("2") << 2.0 << 32;
}

/// What is painted at an odd place is, pixel for pixel, what the drawing is at that size.
void TestType::icons_lieOnWholePixels()
{
    QFETCH(const double, scale);
    QFETCH(const int, pixels);
    const QIcon drawing = icon(u"ban"_s, Qt::black);
    QImage image(100, 100, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    const QPoint at(13, 7);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        drawing.paint(&painter, QRect(at, QSize(16, 16)));
    }
    QImage wanted(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    wanted.fill(Qt::transparent);
    {
        QPainter painter(&wanted);
        drawing.paint(&painter, wanted.rect());
    }
    image.setDevicePixelRatio(1);
    const QPoint place((QPointF(at) * scale).toPoint());
    QCOMPARE(image.copy(QRect(place, wanted.size())), wanted);
}

QTEST_MAIN(TestType)
#include "TestType.moc"
