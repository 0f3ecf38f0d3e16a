#pragma once

#include <functional>

class QWidget;

namespace warder {

/// Calls `apply` now, and again whenever the palette or the font of `widget` becomes another one; not for what `apply` itself sets.
/// For colours that are mixed from the palette. `apply` may use members that live as long as the widget's children. GUI thread.
void followPalette(QWidget *widget, std::function<void()> apply);

} // namespace warder
