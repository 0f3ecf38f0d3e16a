#include "ui/support/Tone.h"

namespace warder {

namespace {

QColor either(const QPalette &palette, QRgb light, QRgb dark) { return QColor(isDark(palette) ? dark : light); }

} // namespace

bool isDark(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

QColor mixed(const QColor &over, const QColor &under, double share)
{
    const auto part = [share](int a, int b) { return int(a * share + b * (1 - share) + 0.5); };
    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()));
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
    case Plot::Refused:       return either(palette, 0xd99a1c, 0xe0b040);
    case Plot::Limited:       return either(palette, 0x8957d6, 0xb591f2);
    case Plot::Failed:        return either(palette, 0xcc3340, 0xff7b75);
    case Plot::SignIns:       return either(palette, 0x238a4a, 0x56c97a);
    case Plot::FailedSignIns: return either(palette, 0xcc3340, 0xff7b75);
    }
    Q_UNREACHABLE_RETURN({});
}

QColor quietText(const QPalette &palette) { return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.68); }

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
