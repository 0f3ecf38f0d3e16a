#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/UndoStack.h"
#include "ui/palette/CommandPalette.h"
#include "ui/palette/KeysSheet.h"

#include <QLineEdit>
#include <QMenu>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The palette of commands, the list of keys and the list of what can be taken back as people will see them; nothing of them is cut off.
class TestPaletteScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void palette_fits_data();
    void palette_fits();
    void keys_fit_data();
    void keys_fit();
    void undoList_fits();
};

void TestPaletteScreenshots::palette_fits_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    const QSize large(1280, 800);
    const QSize small(960, 690);
    QTest::newRow("palette-light") << QString() << false << false << large << 1.0;
    QTest::newRow("palette-dark-200") << QString() << true << false << large << 2.0;
    QTest::newRow("palette-users-light") << u"grace"_s << false << false << large << 1.0;
    QTest::newRow("palette-orders-dark") << u"re"_s << true << false << large << 1.0;
    QTest::newRow("palette-nothing-light") << u"zzzzqqq"_s << false << false << large << 1.0;
    QTest::newRow("palette-long-small") << QString() << false << true << small << 1.0;
}

void TestPaletteScreenshots::palette_fits()
{
    QFETCH(QString, typed);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    wear(dark, longTexts);
    m_scene->fill();
    openWindow(size);
    QVERIFY(comesInFront(&window()));
    window().pages().showPage(u"sessions"_s);
    QVERIFY(settle());
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    auto *field = window().findChild<CommandPalette *>();
    QTest::keyClicks(field->findChild<QLineEdit *>(), typed);
    QVERIFY(settle());
    take(window(), tag(), scale);
    QVERIFY(window().rect().contains(QRect(field->mapTo(&window(), QPoint()), field->size())));
    fits(*field);
}

void TestPaletteScreenshots::keys_fit_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("keyboard-users-light") << u"users"_s << false << false;
    QTest::newRow("keyboard-limits-dark") << u"limits"_s << true << false;
    QTest::newRow("keyboard-sessions-long") << u"sessions"_s << false << true;
}

void TestPaletteScreenshots::keys_fit()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    openWindow();
    QVERIFY(comesInFront(&window()));
    window().pages().showPage(page);
    QVERIFY(settle());
    QTest::keyClick(&window(), Qt::Key_F1);
    QTRY_VERIFY(window().findChild<KeysSheet *>());
    auto *sheet = window().findChild<KeysSheet *>();
    look(*sheet);
}

void TestPaletteScreenshots::undoList_fits()
{
    m_scene->fill();
    openWindow();
    QVERIFY(comesInFront(&window()));
    const auto nothing = [](const UndoTurn &) {};
    window().undoStack().push({.what = u"Change of the rule “Sign-ins per address”"_s, .about = u"1"_s, .begin = nothing});
    window().undoStack().push({.what = u"Rotation of Zk9Qw3sT1vLr2YxB"_s, .about = u"2"_s, .begin = nothing});
    window().undoStack().push({.what = u"Change of the rule “Sign-ins per address”"_s, .about = u"1"_s, .begin = nothing});
    auto *menu = window().findChild<QMenu *>(u"undoMenu"_s);
    menu->popup(window().mapToGlobal(QPoint(60, 60)));
    QVERIFY(settle());
    take(*menu, u"undo-list"_s);
    menu->close();
}

int main(int argc, char *argv[]) { return takePictures<TestPaletteScreenshots>(argc, argv); }
#include "TestPaletteScreenshots.moc"
