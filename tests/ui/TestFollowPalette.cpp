#include "core/base/Clock.h"
#include "ui/Sidebar.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Tone.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// Colours that are mixed from the palette follow it, when the desktop goes dark.
class TestFollowPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPaletteIsFollowed_andOnce();
    void otherScreen_hasPicturesDrawnForIt();
    void partsOfTheWindow_goDark();
    void selectedIcon_hasTheColourOfItsList();
};

void TestFollowPalette::everyPaletteIsFollowed_andOnce()
{
    QWidget widget;
    int applied = 0;
    followPalette(&widget, [&] {
        ++applied;
        QPalette own = widget.palette();
        own.setColor(QPalette::WindowText, own.color(QPalette::Window));
        widget.setPalette(own); // is no reason to apply it again
    });
    QCOMPARE(applied, 1);
    QCOMPARE(widget.palette().color(QPalette::WindowText), widget.palette().color(QPalette::Window));
    QPalette dark = widget.palette();
    dark.setColor(QPalette::Window, Qt::black);
    widget.setPalette(dark);
    QCOMPARE(applied, 2);
    QCOMPARE(widget.palette().color(QPalette::WindowText), QColor(Qt::black));
}

void TestFollowPalette::otherScreen_hasPicturesDrawnForIt()
{
    QWidget widget;
    int applied = 0;
    followPalette(&widget, [&] { ++applied; });
    QEvent finer(QEvent::DevicePixelRatioChange);
    QApplication::sendEvent(&widget, &finer);
    QCOMPARE(applied, 2);
}

void TestFollowPalette::partsOfTheWindow_goDark()
{
    QWidget window;
    const QLabel *label = quietLabel(u"quiet"_s, &window);
    const DataTable table(u"Table"_s, u"table"_s, &window);
    const Sidebar sidebar(&window);
    window.show();
    for (const QColor &colour : {QColor(0x26282c), QColor(0xf3f4f6)}) {
        const QPalette palette(colour);
        window.setPalette(palette);
        QCOMPARE(label->palette().color(QPalette::WindowText), quietText(palette));
        QCOMPARE(table.palette().color(QPalette::Base), surface(palette));
        QCOMPARE(isDark(sidebar.palette()), isDark(palette));
    }
}

/// Which may be another one than the desktop's: that has white on blue here.
void TestFollowPalette::selectedIcon_hasTheColourOfItsList()
{
    QPalette desktop = QApplication::palette();
    desktop.setColor(QPalette::Highlight, Qt::blue);
    desktop.setColor(QPalette::HighlightedText, Qt::white);
    QApplication::setPalette(desktop);
    QListWidget list;
    QPalette own = list.palette();
    own.setColor(QPalette::Highlight, Qt::white);
    own.setColor(QPalette::HighlightedText, Qt::black);
    list.setPalette(own);
    list.setIconSize({24, 24});
    list.addItem(new QListWidgetItem(icon(u"done"_s), {}));
    list.show();
    list.setCurrentRow(0);
    QVERIFY(QTest::qWaitForWindowExposed(&list));
    const QImage picture = list.viewport()->grab(list.visualItemRect(list.item(0)).adjusted(2, 2, -2, -2)).toImage();
    int dark = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < qMin(32, picture.width()); ++x)
            dark += qGray(picture.pixel(x, y)) < 80 ? 1 : 0;
    }
    QVERIFY2(dark > 30, QByteArray::number(dark));
}

QTEST_MAIN(TestFollowPalette)
#include "TestFollowPalette.moc"
