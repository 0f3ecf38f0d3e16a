#pragma once

#include "core/base/Clock.h"
#include "ui/DesktopTray.h"
#include "ui/support/Tone.h"

#include <QIcon>
#include <QMenu>

#include <memory>
#include <optional>

namespace warder {

struct ServerHealth;
class ServerStatus;

/// The picture of the tray icon: a filled shield, with a mark for every tone but Good and Info in its lower corner, and a disc in the upper
/// one while there are alarms that nobody has seen. Readable on any panel.
QIcon trayIcon(Tone tone, bool hasAlarms = false);

/// The icon in the system's tray, where the desktop has one. Shows the server's health by shape and colour, and that there are alarms which
/// nobody has seen; has a menu (Open, Start or Stop, Quit), and notifies of alarms and of a server that refuses requests. GUI thread.
class Tray final : public QObject
{
    Q_OBJECT
public:
    Tray(ServerStatus &status, const Clock &clock, std::unique_ptr<DesktopTray> desktop, QObject *parent);

    bool isAvailable() const { return m_desktop->isAvailable(); }
    /// Shows the icon, also in a tray that came up after the program; false: there is none.
    bool appear();
    QMenu &menu() { return m_menu; }

    /// How many alarms nobody has seen.
    void showOpenAlarms(qint64 open);
    /// Shows a notification of the desktop, also while the window is closed; a click on it opens the window. Nothing without a tray.
    void notify(const QString &title, const QString &text, bool serious);

Q_SIGNALS:
    void openWanted();
    void stopWanted();
    void quitWanted();

private:
    void present();
    void showIcon();
    void showToolTip();
    /// Once a minute: a disk that is full now and then says so in its own place.
    void tellThatItRefuses(const ServerHealth &health);

    ServerStatus &m_status;
    const Clock &m_clock;
    QMenu m_menu;
    std::unique_ptr<DesktopTray> m_desktop;
    QAction *m_toggle;
    std::optional<Tone> m_shown;
    QString m_toolTip;
    qint64 m_openAlarms = 0;
    std::optional<TimePoint> m_toldAt; ///< When it notified last that the server refuses.
};

} // namespace warder
