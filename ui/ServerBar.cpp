#include "ui/ServerBar.h"

#include "ui/ServerStatus.h"
#include "ui/elsewhere/LineTexts.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/StateDot.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int widestAddress = 280;       // pixels; the button and its menu copy all of it
constexpr Milliseconds unsteady {2'000}; // what is told in whole seconds, and takes a while to arrive, is off by less

} // namespace

ServerBar::ServerBar(ServerStatus &status, const Clock &clock, QWidget *parent)
    : QStatusBar(parent), m_status(status), m_clock(clock), m_dot(new StateDot(this)), m_state(new ElidedLabel(this)),
      m_since(new ElidedLabel(this)), m_address(new QToolButton(this)), m_addresses(new QMenu(this)), m_tls(new QLabel(this)),
      m_away(new QLabel(this)), m_rate(new QLabel(this)), m_slowest(new ElidedLabel(this)), m_start(new QPushButton(this)),
      m_server(new QPushButton(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(Space::medium, Space::narrow, Space::small, Space::narrow);
    m_state->setObjectName(u"state"_s);
    m_since->setObjectName(u"since"_s);
    m_address->setAutoRaise(true);
    m_address->setObjectName(u"address"_s);
    m_address->setFocusPolicy(Qt::StrongFocus);
    m_address->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_address->setIcon(icon(u"copy"_s));
    m_tls->setObjectName(u"tls"_s);
    m_away->setObjectName(u"away"_s);
    //: Tool tip of how far away a server elsewhere is.
    m_away->setToolTip(tr("How long a question to the server and its answer take; measured every five seconds."));
    m_away->hide();
    m_rate->setObjectName(u"rate"_s);
    //: Tool tip of how many requests come per second.
    m_rate->setToolTip(tr("Mean of the last ten seconds"));
    m_slowest->setObjectName(u"slowest"_s);
    //: Tool tip of "p99 7 ms".
    m_slowest->setToolTip(tr("99 of 100 requests of the last ten seconds were answered within that time"));
    m_start->setObjectName(u"start"_s);
    //: Button: makes the server listen.
    m_start->setText(tr("Start"));
    m_start->setIcon(icon(u"play"_s));
    //: Name of a button for screen readers.
    m_start->setAccessibleName(tr("Start the server"));
    m_server->setObjectName(u"server"_s);
    //: Button with a menu: what the server can be told (stop, pause, reload).
    m_server->setText(tr("Server"));
    for (QWidget *widget : std::initializer_list<QWidget *> {m_dot, m_state, m_since, m_address, m_tls})
        addWidget(widget);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_away, m_rate, m_slowest, m_start, m_server})
        addPermanentWidget(widget);
    connect(m_address, &QToolButton::clicked, this, &ServerBar::copyAddress);
    connect(m_start, &QPushButton::clicked, &m_status, &ServerStatus::startServer);
    connect(&m_status, &ServerStatus::updated, this, &ServerBar::present);
    present({});
}

void ServerBar::setOrders(const QList<QAction *> &orders)
{
    auto *menu = new QMenu(m_server);
    menu->addActions(orders);
    m_server->setMenu(menu);
}

void ServerBar::showOrders(const QPoint &place)
{
    if (QMenu *menu = m_server->menu())
        menu->popup(place);
}

void ServerBar::present(const OverviewView &overview)
{
    const ServerView &server = overview.server;
    const ServerHealth health = m_status.health();
    m_dot->setTone(health.tone);
    m_state->setText(health.sentence());
    //: Name of the server's state in the status bar, for screen readers; %1 is the state: "Running".
    if (const QString name = tr("Server: %1").arg(health.sentence()); m_state->accessibleName() != name)
        m_state->setAccessibleName(name);
    presentSince(server);
    presentAddresses(server);
    presentTls(server);
    presentTraffic(overview);
    m_start->setVisible(m_status.answers() && (server.state == ServerState::Stopped || server.state == ServerState::Failed));
}

