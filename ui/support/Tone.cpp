#include "ui/support/Tone.h"

#include <algorithm>
#include <cmath>

namespace warder {

namespace {

QColor either(const QPalette &palette, QRgb light, QRgb dark) { return QColor(isDark(palette) ? dark : light); }

/// As WCAG 2 defines it, of a colour in sRGB.
double luminanceOf(const QColor &colour)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// Of what stands on each other in one chart no two have the same.
Qt::BrushStyle patternOf(Plot plot)
{
    switch (plot) {
    case Plot::Ok:
    case Plot::Refused:
    case Plot::Failed:
    case Plot::SignIns:
    case Plot::FailedSignIns:
    case Plot::P50:
    case Plot::P99:
    case Plot::Rule2:         return Qt::SolidPattern;
    case Plot::Limited:
    case Plot::Rule1:         return Qt::BDiagPattern;
    case Plot::Rule3:         return Qt::FDiagPattern;
    case Plot::Rule4:         return Qt::HorPattern;
    case Plot::Rule5:         return Qt::DiagCrossPattern;
    case Plot::Rule6:         return Qt::VerPattern;
    case Plot::OtherRules:    return Qt::Dense4Pattern;
    }
    Q_UNREACHABLE_RETURN(Qt::SolidPattern);
}

} // namespace

bool isDark(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

QColor mixed(const QColor &over, const QColor &under, double share)
{
    const auto part = [share](int a, int b) { return int(a * share + b * (1 - share) + 0.5); };
    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()));
}

double contrastOf(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminanceOf(one), luminanceOf(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor focusColour(const QPalette &palette, const QColor &ground)
{
    const QColor accent = palette.color(QPalette::Active, QPalette::Highlight);
    return contrastOf(accent, ground) >= leastForMarks ? accent : palette.color(QPalette::Active, QPalette::WindowText);
}

void makeReadable(QPalette &own, const QPalette &around)
{
    constexpr double accentInSelection = 0.18;
    own.setColor(QPalette::PlaceholderText, quietText(around));
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        const QColor ground = around.color(group, QPalette::Highlight);
        if (contrastOf(around.color(group, QPalette::HighlightedText), ground) >= leastForText)
            continue;
        own.setColor(group, QPalette::Highlight, mixed(ground, surface(around), accentInSelection));
        own.setColor(group, QPalette::HighlightedText, around.color(group, QPalette::WindowText));
    }
}

QColor colourOf(Tone tone, const QPalette &palette)
{
    switch (tone) {
    case Tone::Neutral: return quietText(palette);
    case Tone::Good:    return either(palette, 0x1a7232, 0x56c97a);
    case Tone::Info:    return either(palette, 0x1f5fbf, 0x7ab0ff);
    case Tone::Warning: return either(palette, 0x8a5a00, 0xe0b040);
    case Tone::Bad:     return either(palette, 0xb92531, 0xff8f88);
    }
    Q_UNREACHABLE_RETURN({});
}

QColor colourOf(Plot plot, const QPalette &palette)
{
    switch (plot) {
    case Plot::Ok:            return either(palette, 0x3b7ddd, 0x5b9bf5);
    case Plot::Refused:       return either(palette, 0xb57800, 0xe0b040);
    case Plot::Limited:       return either(palette, 0x8957d6, 0xb591f2);
    case Plot::Failed:        return either(palette, 0xcc3340, 0xff7b75);
    case Plot::SignIns:       return either(palette, 0x238a4a, 0x56c97a);
    case Plot::FailedSignIns: return either(palette, 0xcc3340, 0xff7b75);
    case Plot::P50:           return either(palette, 0x3b7ddd, 0x5b9bf5);
    case Plot::P99:           return either(palette, 0x8957d6, 0xb591f2);
    case Plot::Rule1:         return either(palette, 0x8957d6, 0xb591f2);
    case Plot::Rule2:         return either(palette, 0x3b7ddd, 0x5b9bf5);
    case Plot::Rule3:         return either(palette, 0xb57800, 0xe0b040);
    case Plot::Rule4:         return either(palette, 0x0f7f86, 0x45c1c8);
    case Plot::Rule5:         return either(palette, 0xc2408f, 0xf08cc4);
    case Plot::Rule6:         return either(palette, 0x238a4a, 0x56c97a);
    case Plot::OtherRules:    return either(palette, 0x5f6570, 0xa3a8b2);
    }
    Q_UNREACHABLE_RETURN({});
}

bool isDashed(Plot plot) { return plot == Plot::Failed || plot == Plot::FailedSignIns || plot == Plot::P99; }

QBrush fillOf(Plot plot, const QPalette &palette)
{
    QColor colour = colourOf(plot, palette);
    if (const Qt::BrushStyle pattern = patternOf(plot); pattern != Qt::SolidPattern)
        return QBrush(colour, pattern);
    colour.setAlphaF(0.9F);
    return colour;
}

QPen lineOf(Plot plot, const QPalette &palette)
{
    QPen pen(colourOf(plot, palette), 2);
    if (isDashed(plot))
        pen.setDashPattern({3, 2});
    return pen;
}

QColor quietText(const QPalette &palette) { return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.72); }

QColor hairline(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), isDark(palette) ? 0.17 : 0.14);
}

QColor surface(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor window = palette.color(QPalette::Window);
    // Dark palettes have a base darker than the window; surfaces rise towards the light in both.
    return isDark(palette) ? mixed(palette.color(QPalette::WindowText), window, 0.05) : base;
}

} // namespace warder
