#include "ui/WindowAway.h"

#include "ui/Tray.h"
#include "ui/widgets/Toast.h"

#include <QEvent>
#include <QSettings>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace warder {

WindowAway::WindowAway(QWidget &window, Toast &toast, Tray &tray, QSettings &memory)
    : QObject(&window), m_window(window), m_toast(toast), m_tray(tray), m_memory(memory)
{
    m_window.installEventFilter(this);
}

void WindowAway::putAway()
{
    const bool told = m_memory.value(u"window/toldAboutClosing"_s).toBool();
    m_memory.setValue(u"window/toldAboutClosing"_s, true);
    if (m_tray.isAvailable()) {
        m_window.hide();
        if (!told)
            //: Notification when the window is closed for the first time: title and text.
            m_tray.tell(tr("Warder goes on serving"), tr("Click this icon to open the window again, or choose Quit in its menu to stop."),
                        false);
        return;
    }
    if (!told)
        //: Said in the window when it was closed for the first time on a desktop without a tray.
        m_tellWhenOpened =
            tr("Closing the window only minimises it, so that Warder goes on serving. Ctrl+Q stops the server and ends the program.");
    m_window.showMinimized();
}

bool WindowAway::eventFilter(QObject *watched, QEvent *event)
{
    const bool opens = event->type() == QEvent::WindowActivate || event->type() == QEvent::WindowStateChange;
    if (watched == &m_window && opens && !m_tellWhenOpened.isEmpty() && !m_window.isMinimized())
        m_toast.say(std::exchange(m_tellWhenOpened, {}), 2 * Toast::lasting);
    return false;
}

} // namespace warder
