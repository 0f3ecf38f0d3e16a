#pragma once

#include <QColor>
#include <QPalette>

namespace warder {

/// What a colour means. Never the only carrier of the meaning: a word stands beside it.
enum class Tone { Neutral, Good, Info, Warning, Bad };

/// What a plotted line counts.
enum class Plot { Ok, Refused, Limited, Failed, SignIns, FailedSignIns };

bool isDark(const QPalette &palette);

/// `share` (0–1) of `over` laid over `under`.
QColor mixed(const QColor &over, const QColor &under, double share);

/// Readable as text (4.5:1) on the window and on the base of a light and of a dark palette.
QColor colourOf(Tone tone, const QPalette &palette);
QColor colourOf(Plot plot, const QPalette &palette);

/// Text of second rank, still readable.
QColor quietText(const QPalette &palette);

/// Lines between things, and around surfaces.
QColor hairline(const QPalette &palette);

/// What cards and panels are painted with.
QColor surface(const QPalette &palette);

} // namespace warder
