#include "core/alarms/AlarmEpisode.h"

#include "core/base/GuessSign.h"

#include <QStringList>

namespace warder {
namespace {

/// Whose guessers are one.
QString aimOf(const RaisedAlarm &alarm)
{
    switch (fromName<GuessSign>(alarm.about).value_or(GuessSign::Denials)) {
    case GuessSign::Denials:        return alarm.address + u'\n' + alarm.email;
    case GuessSign::FailuresInARow: return alarm.email;
    case GuessSign::ManyAccounts:   return alarm.address;
    }
    Q_UNREACHABLE_RETURN({});
}

QString subjectOf(const RaisedAlarm &alarm)
{
    switch (alarm.type) {
    case AlarmType::BruteForce:    return aimOf(alarm);
    case AlarmType::RefreshReused: return alarm.session.toString();
    case AlarmType::LimitExceeded:
    case AlarmType::Problem:       return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString AlarmEpisode::keyOf(const RaisedAlarm &alarm)
{
    return QStringList {nameOf(alarm.type), alarm.about, subjectOf(alarm)}.join(u'\n');
}

Milliseconds AlarmEpisode::lengthOf(AlarmType type)
{
    return type == AlarmType::Problem ? std::chrono::hours {24} : std::chrono::hours {1};
}

bool AlarmEpisode::isAlarming(const QString &problem) { return problem != "reload_failed"_L1; }

} // namespace warder
