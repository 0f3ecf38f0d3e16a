#include "ui/support/MessageBoxes.h"

#include "ui/support/Icons.h"
#include "ui/support/SpokenRole.h"

#include <QLabel>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace warder {

void showProgramIcon(QMessageBox &box)
{
    if (auto *picture = box.findChild<QLabel *>(u"qt_msgboxex_icon_label"_s))
        makeDecoration(picture);
    const QWidget *on = box.parentWidget() ? box.parentWidget() : &box;
    box.setIconPixmap(programIcon().pixmap(QSize(64, 64), on->devicePixelRatioF()));
}

} // namespace warder
