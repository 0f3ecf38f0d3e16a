#include "ui/support/Icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QTransform>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

class TintedIcon final : public QIconEngine
{
public:
    TintedIcon(const QString &name, const QColor &colour) : m_name(name), m_colour(colour) {}

    /// On whole pixels of the device: at a scale such as 1.25 it would lie between them, and be blurred.
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QTransform toDevice = painter->deviceTransform();
        const QRectF wanted = toDevice.mapRect(QRectF(rect));
        const QRect place(wanted.topLeft().toPoint(), wanted.size().toSize());
        const QPixmap drawn = tinted(place.size(), colour(mode, paletteOf(*painter)));
        painter->drawPixmap(toDevice.inverted().mapRect(QRectF(place)), drawn, QRectF(drawn.rect()));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return tinted(size, colour(mode, QGuiApplication::palette()));
    }

    QIconEngine *clone() const override { return new TintedIcon(*this); }
    QString key() const override { return u"warder-tinted"_s; }

private:
    /// Of the widget that it is painted on: a list may have another selection than the desktop.
    static QPalette paletteOf(const QPainter &painter)
    {
        const QPaintDevice *device = painter.device();
        return device->devType() == QInternal::Widget ? static_cast<const QWidget *>(device)->palette() : QGuiApplication::palette();
    }

    /// Lists paint the same few again and again.
    QPixmap tinted(const QSize &size, const QColor &colour) const
    {
        const QString key = u"warder-icon/%1/%2/%3x%4"_s.arg(m_name, colour.name(QColor::HexArgb), QString::number(size.width()),
                                                             QString::number(size.height()));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = drawn(size, colour);
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QPixmap drawn(const QSize &size, const QColor &colour) const
    {
        QSvgRenderer renderer(u":/warder/icons/%1.svg"_s.arg(m_name));
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, QRectF(QPointF(), size));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
        return pixmap;
    }

    QColor colour(QIcon::Mode mode, const QPalette &palette) const
    {
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (mode == QIcon::Selected)
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        return m_colour.isValid() ? m_colour : palette.color(QPalette::Active, QPalette::ButtonText);
    }

    QString m_name;
    QColor m_colour;
};

} // namespace

QIcon icon(const QString &name, const QColor &colour) { return QIcon(new TintedIcon(name, colour)); }

QIcon programIcon()
{
    QSvgRenderer renderer(u":/warder/org.warder.Warder.svg"_s);
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace warder
