#include "ui/Desktop.h"

#include "ui/alarms/AlarmPlace.h"
#include "ui/support/UiTexts.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds waitedForTray {10'000};
constexpr int mostTicks = 20;

} // namespace

Desktop::Desktop(const PageContext &context, std::unique_ptr<DesktopTray> tray)
    : m_status(context.console, context.ofService, nullptr, context.elsewhere), m_poller(context.console, nullptr),
      m_tray(m_status, context.clock, std::move(tray), nullptr), m_window(context, m_status, m_tray),
      m_problems(m_status, context.clock, m_window.strip()), m_bell(context.console, nullptr)
{
    connect(&m_poller, &ChangePoller::changed, this, &Desktop::apply);
    connect(&m_poller, &ChangePoller::missedSome, &m_window.pages(), &Pages::refreshAll);
    connect(&m_poller, &ChangePoller::missedSome, &m_bell, &AlarmBell::refresh);
    connect(&m_bell, &AlarmBell::changed, this, &Desktop::ring);
    connect(&m_poller, &ChangePoller::failed, this, [this](const Error &error) {
        m_problems.setPollingError(error);
        m_status.refresh();
    });
    connect(&m_poller, &ChangePoller::recovered, this, [this] {
        m_problems.setPollingError({});
        m_status.refresh();
        m_window.pages().refreshAll();
        m_bell.refresh();
    });
    connect(&m_problems, &Problems::alarmWanted, this, &Desktop::showAlarm);
    connect(&m_problems, &Problems::pageWanted, &m_window.pages(), &Pages::jumpTo);
    connect(&m_problems, &Problems::restartWanted, &m_window, &MainWindow::askToRestart);
    connect(&m_tray, &Tray::openWanted, this, &Desktop::open);
    connect(&m_tray, &Tray::stopWanted, &m_window, &MainWindow::askToStop);
    connect(&m_tray, &Tray::quitWanted, &m_window, &MainWindow::askToQuit);
    connect(&m_window, &MainWindow::quitWanted, this, &Desktop::quitRequested);
    connect(&m_window, &MainWindow::switchWanted, this, &Desktop::switchRequested);
    connect(&m_window, &MainWindow::connectWanted, this, &Desktop::connectRequested);
    connect(&m_waitingForTray, &QTimer::timeout, this, &Desktop::openHidden);
    m_status.start();
    m_poller.start();
    m_bell.refresh();
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
    m_bell.apply(changes);
    for (const Change &change : changes) {
        if (const auto *alarm = std::get_if<Alarm>(&change))
            raiseAlarm(*alarm);
    }
}

void Desktop::raiseAlarm(const Alarm &alarm)
{
    const bool isOfHealth = alarm.type == AlarmType::Problem; // the strip has it for as long as it stands
    if (!isOfHealth || m_status.health().tone != Tone::Bad)   // else the tray says itself that people are refused
        //: Title of a notification.
        m_tray.notify(tr("Warder: alarm"), UiTexts::of(alarm), true);
    if (!isOfHealth)
        m_problems.addAlarm(alarm);
}

void Desktop::showAlarm(const Alarm &alarm)
{
    const AlarmPlace place = placeOf(alarm);
    m_window.pages().jumpTo(place.page, place.filter);
}

void Desktop::ring(qint64 open)
{
    m_window.showOpenAlarms(open);
    m_tray.showOpenAlarms(open);
    if (open == 0)
        m_problems.endAlarms(); // somebody has seen them, here or elsewhere
}

} // namespace warder
