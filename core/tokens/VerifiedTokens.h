#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <array>
#include <memory>
#include <mutex>
#include <optional>

namespace warder {

/// What an access token says, once it has been believed.
struct AccessClaims
{
    Id userId;
    Id sessionId;
    QString email;
    QStringList roles;
    QString kid;
    TimePoint issuedAt;
    TimePoint notBefore;
    TimePoint expiresAt;
};

/// Tokens whose signature has been checked, so that it is not checked on every request. Holds for one key ring: with
/// another it starts anew. Bounded; any thread.
class VerifiedTokens final
{
public:
    std::optional<AccessClaims> find(QByteArrayView token, quint64 ring);
    void insert(QByteArrayView token, quint64 ring, const AccessClaims &claims);

private:
    struct Shard
    {
        std::mutex mutex;
        quint64 ring = 0;
        QHash<QByteArray, AccessClaims> claims;
    };
    Shard &shardOf(QByteArrayView token) { return m_shards[qHash(token) % m_shards.size()]; }

    std::array<Shard, 16> m_shards;
};

} // namespace warder
