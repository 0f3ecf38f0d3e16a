#pragma once

#include "core/base/Clock.h"
#include "core/base/ErrorCode.h"
#include "core/console/orders/Server.h"

#include <QStatusBar>

#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace warder {

class ServerStatus;
class StateDot;

/// The status bar of the window: the server's state and since when it listens, its address (a click copies it, a menu lists all of them),
/// whether it speaks TLS, how far away it is if it is elsewhere, requests per second and how long the slowest took, and a menu of what it
/// can be ordered. A stopped server has a Start button beside the menu; orders that would make it refuse people are in the menu only.
/// Numbers of a server that does not answer are not shown. GUI thread.
class ServerBar final : public QStatusBar
{
    Q_OBJECT
public:
    ServerBar(ServerStatus &status, const Clock &clock, QWidget *parent);

    /// Fills the menu. The actions stay their owner's.
    void setOrders(const QList<QAction *> &orders);
    /// The same menu, at another place of the screen.
    void showOrders(const QPoint &place);
    void present(const OverviewView &overview);
    /// How far away a server elsewhere is; nothing: nobody knows, and nothing is said.
    void presentRoundTrip(std::optional<Milliseconds> roundTrip);
    /// To the clipboard: the first address, if there is one.
    void copyAddress();

Q_SIGNALS:
    void copied(const QString &address);

private:
    void copy(const QString &address);
    void presentSince(const ServerView &server);
    void presentTraffic(const OverviewView &overview);
    void presentAddresses(const ServerView &server);
    void presentTls(const ServerView &server);

    ServerStatus &m_status;
    const Clock &m_clock;
    StateDot *m_dot;
    QLabel *m_state;
    QLabel *m_since;
    std::optional<TimePoint> m_listensSince; ///< As it is shown.
    QToolButton *m_address;
    QMenu *m_addresses;
    QStringList m_shownAddresses;
    QLabel *m_tls;
    QLabel *m_away;
    QLabel *m_rate;
    QLabel *m_slowest;
    QPushButton *m_start;
    QPushButton *m_server;
};

} // namespace warder
