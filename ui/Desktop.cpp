#include "ui/Desktop.h"

#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds waitedForTray {10'000};
constexpr int mostTicks = 20;

} // namespace

Desktop::Desktop(const PageContext &context)
    : m_watch(context.console, context.ofService, nullptr), m_beat(context.console, nullptr), m_tray(m_watch, nullptr),
      m_window(context, m_watch, m_tray), m_problems(m_watch, context.clock, m_window.strip())
{
    connect(&m_beat, &ChangePoller::changed, this, &Desktop::take);
    connect(&m_beat, &ChangePoller::missedSome, &m_window.pages(), &Pages::refreshAll);
    connect(&m_beat, &ChangePoller::lost, this, [this](const Error &error) {
        m_problems.setDeaf(error);
        m_watch.look();
    });
    connect(&m_beat, &ChangePoller::found, this, [this] {
        m_problems.setDeaf({});
        m_watch.look();
        m_window.pages().refreshAll();
    });
    connect(&m_problems, &Problems::alarmWanted, this, &Desktop::showAlarm);
    connect(&m_tray, &Tray::openWanted, this, &Desktop::open);
    connect(&m_tray, &Tray::stopWanted, &m_window, &MainWindow::askToStop);
    connect(&m_tray, &Tray::quitWanted, &m_window, &MainWindow::askToQuit);
    connect(&m_window, &MainWindow::quitWanted, this, &Desktop::quitRequested);
    connect(&m_window, &MainWindow::switchWanted, this, &Desktop::switchRequested);
    connect(&m_waitingForTray, &QTimer::timeout, this, &Desktop::openHidden);
    m_watch.start();
    m_beat.start();
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

void Desktop::take(const QList<Change> &changes)
{
    m_watch.apply(changes);
    m_window.pages().apply(changes);
    for (const Change &change : changes) {
        if (const auto *alarm = std::get_if<Alarm>(&change))
            takeAlarm(*alarm);
    }
}

void Desktop::takeAlarm(const Alarm &alarm)
{
    //: Title of a notification.
    m_tray.tell(tr("Warder: alarm"), UiTexts::of(alarm), true);
    m_problems.takeAlarm(alarm);
}

void Desktop::showAlarm(const Alarm &alarm)
{
    if (alarm.type == "brute_force"_L1)
        m_window.pages().showPage(u"limits"_s);
    else
        m_window.pages().lead(u"sessions"_s,
                              {.text = alarm.email, .user = alarm.userId.isNull() ? std::nullopt : std::optional(alarm.userId)});
}

} // namespace warder
