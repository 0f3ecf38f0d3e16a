#include "core/accounts/UserCache.h"

namespace warder {

constexpr qsizetype mostInShard = 1024;

quint64 UserCache::moment(Id user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    return shard.forgotten;
}

std::optional<User> UserCache::find(Id user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.users.constFind(user);
    return found == shard.users.cend() ? std::nullopt : std::optional(*found);
}

void UserCache::keep(const User &user, quint64 moment)
{
    Shard &shard = shardOf(user.id);
    const std::lock_guard lock(shard.mutex);
    if (shard.forgotten != moment)
        return; // what was read may be older than what was forgotten
    // Emptying a full shard is rarer and cheaper than keeping an order of use on every look-up.
    if (shard.users.size() >= mostInShard)
        shard.users.clear();
    shard.users.insert(user.id, user);
}

void UserCache::forget(Id user)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    ++shard.forgotten;
    shard.users.remove(user);
}

} // namespace warder
