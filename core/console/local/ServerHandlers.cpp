#include "core/accounts/Accounts.h"
#include "core/config/LiveSettings.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/credentials/FactorStore.h"
#include "core/credentials/Passkeys.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sealing/MasterKeys.h"
#include "core/sessions/SessionStore.h"
#include "core/signin/FactorChanges.h"
#include "core/tokens/SigningKeys.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Sessions also end by time: what the journal counted is right again every minute, the index is always.
Result<qint64> liveSessions(ConsoleContext &console, TimePoint now)
{
    if (const auto known = console.index.liveIfKnown(now))
        return *known;
    if (const auto counted = console.journal.liveSessions())
        return *counted;
    return SessionStore::countLive(console.database.reader(), now).transform([&console](qint64 live) {
        console.journal.seed(live);
        return live;
    });
}

TimePoint signingSince(const ConsoleContext &console)
{
    const auto ring = console.keys.ring();
    const auto key = std::ranges::find_if(
        ring->keys, [](const SigningKey &one) { return one.purpose == KeyPurpose::Access && one.state == KeyState::Current; });
    return key == ring->keys.end() ? TimePoint() : key->activatedAt.value_or(key->createdAt);
}

/// Whose passkeys are asked for behind a password: nobody's, unless the settings demand a factor (PendingSignIns::missingOf()).
QString rpIdOfFactors(const ConsoleContext &console)
{
    const PasskeyPolicy &passkeys = console.passkeys.policy();
    return console.factors.policy().required != FactorPolicy::Demand::None && passkeys.isOn() ? passkeys.rpId : QString();
}

std::optional<OverviewCounts> counts(ConsoleContext &console, TimePoint now)
{
    const auto live = liveSessions(console, now);
    const auto users = console.accounts.count();
    const auto today = console.signIns.count(console.database.reader(), now);
    const auto bare = FactorStore::countBareAdmins(console.database.reader(), rpIdOfFactors(console));
    if (!live || !users || !today || !bare)
        return std::nullopt;
    return OverviewCounts {
        .liveSessions = *live, .users = *users, .signInsToday = today->succeeded, .failedSignInsToday = today->failed, .bareAdmins = *bare};
}

Result<OverviewView> overview(ConsoleContext &console, const ReadOverview &)
{
    const TimePoint now = console.now();
    return OverviewView {.server = console.server.view(),
                         .counts = counts(console, now),
                         .limitedNow = qint64(console.limiter.heldBack(Seconds {0}, now).size()),
                         .signingKeySince = signingSince(console),
                         .requestsPerSecond = console.traffic.requestsPerSecond(Seconds {10}, now)};
}

Result<QList<TrafficView>> traffic(ConsoleContext &console, const ReadTraffic &order)
{
    return viewsOf(console.traffic.history(order.window, console.now()));
}

Result<ServerView> view(const ConsoleContext &console, const Result<void> &changed)
{
    return changed.transform([&console] { return console.server.view(); });
}

Result<ServerView> start(ConsoleContext &console, const StartServer &) { return view(console, console.server.start()); }

Result<ServerView> usePort(ConsoleContext &console, const UsePort &order)
{
    if (order.port < 1 || order.port > 65535)
        return refused(ErrorCode::InvalidInput, u"port: must be 1 to 65535"_s);
    return view(console, console.server.usePort(quint16(order.port)));
}

Result<ServerView> stop(ConsoleContext &console, const StopServer &) { return view(console, console.server.stop()); }

Result<ServerView> pause(ConsoleContext &console, const PauseServer &) { return view(console, console.server.pause()); }

Result<ServerView> resume(ConsoleContext &console, const ResumeServer &) { return view(console, console.server.resume()); }

Result<QStringList> reload(ConsoleContext &console, const ReloadServer &) { return console.server.reload(); }

Result<QStringList> store(ConsoleContext &console, const StoreSettings &order) { return console.server.storeSettings(order.choices); }

Result<QList<SettingView>> settings(ConsoleContext &console, const ListSettings &)
{
    return viewsOf(console.settings.get(), console.masterKeys.state().place);
}

} // namespace

void LocalConsole::addServerHandlers() { add(overview, traffic, start, usePort, stop, pause, resume, reload, settings, store); }

} // namespace warder
