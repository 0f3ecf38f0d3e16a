#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/MainWindow.h"
#include "ui/Sidebar.h"
#include "ui/support/Icons.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/TableModel.h"
#include "ui/widgets/Toast.h"

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int iconPixels = 20;
constexpr int leastContrast = 20;  ///< Of 255: less is a place where nothing was drawn.
constexpr double leastSeen = 0.15; ///< Of the contrast.

int contrastIn(const QImage &image)
{
    int darkest = 255;
    int lightest = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const int grey = qGray(image.pixel(x, y));
            darkest = std::min(darkest, grey);
            lightest = std::max(lightest, grey);
        }
    }
    return std::max(0, lightest - darkest);
}

int greatestDifference(const QImage &one, const QImage &other)
{
    int most = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            most = std::max(most, qAbs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))));
    }
    return most;
}

/// Whether something is drawn in the picture, and it is more than the small one made as large.
bool hasMoreThan(const QImage &small, const QImage &picture)
{
    const int contrast = contrastIn(picture);
    const auto differs = [&](Qt::TransformationMode mode) {
        return greatestDifference(picture, small.scaled(picture.size(), Qt::IgnoreAspectRatio, mode)) >= leastSeen * contrast;
    };
    return contrast >= leastContrast && differs(Qt::FastTransformation) && differs(Qt::SmoothTransformation);
}

/// Of a place where a pixel of the window is four of the screen.
bool isSharp(const QImage &picture)
{
    return hasMoreThan(picture.scaled(picture.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation), picture);
}

QImage paper(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

/// As who paints it takes it, such as a cell.
QImage paintedIcon(const QIcon &icon, double scale)
{
    QImage image = paper(QSize(iconPixels, iconPixels) * scale);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    icon.paint(&painter, QRect(0, 0, iconPixels, iconPixels));
    painter.end();
    return image;
}

/// As labels and buttons take it.
QImage takenIcon(const QIcon &icon, double scale)
{
    QPixmap pixmap = icon.pixmap(QSize(iconPixels, iconPixels), scale);
    pixmap.setDevicePixelRatio(1);
    QImage image = paper(pixmap.size());
    QPainter painter(&image);
    painter.drawPixmap(0, 0, pixmap);
    painter.end();
    return image;
}

} // namespace

/// Where a pixel of the window is several of the screen, what it shows is drawn for all of these. The program runs at twice the scale.
class TestSharpness : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void icons_areDrawnForTheScreen_data();
    void icons_areDrawnForTheScreen();
    void programIcon_isLargeEnough();
    void page_isDrawnForTheScreen_data();
    void page_isDrawnForTheScreen();

private:
    struct Place
    {
        const QWidget *widget;
        QRect place; ///< In the widget, of a drawing and nothing else.
    };
    QList<Place> drawings();
};

void TestSharpness::icons_areDrawnForTheScreen_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("half as large again") << 1.5;
    QTest::newRow("twice") << 2.0;
    QTest::newRow("three times") << 3.0;
}

void TestSharpness::icons_areDrawnForTheScreen()
{
    QFETCH(double, scale);
    const QStringList files = QDir(u":/warder/icons"_s).entryList({u"*.svg"_s});
    QVERIFY(files.size() > 20);
    QStringList blurred;
    for (const QString &file : files) {
        const QIcon drawing = icon(file.chopped(4), Qt::black);
        QCOMPARE(takenIcon(drawing, scale).size(), QSize(iconPixels, iconPixels) * scale);
        if (!hasMoreThan(paintedIcon(drawing, 1), paintedIcon(drawing, scale)))
            blurred += u"painted: "_s + file;
        if (!hasMoreThan(takenIcon(drawing, 1), takenIcon(drawing, scale)))
            blurred += u"taken: "_s + file;
    }
    QVERIFY2(blurred.isEmpty(), qPrintable(blurred.join(u'\n')));
}

/// In boxes and in the list of windows.
void TestSharpness::programIcon_isLargeEnough() { QCOMPARE(programIcon().pixmap(QSize(64, 64), 2.0).size(), QSize(128, 128)); }

void TestSharpness::page_isDrawnForTheScreen_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("full");
    QTest::newRow("activity") << u"activity"_s << true;
    QTest::newRow("users, empty") << u"users"_s << false;
}

/// Of the window's labels, its sidebar, and the icons in the cells of the page's list.
QList<TestSharpness::Place> TestSharpness::drawings()
{
    QList<Place> places;
    for (const auto *label : window().findChildren<QLabel *>()) {
        if (label->isVisible() && !label->pixmap().isNull())
            places += Place {.widget = label, .place = label->rect()};
    }
    const auto *sidebar = window().findChild<Sidebar *>();
    for (int row = 0; row < sidebar->count(); ++row) {
        const QRect item = sidebar->visualItemRect(sidebar->item(row));
        places += Place {.widget = sidebar->viewport(), .place = QRect(item.left() + 20, item.center().y() - 9, 19, 19)};
    }
    for (const auto *table : window().pages().current().findChildren<DataTable *>()) {
        for (int row = 0; table->isVisible() && row < 3; ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            const QRect cell = table->visualRect(index);
            if (!index.data(IconRole).toString().isEmpty())
                places += Place {.widget = table->viewport(), .place = QRect(cell.left() + 10, cell.center().y() - 8, 16, 16)};
        }
    }
    return places;
}

void TestSharpness::page_isDrawnForTheScreen()
{
    QFETCH(QString, key);
    QFETCH(bool, full);
    if (full)
        m_scene->fill();
    openWindowAt(key, QSize(1280, 800));
    window().toast().showMessage(u"Wrote 7 rows to rules.csv."_s);
    QVERIFY(settle());
    look(window(), u"sharp-%1"_s.arg(key));
    constexpr int scale = 2;
    QCOMPARE(window().devicePixelRatioF(), double(scale));
    const QImage shown = window().grab().toImage();
    QCOMPARE(shown.size(), window().size() * scale);
    const QList<Place> all = drawings();
    QVERIFY(all.size() > 10);
    QStringList blurred;
    for (const auto &[widget, place] : all) {
        const QRect at(widget->mapTo(&window(), place.topLeft()) * scale, place.size() * scale);
        if (!isSharp(shown.copy(at)))
            blurred += u"%1 at %2, %3"_s.arg(QString::fromLatin1(widget->metaObject()->className())).arg(at.x()).arg(at.y());
    }
    QVERIFY2(blurred.isEmpty(), qPrintable(blurred.join(u'\n')));
}

int main(int argc, char *argv[])
{
    qputenv("QT_SCALE_FACTOR", "2");
    return takePictures<TestSharpness>(argc, argv);
}
#include "TestSharpness.moc"
