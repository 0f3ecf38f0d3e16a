#include "ui/Desktop.h"

#include "ui/support/Words.h"
#include "ui/widgets/InlineMessage.h"

using namespace Qt::StringLiterals;

namespace warder {

Desktop::Desktop(const Desk &desk)
    : m_watch(desk.console, nullptr), m_beat(desk.console, nullptr), m_tray(m_watch, nullptr), m_window(desk, m_watch, m_tray)
{
    wire();
    m_watch.start();
    m_beat.start();
}

void Desktop::wire()
{
    connect(&m_beat, &ChangeBeat::changed, this, &Desktop::take);
    connect(&m_beat, &ChangeBeat::missedSome, &m_window, &MainWindow::refreshAll);
    connect(&m_beat, &ChangeBeat::lost, this, [this](const Error &error) {
        //: The window gets no more news from the server; %1 says why.
        m_window.notice().say(Tone::Warning, tr("What you see may be old: the server does not tell what is new. %1").arg(Words::of(error)));
    });
    connect(&m_beat, &ChangeBeat::found, this, [this] {
        m_window.notice().clear();
        m_window.refreshAll();
    });
    connect(&m_tray, &Tray::openWanted, this, &Desktop::open);
    connect(&m_tray, &Tray::quitWanted, this, &Desktop::quitRequested);
    connect(&m_window, &MainWindow::quitWanted, this, &Desktop::quitRequested);
}

void Desktop::open()
{
    m_window.open();
}

void Desktop::take(const QList<Change> &changes)
{
    m_watch.apply(changes);
    m_window.applyChanges(changes);
    for (const Change &change : changes) {
        if (const auto *alarm = std::get_if<Alarm>(&change))
            takeAlarm(*alarm);
    }
}

void Desktop::takeAlarm(const Alarm &alarm)
{
    const QString text = alarm.type == "refresh_reused"_L1
        //: An alarm; %1 is an e-mail address, %2 and %3 are network addresses.
        ? tr("A spent refresh token of %1 was presented from %2; the session was opened from %3. It has been ended for everybody who holds it.")
              .arg(alarm.email, alarm.address, alarm.openedFrom)
        : alarm.type == "brute_force"_L1
        //: An alarm; %1 is a number, %2 an e-mail address, %3 a network address.
        ? tr("Somebody is guessing passwords: %1 sign-ins were refused within five minutes, the last one at %2 from %3.")
              .arg(Words::count(alarm.count), alarm.email, alarm.address)
        //: An alarm of another kind: its type, an e-mail address, a network address.
        : tr("%1: %2 from %3").arg(alarm.type, alarm.email, alarm.address);
    //: Title of a notification.
    m_tray.tell(tr("Warder: alarm"), text, true);
    //: Button beside an alarm: shows the sessions it is about.
    m_window.notice().say(Tone::Bad, text, tr("Show sessions"), [this, email = alarm.email] { m_window.showPage(u"sessions"_s, email); });
}

} // namespace warder
