#include "app/Housekeeping.h"

#include "core/alarms/AlarmStore.h"
#include "core/assembly/Core.h"
#include "core/audit/AuditPolicy.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/ChallengeStore.h"
#include "core/credentials/FactorPolicy.h"
#include "core/credentials/TotpStore.h"
#include "core/credentials/TrustedDeviceStore.h"
#include "core/mail/MailLimits.h"
#include "core/mail/Outbox.h"
#include "core/mail/OutboxStore.h"
#include "core/sessions/SessionStore.h"
#include "core/signin/SignInAddresses.h"
#include "core/signin/SignInDevices.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int removedAtOnce = 1000;

using Remove = Result<qint64> (*)(DbConnection &connection, TimePoint before, int limit);

void removeAll(Core &core, Remove remove, TimePoint before)
{
    for (;;) {
        const auto removed = core.database->write([=](DbConnection &connection) { return remove(connection, before, removedAtOnce); });
        if (!removed)
            return log(LogLevel::Warning, "tidying_failed"_L1, {{"why"_L1, removed.error().detail}}); // the next minute tries again
        if (*removed < removedAtOnce)
            return;
    }
}

void tendKeys(Core &core, bool isTimeSure, TimePoint now)
{
    const auto tended = core.keys.rotateDue(now).and_then([&] { return isTimeSure ? core.sessions.removeSpentKeys(now) : Result<void>(); });
    const Problem failed {.code = u"key_rotation_failed"_s, .detail = tended ? QString() : tended.error().detail};
    if (!tended && !core.health.has(failed.code)) // the next minute tries again
        log(LogLevel::Error, "key_rotation_failed"_L1, {{"why"_L1, failed.detail}});
    core.health.note(!tended, failed, now);
}

std::optional<ServerLevels> levelsOf(Core &core)
{
    const auto sessions = core.journal.liveSessions();
    const auto users = core.accounts.count();
    return sessions && users ? std::optional(ServerLevels {.sessions = *sessions, .users = *users}) : std::nullopt;
}

/// Deleted accounts whose time is over, each with its audit event and told to the window.
void removeDeleted(Core &core, TimePoint now)
{
    for (;;) {
        const auto removed = core.deletions.removeDue(now);
        if (!removed)
            return log(LogLevel::Warning, "tidying_failed"_L1, {{"why"_L1, removed.error().detail}}); // the next minute tries again
        if (*removed < AccountDeletions::removedAtOnce)
            return;
    }
}

/// All that a clock which was set ahead would take for old, and that would not come back once it is right again.
void removeOver(Core &core, TimePoint now)
{
    core.revocations.prune(now);
    removeDeleted(core, now);
    removeAll(core, SessionStore::removeEnded, now - Housekeeping::endedSessionsKept);
    if (const AuditPolicy audit = AuditPolicy::from(core.settings.get()); audit.keep > Milliseconds {0})
        removeAll(core, AuditStore::removeOlderThan, now - audit.keep);
    removeAll(core, AlarmStore::removeDone, now - Housekeeping::doneAlarmsKept);
    removeAll(core, SignInAddresses::forget, now - Housekeeping::signInAddressesKept);
    removeAll(core, SignInDevices::forget, now - Housekeeping::signInAddressesKept);
    removeAll(core, ChallengeStore::removeExpired, now);
    removeAll(core, TrustedDeviceStore::removeExpired, now);
    removeAll(core, TotpStore::removeAbandoned, now - FactorPolicy().setUpLife);
    removeAll(core, OutboxStore::dropOver, now);
    removeAll(core, OutboxStore::emptyOver, now);
    removeAll(core, OutboxStore::removeEnded, now - Outbox::kept);
    removeAll(core, OutboxStore::removeAhead, now + mail_limits::latestDue);
}

} // namespace

void Housekeeping::tidy(Core &core, TimePoint now)
{
    const bool isTimeSure = !core.health.has(u"clock_jumped"_s);
    tendKeys(core, isTimeSure, now);
    if (isTimeSure)
        removeOver(core, now);
    core.count();
    keepCounts(core, core.clock.now()); // all that may have taken a while
}

void Housekeeping::keepCounts(Core &core, TimePoint now)
{
    if (const auto kept = core.limits.keep(now); !kept)
        log(LogLevel::Warning, "limits_not_kept"_L1, {{"why"_L1, kept.error().detail}}); // the next minute tries again
    if (const auto kept = core.trafficHistory.keep(levelsOf(core), now); !kept)
        log(LogLevel::Warning, "traffic_not_kept"_L1, {{"why"_L1, kept.error().detail}}); // likewise
}

void Housekeeping::backUp(Core &core, TimePoint now) { core.backups.runDue(now); }

} // namespace warder
