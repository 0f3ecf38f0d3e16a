#pragma once

#include <QFont>

namespace warder {

/// The four sizes of text there are, as parts of the desktop's; docs/hand.md says what has which.
namespace TextSize {

inline constexpr double body = 1.0;
inline constexpr double quiet = 0.92;
inline constexpr double title = 1.15;
inline constexpr double figure = 1.6;

} // namespace TextSize

/// The font at that size of it.
QFont sized(const QFont &font, double size);
/// The font with figures that are all as wide, where it has such: numbers below each other do not dance.
QFont ofTabularFigures(const QFont &font);
/// The desktop's font of one width, for ids, key ids, network addresses, commands and keys of settings; of quiet size, since its letters
/// are wider. `body`: the font of the text around it. GUI thread.
QFont fixedWidth(const QFont &body);

} // namespace warder
