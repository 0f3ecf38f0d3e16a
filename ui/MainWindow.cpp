#include "ui/MainWindow.h"

#include "ui/Menus.h"
#include "ui/Questions.h"
#include "ui/ServerBar.h"
#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/Tray.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MainWindow::MainWindow(const PageContext &context, ServerStatus &watch, Tray &tray, QWidget *parent)
    : QMainWindow(parent), m_context(context), m_watch(watch), m_tray(tray), m_bar(new ServerBar(watch, this))
{
    placeParts();
    addPage(u"overview"_s, u"overview"_s, m_overview = new OverviewPage(context, m_pages));
    addPage(u"sessions"_s, u"sessions"_s, m_sessions = new SessionsPage(context, m_pages));
    addPage(u"users"_s, u"users"_s, m_users = new UsersPage(context, m_pages));
    addPage(u"limits"_s, u"limits"_s, new LimitsPage(context, m_pages));
    addPage(u"keys"_s, u"keys"_s, new KeysPage(context, m_pages));
    connect(m_sidebar, &Sidebar::currentRowChanged, this, &MainWindow::go);
    connect(m_overview, &OverviewPage::refreshWanted, &watch, &ServerStatus::look);
    connect(&watch, &ServerStatus::read, this, &MainWindow::present);
    connect(&watch, &ServerStatus::reloaded, this, [this](const QStringList &waiting) {
        if (waiting.isEmpty())
            m_toast->say(tr("Settings and certificate were read again."));
    });
    connect(m_bar, &ServerBar::copied, this, [this](const QString &address) {
        //: Said after the server's address was copied; %1 is the address.
        m_toast->say(tr("Copied: %1").arg(address));
    });
    makeMenus();
    present({});
    restore();
    qApp->installEventFilter(this);
}

void MainWindow::placeParts()
{
    auto *frame = new QWidget(this);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_sidebar = new Sidebar(frame);
    row->addWidget(m_sidebar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_strip = new ProblemStrip(frame);
    column->addWidget(m_strip);
    m_pages = new QStackedWidget(frame);
    column->addWidget(m_pages, 1);
    row->addLayout(column, 1);
    setCentralWidget(frame);
    m_toast = new Toast(frame);
    setStatusBar(m_bar);
    setWindowIcon(icon(u"warder"_s));
}

void MainWindow::present(const OverviewView &overview)
{
    const QString address = UiTexts::addressOf(overview.server);
    //: Title of the window: the name of the product.
    QString title = tr("Warder");
    if (!address.isEmpty())
        title += u" – "_s + QString(address).remove(QRegularExpression(u"^https?://"_s));
    if (m_watch.isOfService())
        //: Title of the window, after the address, where the server runs as a service of its own.
        title += u' ' + tr("(service)");
    setWindowTitle(title);
    if (m_watch.hasRead()) // before that nobody knows whether there are accounts
        m_overview->present(overview, m_watch.answers());
    m_sessions->setServerUrl(address);
    m_users->setServerUrl(address);
    showProblemsOfPage();
}

MainWindow::~MainWindow() { remember(); }

void MainWindow::addPage(const QString &key, const QString &iconName, Page *page)
{
    page->setObjectName(key);
    m_keys += key;
    m_pages->addWidget(page);
    m_sidebar->add(iconName, page->title());
    connect(page, &Page::goTo, this, &MainWindow::lead);
    connect(&page->notice(), &Notice::done, this, [this](const QString &text) { m_toast->say(text); });
    connect(&page->notice(), &Notice::problemsChanged, this, &MainWindow::showProblemsOfPage);
    connect(page, &Page::sessionsWanted, this, &MainWindow::showSessionsOf);
}

void MainWindow::makeMenus()
{
    QStringList titles;
    for (int i = 0; i < m_pages->count(); ++i)
        titles += m_sidebar->item(i)->text();
    const Menus::Orders orders {
        .startOrStop = [this] { m_watch.isListening() ? askToStop() : m_watch.startServer(); },
        .togglePause = [this] { m_watch.togglePause(); },
        .reload = [this] { m_watch.reload(); },
        .copyAddress = [this] { m_bar->copyAddress(); },
        .quit = [this] { askToQuit(); },
        .showPage = [this](int index) { showPage(m_keys.value(index)); },
        .refresh =
            [this] {
                page()->notice().clear();
                m_watch.look();
                page()->refresh();
            },
        .find = [this] { page()->focusFilter(); },
        .showFirstSteps =
            [this] {
                showPage(u"overview"_s);
                m_overview->showFirstSteps();
            },
    };
    auto *menus = new Menus(*menuBar(), titles, orders, m_watch.isOfService(), this);
    menus->presentServer(m_watch);
    m_bar->setOrders(menus->serverOrders());
    connect(&m_watch, &ServerStatus::read, menus, [this, menus] { menus->presentServer(m_watch); });
}

Page *MainWindow::page() const { return static_cast<Page *>(m_pages->currentWidget()); }

void MainWindow::go(int index)
{
    if (index >= 0)
        m_pages->setCurrentIndex(index);
    showProblemsOfPage();
}

void MainWindow::showProblemsOfPage()
{
    // While the server is silent every question fails, and that is one problem, which the strip shows already.
    m_strip->present(u"page"_s, m_watch.answers() ? page()->notice().problems() : QList<WindowProblem>());
}

void MainWindow::showPage(const QString &key)
{
    m_sidebar->setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(key))));
    page()->firstControl() ? page()->firstControl()->setFocus(Qt::OtherFocusReason) : m_sidebar->setFocus(Qt::OtherFocusReason);
}

