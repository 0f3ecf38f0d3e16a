#pragma once

#include "core/base/Clock.h"

#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <mutex>

namespace warder {

/// Something that an operator should mend while the server runs all the same.
struct Problem
{
    QString code;        ///< "disk_full": a stable name in snake_case, which anybody may be told.
    QString detail = {}; ///< The particulars, for people who know the system only: a path, a number. May be empty.
    bool down = false;   ///< Requests are refused because of it.
    TimePoint since = {};

    bool operator==(const Problem &) const = default;
};

/// What is wrong with the server now: each room that notices something says so here, and that it is over. Any thread, never waits.
class Health final
{
public:
    /// Is told after each change, on the thread that made it; it must not wait and may only read from here. Null: nobody is told, and
    /// after the return nobody is being told.
    void onChange(std::function<void()> changed);

    /// The problem stands, since `now` unless it stood before. Its other members may differ from last time.
    void set(Problem problem, TimePoint now);
    /// The same for what nobody notices the end of: endOverdue() ends it from `until` on, unless it was set again meanwhile.
    void setUntil(const Problem &problem, TimePoint until, TimePoint now);
    void endOverdue(TimePoint now);
    /// Nothing if it does not stand.
    void clear(QStringView code);
    /// set() or clear().
    void note(bool stands, const Problem &problem, TimePoint now);

    /// What refuses requests first, then the oldest.
    QList<Problem> problems() const;
    bool has(QStringView code) const;

private:
    void announce();

    std::mutex m_announceMutex; ///< Guards the next.
    std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    QList<Problem> m_problems;        ///< In the order of problems().
    QHash<QString, TimePoint> m_ends; ///< By code, of those that end by themselves.
};

} // namespace warder
