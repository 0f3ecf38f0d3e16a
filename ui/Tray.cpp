#include "ui/Tray.h"

#include "ui/ServerStatus.h"
#include "ui/alarms/AlarmTexts.h"
#include "ui/support/ServerHealth.h"
#include "ui/widgets/StateDot.h"

#include <QAction>
#include <QPainter>
#include <QPainterPath>

#include <utility>

namespace warder {

namespace {

constexpr Seconds quietAfterTelling {60};

// Of no palette: a panel has its own. All of them stand out from black and from white.
QColor panelColour(Tone tone)
{
    switch (tone) {
    case Tone::Good:
    case Tone::Info:    return QColor(0x2f9e52);
    case Tone::Warning: return QColor(0xd08a10);
    case Tone::Bad:     return QColor(0xd63a43);
    case Tone::Neutral: return QColor(0x868b93);
    }
    Q_UNREACHABLE_RETURN({});
}

/// Takes away what lies there and a gap around it, whatever the panel's colour is.
void clearAround(QPainter &painter, const QRectF &place)
{
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawEllipse(place.adjusted(-1, -1, 1, 1));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
}

void paintShield(QPainter &painter, Tone tone)
{
    QPainterPath shield(QPointF(12, 1.5));
    shield.lineTo(21, 4.8);
    shield.lineTo(21, 11.5);
    shield.cubicTo(21, 17, 17.5, 20.8, 12, 22.8);
    shield.cubicTo(6.5, 20.8, 3, 17, 3, 11.5);
    shield.lineTo(3, 4.8);
    shield.closeSubpath();
    painter.fillPath(shield, panelColour(tone));
    painter.setBrush(Qt::white);
    painter.setPen(QPen(Qt::white, 2.2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(12, 11), QPointF(12, 15.5));
    painter.drawEllipse(QPointF(12, 9.5), 1.6, 1.6);
}

QPixmap paintedTray(Tone tone, bool hasAlarms, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 24.0, size / 24.0);
    paintShield(painter, tone);
    if (tone != Tone::Good && tone != Tone::Info) {
        const QRectF corner(12, 12, 12, 12);
        clearAround(painter, corner);
        paintMark(painter, corner.adjusted(1, 1, -1, -1), tone, panelColour(tone));
    }
    if (hasAlarms) {
        const QRectF corner(14, 0, 9, 9);
        clearAround(painter, corner);
        painter.setBrush(panelColour(Tone::Bad));
        painter.drawEllipse(corner);
    }
    return pixmap;
}

} // namespace

QIcon trayIcon(Tone tone, bool hasAlarms)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(paintedTray(tone, hasAlarms, size));
    return icon;
}

Tray::Tray(ServerStatus &status, const Clock &clock, std::unique_ptr<DesktopTray> desktop, QObject *parent)
    : QObject(parent), m_status(status), m_clock(clock), m_desktop(std::move(desktop))
{
    //: Menu item of the tray icon: shows the window.
    connect(m_menu.addAction(tr("&Open Warder")), &QAction::triggered, this, &Tray::openWanted);
    m_toggle = m_menu.addAction(QString());
    connect(m_toggle, &QAction::triggered, this, [this] {
        if (m_status.isListening())
            Q_EMIT stopWanted();
        else
            m_status.startServer();
    });
    m_menu.addSeparator();
    const QString quit = m_status.isOfService()
                             ? /*: Menu item of the tray icon: closes the window of a service, which goes on. */ tr("&Close window")
                             : /*: Menu item of the tray icon: stops the server and ends the program. */ tr("&Quit");
    connect(m_menu.addAction(quit), &QAction::triggered, this, &Tray::quitWanted);
    m_desktop->setMenu(&m_menu);
    connect(m_desktop.get(), &DesktopTray::clicked, this, &Tray::openWanted);
    connect(&m_status, &ServerStatus::updated, this, &Tray::present);
    present();
    appear();
}

bool Tray::appear()
{
    if (isAvailable())
        m_desktop->show();
    return isAvailable();
}

void Tray::present()
{
    const ServerHealth health = m_status.health();
    const ServerState state = m_status.latest().server.state;
    if (std::exchange(m_shown, health.tone) != health.tone) {
        showIcon();
        if (health.tone == Tone::Bad)
            tellThatItRefuses(health);
    }
    showToolTip();
    m_toggle->setText(m_status.isListening() ? /*: Menu item of the tray icon: stops the server, which asks first. */ tr("&Stop…")
                                             : /*: Menu item of the tray icon: makes the server listen. */ tr("&Start"));
    m_toggle->setEnabled(m_status.answers() && state != ServerState::Starting && state != ServerState::Stopping);
}

void Tray::tellThatItRefuses(const ServerHealth &health)
{
    const TimePoint now = m_clock.now();
    const bool isQuiet = m_toldAt && now >= *m_toldAt && now - *m_toldAt < quietAfterTelling; // the clock may have been set back
    if (isQuiet)
        return;
    m_toldAt = now;
    //: Title of a notification: the server refuses what people ask of it.
    notify(tr("Warder refuses sign-ins"), health.sentence(), true);
}

void Tray::showOpenAlarms(qint64 open)
{
    m_openAlarms = open;
    showIcon();
    showToolTip();
}

void Tray::showIcon() { m_desktop->setIcon(trayIcon(m_shown.value_or(Tone::Neutral), m_openAlarms > 0)); }

void Tray::showToolTip()
{
    //: Tool tip of the tray icon: "Warder: Running".
    QStringList lines {tr("Warder: %1").arg(m_status.health().sentence())};
    if (m_openAlarms > 0)
        lines += AlarmTexts::open(m_openAlarms);
    const QString text = lines.join(QLatin1Char('\n'));
    if (std::exchange(m_toolTip, text) != text) // told again each second, which would wake the desktop's panel each time
        m_desktop->setToolTip(text);
}

void Tray::notify(const QString &title, const QString &text, bool serious) { m_desktop->showMessage(title, text, serious); }

} // namespace warder