void MainWindow::lead(const QString &key, const QString &filter)
{
    if (key == "sessions"_L1)
        m_sessions->filterBy(filter, !filter.isEmpty());
    if (key == "users"_L1)
        m_users->filterBy(filter);
    showPage(key);
}

void MainWindow::showSessionsOf(Id user, const QString &email)
{
    m_sessions->showSessionsOf(user, email);
    showPage(u"sessions"_s);
}

void MainWindow::askToStop()
{
    open();
    warder::askToStop(this, m_watch);
}

void MainWindow::askToQuit()
{
    if (m_watch.isListening())
        open();
    warder::askToQuit(this, m_watch, [this] { Q_EMIT quitWanted(); }, [this] { putAway(); });
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
    restoreGeometry(m_context.memory.value(u"window/geometry"_s).toByteArray());
    m_sidebar->setCurrentRow(int(qMax<qsizetype>(0, m_keys.indexOf(m_context.memory.value(u"window/page"_s).toString()))));
}

void MainWindow::remember()
{
    m_context.memory.setValue(u"window/geometry"_s, saveGeometry());
    m_context.memory.setValue(u"window/page"_s, m_keys.value(m_pages->currentIndex()));
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
    if (qGuiApp->isSavingSession() || (m_watch.isOfService() && !m_tray.isAvailable())) {
        // The desktop logs out, and refusing to close would hold it up; or nothing ends but the window.
        event->accept();
        Q_EMIT quitWanted();
        return;
    }
    event->ignore();
    putAway();
}

void MainWindow::putAway()
{
    const bool told = m_context.memory.value(u"window/toldAboutClosing"_s).toBool();
    m_context.memory.setValue(u"window/toldAboutClosing"_s, true);
    if (m_tray.isAvailable()) {
        hide();
        if (!told)
            //: Notification when the window is closed for the first time: title and text.
            m_tray.tell(tr("Warder goes on serving"), tr("Click this icon to open the window again, or choose Quit in its menu to stop."),
                        false);
        return;
    }
    if (!told)
        //: Said in the window when it was closed for the first time on a desktop without a tray.
        m_tellWhenOpened =
            tr("Closing the window only minimises it, so that Warder goes on serving. Ctrl+Q stops the server and ends the program.");
    showMinimized();
}

bool MainWindow::event(QEvent *event)
{
    const bool opens = event->type() == QEvent::WindowActivate || event->type() == QEvent::WindowStateChange;
    if (opens && !m_tellWhenOpened.isEmpty() && !isMinimized())
        m_toast->say(std::exchange(m_tellWhenOpened, {}), 2 * Toast::lasting);
    return QMainWindow::event(event);
}

} // namespace warder
