#pragma once

#include "core/console/Console.h"

#include <QStatusBar>

class QLabel;
class QPushButton;
class QToolButton;

namespace warder {

class ServerWatch;
class StateDot;

/// The bottom of the window: state, address (a click copies it), TLS, requests per second, Pause and
/// Stop or Start.
class ServerBar final : public QStatusBar
{
    Q_OBJECT
public:
    ServerBar(ServerWatch &watch, QWidget *parent);

    void present(const OverviewView &overview);
    void copyAddress();

private:
    void presentOrders(const ServerView &server);

    ServerWatch &m_watch;
    StateDot *m_dot;
    QLabel *m_state;
    QToolButton *m_address;
    QLabel *m_tls;
    QLabel *m_rate;
    QPushButton *m_pause;
    QPushButton *m_toggle;
};

} // namespace warder
