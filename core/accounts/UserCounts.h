#pragma once

#include "core/accounts/UserSearch.h"
#include "core/base/Result.h"

#include <QList>
#include <QString>

#include <atomic>
#include <mutex>
#include <optional>

namespace warder {

class DbConnection;

/// How many users a search lists, for a window that asks again and again. A text that many have costs a look at everybody (160 ms for a
/// million); that number is remembered, and from then on only who came since is looked at, until somebody is renamed, deleted, restored or
/// gone. Exact for all that was told by then (AccountListener). Any thread.
class UserCounts final
{
public:
    explicit UserCounts(const UserSearch::Bounds &bounds) : m_bounds(bounds) {}

    /// As UserStore::count(). DbConnection::stopWhen() interrupts it; nothing is remembered then.
    Result<qint64> count(DbConnection &connection, const QString &contains, bool deleted);

    /// After the commit of another address, another name, another list or an end: what was counted is not true any more.
    void forget() { ++m_changes; }

private:
    static constexpr qsizetype mostKnown = 8; ///< Texts: a few windows, and who types on.

    struct Known
    {
        QString key;
        bool deleted = false;
        quint64 changes = 0; ///< Before it was counted.
        qint64 upTo = 0;     ///< The greatest number that was looked at.
        qint64 number = 0;
    };

    std::optional<Known> known(const QString &key, bool deleted, quint64 changes);
    void remember(const Known &counted);

    const UserSearch::Bounds m_bounds;
    std::atomic<quint64> m_changes {0};
    std::mutex m_mutex;   ///< Guards m_known.
    QList<Known> m_known; ///< The newest first.
};

} // namespace warder
