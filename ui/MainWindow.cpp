#include "ui/MainWindow.h"

#include "ui/Menus.h"
#include "ui/ServerBar.h"
#include "ui/ServerWatch.h"
#include "ui/Sidebar.h"
#include "ui/Tray.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/Icons.h"
#include "ui/support/Words.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/InlineMessage.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MainWindow::MainWindow(const Desk &desk, ServerWatch &watch, Tray &tray, QWidget *parent)
    : QMainWindow(parent), m_desk(desk), m_watch(watch), m_tray(tray), m_bar(new ServerBar(watch, this))
{
    auto *frame = new QWidget(this);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_sidebar = new Sidebar(frame);
    row->addWidget(m_sidebar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *above = new QVBoxLayout;
    above->setContentsMargins(24, 4, 24, 0);
    m_notice = new InlineMessage(frame);
    above->addWidget(m_notice);
    column->addLayout(above);
    m_pages = new QStackedWidget(frame);
    column->addWidget(m_pages, 1);
    row->addLayout(column, 1);
    setCentralWidget(frame);
    setStatusBar(m_bar);
    //: Title of the window: the name of the product.
    setWindowTitle(tr("Warder"));
    setWindowIcon(icon(u"warder"_s));

    addPage(u"overview"_s, u"overview"_s, m_overview = new OverviewPage(desk, m_pages));
    addPage(u"sessions"_s, u"sessions"_s, m_sessions = new SessionsPage(desk, m_pages));
    addPage(u"users"_s, u"users"_s, m_users = new UsersPage(desk, m_pages));
    addPage(u"limits"_s, u"limits"_s, new LimitsPage(desk, m_pages));
    addPage(u"keys"_s, u"keys"_s, new KeysPage(desk, m_pages));
    connect(m_sidebar, &Sidebar::currentRowChanged, this, &MainWindow::go);
    connect(m_overview, &OverviewPage::refreshWanted, &watch, &ServerWatch::look);
    connect(&watch, &ServerWatch::read, this, [this](const OverviewView &overview) {
        m_overview->present(overview);
        m_sessions->setServerUrl(overview.server.url);
        m_users->setServerUrl(overview.server.url);
    });
    connect(&watch, &ServerWatch::refused, this, [this](const Error &error) { m_notice->say(Tone::Bad, Words::of(error)); });
    connect(&watch, &ServerWatch::reloaded, this, [this](const QStringList &waiting) {
        if (waiting.isEmpty())
            return m_notice->say(Tone::Good, tr("Settings and certificate were read again."));
        //: %1 is a list of settings.
        m_notice->say(Tone::Warning, tr("Settings were read again. These act after a restart: %1").arg(waiting.join(u", "_s)));
    });
    makeMenus();
    restore();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    remember();
}

void MainWindow::addPage(const QString &key, const QString &iconName, Page *page)
{
    page->setObjectName(key);
    m_keys += key;
    m_pages->addWidget(page);
    m_sidebar->add(iconName, page->title());
    connect(page, &Page::goTo, this, &MainWindow::showPage);
}

void MainWindow::makeMenus()
{
    QStringList titles;
    for (int i = 0; i < m_pages->count(); ++i)
        titles += m_sidebar->item(i)->text();
    const Menus::Orders orders {
        .toggleServer = [this] { m_watch.toggleServer(); },
        .togglePause = [this] { m_watch.togglePause(); },
        .reload = [this] { m_watch.reload(); },
        .copyAddress = [this] { m_bar->copyAddress(); },
        .quit = [this] { Q_EMIT quitWanted(); },
        .showPage = [this](int index) { showPage(m_keys.value(index)); },
        .refresh = [this] { m_watch.look(); page()->refresh(); },
        .find = [this] { page()->focusFilter(); },
        .showFirstSteps = [this] { showPage(u"overview"_s); m_overview->showFirstSteps(); },
    };
    auto *menus = new Menus(*menuBar(), titles, orders, this);
    connect(&m_watch, &ServerWatch::read, menus, [this, menus] { menus->presentServer(m_watch.isListening(), m_watch.isPaused()); });
}

Page *MainWindow::page() const
{
    return static_cast<Page *>(m_pages->currentWidget());
}

void MainWindow::go(int index)
{
    if (index >= 0)
        m_pages->setCurrentIndex(index);
}

void MainWindow::showPage(const QString &key, const QString &filter)
{
    if (key == "sessions"_L1 && !filter.isEmpty())
        m_sessions->filterBy(filter, true);
    m_sidebar->setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(key))));
    page()->firstControl() ? page()->firstControl()->setFocus(Qt::OtherFocusReason) : m_sidebar->setFocus(Qt::OtherFocusReason);
}

void MainWindow::applyChanges(const QList<Change> &changes)
{
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<Page *>(m_pages->widget(i))->apply(changes);
}

void MainWindow::refreshAll()
{
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<Page *>(m_pages->widget(i))->refreshIfShown();
}

void MainWindow::open()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::restore()
{
    resize(1280, 800);
    restoreGeometry(m_desk.memory.value(u"window/geometry"_s).toByteArray());
    m_sidebar->setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(m_desk.memory.value(u"window/page"_s).toString()))));
}

void MainWindow::remember()
{
    m_desk.memory.setValue(u"window/geometry"_s, saveGeometry());
    m_desk.memory.setValue(u"window/page"_s, m_keys.value(m_pages->currentIndex()));
    for (int i = 0; i < m_pages->count(); ++i)
        static_cast<Page *>(m_pages->widget(i))->remember();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Whoever quits the program (a signal, the dock, the session) closes the windows first: one that refuses would stop it.
    if (watched == qApp && event->type() == QEvent::Quit)
        m_quitting = true;
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    if (m_quitting)
        return event->accept();
    if (qGuiApp->isSavingSession()) {
        // The desktop logs out: refusing to close would hold it up.
        event->accept();
        Q_EMIT quitWanted();
        return;
    }
    event->ignore();
    const bool told = m_desk.memory.value(u"window/toldAboutClosing"_s).toBool();
    m_desk.memory.setValue(u"window/toldAboutClosing"_s, true);
    if (m_tray.isAvailable()) {
        hide();
        if (!told)
            //: Notification when the window is closed for the first time: title and text.
            m_tray.tell(tr("Warder goes on serving"), tr("Click this icon to open the window again, or choose Quit in its menu to stop."), false);
        return;
    }
    if (!told)
        //: Said in the window when it was closed for the first time on a desktop without a tray.
        m_notice->say(Tone::Info, tr("Closing the window only minimises it, so that Warder goes on serving. Ctrl+Q stops the server and ends the program."));
    showMinimized();
}

} // namespace warder
