#include "tests/ui/support/PictureTest.h"

#include "tests/ui/support/Settle.h"

#include <QDialog>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace warder::test {

void PictureTest::init() { m_scene = std::make_unique<Scene>(); }

void PictureTest::cleanup()
{
    m_desktop.reset();
    QApplication::removeTranslator(&m_longTexts);
    QApplication::setPalette(palette(false));
    if (QApplication::style()->name().compare(usualStyle, Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QString(usualStyle));
}

void PictureTest::wearStyle(const QString &name) { QVERIFY(QApplication::setStyle(name)); }

void PictureTest::wear(bool dark, bool longTexts)
{
    QApplication::setPalette(palette(dark));
    if (longTexts)
        QApplication::installTranslator(&m_longTexts);
}

void PictureTest::openWindow(const QSize &size)
{
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    if (size.isValid())
        window().resize(size);
    m_desktop->open();
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void PictureTest::openWindowAt(const QString &page, const QSize &size)
{
    openWindow();
    window().resize(size);
    window().pages().showPage(page);
    QVERIFY(settle());
}

void PictureTest::take(QWidget &widget, const QString &name, double scale) { QVERIFY(savePicture(widget, name, scale)); }

void PictureTest::fits(const QWidget &widget) { QTRY_VERIFY2(clippedIn(widget).isEmpty(), qPrintable(clippedIn(widget).join(u'\n'))); }

void PictureTest::look(QWidget &widget, const QString &name, double scale)
{
    QVERIFY(settle());
    take(widget, name, scale);
    fits(widget);
}

void PictureTest::lookAtDialog(QDialog &dialog, const QString &name)
{
    QVERIFY(settle());
    dialog.adjustSize();
    look(dialog, name);
    QVERIFY2(dialog.height() <= 690 && dialog.width() <= 960, qPrintable(u"%1×%2"_s.arg(dialog.width()).arg(dialog.height())));
}

void PictureTest::lookAtOnce(QWidget &widget, const QString &name)
{
    QVERIFY(settle());
    take(widget, name);
    const QStringList clipped = clippedIn(widget);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void PictureTest::lookAfterMessage(QDialog &dialog, const QString &name)
{
    lookAtOnce(dialog, name);
    const QStringList squeezed = squeezedIn(dialog);
    QVERIFY2(squeezed.isEmpty(), qPrintable(squeezed.join(u'\n')));
}

} // namespace warder::test
