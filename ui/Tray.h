#pragma once

#include "core/base/ErrorCode.h"
#include "ui/support/Tone.h"

#include <QDeadlineTimer>
#include <QMenu>
#include <QSystemTrayIcon>

namespace warder {

class ServerStatus;

/// The picture of the tray icon: a filled shield, with a mark for every tone but Good and Info in its corner. Readable on any panel.
QIcon trayIcon(Tone tone);

/// The icon in the system's tray, where the desktop has one. Shows the server's health by shape and colour, has a menu (Open, Start or
/// Stop, Quit), and notifies of alarms and of a server that refuses requests. GUI thread.
class Tray final : public QObject
{
    Q_OBJECT
public:
    Tray(ServerStatus &status, QObject *parent);

    bool isAvailable() const;
    /// Shows the icon, also in a tray that came up after the program; false: there is none.
    bool appear();
    QMenu &menu() { return m_menu; }

    /// Shows a notification of the desktop, also while the window is closed; a click on it opens the window. Nothing without a tray.
    void notify(const QString &title, const QString &text, bool serious);

Q_SIGNALS:
    void openWanted();
    void stopWanted();
    void quitWanted();

private:
    void present();

    ServerStatus &m_status;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QAction *m_toggle;
    std::optional<Tone> m_shown;
    QDeadlineTimer m_quietUntil {0}; ///< Until when it does not notify again that the server is down.
};

} // namespace warder
