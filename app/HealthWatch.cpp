#include "app/HealthWatch.h"

#include "core/platform/Process.h"
#include "core/telemetry/Log.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using namespace health_checks;

/// Who was not there should still see it, but not for ever.
constexpr Milliseconds jumpRemembered = std::chrono::hours {1};
constexpr Milliseconds dropsRemembered = std::chrono::minutes {10};
/// Everybody who comes at once after a restart is served by then.
constexpr Milliseconds crowdedForLong = Seconds {30};

constexpr std::array failingWrites {"disk_full"_L1, "database_locked"_L1, "storage_failure"_L1};

/// 0: there is none.
quint64 inodeOf(const QString &path) { return platform::statusOf(path).value_or(platform::FileStatus()).version.inode; }

} // namespace

QString problemCodeOf(const Error &error)
{
    if (error.trouble == StorageTrouble::Locked)
        return u"database_locked"_s;
    return error.trouble == StorageTrouble::Full ? u"disk_full"_s : u"storage_failure"_s;
}

HealthWatch::HealthWatch(Core &core)
    : m_core(core), m_last {.system = core.clock.now(), .sinceBoot = platform::sinceBoot()},
      m_database(inodeOf(core.directory.databasePath()))
{
    m_core.database->onFailure([this](const Error &error) {
        m_core.health.set({.code = problemCodeOf(error), .detail = error.detail, .down = true}, m_core.clock.now());
    });
}

HealthWatch::~HealthWatch() { m_core.database->onFailure({}); }

void HealthWatch::check()
{
    const std::unique_lock checking(m_checking, std::try_to_lock);
    if (!checking)
        return;
    const TimePoint now = m_core.clock.now();
    checkClock(now);
    checkDisk(now);
    checkFiles(now);
    checkLog(now);
    m_core.health.endOverdue(now);
    probe();
}

void HealthWatch::checkTime()
{
    const std::lock_guard checking(m_checking);
    checkClock(m_core.clock.now());
}

/// Nobody is kept out: most are served, and a load balancer that took this server away would leave more work to the others.
void HealthWatch::checkHashing(const LaneLoad &load)
{
    const std::unique_lock checking(m_checking, std::try_to_lock);
    if (!checking)
        return;
    const TimePoint now = m_core.clock.now();
    const QString code = u"hashing_full"_s;
    const bool stands = m_core.health.has(code);
    if (!isCrowded(load.waiting, load.most, stands))
        m_crowdedSince.reset();
    else if (!m_crowdedSince || now < *m_crowdedSince) // the clock may have been set back
        m_crowdedSince = now;
    const bool isLong = m_crowdedSince && (stands || now - *m_crowdedSince >= crowdedForLong);
    const QString detail = u"%1 passwords wait to be hashed, at most %2 may: give it more threads (passwords.hashing_threads) on a machine "
                           "with more cores, or make hashes cheaper"_s.arg(load.waiting)
                               .arg(load.most);
    m_core.health.note(isLong, {.code = code, .detail = detail}, now);
}

void HealthWatch::checkDisk(TimePoint now)
{
    const auto space = platform::spaceAt(m_core.directory.path());
    const QString left = space ? u"%1: %2 MiB left"_s.arg(m_core.directory.path()).arg(space->available / (1024 * 1024)) : QString();
    m_core.health.note(space && isLow(*space), {.code = u"disk_low"_s, .detail = left}, now);
}

void HealthWatch::checkFiles(TimePoint now)
{
    const QString database = m_core.directory.databasePath();
    const QString lost = u"%1 was removed or replaced while the server runs: stop it, and put the file back"_s.arg(database);
    m_core.health.note(inodeOf(database) != m_database, {.code = u"database_gone"_s, .detail = lost, .down = true}, now);
    const QString key = m_core.directory.masterKeyPath();
    const QString missing = u"%1 is missing: put it back, without it the server does not start again"_s.arg(key);
    const MasterKeySource source = m_core.masterKeys.source(); // of the keychain the file says that it is there
    const bool isNeeded = source == MasterKeySource::File || source == MasterKeySource::Keychain;
    m_core.health.note(isNeeded && inodeOf(key) == 0, {.code = u"master_key_gone"_s, .detail = missing}, now);
}

void HealthWatch::checkClock(TimePoint now)
{
    const ClockReading reading {.system = now, .sinceBoot = platform::sinceBoot()};
    if (const Milliseconds jump = clockJump(m_last, reading); jump != Milliseconds {0}) {
        m_off += jump;
        m_jumpedAt = reading.sinceBoot;
        log(LogLevel::Warning, "clock_jumped"_L1, {{"went"_L1, toText(jump)}});
    }
    m_last = reading;
    if (reading.sinceBoot - m_jumpedAt > jumpRemembered)
        m_off = Milliseconds {0};
    const bool isOff = clockJump({}, {.system = TimePoint {m_off}, .sinceBoot = {}}) != Milliseconds {0};
    m_core.health.note(isOff,
                       {.code = u"clock_jumped"_s,
                        .detail = u"the clock of this machine went %1: tokens and sessions may count as expired, or as not "
                                  "valid yet; meanwhile nothing is deleted for its age"_s.arg(toText(m_off))},
                       now);
    m_core.health.note(isBeforeUs(now),
                       {.code = u"clock_wrong"_s, .detail = u"the clock of this machine says %1"_s.arg(warder::toText(now))}, now);
}

void HealthWatch::checkLog(TimePoint now)
{
    const quint64 dropped = droppedLogLines();
    if (dropped != m_dropped)
        m_droppedAt = platform::sinceBoot();
    m_dropped = dropped;
    const bool isRecent = dropped > 0 && platform::sinceBoot() - m_droppedAt <= dropsRemembered;
    const QString why = u"%1 lines of the log so far: who reads it stands still or is gone, or its disk is full"_s.arg(dropped);
    m_core.health.note(isRecent, {.code = u"log_lines_dropped"_s, .detail = why}, now);
}

/// A write that failed stands until one succeeds; on a quiet server nobody else would try.
void HealthWatch::probe()
{
    const auto stands = [this](QLatin1StringView code) { return m_core.health.has(QString(code)); };
    if (std::ranges::none_of(failingWrites, stands))
        return;
    const auto written = m_core.database->probe();
    const auto space = platform::spaceAt(m_core.directory.path());
    const QString still = !written ? problemCodeOf(written.error()) : space && isFull(*space) ? u"disk_full"_s : QString();
    for (const auto code : failingWrites) {
        if (code != still)
            m_core.health.clear(QString(code));
    }
}

} // namespace warder
