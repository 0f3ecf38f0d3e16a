#pragma once

namespace warder {

/// From now on a default button that has the keyboard has a ring within its frame: some styles, Fusion among them, paint it with the focus
/// as without. Once, after the application was made. GUI thread.
void showFocusOfDefaultButtons();

} // namespace warder
