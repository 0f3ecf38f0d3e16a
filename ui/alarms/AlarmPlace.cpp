#include "ui/alarms/AlarmPlace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString pageOfProblem(const QString &code)
{
    if (code.startsWith("mail_"_L1) || code == "outbox_full"_L1)
        return u"mail"_s;
    if (code == "key_rotation_failed"_L1 || code == "master_key_gone"_L1)
        return u"keys"_s;
    if (code == "backup_failed"_L1 || code == "restore_failed"_L1)
        return u"backups"_s;
    return u"overview"_s;
}

} // namespace

AlarmPlace placeOf(const Alarm &alarm)
{
    switch (alarm.type) {
    case AlarmType::RefreshReused:
        return {.page = u"sessions"_s,
                .filter = {.text = alarm.email, .user = alarm.userId.isNull() ? std::nullopt : std::optional(alarm.userId)}};
    case AlarmType::BruteForce:
    case AlarmType::LimitExceeded: return {.page = u"limits"_s, .filter = {.text = alarm.address.isEmpty() ? alarm.email : alarm.address}};
    case AlarmType::Problem:       return {.page = pageOfProblem(alarm.problem)};
    }
    Q_UNREACHABLE_RETURN({});
}

bool concernAlarms(const QList<Change> &changes)
{
    return std::ranges::any_of(changes, [](const Change &change) {
        return std::holds_alternative<Alarm>(change) || std::holds_alternative<AlarmsChanged>(change);
    });
}

} // namespace warder
