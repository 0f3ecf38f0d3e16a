#include "ui/widgets/CloseButton.h"

#include "ui/support/Icons.h"

#include <QCoreApplication>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {

QToolButton *closeButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(u"close"_s));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    //: Button that hides a message.
    button->setToolTip(QCoreApplication::translate("warder::CloseButton", "Dismiss"));
    //: Name, for screen readers, of the button that hides a message.
    button->setAccessibleName(QCoreApplication::translate("warder::CloseButton", "Dismiss message"));
    return button;
}

} // namespace warder
