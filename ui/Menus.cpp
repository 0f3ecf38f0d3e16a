#include "ui/Menus.h"

#include "ui/About.h"
#include "ui/AutostartAction.h"
#include "ui/PageContext.h"
#include "ui/Pages.h"
#include "ui/ServerStatus.h"
#include "ui/UndoMenu.h"
#include "ui/UndoStack.h"
#include "ui/elsewhere/ConnectMenu.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/palette/Commands.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Page.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace warder {

Menus::Menus(QMenuBar &bar, ServerStatus &status, Pages &pages, UndoStack &undo, const Installation &installation, QWidget *window)
    : QObject(window), m_status(status)
{
    makeServer(bar, installation);
    makeEdit(bar, undo);
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
    //: Menu item: ends the server and opens it anew. The dots say that a question follows.
    QAction *restart = menu->addAction(tr("R&estart…"));
    restart->setObjectName(u"restart"_s);
    connect(restart, &QAction::triggered, this, &Menus::restartWanted);
    //: Menu item: opens the list of backups.
    QAction *backups = menu->addAction(tr("&Backups…"));
    backups->setObjectName(u"backups"_s);
    connect(backups, &QAction::triggered, this, &Menus::backupsWanted);
    //: Menu item: copies the address the server listens on.
    m_copy = menu->addAction(tr("Copy &address"));
    m_copy->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    connect(m_copy, &QAction::triggered, this, &Menus::copyWanted);
    menu->addSeparator();
    connect(new ConnectMenu(*menu, installation.placesFile), &ConnectMenu::connectWanted, this, &Menus::connectWanted);
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
    if (m_status.elsewhere())
        addOfOwnMachine(menu);
    if (!menu.actions().last()->isSeparator())
        menu.addSeparator();
}

/// Who looks for it learns why it is not here.
void Menus::addOfOwnMachine(QMenu &menu)
{
    //: Menu item that cannot be chosen: what it does is for servers of this machine. %1 is another machine.
    const QString why = tr("For a server of this machine only; this one is on %1.").arg(m_status.elsewhere()->place().host);
    //: Menu item with a check mark: the desktop starts the program for its user.
    QAction *autostart = menu.addAction(tr("Start when I &log in"));
    autostart->setObjectName(u"autostartElsewhere"_s);
    autostart->setToolTip(why);
    autostart->setEnabled(false);
    menu.setToolTipsVisible(true);
}

void Menus::makeEdit(QMenuBar &bar, UndoStack &undo)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&Edit"));
    menu->addAction(undo.action());
    menu->addMenu(new UndoMenu(undo, menu));
}

void Menus::addPages(QMenu &menu, Pages &pages)
{
    const QStringList titles = pages.titles();
    for (int i = 0; i < titles.size(); ++i) {
        QAction *action = menu.addAction(titles[i]);
        action->setData(Commands::pageMark);
        action->setShortcut(pages.shortcutOf(i));
        connect(action, &QAction::triggered, &pages, [&pages, i] { pages.showPageAt(i); });
    }
    menu.addSeparator();
}

void Menus::addWays(QMenu &menu, Pages &pages)
{
    //: Menu item: shows the page that was shown before.
    m_back = menu.addAction(tr("&Back"));
    m_back->setShortcut(Qt::ALT | Qt::Key_Left);
    connect(m_back, &QAction::triggered, &pages, &Pages::goBack);
    //: Menu item: shows the page from which somebody went back.
    m_forward = menu.addAction(tr("Forwar&d"));
    m_forward->setShortcut(Qt::ALT | Qt::Key_Right);
    connect(m_forward, &QAction::triggered, &pages, &Pages::goForward);
    //: Menu item: the keyboard goes from a list to the details beside it, or to the next list of the page.
    m_part = menu.addAction(tr("&Next part of the page"));
    m_part->setShortcut(Qt::Key_F6);
    connect(m_part, &QAction::triggered, &pages, [&pages] { pages.current().goToNextPart(); });
}

void Menus::presentPage(const Pages &pages)
{
    m_filter->setEnabled(pages.current().hasFilter());
    m_part->setEnabled(pages.current().hasParts());
    m_back->setEnabled(pages.history().canGoBack());
    m_forward->setEnabled(pages.history().canGoForward());
}

void Menus::makeView(QMenuBar &bar, Pages &pages)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&View"));
    //: Menu item: opens a field for the name of a page, an order or a user. The dots say that more is asked.
    QAction *palette = menu->addAction(tr("&Go to or do…"));
    palette->setObjectName(u"palette"_s);
    palette->setShortcut(Qt::CTRL | Qt::Key_K);
    connect(palette, &QAction::triggered, this, &Menus::paletteWanted);
    menu->addSeparator();
    addPages(*menu, pages);
    addWays(*menu, pages);
    connect(&pages, &Pages::pageChanged, this, [this, &pages] { presentPage(pages); });
    //: Menu item: goes to the filter of the page.
    m_filter = menu->addAction(tr("&Filter"));
    m_filter->setShortcut(QKeySequence::Find);
    connect(m_filter, &QAction::triggered, &pages, [&pages] { pages.current().focusFilter(); });
    presentPage(pages);
    //: Menu item: reads the page anew.
    QAction *refresh = menu->addAction(tr("&Refresh"));
    refresh->setShortcut(Qt::Key_F5);
    connect(refresh, &QAction::triggered, &pages, [this, &pages] {
        pages.current().forgetProblems();
        m_status.refresh();
        pages.current().readAnew();
    });
    //: Menu item: explains why a token or a request was refused. The dots say that a dialog follows.
    QAction *why = menu->addAction(tr("&Why was this refused?…"));
    why->setObjectName(u"whyRefused"_s);
    why->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_W);
    connect(why, &QAction::triggered, &pages, &Pages::askWhyRefused);
}

void Menus::makeHelp(QMenuBar &bar, Pages &pages, const QString &package, QWidget *window)
{
    //: Menu.
    QMenu *menu = bar.addMenu(tr("&Help"));
    //: Menu item: shows how to begin with a new server.
    QAction *firstSteps = menu->addAction(tr("&First steps"));
    firstSteps->setObjectName(u"firstSteps"_s);
    connect(firstSteps, &QAction::triggered, &pages, &Pages::showFirstSteps);
    //: Menu item: shows the lines that an app needs, and a request to try.
    QAction *connectApp = menu->addAction(tr("&Connect your app"));
    connectApp->setObjectName(u"connectApp"_s);
    connect(connectApp, &QAction::triggered, &pages, &Pages::showHowToConnect);
    //: Menu item: lists the keys of the keyboard that do something here.
    QAction *keys = menu->addAction(tr("&Keyboard"));
    keys->setObjectName(u"keyboard"_s);
    keys->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    connect(keys, &QAction::triggered, this, &Menus::keysWanted);
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
