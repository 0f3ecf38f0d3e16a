#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QHash>

#include <atomic>
#include <shared_mutex>

namespace warder {

/// Sessions that ended while access tokens of theirs may still be alive. Asked on every request, from every HTTP thread.
class Revocations final
{
public:
    bool contains(Id session) const;

    /// Refused on every thread when this returns. `until`: when the last access token of the session has expired.
    void add(Id session, TimePoint until);

    /// Takes add() back: the ending did not reach the disk.
    void remove(Id session);

    /// Forgets those whose tokens have all expired.
    void prune(TimePoint now);

    qsizetype size() const;

private:
    mutable std::shared_mutex m_mutex;
    QHash<Id, TimePoint> m_until;
    std::atomic<bool> m_any = false; ///< Spares the lock on a server where nobody has signed out lately.
};

} // namespace warder
