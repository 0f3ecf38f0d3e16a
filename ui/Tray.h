#pragma once

#include "core/base/ErrorCode.h"
#include "ui/support/Tone.h"

#include <QDeadlineTimer>
#include <QMenu>
#include <QSystemTrayIcon>

namespace warder {

class ServerStatus;

/// A filled shield with the mark of a tone in its corner: readable on any panel. Good has none.
QIcon trayIcon(Tone tone);

/// The icon in the system's tray, where there is one: the server's health by shape and colour, Open, Start or Stop, Quit; tells of alarms.
class Tray final : public QObject
{
    Q_OBJECT
public:
    Tray(ServerStatus &status, QObject *parent);

    bool isAvailable() const;
    /// Shows the icon, also in a tray that came up after the program; false: there is none.
    bool appear();
    QMenu &menu() { return m_menu; }

    /// What somebody should know although the window is closed; a click on it opens the window.
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
    QDeadlineTimer m_quietUntil {0}; ///< Until when it does not tell again that the server is down.
};

} // namespace warder
