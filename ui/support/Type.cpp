#include "ui/support/Type.h"

#include <QFontDatabase>

namespace warder {

QFont sized(const QFont &font, double size)
{
    QFont other = font;
    if (font.pointSizeF() > 0)
        other.setPointSizeF(font.pointSizeF() * size);
    else
        other.setPixelSize(qRound(font.pixelSize() * size));
    return other;
}

QFont ofTabularFigures(const QFont &font)
{
    QFont other = font;
    other.setFeature("tnum", 1);
    return other;
}

QFont fixedWidth(const QFont &body)
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont quiet = sized(body, TextSize::quiet);
    if (quiet.pointSizeF() > 0)
        fixed.setPointSizeF(quiet.pointSizeF());
    else
        fixed.setPixelSize(quiet.pixelSize());
    return fixed;
}

} // namespace warder
