#pragma once

#include "core/console/orders/Changes.h"
#include "ui/ChangePoller.h"
#include "ui/MainWindow.h"
#include "ui/PageContext.h"
#include "ui/Problems.h"
#include "ui/ServerStatus.h"
#include "ui/Tray.h"

#include <QObject>

namespace warder {

/// The window, the tray icon, and what feeds them: ServerStatus and ChangePoller. What the program makes; GUI thread.
class Desktop final : public QObject
{
    Q_OBJECT
public:
    /// Needs a QApplication with setQuitOnLastWindowClosed(false), and everything in `context` to outlive it.
    explicit Desktop(const PageContext &context);

    /// Shows the window, or brings it to the front.
    void open();
    MainWindow &window() { return m_window; }
    Tray &tray() { return m_tray; }

Q_SIGNALS:
    /// The person wants the program ended, and with it a server that is no service.
    void quitRequested();

private:
    void take(const QList<Change> &changes);
    void takeAlarm(const Alarm &alarm);
    void showAlarm(const Alarm &alarm);

    ServerStatus m_watch;
    ChangePoller m_beat;
    Tray m_tray;
    MainWindow m_window;
    Problems m_problems;
};

} // namespace warder
