#include "ui/widgets/TextRoom.h"

#include <QDialog>
#include <QEvent>
#include <QLayout>
#include <QScreen>

namespace warder {

TextRoom::TextRoom(QDialog *dialog) : QObject(dialog), m_dialog(*dialog) { dialog->installEventFilter(this); }

bool TextRoom::eventFilter(QObject *watched, QEvent *event)
{
    const bool mayNeedMore = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize;
    if (watched == &m_dialog && mayNeedMore && m_dialog.layout()) {
        const int texts = m_dialog.layout()->totalHeightForWidth(m_dialog.width());
        m_dialog.setMinimumHeight(qMin(texts, m_dialog.screen()->availableGeometry().height()));
    }
    return QObject::eventFilter(watched, event);
}

} // namespace warder
