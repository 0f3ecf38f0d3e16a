#include "app/Housekeeping.h"

#include "core/assembly/Core.h"
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

void tendKeys(Core &core, TimePoint now)
{
    const auto tended = core.keys.rotateDue(now).and_then([&] { return core.sessions.removeSpentKeys(now); });
    const Problem failed {.code = u"key_rotation_failed"_s, .detail = tended ? QString() : tended.error().detail};
    if (!tended && !core.health.has(failed.code)) // the next minute tries again
        log(LogLevel::Error, "key_rotation_failed"_L1, {{"why"_L1, failed.detail}});
    core.health.note(!tended, failed, now);
}

} // namespace

void Housekeeping::tidy(Core &core, TimePoint now)
{
    tendKeys(core, now);
    core.revocations.prune(now);
    removeAll(core, SessionStore::removeEnded, now - endedSessionsKept);
    removeAll(core, AuditStore::removeOlderThan, now - auditKept);
    removeAll(core, SignInAddresses::forget, now - signInAddressesKept);
    removeAll(core, SignInDevices::forget, now - signInAddressesKept);
    removeAll(core, ChallengeStore::removeExpired, now);
    removeAll(core, TrustedDeviceStore::removeExpired, now);
    removeAll(core, TotpStore::removeAbandoned, now - FactorPolicy().setUpLife);
    removeAll(core, OutboxStore::dropOver, now);
    removeAll(core, OutboxStore::emptyOver, now);
    removeAll(core, OutboxStore::removeEnded, now - Outbox::kept);
    removeAll(core, OutboxStore::removeAhead, now + mail_limits::latestDue);
    if (const auto kept = core.limits.keep(now); !kept)
        log(LogLevel::Warning, "limits_not_kept"_L1, {{"why"_L1, kept.error().detail}}); // the next minute tries again
    core.count();
}

} // namespace warder
