#include "core/console/SignInsToday.h"

#include "core/audit/AuditStore.h"

#include <QDateTime>

namespace warder {
namespace {

/// An event carries the time at which its request began, and is on disk some seconds later at most.
constexpr auto settling = std::chrono::minutes {2};

TimePoint midnightBefore(TimePoint now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMilliseconds(now));
    return fromMilliseconds(local.date().startOfDay().toMSecsSinceEpoch());
}

Result<SignInsToday::Counts> countBetween(DbConnection &connection, TimePoint from, TimePoint until)
{
    const auto signedIn = AuditStore::count(connection, audit::loginSucceeded, from, until);
    const auto registered = AuditStore::count(connection, audit::userRegistered, from, until);
    const auto failed = AuditStore::count(connection, audit::loginFailed, from, until);
    for (const auto *one : {&signedIn, &registered, &failed}) {
        if (!*one)
            return refused(*one);
    }
    return SignInsToday::Counts {.succeeded = *signedIn + *registered, .failed = *failed};
}

SignInsToday::Counts operator+(SignInsToday::Counts a, SignInsToday::Counts b)
{
    return {.succeeded = a.succeeded + b.succeeded, .failed = a.failed + b.failed};
}

} // namespace

Result<SignInsToday::Counts> SignInsToday::count(DbConnection &connection, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    const TimePoint midnight = midnightBefore(now);
    if (midnight != m_midnight || now < m_settled) { // a new day, or the clock was set back
        m_midnight = m_settled = midnight;
        m_until = {};
    }
    const TimePoint settled = std::max(m_settled, now - settling);
    const auto older = countBetween(connection, m_settled, settled);
    const auto newer = countBetween(connection, settled, TimePoint::max());
    if (!older || !newer)
        return refused(older ? newer : older);
    m_until = m_until + *older;
    m_settled = settled;
    return m_until + *newer;
}

} // namespace warder
