#pragma once

#include <QColor>
#include <QStringList>

#include <optional>

class QImage;
class QRect;
class QWidget;

namespace warder::test {

/// The colour that most of the place has; `without`: that of its text, where there is much of it.
QColor groundIn(const QImage &image, const QRect &place, const std::optional<QColor> &without = {});
/// The greatest contrast of anything there to the ground: a ratio as that of contrastOf().
double inkIn(const QImage &image, const QRect &place);

/// What looks the same with the keyboard and without, of all that Tab comes to; a line each. The window must be in front.
QStringList unseenFocusIn(QWidget &window);

/// Texts and marks of labels, buttons and fields with too little contrast to what they are painted on; a line each.
QStringList unreadableIn(QWidget &window);

} // namespace warder::test
