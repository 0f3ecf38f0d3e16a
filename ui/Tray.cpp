#include "ui/Tray.h"

#include "ui/ServerStatus.h"
#include "ui/widgets/StateDot.h"

#include <QAction>
#include <QPainter>
#include <QPainterPath>

namespace warder {

namespace {

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

QPixmap paintedTray(Tone tone, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 24.0, size / 24.0);
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
    if (tone == Tone::Good || tone == Tone::Info)
        return pixmap;
    const QRectF corner(12, 12, 12, 12);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(corner.adjusted(-1, -1, 1, 1)); // a gap, whatever the panel's colour is
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    paintMark(painter, corner.adjusted(1, 1, -1, -1), tone, panelColour(tone));
    return pixmap;
}

} // namespace

QIcon trayIcon(Tone tone)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(paintedTray(tone, size));
    return icon;
}

Tray::Tray(ServerStatus &status, QObject *parent) : QObject(parent), m_status(status)
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
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::openWanted);
    connect(&m_status, &ServerStatus::updated, this, &Tray::present);
    present();
    appear();
}

bool Tray::isAvailable() const { return QSystemTrayIcon::isSystemTrayAvailable(); }

bool Tray::appear()
{
    if (isAvailable())
        m_icon.show();
    return isAvailable();
}

void Tray::present()
{
    const ServerHealth health = m_status.health();
    const ServerState state = m_status.latest().server.state;
    if (std::exchange(m_shown, health.tone) != health.tone) {
        m_icon.setIcon(trayIcon(health.tone));
        if (health.tone == Tone::Bad && m_quietUntil.hasExpired()) {
            m_quietUntil = QDeadlineTimer(std::chrono::minutes {1});
            //: Title of a notification: the server refuses what people ask of it.
            notify(tr("Warder refuses sign-ins"), health.sentence(), true);
        }
    }
    //: Tool tip of the tray icon: "Warder: Running".
    m_icon.setToolTip(tr("Warder: %1").arg(health.sentence()));
    m_toggle->setText(m_status.isListening() ? /*: Menu item of the tray icon: stops the server, which asks first. */ tr("&Stop…")
                                             : /*: Menu item of the tray icon: makes the server listen. */ tr("&Start"));
    m_toggle->setEnabled(m_status.answers() && state != ServerState::Starting && state != ServerState::Stopping);
}

void Tray::notify(const QString &title, const QString &text, bool serious)
{
    if (m_icon.isVisible())
        m_icon.showMessage(title, text, serious ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

} // namespace warder
