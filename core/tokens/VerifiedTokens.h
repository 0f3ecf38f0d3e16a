#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <array>
#include <mutex>
#include <optional>

namespace warder {

/// Who an access token speaks for, once it has been believed.
struct Principal
{
    Id userId;
    Id sessionId;
    QString email;
    QStringList roles;
    QString kid = {}; ///< Of the key that signed it.
    TimePoint issuedAt;
    TimePoint notBefore;
    TimePoint expiresAt; ///< Of the token.
};

/// Tokens whose signature has been checked, so that it is not checked on every request. Holds for one key ring: with
/// another it starts anew. Bounded; any thread.
class VerifiedTokens final
{
public:
    std::optional<Principal> find(QByteArrayView token, quint64 ring);
    void insert(QByteArrayView token, quint64 ring, const Principal &claims);

private:
    struct Shard
    {
        std::mutex mutex;
        quint64 ring = 0;
        QHash<QByteArray, Principal> claims;
    };
    Shard &shardOf(QByteArrayView token) { return m_shards[qHash(token) % m_shards.size()]; }

    std::array<Shard, 16> m_shards;
};

} // namespace warder
