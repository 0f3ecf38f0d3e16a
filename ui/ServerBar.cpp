#include "ui/ServerBar.h"

#include "ui/ServerWatch.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/Words.h"
#include "ui/widgets/StateDot.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {

ServerBar::ServerBar(ServerWatch &watch, QWidget *parent)
    : QStatusBar(parent), m_watch(watch), m_dot(new StateDot(this)), m_state(new QLabel(this)), m_address(new QToolButton(this)),
      m_tls(new QLabel(this)), m_rate(new QLabel(this)), m_pause(new QPushButton(this)), m_toggle(new QPushButton(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(12, 3, 8, 3);
    m_address->setAutoRaise(true);
    m_address->setObjectName(u"address"_s);
    m_address->setFocusPolicy(Qt::StrongFocus);
    m_address->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_address->setIcon(icon(u"copy"_s));
    //: Tool tip of the server's address.
    m_address->setToolTip(tr("Copy the address"));
    m_tls->setObjectName(u"tls"_s);
    m_pause->setObjectName(u"togglePause"_s);
    m_toggle->setObjectName(u"toggleServer"_s);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_dot, m_state, m_address, m_tls})
        addWidget(widget);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_rate, m_pause, m_toggle})
        addPermanentWidget(widget);
    connect(m_pause, &QPushButton::clicked, &m_watch, &ServerWatch::togglePause);
    connect(m_address, &QToolButton::clicked, this, &ServerBar::copyAddress);
    connect(m_toggle, &QPushButton::clicked, &m_watch, &ServerWatch::toggleServer);
    connect(&m_watch, &ServerWatch::read, this, &ServerBar::present);
    present({});
}

void ServerBar::present(const OverviewView &overview)
{
    const ServerView &server = overview.server;
    m_dot->setTone(Words::toneOf(server.state));
    m_state->setText(Words::of(server.state));
    m_address->setText(server.url);
    m_address->setVisible(!server.url.isEmpty());
    //: Name of the server's address for screen readers; %1 is the address.
    m_address->setAccessibleName(tr("Copy the address %1").arg(server.url));
    //: In the status bar; %1 is a number.
    m_rate->setText(tr("%1 requests/s").arg(QLocale().toString(overview.requestsPerSecond, 'f', 1)));
    m_tls->setVisible(server.certificateUntil.has_value());
    if (server.certificateUntil)
        //: In the status bar, of a server that speaks TLS; %1 is when its certificate expires.
        m_tls->setText(tr("TLS until %1").arg(Times::brief(*server.certificateUntil)));
    presentOrders(server);
}

void ServerBar::presentOrders(const ServerView &server)
{
    const bool paused = m_watch.isPaused();
    const bool listening = m_watch.isListening();
    //: Buttons: answer "unavailable" for a while, or serve again.
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(icon(paused ? u"play"_s : u"pause"_s));
    //: Names of the buttons for screen readers.
    m_pause->setAccessibleName(paused ? tr("Resume the server") : tr("Pause the server"));
    m_pause->setToolTip(tr("A paused server keeps its connections and answers 503, but for its health."));
    m_pause->setVisible(listening);
    //: Buttons: make the server listen, or stop listening.
    m_toggle->setText(listening ? tr("Stop") : tr("Start"));
    m_toggle->setIcon(icon(listening ? u"stop"_s : u"play"_s));
    //: Names of the buttons for screen readers.
    m_toggle->setAccessibleName(listening ? tr("Stop the server") : tr("Start the server"));
    m_toggle->setEnabled(server.state != ServerState::Starting && server.state != ServerState::Stopping);
}

void ServerBar::copyAddress()
{
    const QString url = m_watch.latest().server.url;
    if (url.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(url);
    //: In the status bar, after the address was copied.
    m_address->setText(tr("Copied"));
}

} // namespace warder
