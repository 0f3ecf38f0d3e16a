#include "ui/AutostartAction.h"

#include "ui/support/Autostart.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

AutostartAction::AutostartAction(const QStringList &command, QObject *parent)
    : QAction(/*: Menu item with a check mark: the desktop starts the program for its user. */ tr("Start when I &log in"), parent),
      m_command(command)
{
    setObjectName(u"autostart"_s);
    setCheckable(true);
    refresh();
    connect(this, &QAction::triggered, this, &AutostartAction::turn);
}

void AutostartAction::refresh() { setChecked(autostart::isOn()); }

void AutostartAction::turn(bool on)
{
    const auto done = on ? autostart::turnOn(m_command) : autostart::turnOff();
    refresh();
    if (done) {
        Q_EMIT problemsChanged({});
        Q_EMIT turned(
            on ? /*: Said after the switch "Start when I log in" was turned on. */ tr(
                     "Warder starts when you log in, with its window put away.")
               : /*: Said after the switch "Start when I log in" was turned off. */ tr("Warder does not start by itself any more."));
        return;
    }
    const QString what = on ? /*: The switch "Start when I log in" could not be turned on; the reason follows. */
                             tr("Warder will not start when you log in: the desktop’s list of such programs could not be written.")
                            : /*: The switch "Start when I log in" could not be turned off; the reason follows. */
                             tr("Warder still starts when you log in: its entry could not be removed.");
    Q_EMIT problemsChanged({{.id = u"autostart"_s, .text = what + u' ' + UiTexts::reason(done.error().detail)}});
}

} // namespace warder