/// How long it has been is told in whole seconds by one clock, and the moment follows from another: it stays as it is shown until it is
/// another one.
void ServerBar::presentSince(const ServerView &server)
{
    const bool isKnown = m_status.answers() && m_status.isListening() && server.runningFor > Seconds {0};
    m_since->setVisible(isKnown);
    if (!isKnown) {
        m_listensSince.reset();
        return m_since->clear();
    }
    const TimePoint now = m_clock.now();
    const TimePoint since = now - server.runningFor;
    if (!m_listensSince || std::chrono::abs(since - *m_listensSince) > unsteady)
        m_listensSince = since;
    //: In the status bar: since when the server listens; %1 is a time of the day, or a date.
    const QString words = tr("up since %1").arg(Times::timeOrDate(*m_listensSince, now));
    if (words == m_since->text())
        return;
    m_since->setText(words);
    m_since->setToolTip(Times::exact(*m_listensSince));
}

void ServerBar::presentTraffic(const OverviewView &overview)
{
    const QLocale locale;
    const double slowest = overview.p99.value_or(0);
    //: In the status bar; %1 is a number.
    const QString rate = tr("%1 requests/s").arg(locale.toString(overview.requestsPerSecond, 'f', 1));
    //: In the status bar: 99 of 100 requests took at most %1 milliseconds.
    const QString within = tr("p99 %1 ms").arg(locale.toString(slowest, 'f', slowest < 10 ? 1 : 0));
    m_rate->setText(m_status.answers() ? rate : QString());
    m_slowest->setText(m_status.answers() && overview.p99 ? within : QString());
    m_slowest->setVisible(!m_slowest->text().isEmpty());
}

void ServerBar::presentRoundTrip(std::optional<Milliseconds> roundTrip)
{
    m_away->setText(roundTrip ? LineTexts::away(*roundTrip) : QString());
    m_away->setVisible(roundTrip.has_value());
}

void ServerBar::presentAddresses(const ServerView &server)
{
    const QString address = UiTexts::addressOf(server);
    const QStringList all = server.addresses.isEmpty() ? server.configured : server.addresses;
    m_address->setText(m_address->fontMetrics().elidedText(UiTexts::inLabel(address), Qt::ElideMiddle, widestAddress));
    m_address->setVisible(!address.isEmpty());
    //: Tool tip of the server's address.
    const QString usual = tr("Copy the address") + u'\n' + address;
    //: Tool tip of the address of a server that does not listen.
    const QString whileStopped = tr("Copy the address. Nobody can be reached there now: the server does not listen.");
    m_address->setToolTip(m_status.isListening() ? usual : whileStopped);
    //: Name of the server's address for screen readers; %1 is the address.
    if (const QString name = tr("Copy the address %1").arg(address); m_address->accessibleName() != name)
        m_address->setAccessibleName(name);
    if (all == m_shownAddresses)
        return; // an open menu stays as it is
    m_shownAddresses = all;
    m_addresses->clear();
    for (const QString &each : all)
        connect(m_addresses->addAction(icon(u"copy"_s), QString(each).replace(u'&', u"&&"_s)), &QAction::triggered, this,
                [this, each] { copy(each); });
    m_address->setMenu(all.size() > 1 ? m_addresses : nullptr);
    m_address->setPopupMode(all.size() > 1 ? QToolButton::MenuButtonPopup : QToolButton::DelayedPopup);
}

void ServerBar::presentTls(const ServerView &server)
{
    const bool plain = UiTexts::addressOf(server).startsWith("http:"_L1);
    m_tls->setVisible(server.certificateUntil.has_value() || plain);
    if (server.certificateUntil) {
        //: In the status bar, of a server that speaks TLS; %1 is when its certificate expires.
        m_tls->setText(tr("TLS until %1").arg(Times::brief(*server.certificateUntil)));
        m_tls->setToolTip(Times::exact(*server.certificateUntil));
    } else if (plain) {
        //: In the status bar, of a server that speaks no TLS.
        m_tls->setText(tr("plain HTTP"));
        //: Tool tip of "plain HTTP".
        m_tls->setToolTip(tr(
            "Nothing is encrypted between this server and whoever talks to it. That is right on this machine, and behind a proxy that speaks TLS."));
    }
}

void ServerBar::copyAddress() { copy(UiTexts::addressOf(m_status.latest().server)); }

void ServerBar::copy(const QString &address)
{
    if (address.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(address);
    Q_EMIT copied(address);
}

} // namespace warder
