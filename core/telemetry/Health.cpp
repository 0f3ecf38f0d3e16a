#include "core/telemetry/Health.h"

#include <algorithm>

namespace warder {

void Health::onChange(std::function<void()> changed)
{
    const std::lock_guard lock(m_announceMutex);
    m_changed = std::move(changed);
}

void Health::announce()
{
    const std::lock_guard lock(m_announceMutex);
    if (m_changed)
        m_changed();
}

void Health::set(Problem problem, TimePoint now)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto stands = std::ranges::find(m_problems, problem.code, &Problem::code);
        problem.since = stands == m_problems.end() ? now : stands->since;
        if (stands != m_problems.end()) {
            if (*stands == problem)
                return;
            m_problems.erase(stands);
        }
        m_problems += problem;
        std::ranges::stable_sort(
            m_problems, [](const Problem &a, const Problem &b) { return std::pair(!a.down, a.since) < std::pair(!b.down, b.since); });
    }
    announce();
}

void Health::setUntil(const Problem &problem, TimePoint until, TimePoint now)
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends[problem.code] = until;
    }
    set(problem, now);
}

void Health::endOverdue(TimePoint now)
{
    QStringList over;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[code, until] : m_ends.asKeyValueRange()) {
            if (until <= now)
                over += code;
        }
    }
    for (const QString &code : std::as_const(over))
        clear(code);
}

void Health::clear(QStringView code)
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends.remove(code.toString());
        if (m_problems.removeIf([code](const Problem &each) { return each.code == code; }) == 0)
            return;
    }
    announce();
}

void Health::note(bool stands, const Problem &problem, TimePoint now)
{
    if (stands)
        set(problem, now);
    else
        clear(problem.code);
}

QList<Problem> Health::problems() const
{
    const std::lock_guard lock(m_mutex);
    return m_problems;
}

bool Health::has(QStringView code) const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::find(m_problems, code, &Problem::code) != m_problems.end();
}

} // namespace warder
