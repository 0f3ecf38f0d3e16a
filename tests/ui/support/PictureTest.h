#pragma once

#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Scene.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"

#include <QApplication>
#include <QSize>
#include <QTest>

#include <memory>

class QDialog;

namespace warder::test {

/// A test that renders what people will see, of a console in memory that is empty at the start of each function, and fails where something
/// is cut off. GUI thread. What fails in a function of this class fails the test, but does not end the function that called it.
class PictureTest : public QObject
{
    Q_OBJECT
protected Q_SLOTS:
    void init();
    void cleanup();

protected:
    /// The row of the table of data, by which its picture is named.
    static QString tag() { return QString::fromLatin1(QTest::currentDataTag()); }
    /// Colours, and texts half as long again; until the function is over.
    void wear(bool dark, bool longTexts = false);
    /// Another one of Qt's own styles, until the function is over.
    static void wearStyle(const QString &name);
    /// The program's window, once a function, gone when it is over: `size` is what it has before it is shown, if that is given.
    void openWindow(const QSize &size = {});
    /// Opened as it comes, then made so large, with this page in front and all there.
    void openWindowAt(const QString &page, const QSize &size);
    MainWindow &window() { return m_desktop->window(); }

    /// Saves its picture.
    static void take(QWidget &widget, const QString &name = tag(), double scale = 1);
    /// Fails if something is still cut off after a while.
    static void fits(const QWidget &widget);
    /// Lets it settle, saves its picture, and fails if something is still cut off after a while.
    static void look(QWidget &widget, const QString &name = tag(), double scale = 1);
    /// The same of a dialog that is as large as it likes to be, and must fit a small screen: 960×690.
    static void lookAtDialog(QDialog &dialog, const QString &name = tag());
    /// The same as look(), but it must fit at once.
    static void lookAtOnce(QWidget &widget, const QString &name = tag());
    /// The same of a dialog in which a message has come: it has grown by itself.
    static void lookAfterMessage(QDialog &dialog, const QString &name = tag());

    std::unique_ptr<Scene> m_scene;

private:
    std::unique_ptr<Desktop> m_desktop;
    LongTexts m_longTexts;
};

/// The main() of a PictureTest: the same time zone, style, font and colours on each machine.
template <typename Test>
int takePictures(int count, char **arguments)
{
    qputenv("TZ", "UTC");
    QApplication app(count, arguments);
    dress(app);
    Test test;
    return QTest::qExec(&test, count, arguments);
}

} // namespace warder::test
