#pragma once

#include "core/console/Console.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace warder {

class ServerWatch;

/// The icon in the system's tray, where there is one: state, Open, Start or Stop, Quit; tells of alarms.
class Tray final : public QObject
{
    Q_OBJECT
public:
    Tray(ServerWatch &watch, QObject *parent);

    bool isAvailable() const;
    QMenu &menu() { return m_menu; }

    /// What somebody should know although the window is closed; a click on it opens the window.
    void tell(const QString &title, const QString &text, bool serious);

Q_SIGNALS:
    void openWanted();
    void quitWanted();

private:
    void present(const OverviewView &overview);

    ServerWatch &m_watch;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QAction *m_toggle;
};

} // namespace warder
