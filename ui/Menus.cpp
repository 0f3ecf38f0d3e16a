#include "ui/Menus.h"

#include "ui/About.h"
#include "ui/AutostartAction.h"
#include "ui/PageContext.h"
#include "ui/Pages.h"
#include "ui/ServerStatus.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Page.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace warder {

Menus::Menus(QMenuBar &bar, ServerStatus &status, Pages &pages, const Installation &installation, QWidget *window)
    : QObject(window), m_status(status)
{
    makeServer(bar, installation);
    makeView(bar, pages);
    makeHelp(bar, pages, installation.package, window);
    connect(&m_status, &ServerStatus::updated, this, &Menus::presentServer);
    presentServer();
}

void Menus::makeServer(QMenuBar &bar, const Installation &installation)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&Server"));
    m_toggle = menu->addAction(QString());
    m_toggle->setObjectName(u"toggle"_s);
    m_toggle->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    connect(m_toggle, &QAction::triggered, this, [this] {
        if (m_status.isListening())
            Q_EMIT stopWanted();
        else
            m_status.startServer();
    });
    m_pause = menu->addAction(QString());
    m_pause->setObjectName(u"pause"_s);
    m_pause->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    connect(m_pause, &QAction::triggered, &m_status, &ServerStatus::togglePause);
    //: Menu item: reads the settings and the certificate again, while the server runs on.
    m_reload = menu->addAction(tr("&Reload settings"));
    m_reload->setObjectName(u"reload"_s);
    connect(m_reload, &QAction::triggered, &m_status, &ServerStatus::reload);
    //: Menu item: copies the address the server listens on.
    m_copy = menu->addAction(tr("&Copy address"));
    m_copy->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    connect(m_copy, &QAction::triggered, this, &Menus::copyWanted);
    menu->addSeparator();
    addChoices(*menu, installation);
    const QString words = m_status.isOfService() ? /*: Menu item: closes the window of a service, which goes on. */ tr("&Close window")
                                                 : /*: Menu item: stops the server and ends the program. */ tr("&Quit");
    QAction *quit = menu->addAction(words);
    quit->setObjectName(u"quit"_s);
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &Menus::quitWanted);
}

void Menus::addChoices(QMenu &menu, const Installation &installation)
{
    if (installation.hasService) {
        const QString words = m_status.isOfService()
                                  ? /*: Menu item: from now on the window has a server of its own, and not the one of the machine. */ tr(
                                        "Use a server of my &own")
                                  : /*: Menu item: from now on the window shows the server that the machine runs as a service. */ tr(
                                        "Show this machine’s ser&vice");
        QAction *turn = menu.addAction(words);
        turn->setObjectName(u"switch"_s);
        connect(turn, &QAction::triggered, this, &Menus::switchWanted);
    }
    if (!installation.startCommand.isEmpty()) {
        m_autostart = new AutostartAction(installation.startCommand, this);
        menu.addAction(m_autostart);
        connect(&menu, &QMenu::aboutToShow, m_autostart, &AutostartAction::refresh);
    }
    if (!menu.actions().last()->isSeparator())
        menu.addSeparator();
}

void Menus::makeView(QMenuBar &bar, Pages &pages)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&View"));
    const QStringList titles = pages.titles();
    for (int i = 0; i < titles.size(); ++i) {
        QAction *action = menu->addAction(titles[i]);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)));
        connect(action, &QAction::triggered, &pages, [&pages, i] { pages.showPageAt(i); });
    }
    menu->addSeparator();
    //: Menu item: goes to the filter of the page.
    QAction *find = menu->addAction(tr("&Filter"));
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, &pages, [&pages] { pages.current().focusFilter(); });
    //: Menu item: reads the page anew.
    QAction *refresh = menu->addAction(tr("&Refresh"));
    refresh->setShortcut(Qt::Key_F5);
    connect(refresh, &QAction::triggered, &pages, [this, &pages] {
        pages.current().forgetProblems();
        m_status.refresh();
        pages.current().refresh();
    });
}

void Menus::makeHelp(QMenuBar &bar, Pages &pages, const QString &package, QWidget *window)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&Help"));
    //: Menu item: shows how to begin with a new server.
    QAction *firstSteps = menu->addAction(tr("&First steps"));
    firstSteps->setObjectName(u"firstSteps"_s);
    connect(firstSteps, &QAction::triggered, &pages, &Pages::showFirstSteps);
    //: Menu item.
    QAction *about = menu->addAction(tr("&About Warder"));
    about->setObjectName(u"about"_s);
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, window, [window, package] { showAbout(window, package); });
}

void Menus::presentServer()
{
    const ServerView &server = m_status.latest().server;
    m_toggle->setText(m_status.isListening() ? /*: Menu item: makes the server stop listening, which asks first. */ tr("&Stop…")
                                             : /*: Menu item: makes the server listen. */ tr("&Start"));
    m_toggle->setEnabled(m_status.answers() && server.state != ServerState::Starting && server.state != ServerState::Stopping);
    m_pause->setText(m_status.isPaused() ? /*: Menu item: makes a paused server serve again. */ tr("Resu&me")
                                         : /*: Menu item: makes the server answer "unavailable" for a while. */ tr("&Pause"));
    m_pause->setEnabled(m_status.answers() && m_status.isListening());
    m_reload->setEnabled(m_status.answers());
    m_copy->setEnabled(!UiTexts::addressOf(server).isEmpty());
}

} // namespace warder
