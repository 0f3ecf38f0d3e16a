#pragma once

#include "core/base/ErrorCode.h"
#include "core/console/orders/Server.h"

#include <QStatusBar>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace warder {

class ServerStatus;
class StateDot;

/// The status bar of the window: the server's state, its address (a click copies it, a menu lists all of them), whether it speaks TLS,
/// requests per second, and a menu of what it can be ordered. A stopped server has a Start button beside the menu; orders that would
/// make it refuse people are in the menu only. GUI thread.
class ServerBar final : public QStatusBar
{
    Q_OBJECT
public:
    ServerBar(ServerStatus &status, QWidget *parent);

    /// Fills the menu. The actions stay their owner's.
    void setOrders(const QList<QAction *> &orders);
    void present(const OverviewView &overview);
    /// To the clipboard: the first address, if there is one.
    void copyAddress();

Q_SIGNALS:
    void copied(const QString &address);

private:
    void copy(const QString &address);
    void presentAddresses(const ServerView &server);
    void presentTls(const ServerView &server);

    ServerStatus &m_status;
    StateDot *m_dot;
    QLabel *m_state;
    QToolButton *m_address;
    QMenu *m_addresses;
    QStringList m_shownAddresses;
    QLabel *m_tls;
    QLabel *m_rate;
    QPushButton *m_start;
    QPushButton *m_server;
};

} // namespace warder
