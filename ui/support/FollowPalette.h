#pragma once

#include <functional>

class QWidget;

namespace warder {

/// Calls `apply` now, and again whenever the palette or the font of `widget` becomes another one, or it comes to a screen of finer or
/// coarser pixels; not for what `apply` itself sets. For colours that are mixed from the palette, and pictures in them. `apply` may use
/// members that live as long as the widget's children. GUI thread.
void followPalette(QWidget *widget, std::function<void()> apply);

/// Gives a list or a field a palette of its own, by makeReadable(), as long as it lives. Nobody else may set it. GUI thread.
void keepReadable(QWidget *widget);

} // namespace warder
