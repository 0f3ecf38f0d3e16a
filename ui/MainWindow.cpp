#include "ui/MainWindow.h"

#include "ui/AutostartAction.h"
#include "ui/Menus.h"
#include "ui/PageScroller.h"
#include "ui/Questions.h"
#include "ui/ServerBar.h"
#include "ui/ServerStatus.h"
#include "ui/Sidebar.h"
#include "ui/Tray.h"
#include "ui/UndoStack.h"
#include "ui/UnseenWork.h"
#include "ui/backup/BackupsDialog.h"
#include "ui/elsewhere/ConnectDialog.h"
#include "ui/elsewhere/RecentPlaces.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/elsewhere/RoundTrip.h"
#include "ui/palette/CommandPalette.h"
#include "ui/palette/KeysSheet.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"
#include "ui/widgets/WorkBar.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MainWindow::MainWindow(const PageContext &context, ServerStatus &status, Tray &tray, QWidget *parent)
    : QMainWindow(parent), m_context(context), m_status(status), m_tray(tray), m_undo(new UndoStack(context.clock, this)),
      m_bar(new ServerBar(status, context.clock, this))
{
    placeParts();
    wire();
    makeMenus();
    present({});
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)).expandedTo(QSize(880, 560))); // what frames take
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
    m_sidebar = new Sidebar(frame);
    row->addWidget(m_sidebar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_strip = new ProblemStrip(frame);
    column->addWidget(m_strip);
    m_pages = new Pages(m_context, *m_sidebar, frame);
    column->addWidget(new PageScroller(m_pages, frame), 1);
    row->addLayout(column, 1);
    setCentralWidget(frame);
    m_toast = new Toast(frame);
    m_palette = new CommandPalette(m_context.console, *m_pages, *menuBar(), frame);
    m_unseen = new UnseenWork(m_pages->findChildren<WorkBar *>(), m_bar);
    m_bar->addWidget(m_unseen);
    setStatusBar(m_bar);
    setWindowIcon(programIcon());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    constexpr int enoughForNames = 960;
    QMainWindow::resizeEvent(event);
    m_sidebar->setNarrow(event->size().width() < enoughForNames);
}

void MainWindow::wire()
{
    connect(m_pages, &Pages::done, this, &MainWindow::tell);
    connect(m_undo, &UndoStack::said, this, [this](const QString &text) { m_toast->showMessage(text); });
    connect(m_pages, &Pages::problemsChanged, this, &MainWindow::showProblemsOfPage);
    connect(m_pages, &Pages::overviewWanted, &m_status, &ServerStatus::refresh);
    connect(m_pages, &Pages::serverOrdersWanted, m_bar, &ServerBar::showOrders);
    connect(m_pages, &Pages::backupsWanted, this, &MainWindow::showBackups);
    connect(&m_status, &ServerStatus::updated, this, &MainWindow::present);
    connect(&m_status, &ServerStatus::reloaded, this, [this](const QStringList &waiting) {
        m_pages->noteReload();
        if (waiting.isEmpty())
            m_toast->showMessage(/*: Said after the menu item "Reload settings". */ tr("Settings and certificate were read again."));
    });
    connect(&m_status, &ServerStatus::succeeded, this, [this](ServerStatus::Order order) {
        if (order == ServerStatus::Order::Restart)
            m_toast->showMessage(/*: Said after the server was told to restart. */ tr("The server restarts: it is back in a moment."));
    });
    connect(m_bar, &ServerBar::copied, this, [this](const QString &address) {
        //: Said after the server's address was copied; %1 is the address.
        m_toast->showMessage(tr("Copied: %1").arg(address));
    });
    if (m_context.elsewhere) {
        auto *trip = new RoundTrip(m_context.console, *m_context.elsewhere, this);
        connect(trip, &RoundTrip::measured, m_bar, &ServerBar::presentRoundTrip);
    }
}

QString MainWindow::shownServer(const OverviewView &overview) const
{
    if (m_context.elsewhere)
        //: Title of the window: the machine (%1) on which a server runs that is not of this machine.
        return tr("%1 (elsewhere)").arg(m_context.elsewhere->place().host);
    const QString address = UiTexts::addressOf(overview.server).remove(QRegularExpression(u"^https?://"_s));
    //: Title of the window: the address (%1) of a server that runs as a process of its own.
    return m_status.isOfService() && !address.isEmpty() ? tr("%1 (service)").arg(address) : address;
}

