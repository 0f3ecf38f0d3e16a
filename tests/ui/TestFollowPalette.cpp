#include "core/base/Clock.h"
#include "ui/Sidebar.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
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

QTEST_MAIN(TestFollowPalette)
#include "TestFollowPalette.moc"
