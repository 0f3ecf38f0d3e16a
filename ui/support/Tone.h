#pragma once

#include <QBrush>
#include <QColor>
#include <QPalette>
#include <QPen>

namespace warder {

/// What a colour means. Never the only carrier of the meaning: a word stands beside it.
enum class Tone { Neutral, Good, Info, Warning, Bad };

/// What a plotted line counts, or the share of requests that were as quick as that; of several rules of one chart which of them it is, and
/// what all others count together.
enum class Plot {
    Ok,
    Refused,
    Limited,
    Failed,
    SignIns,
    FailedSignIns,
    P50,
    P99,
    Rule1,
    Rule2,
    Rule3,
    Rule4,
    Rule5,
    Rule6,
    OtherRules,
};

bool isDark(const QPalette &palette);

/// `share` (0–1) of `over` laid over `under`.
QColor mixed(const QColor &over, const QColor &under, double share);

/// The ratio of WCAG 2 between two colours without transparency: 1 (none) to 21.
double contrastOf(const QColor &one, const QColor &other);
inline constexpr double leastForText = 4.5;  ///< Of any text that is not greyed out.
inline constexpr double leastForMarks = 3.0; ///< Of what means something and is no text: marks, plots, the ring of the focus.

/// Of the ring around what has the keyboard: the accent, or the text's colour where the accent would not be seen on `ground`.
QColor focusColour(const QPalette &palette, const QColor &ground);

/// Adds to `own`, the palette of a list or a field on a surface(): a pair for what is selected, and a colour for placeholders, that can be
/// read where those of `around` cannot.
void makeReadable(QPalette &own, const QPalette &around);

/// Readable as text on the window, the base and a surface() of a light and of a dark palette.
QColor colourOf(Tone tone, const QPalette &palette);
QColor colourOf(Plot plot, const QPalette &palette);

/// Drawn in dashes: what went wrong, and the slowest.
bool isDashed(Plot plot);
/// What lies below a line: some of its colour, or hatched.
QBrush fillOf(Plot plot, const QPalette &palette);
QPen lineOf(Plot plot, const QPalette &palette);

/// Text of second rank, still readable.
QColor quietText(const QPalette &palette);

/// Lines between things, and around surfaces.
QColor hairline(const QPalette &palette);

/// What cards and panels are painted with.
QColor surface(const QPalette &palette);

} // namespace warder