void MainWindow::tell(const QString &text, const Undo &undo)
{
    if (!undo)
        return m_toast->showMessage(text);
    m_toast->showMessage(text, 2 * Toast::lasting, [this, number = m_undo->push(undo)] { m_undo->takeBack(number); });
}

void MainWindow::showKeys()
{
    auto *sheet = new KeysSheet(*menuBar(), m_pages->current(), this);
    sheet->open();
}

void MainWindow::present(const OverviewView &overview)
{
    showTitle();
    m_pages->present(overview, m_status);
    showProblemsOfPage();
}

void MainWindow::showTitle()
{
    const QString shown = shownServer(m_status.latest());
    // Ends with the program's name, or some platforms would add that once more.
    //: Ends the title of the window: the name of the product.
    const QString product = tr("Warder");
    const QString title = shown.isEmpty() ? product : shown + u" – "_s + product;
    //: Title of the window while there are alarms that nobody has seen: how many (%1), and the title that it has otherwise (%2).
    setWindowTitle(m_openAlarms > 0 ? tr("(%1) %2").arg(UiTexts::count(m_openAlarms), title) : title);
}

void MainWindow::showOpenAlarms(qint64 open)
{
    m_openAlarms = open;
    m_pages->showOpenAlarms(open);
    showTitle();
}

void MainWindow::makeMenus()
{
    auto *menus = new Menus(*menuBar(), m_status, *m_pages, *m_undo, m_context.installation, this);
    m_bar->setOrders(menus->serverOrders());
    connect(menus, &Menus::stopWanted, this, &MainWindow::askToStop);
    connect(menus, &Menus::restartWanted, this, &MainWindow::askToRestart);
    connect(menus, &Menus::quitWanted, this, &MainWindow::askToQuit);
    connect(menus, &Menus::switchWanted, this, &MainWindow::askToSwitch);
    connect(menus, &Menus::backupsWanted, this, &MainWindow::showBackups);
    connect(menus, &Menus::connectWanted, this, &MainWindow::askToConnect);
    connect(menus, &Menus::copyWanted, m_bar, &ServerBar::copyAddress);
    connect(menus, &Menus::paletteWanted, m_palette, &CommandPalette::toggle);
    connect(menus, &Menus::keysWanted, this, &MainWindow::showKeys);
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

void MainWindow::askToRestart()
{
    open();
    warder::askToRestart(this, m_status);
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

void MainWindow::showBackups()
{
    open();
    m_strip->present(u"backups"_s, {});
    if (auto *standing = findChild<BackupsDialog *>(); standing && (standing->isVisible() || standing->isBusy())) {
        standing->open();
        return standing->raise();
    }
    auto *dialog = new BackupsDialog(m_context, this);
    connect(dialog, &BackupsDialog::made, &m_status, &ServerStatus::refresh);
    connect(dialog, &BackupsDialog::ended, this, &MainWindow::tellOfBackups);
    m_unseen->watch(dialog->work());
    dialog->open();
}

void MainWindow::tellOfBackups(Tone tone, const QString &text)
{
    if (tone != Tone::Bad)
        return m_toast->showMessage(text);
    const WindowProblem failed {.id = u"work"_s,
                                .tone = tone,
                                .text = text,
                                //: Button beside a problem with backups: opens their list.
                                .action = tr("Show backups"),
                                .onAction = [this] { showBackups(); }};
    m_strip->present(u"backups"_s, {failed});
}

void MainWindow::askToConnect(const QString &place)
{
    if (!place.isEmpty())
        return connectTo(place);
    auto *dialog = new ConnectDialog(RecentPlaces(m_context.installation.placesFile).all(), this);
    connect(dialog, &ConnectDialog::chosen, this, &MainWindow::connectTo);
    dialog->open();
}

void MainWindow::connectTo(const QString &place)
{
    //: Said when a window is being opened for a server on another machine; %1 is where: user, machine, port.
    m_toast->showMessage(tr("A window for %1 opens.").arg(UiTexts::foreign(place)));
    Q_EMIT connectWanted(place);
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

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || event->modifiers() != Qt::NoModifier || !m_strip->dismissFirst())
        QMainWindow::keyPressEvent(event);
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
