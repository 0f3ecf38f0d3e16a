#include "ui/MainWindow.h"

#include "ui/AutostartAction.h"
#include "ui/Menus.h"
#include "ui/Questions.h"
#include "ui/ServerBar.h"
#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/Tray.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MainWindow::MainWindow(const PageContext &context, ServerStatus &status, Tray &tray, QWidget *parent)
    : QMainWindow(parent), m_context(context), m_status(status), m_tray(tray), m_bar(new ServerBar(status, this))
{
    placeParts();
    wire();
    makeMenus();
    present({});
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48))); // what frames take
    restoreGeometry(m_context.memory.value(u"window/geometry"_s).toByteArray());
    m_pages->restore(m_context.memory);
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() { remember(); }

void MainWindow::placeParts()
{
    auto *frame = new QWidget(this);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *sidebar = new Sidebar(frame);
    row->addWidget(sidebar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_strip = new ProblemStrip(frame);
    column->addWidget(m_strip);
    m_pages = new Pages(m_context, *sidebar, frame);
    column->addWidget(m_pages, 1);
    row->addLayout(column, 1);
    setCentralWidget(frame);
    m_toast = new Toast(frame);
    setStatusBar(m_bar);
    setWindowIcon(programIcon());
}

void MainWindow::wire()
{
    connect(m_pages, &Pages::done, this, [this](const QString &text, const std::function<void()> &undo) {
        m_toast->showMessage(text, undo ? 2 * Toast::lasting : Toast::lasting, undo);
    });
    connect(m_pages, &Pages::problemsChanged, this, &MainWindow::showProblemsOfPage);
    connect(m_pages, &Pages::overviewWanted, &m_status, &ServerStatus::refresh);
    connect(&m_status, &ServerStatus::updated, this, &MainWindow::present);
    connect(&m_status, &ServerStatus::reloaded, this, [this](const QStringList &waiting) {
        m_pages->noteReload();
        if (waiting.isEmpty())
            m_toast->showMessage(/*: Said after the menu item "Reload settings". */ tr("Settings and certificate were read again."));
    });
    connect(m_bar, &ServerBar::copied, this, [this](const QString &address) {
        //: Said after the server's address was copied; %1 is the address.
        m_toast->showMessage(tr("Copied: %1").arg(address));
    });
}

void MainWindow::present(const OverviewView &overview)
{
    const QString address = UiTexts::addressOf(overview.server);
    QString shown = QString(address).remove(QRegularExpression(u"^https?://"_s));
    if (m_status.isOfService() && !shown.isEmpty())
        //: Title of the window: the address (%1) of a server that runs as a process of its own.
        shown = tr("%1 (service)").arg(shown);
    // Ends with the program's name, or some platforms would add that once more.
    //: Ends the title of the window: the name of the product.
    const QString product = tr("Warder");
    setWindowTitle(shown.isEmpty() ? product : shown + u" – "_s + product);
    m_pages->present(overview, m_status);
    showProblemsOfPage();
}

void MainWindow::makeMenus()
{
    auto *menus = new Menus(*menuBar(), m_status, *m_pages, m_context.installation, this);
    m_bar->setOrders(menus->serverOrders());
    connect(menus, &Menus::stopWanted, this, &MainWindow::askToStop);
    connect(menus, &Menus::quitWanted, this, &MainWindow::askToQuit);
    connect(menus, &Menus::switchWanted, this, &MainWindow::askToSwitch);
    connect(menus, &Menus::copyWanted, m_bar, &ServerBar::copyAddress);
    if (const AutostartAction *autostart = menus->autostart()) {
        connect(autostart, &AutostartAction::turned, this, [this](const QString &text) { m_toast->showMessage(text); });
        connect(autostart, &AutostartAction::problemsChanged, m_strip,
                [this](const QList<WindowProblem> &problems) { m_strip->present(u"autostart"_s, problems); });
    }
}

void MainWindow::showProblemsOfPage()
{
    // While the server is silent every question fails, and that is one problem, which the strip shows already.
    m_strip->present(u"page"_s, m_status.answers() ? m_pages->current().problems() : QList<WindowProblem>());
}

void MainWindow::askToStop()
{
    open();
    warder::askToStop(this, m_status);
}

void MainWindow::askToQuit()
{
    if (m_status.isListening())
        open();
    warder::askToQuit(this, m_status, [this] { Q_EMIT quitWanted(); }, [this] { hideOrMinimise(); });
}

void MainWindow::askToSwitch()
{
    warder::askToSwitch(this, m_status, [this] { Q_EMIT switchWanted(); });
}

void MainWindow::open()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::hideOrMinimise()
{
    const bool told = m_context.memory.value(u"window/toldAboutClosing"_s).toBool();
    m_context.memory.setValue(u"window/toldAboutClosing"_s, true);
    if (m_tray.isAvailable()) {
        hide();
        if (!told)
            //: Title of a notification when the window is closed for the first time.
            m_tray.notify(tr("Warder goes on serving"),
                          //: Text of a notification when the window is closed for the first time.
                          tr("Click this icon to open the window again, or choose Quit in its menu to stop."), false);
        return;
    }
    if (!told)
        //: Said in the window when it was closed for the first time on a desktop without a tray.
        m_messageWhenOpened =
            tr("Closing the window only minimises it, so that Warder goes on serving. Ctrl+Q stops the server and ends the program.");
    showMinimized();
}

bool MainWindow::event(QEvent *event)
{
    const bool opens = event->type() == QEvent::WindowActivate || event->type() == QEvent::WindowStateChange;
    if (opens && !m_messageWhenOpened.isEmpty() && !isMinimized())
        m_toast->showMessage(std::exchange(m_messageWhenOpened, {}), 2 * Toast::lasting);
    return QMainWindow::event(event);
}

void MainWindow::remember()
{
    m_context.memory.setValue(u"window/geometry"_s, saveGeometry());
    m_pages->remember(m_context.memory);
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
    if (qGuiApp->isSavingSession() || (m_status.isOfService() && !m_tray.isAvailable())) {
        // The desktop logs out, and refusing to close would hold it up; or nothing ends but the window.
        event->accept();
        Q_EMIT quitWanted();
        return;
    }
    event->ignore();
    hideOrMinimise();
}

} // namespace warder
