#include "ui/Desktop.h"

#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds waitedForTray {10'000};
constexpr int mostTicks = 20;

} // namespace

Desktop::Desktop(const PageContext &context)
    : m_status(context.console, context.ofService, nullptr), m_poller(context.console, nullptr), m_tray(m_status, nullptr),
      m_window(context, m_status, m_tray), m_problems(m_status, context.clock, m_window.strip())
{
    connect(&m_poller, &ChangePoller::changed, this, &Desktop::apply);
    connect(&m_poller, &ChangePoller::missedSome, &m_window.pages(), &Pages::refreshAll);
    connect(&m_poller, &ChangePoller::failed, this, [this](const Error &error) {
        m_problems.setPollingError(error);
        m_status.refresh();
    });
    connect(&m_poller, &ChangePoller::recovered, this, [this] {
        m_problems.setPollingError({});
        m_status.refresh();
        m_window.pages().refreshAll();
    });
    connect(&m_problems, &Problems::alarmWanted, this, &Desktop::showAlarm);
    connect(&m_problems, &Problems::pageWanted, &m_window.pages(), [this](const QString &key) { m_window.pages().jumpTo(key, {}); });
    connect(&m_tray, &Tray::openWanted, this, &Desktop::open);
    connect(&m_tray, &Tray::stopWanted, &m_window, &MainWindow::askToStop);
    connect(&m_tray, &Tray::quitWanted, &m_window, &MainWindow::askToQuit);
    connect(&m_window, &MainWindow::quitWanted, this, &Desktop::quitRequested);
    connect(&m_window, &MainWindow::switchWanted, this, &Desktop::switchRequested);
    connect(&m_waitingForTray, &QTimer::timeout, this, &Desktop::openHidden);
    m_status.start();
    m_poller.start();
}

void Desktop::open() { m_window.open(); }

void Desktop::openHidden()
{
    const bool isNeeded = !m_window.isVisible() && !m_tray.appear();
    if (!isNeeded || ++m_waited > mostTicks)
        m_waitingForTray.stop();
    else if (!m_waitingForTray.isActive())
        m_waitingForTray.start(waitedForTray / mostTicks);
    if (isNeeded && m_waited > mostTicks)
        m_window.showMinimized();
}

void Desktop::apply(const QList<Change> &changes)
{
    m_status.apply(changes);
    m_window.pages().apply(changes);
    for (const Change &change : changes) {
        if (const auto *alarm = std::get_if<Alarm>(&change))
            raiseAlarm(*alarm);
    }
}

void Desktop::raiseAlarm(const Alarm &alarm)
{
    //: Title of a notification.
    m_tray.notify(tr("Warder: alarm"), UiTexts::of(alarm), true);
    m_problems.addAlarm(alarm);
}

void Desktop::showAlarm(const Alarm &alarm)
{
    if (alarm.type != AlarmType::RefreshReused)
        m_window.pages().showPage(u"limits"_s);
    else
        m_window.pages().jumpTo(u"sessions"_s,
                                {.text = alarm.email, .user = alarm.userId.isNull() ? std::nullopt : std::optional(alarm.userId)});
}

} // namespace warder
