#include "ui/support/DialogButtons.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QEvent>
#include <QIcon>
#include <QPushButton>

namespace warder {
namespace {

/// Qt has a switch for the icons of menus, and none for these; a style in between would be another one than the desktop's.
class StandardButtons final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Polish) // once, before it is seen or measured
            strip(qobject_cast<QPushButton *>(watched));
        return QObject::eventFilter(watched, event);
    }

private:
    static void strip(QPushButton *button)
    {
        const auto *box = button ? qobject_cast<const QDialogButtonBox *>(button->parentWidget()) : nullptr;
        if (box && box->standardButton(button) != QDialogButtonBox::NoButton)
            button->setIcon(QIcon());
    }
};

} // namespace

void keepStyleIconsOffButtons() { qApp->installEventFilter(new StandardButtons(qApp)); }

} // namespace warder
