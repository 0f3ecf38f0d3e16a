#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/backup/Backups.h"
#include "core/base/Text.h"
#include "core/config/LiveSettings.h"
#include "core/config/SettingCheck.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/credentials/FactorStore.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/PasswordStore.h"
#include "core/platform/Files.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sealing/MasterKeys.h"
#include "core/sessions/SessionStore.h"
#include "core/signin/FactorChanges.h"
#include "core/statistics/TrafficHistory.h"
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
    const auto admins = FactorStore::countAdmins(console.database.reader());
    const auto old = PasswordStore::countOld(console.database.reader(), OverviewCounts::mostOldHashes);
    if (!live || !users || !today || !bare || !admins || !old)
        return std::nullopt;
    return OverviewCounts {.liveSessions = *live,
                           .users = *users,
                           .signInsToday = today->succeeded,
                           .failedSignInsToday = today->failed,
                           .bareAdmins = *bare,
                           .admins = *admins,
                           .oldHashes = *old};
}

void addBackups(ConsoleContext &console, OverviewView &view, TimePoint now)
{
    const auto last = console.backups.last();
    if (!last)
        return;
    if (*last)
        view.backupAge = std::chrono::duration_cast<Seconds>(std::max(now - **last, Milliseconds {0})); // the clock may have been set back
    const bool hasUsers = view.counts && view.counts->users > 0;
    view.backupOverdue = hasUsers && console.backups.policy().isOverdue(*last, view.server.startedAt, now);
}

constexpr Seconds lately {10};

Result<OverviewView> overview(ConsoleContext &console, const ReadOverview &)
{
    const TimePoint now = console.now();
    OverviewView view {.server = console.server.view(),
                       .counts = counts(console, now),
                       .limitedNow = qint64(console.limiter.heldBack(Seconds {0}, now).size()),
                       .signingKeySince = signingSince(console),
                       .requestsPerSecond = console.traffic.requestsPerSecond(lately, now),
                       .p99 = console.traffic.percentile(0.99, lately, now)};
    addBackups(console, view, now);
    if (const auto space = platform::spaceAt(view.server.dataDirectory))
        view.diskLeft = qint64(space->available);
    return view;
}

Result<QList<TrafficView>> traffic(ConsoleContext &console, const ReadTraffic &order)
{
    const Seconds window = std::clamp<Seconds>(order.window, Seconds {1}, ReadTraffic::longest);
    const Seconds step = ReadTraffic::stepOf(window);
    const qsizetype count = (window + step - Seconds {1}) / step;
    return console.trafficHistory.steps(step, count, console.now()).transform([](const QList<TrafficStep> &steps) {
        QList<TrafficView> views;
        for (const TrafficStep &each : steps)
            views += viewOf(pointOf(each));
        return views;
    });
}

constexpr Seconds aMinute {60};
constexpr qsizetype inTwoDays = std::chrono::days {2} / aMinute;
constexpr qsizetype inHalfAnHour = 30;

void addTo(TrendView &trend, const TrafficStep &minute)
{
    trend.requests += minute.counts.requests();
    trend.signIns += minute.counts.signIns;
    trend.limited += minute.counts.limited;
    trend.tokens += minute.counts.signIns + minute.counts.refreshes;
    if (minute.levels) {
        trend.sessions = minute.levels->sessions;
        trend.users = minute.levels->users;
    }
}

QList<TrendView> trendsOf(const QList<TrafficStep> &minutes)
{
    QList<TrendView> trends;
    for (qsizetype i = 0; i < minutes.size(); ++i) {
        if (i % inHalfAnHour == 0)
            trends += TrendView {.from = minutes[i].from};
        addTo(trends.last(), minutes[i]);
    }
    return trends;
}

Result<QList<TrendView>> trends(ConsoleContext &console, const ReadTrends &)
{
    return console.trafficHistory.steps(aMinute, inTwoDays, console.now()).transform(trendsOf);
}

Result<ServerView> view(const ConsoleContext &console, const Result<void> &changed)
{
    return changed.transform([&console] { return console.server.view(); });
}

Result<ServerView> start(ConsoleContext &console, const StartServer &) { return view(console, console.server.start()); }

/// That settings were changed. Waits for the writer.
void record(ConsoleContext &console, const QJsonObject &details)
{
    const AuditEvent told {.at = console.now(), .type = audit::settingsChanged, .actor = console.actor, .details = details};
    AuditStore::record(console.database, {told});
}

Result<ServerView> usePort(ConsoleContext &console, const UsePort &order)
{
    if (order.port < 1 || order.port > 65535)
        return refused(ErrorCode::InvalidInput, u"port: must be 1 to 65535"_s);
    const auto places = [&console] { return console.settings.get().get<"http.listen">().join(u','); };
    const QString before = places();
    const auto used = console.server.usePort(quint16(order.port));
    if (const QString after = places(); after != before) // also where it cannot listen there either
        record(console, {{u"http.listen"_s, after}});
    return view(console, used);
}

Result<ServerView> stop(ConsoleContext &console, const StopServer &) { return view(console, console.server.stop()); }

Result<ServerView> pause(ConsoleContext &console, const PauseServer &) { return view(console, console.server.pause()); }

Result<ServerView> resume(ConsoleContext &console, const ResumeServer &) { return view(console, console.server.resume()); }

Result<void> restart(ConsoleContext &console, const RestartServer &) { return console.server.restart(); }

Result<QStringList> reload(ConsoleContext &console, const ReloadServer &) { return console.server.reload(); }

/// Of secrets only which they are.
QJsonObject detailsOf(const QList<SettingChoice> &choices)
{
    QJsonObject details;
    for (const auto &[key, value] : choices) {
        const SettingDefinition *definition = findSetting(key);
        const bool mayBeTold = definition && !definition->rules.secret;
        details.insert(key, !value ? u"(default)"_s : mayBeTold ? shortened(*value) : u"(secret)"_s);
    }
    return details;
}

Result<QStringList> store(ConsoleContext &console, const StoreSettings &order)
{
    auto waiting = console.server.storeSettings(order.choices);
    if (waiting && !order.choices.isEmpty())
        record(console, detailsOf(order.choices));
    return waiting;
}

Result<QList<SettingFault>> check(ConsoleContext &, const CheckSettings &order)
{
    QList<SettingFault> faults;
    for (const auto &[key, value] : order.choices) {
        if (const QString fault = value ? faultOfStored(key, *value) : QString(); !fault.isEmpty())
            faults += SettingFault {.key = key.left(100), .message = fault};
    }
    return faults;
}

Result<QList<SettingView>> settings(ConsoleContext &console, const ListSettings &)
{
    return viewsOf(console.settings.get(), console.masterKeys.state().place);
}

} // namespace

void LocalConsole::addServerHandlers()
{
    add(overview, traffic, trends, start, usePort, stop, pause, resume, restart, reload, settings, store, check);
}

} // namespace warder
