#include "core/accounts/Accounts.h"
#include "core/config/LiveSettings.h"
#include "core/console/SignInsToday.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/Topics.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sessions/SessionStore.h"

namespace warder {
namespace {

class ServerHandlers final
{
public:
    ServerHandlers(const ConsoleParts &parts, SessionIndex &index) : m_parts(parts), m_index(index) {}

    Result<OverviewView> overview(const ReadOverview &);
    Result<QList<TrafficView>> traffic(const ReadTraffic &order)
    {
        return viewsOf(m_parts.traffic.history(order.window, m_parts.clock.now()));
    }
    Result<ServerView> start(const StartServer &) { return view(m_parts.server.start()); }
    Result<ServerView> stop(const StopServer &) { return view(m_parts.server.stop()); }
    Result<ServerView> pause(const PauseServer &) { return view(m_parts.server.pause()); }
    Result<ServerView> resume(const ResumeServer &) { return view(m_parts.server.resume()); }
    Result<QStringList> reload(const ReloadServer &) { return m_parts.server.reload(); }
    Result<QList<SettingView>> settings(const ListSettings &) { return viewsOf(m_parts.settings.get()); }

private:
    Result<ServerView> view(const Result<void> &changed)
    {
        return changed.transform([this] { return m_parts.server.view(); });
    }
    Result<qint64> liveSessions(TimePoint now);
    TimePoint signingSince() const;

    const ConsoleParts m_parts;
    SessionIndex &m_index;
    SignInsToday m_signIns;
};

/// Sessions also end by time: what the journal counted is right again every minute, the index is always.
Result<qint64> ServerHandlers::liveSessions(TimePoint now)
{
    if (const auto known = m_index.liveIfKnown(now))
        return *known;
    if (const auto counted = m_parts.journal.liveSessions())
        return *counted;
    return SessionStore::countLive(m_parts.database.reader(), now).transform([this](qint64 live) {
        m_parts.journal.seed(live);
        return live;
    });
}

TimePoint ServerHandlers::signingSince() const
{
    const auto ring = m_parts.keys.ring();
    const auto key = std::ranges::find_if(
        ring->keys, [](const SigningKey &one) { return one.purpose == KeyPurpose::Access && one.state == KeyState::Current; });
    return key == ring->keys.end() ? TimePoint() : key->activatedAt.value_or(key->createdAt);
}

Result<OverviewView> ServerHandlers::overview(const ReadOverview &)
{
    const TimePoint now = m_parts.clock.now();
    const auto live = liveSessions(now);
    const auto users = m_parts.accounts.count();
    const auto today = m_signIns.count(m_parts.database.reader(), now);
    if (!live || !users)
        return refused(live ? users : live);
    if (!today)
        return refused(today);
    return OverviewView {.server = m_parts.server.view(),
                         .liveSessions = *live,
                         .users = *users,
                         .signInsToday = today->succeeded,
                         .failedSignInsToday = today->failed,
                         .limitedNow = qint64(m_parts.limiter.limitedNow(now).size()),
                         .signingKeySince = signingSince(),
                         .requestsPerSecond = m_parts.traffic.requestsPerSecond(Seconds {10}, now)};
}

} // namespace

void addServerHandlers(OrderTable &table, const ConsoleParts &parts, SessionIndex &index)
{
    table.add(std::make_shared<ServerHandlers>(parts, index), &ServerHandlers::overview, &ServerHandlers::traffic, &ServerHandlers::start,
              &ServerHandlers::stop, &ServerHandlers::pause, &ServerHandlers::resume, &ServerHandlers::reload, &ServerHandlers::settings);
}

} // namespace warder
