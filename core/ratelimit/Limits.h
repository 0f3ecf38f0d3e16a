#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/KnownRule.h" // IWYU pragma: export
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/RateRule.h"
#include "core/ratelimit/RuleEdit.h" // IWYU pragma: export

#include <memory>
#include <optional>

namespace warder {

class Database;
class LiveSettings;

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

    /// What `edit` would make of a rule, or why it may not: see editedRule().
    Result<RateRule> judged(const QString &name, const RuleEdit &edit, bool isNew) const;
    /// Conflict with a fault at "name": it is taken, or there are `mostRules`.
    Result<KnownRule> add(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now);
    /// NotFound. Nothing is written or recorded where nothing changes.
    Result<KnownRule> edit(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now);
    /// One of Warder's own is again as the settings say; any other is gone. NotFound.
    Result<void> remove(const QString &name, const QString &actor, TimePoint now);

    QList<NetworkRule> networks(TimePoint now) const; ///< By standing and network; those that are over are left out.
    /// InvalidInput with what faultsOfNetwork() finds. Conflict with a fault at "network": there are `mostNetworks`. The same network
    /// again: exchanged. Id, creation and actor of `wanted` do not count.
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
