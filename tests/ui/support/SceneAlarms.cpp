#include "tests/ui/support/Scene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder::test {

void Scene::fillAlarms()
{
    const auto add = [this](Milliseconds age, Alarm what, qint64 times, AlarmState state) {
        what.at = clock.now() - age;
        console.alarmRows += AlarmView {.id = Id::create(what.at),
                                        .alarm = what,
                                        .lastAt = times > 1 ? what.at + 4min : what.at,
                                        .times = times,
                                        .state = state,
                                        .changedAt = state == AlarmState::Open ? std::nullopt : std::optional(clock.now() - 2min),
                                        .changedBy = state == AlarmState::Open ? QString() : u"console"_s};
    };
    Alarm theft = alarm(AlarmType::RefreshReused, u"ada.lovelace@example.com"_s, u"203.0.113.9"_s);
    theft.openedFrom = u"192.0.2.7"_s;
    theft.userId = Id::create(clock.now());
    theft.sessionId = Id::create(clock.now());
    add(3min, theft, 1, AlarmState::Open);
    Alarm guessing = alarm(AlarmType::BruteForce, u"grace.hopper@example.com"_s, u"203.0.113.66"_s);
    guessing.sign = GuessSign::FailuresInARow;
    guessing.count = 57;
    add(8min, guessing, 3, AlarmState::Open);
    Alarm stuffing = alarm(AlarmType::BruteForce, {}, u"198.51.100.0/24"_s);
    stuffing.sign = GuessSign::ManyAccounts;
    stuffing.count = 31;
    add(2h, stuffing, 1, AlarmState::Seen);
    Alarm limit = alarm(AlarmType::LimitExceeded, u"alan.turing@example.com"_s, u"203.0.113.77"_s);
    limit.rule = u"own_data"_s;
    add(5h, limit, 214, AlarmState::Open);
    Alarm full = alarm(AlarmType::Problem, {}, {});
    full.problem = u"disk_full"_s;
    full.detail = u"/var/lib/warder/warder.db: no room"_s;
    add(26h, full, 2, AlarmState::Open);
    Alarm jumped = alarm(AlarmType::Problem, {}, {});
    jumped.problem = u"clock_jumped"_s;
    add(50h, jumped, 1, AlarmState::Done);
}

} // namespace warder::test
