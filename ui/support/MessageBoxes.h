#pragma once

class QMessageBox;

namespace warder {

/// Has the program's icon beside the text of the box; screen readers pass over it. Message boxes have no other sign: those of the styles
/// are drawn in another hand than ours, some can hardly be seen, and their words say what they are. Before the box is shown. GUI thread.
void showProgramIcon(QMessageBox &box);

} // namespace warder
