#pragma once

#include "core/base/Clock.h"

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <mutex>

namespace warder {

/// Who verifies access tokens by the public keys, as far as they have been fetched since the start.
struct JwksConsumer
{
    QString address;   ///< As the limiter counts it.
    QString userAgent; ///< Of one line, cut to JwksConsumers::longestUserAgent.
    TimePoint at;      ///< The last time.
    QStringList kids;  ///< That the last answer held.
};

/// Remembers who fetched the JWKS, to tell who knows a new key: address and user agent are one consumer. Bounded in all: of too many the
/// one goes that came longest ago, and of an address with too many user agents one of its own, so that no stranger alone makes it forget
/// the others. Any thread; microseconds.
class JwksConsumers final
{
public:
    static constexpr qsizetype most = 64;
    static constexpr qsizetype mostOfAddress = 8;
    static constexpr qsizetype longestUserAgent = 200;

    void note(const QHostAddress &address, const QString &userAgent, const QStringList &kids, TimePoint now);

    /// The latest first.
    QList<JwksConsumer> all() const;

private:
    mutable std::mutex m_mutex; ///< Guards the list.
    QList<JwksConsumer> m_consumers;
};

} // namespace warder
