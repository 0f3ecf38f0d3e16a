#pragma once

#include "core/console/orders/Changes.h"
#include "ui/ChangePoller.h"
#include "ui/MainWindow.h"
#include "ui/PageContext.h"
#include "ui/Problems.h"
#include "ui/ServerStatus.h"
#include "ui/Tray.h"

#include <QObject>
#include <QTimer>

namespace warder {

/// All of the graphical program: the window, the tray icon, and what keeps them up to date (ServerStatus, ChangePoller). One a server that
/// is shown; GUI thread.
class Desktop final : public QObject
{
    Q_OBJECT
public:
    /// Needs a QApplication with setQuitOnLastWindowClosed(false), and everything in `context` to outlive it.
    explicit Desktop(const PageContext &context);

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

private:
    void apply(const QList<Change> &changes);
    void raiseAlarm(const Alarm &alarm);
    void showAlarm(const Alarm &alarm);

    ServerStatus m_status;
    ChangePoller m_poller;
    Tray m_tray;
    MainWindow m_window;
    Problems m_problems;
    QTimer m_waitingForTray;
    int m_waited = 0; ///< Ticks of it.
};

} // namespace warder
