#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/RateLimiter.h"

#include <memory>
#include <optional>

namespace warder {

class Database;
class LiveSettings;

/// A rule with where it comes from.
struct KnownRule
{
    RateRule rule;
    bool isOwn = true;     ///< One of Warder's own: it cannot be removed, only reset.
    bool isEdited = false; ///< Its own numbers are not those of the settings.
    QString lockedBy =
        {}; ///< Where a setting decides its rate that nobody can override here: "warder.conf:12", "WARDER_…"; empty: it may be edited.

    bool operator==(const KnownRule &) const = default;
};

/// A change of a rule; members without a value stay as they are.
struct RuleEdit
{
    std::optional<QString> title = {};
    std::optional<QStringList> routes = {};
    std::optional<RateKey> key = {};
    std::optional<Rate> rate = {};
    std::optional<Seconds> longest = {};
    std::optional<RateAction> action = {};
    std::optional<bool> enabled = {};
};

/// The rules and networks as an admin has them: Warder's own from the settings, what was edited and added from the database. Nobody else
/// writes their tables. Tells the limiter before it returns. add(), edit() … wait for the writer; the others read, also on an HTTP
/// thread.
class Limits final
{
public:
    static constexpr qint64 mostRules = 64;
    static constexpr qint64 mostNetworks = 10'000;

    /// Reads the tables and tells the limiter; counts and waits of a former run with them. Warder's own rules are at first those that the
    /// limiter began with. What cannot be read is logged, and as if it were not there.
    Limits(Database &database, RateLimiter &limiter, const LiveSettings &settings, TimePoint now);
    ~Limits();

    QList<KnownRule> rules() const;
    std::optional<KnownRule> find(const QString &name) const;
    /// After a reload of the settings: Warder's own rules are now those of the settings.
    void settingsChanged();

    /// What `edit` would make of a rule (of a new one: of RateRule {.name}); InvalidInput with faults (faultsOf()); NotFound; Conflict
    /// for one that is locked, and for a new one of a name that is taken.
    Result<RateRule> judged(const QString &name, const RuleEdit &edit, bool isNew) const;
    /// Conflict with a fault at "name": it is taken, or there are `mostRules`.
    Result<KnownRule> add(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now);
    /// NotFound. Nothing is written or recorded where nothing changes.
    Result<KnownRule> edit(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now);
    /// One of Warder's own is again as the settings say; any other is gone. NotFound.
    Result<void> remove(const QString &name, const QString &actor, TimePoint now);

    QList<NetworkRule> networks(TimePoint now) const; ///< By standing and network; those that are over are left out.
    /// InvalidInput with a fault at "network", "reason" or "until": no network, more than /8 (v4) or /16 (v6) blocked at once, a blocked
    /// one that holds loopback, a reason too long or of several lines, an end in the past. Conflict with a fault at "network": there are
    /// `mostNetworks`. The same network again: exchanged. Id, creation and actor of `wanted` do not count.
    Result<NetworkRule> addNetwork(const NetworkRule &wanted, const QString &actor, TimePoint now);
    /// NotFound.
    Result<void> removeNetwork(Id id, const QString &actor, TimePoint now);

    /// Writes what must outlive a restart: counts, waits; forgets what is too old. Lane::Light, each minute, and at a stop. Waits for the
    /// writer. What could not be written is tried again the next time.
    Result<void> keep(TimePoint now);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
