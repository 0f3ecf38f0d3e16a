#include "ui/Tray.h"

#include "ui/ServerWatch.h"
#include "ui/support/Icons.h"
#include "ui/support/Words.h"

#include <QAction>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace warder {

Tray::Tray(ServerWatch &watch, QObject *parent) : QObject(parent), m_watch(watch)
{
    //: Menu item of the tray icon: shows the window.
    connect(m_menu.addAction(tr("&Open Warder")), &QAction::triggered, this, &Tray::openWanted);
    m_toggle = m_menu.addAction(QString());
    connect(m_toggle, &QAction::triggered, &m_watch, &ServerWatch::toggleServer);
    m_menu.addSeparator();
    //: Menu item of the tray icon: stops the server and ends the program.
    connect(m_menu.addAction(tr("&Quit")), &QAction::triggered, this, &Tray::quitWanted);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::openWanted);
    connect(&m_watch, &ServerWatch::read, this, &Tray::present);
    present({});
    if (isAvailable())
        m_icon.show();
}

bool Tray::isAvailable() const
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::present(const OverviewView &overview)
{
    const ServerState state = overview.server.state;
    m_icon.setIcon(icon(u"warder"_s, colourOf(Words::toneOf(state), QGuiApplication::palette())));
    //: Tool tip of the tray icon: "Warder: Running".
    m_icon.setToolTip(tr("Warder: %1").arg(Words::of(state)));
    //: Menu items of the tray icon: make the server stop listening, or listen.
    m_toggle->setText(m_watch.isListening() ? tr("&Stop") : tr("&Start"));
    m_toggle->setEnabled(state != ServerState::Starting && state != ServerState::Stopping);
}

void Tray::tell(const QString &title, const QString &text, bool serious)
{
    if (m_icon.isVisible())
        m_icon.showMessage(title, text, serious ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

} // namespace warder
