#pragma once

namespace warder {

/// From now on no button of any dialog has the style's own icon ("Cancel" a red cross): they are drawn in another hand than ours, and some
/// styles have none. What a dialog gives its buttons by itself stays. Once, after the application was made. GUI thread.
void keepStyleIconsOffButtons();

} // namespace warder
