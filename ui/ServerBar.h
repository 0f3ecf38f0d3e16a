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

/// The bottom of the window: state, address (a click copies it, its menu has all of them), TLS or that there is none, requests per
/// second, and a menu of what the server can be told. Start has a button while it is stopped; what refuses people has none.
class ServerBar final : public QStatusBar
{
    Q_OBJECT
public:
    ServerBar(ServerStatus &status, QWidget *parent);

    void setOrders(const QList<QAction *> &orders);
    void present(const OverviewView &overview);
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
