#pragma once

#include "core/console/orders/Changes.h"
#include "ui/ChangePoller.h"
#include "ui/DesktopTray.h"
#include "ui/MainWindow.h"
#include "ui/PageContext.h"
#include "ui/Problems.h"
#include "ui/ServerStatus.h"
#include "ui/Tray.h"
#include "ui/alarms/AlarmBell.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace warder {

/// All of the graphical program: the window, the tray icon, and what keeps them up to date (ServerStatus, ChangePoller). One a server that
/// is shown; GUI thread.
class Desktop final : public QObject
{
    Q_OBJECT
public:
    /// Needs a QApplication with setQuitOnLastWindowClosed(false), and everything in `context` to outlive it.
    explicit Desktop(const PageContext &context, std::unique_ptr<DesktopTray> tray = DesktopTray::ofThisDesktop());

    /// Shows the window, or brings it to the front.
    void open();
    /// Shows the icon in the tray alone. Where there is none within ten seconds, in which a desktop comes up, the window is minimised.
    void openHidden();
    MainWindow &window() { return m_window; }
    Tray &tray() { return m_tray; }

Q_SIGNALS:
    /// The person wants the program ended, and with it a server that is no service.
    void quitRequested();
    /// To this machine's service, or away from it.
    void switchRequested();
    /// To a server on another machine, in a window of its own: what RemotePlace::parse() reads.
    void connectRequested(const QString &place);

private:
    void apply(const QList<Change> &changes);
    void raiseAlarm(const Alarm &alarm);
    void showAlarm(const Alarm &alarm);
    void ring(qint64 open);

    ServerStatus m_status;
    ChangePoller m_poller;
    Tray m_tray;
    MainWindow m_window;
    Problems m_problems;
    AlarmBell m_bell;
    QTimer m_waitingForTray;
    int m_waited = 0; ///< Ticks of it.
};

} // namespace warder
