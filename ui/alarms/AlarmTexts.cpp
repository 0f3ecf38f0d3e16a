#include "ui/alarms/AlarmTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"

using namespace Qt::StringLiterals;

namespace warder {

QString AlarmTexts::kind(const Alarm &alarm)
{
    switch (alarm.type) {
    //: Kind of an alarm.
    case AlarmType::BruteForce: return tr("Password guessing");
    //: Kind of an alarm: a refresh token that was exchanged before came back.
    case AlarmType::RefreshReused: return tr("Spent token came back");
    //: Kind of an alarm: of a limit that refuses nobody.
    case AlarmType::LimitExceeded: return tr("Limit exceeded");
    case AlarmType::Problem:       return UiTexts::brief({.code = alarm.problem, .detail = alarm.detail, .since = alarm.at});
    }
    Q_UNREACHABLE_RETURN({});
}

QString AlarmTexts::state(AlarmState state)
{
    switch (state) {
    //: State of an alarm: nobody has seen it yet.
    case AlarmState::Open: return tr("Open");
    //: State of an alarm: somebody has seen it.
    case AlarmState::Seen: return tr("Seen");
    //: State of an alarm: somebody has dealt with it.
    case AlarmState::Done: return tr("Done");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone AlarmTexts::tone(AlarmState state)
{
    switch (state) {
    case AlarmState::Open: return Tone::Bad;
    case AlarmState::Seen: return Tone::Info;
    case AlarmState::Done: return Tone::Neutral;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

QString AlarmTexts::stateInFull(const AlarmView &alarm, TimePoint now)
{
    if (!alarm.changedAt)
        return state(alarm.state);
    //: The state of an alarm (%1), who gave it that state (%2: "console", "command line") and when (%3).
    return tr("%1, by %2, %3").arg(state(alarm.state), alarm.changedBy, Times::withAge(*alarm.changedAt, now));
}

QString AlarmTexts::advice(const AlarmView &alarm, bool stands)
{
    switch (alarm.alarm.type) {
    case AlarmType::BruteForce:
        //: What to do about an alarm: somebody guesses passwords.
        return tr("Warder slows them down by itself. Block the address if nobody of yours is there; “Show” lists who is held back.");
    case AlarmType::RefreshReused:
        //: What to do about an alarm: a spent token came back.
        return tr("Ask its owner whether the address is theirs. If it is not, set a new password and end their other sessions.");
    case AlarmType::LimitExceeded:
        //: What to do about an alarm: a limit was exceeded that refuses nobody.
        return tr("This limit refuses nobody. Let it deny, on the page Limits, if that is what it should do.");
    case AlarmType::Problem:
        return stands ? /*: Of an alarm: the server has that problem at this moment. */ tr("This is still so.")
                      : /*: Of an alarm: the server does not have that problem any more. */ tr("This is over by itself.");
    }
    Q_UNREACHABLE_RETURN({});
}

//: A number of alarms, which stands alone.
QString AlarmTexts::alarms(qint64 number) { return tr("%Ln alarm(s)", nullptr, int(number)); }

//: How many alarms nobody has seen yet; beside the name of the page Alarms.
QString AlarmTexts::open(qint64 number) { return tr("%Ln open alarm(s)", nullptr, int(number)); }

QString AlarmTexts::marked(AlarmState state, int number)
{
    switch (state) {
    //: Said after alarms were taken back to what nobody has seen.
    case AlarmState::Open: return tr("%Ln alarm(s) are open again.", nullptr, number);
    //: Said after somebody has said that they saw alarms.
    case AlarmState::Seen: return tr("%Ln alarm(s) marked as seen.", nullptr, number);
    //: Said after somebody has said that they dealt with alarms.
    case AlarmState::Done: return tr("%Ln alarm(s) done.", nullptr, number);
    }
    Q_UNREACHABLE_RETURN({});
}

QString AlarmTexts::marking(AlarmState state, int number)
{
    return state == AlarmState::Done ? /*: What was done and can be taken back. */ tr("Marking of %Ln alarm(s) as done", nullptr, number)
                                     : /*: What was done and can be taken back. */ tr("Marking of %Ln alarm(s) as seen", nullptr, number);
}

Confirmation AlarmTexts::beforeReopening(qsizetype number)
{
    return {//: A question: alarms that were called done shall be as if nobody had seen them.
            .question = tr("Open %Ln alarm(s) again?", nullptr, int(number)),
            //: What follows from the question before.
            .effect = tr("They ring until somebody marks them once more."),
            //: Button: agrees.
            .action = tr("Open again")};
}

} // namespace warder
