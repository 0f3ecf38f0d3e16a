#include "core/tokens/VerifiedTokens.h"

namespace warder {

constexpr qsizetype mostInShard = 1024;

std::optional<Principal> VerifiedTokens::find(QByteArrayView token, quint64 ring)
{
    Shard &shard = shardOf(token);
    const std::lock_guard lock(shard.mutex);
    if (shard.ring != ring)
        return std::nullopt;
    const auto found = shard.claims.constFind(QByteArray::fromRawData(token.data(), token.size()));
    return found == shard.claims.cend() ? std::nullopt : std::optional(*found);
}

void VerifiedTokens::insert(QByteArrayView token, quint64 ring, const Principal &claims)
{
    Shard &shard = shardOf(token);
    const std::lock_guard lock(shard.mutex);
    // Emptying a full shard is rarer and cheaper than keeping an order of use on every look-up.
    if (shard.ring != ring || shard.claims.size() >= mostInShard)
        shard.claims.clear();
    shard.ring = ring;
    shard.claims.insert(token.toByteArray(), claims);
}

} // namespace warder
