#pragma once

#include "core/base/Clock.h"
#include "core/base/ErrorCode.h"

#include <QList>
#include <QString>

#include <deque>
#include <mutex>
#include <optional>

namespace warder {

/// A request that was refused, as the log has it: no secret.
struct RefusedRequest
{
    QString id; ///< X-Request-Id.
    TimePoint at;
    QString method;
    QString route; ///< As the table of routes has it, with its placeholders; empty: there is none.
    int status = 0;
    ErrorCode code = ErrorCode::Internal;
    QString why; ///< Error::detail, in English.
    QString address;
    QString rule = {}; ///< The limit that refused it; empty: none did.
    qint64 number = 0; ///< Among all that were refused since the server started, from 1 on; RecentRefusals::add() gives it.
};

/// The last refused requests, in memory, for whoever asks "why was this refused?". A flood pushes the older ones out. Any thread.
class RecentRefusals final
{
public:
    static constexpr size_t most = 2000;

    void add(RefusedRequest request)
    {
        const std::scoped_lock lock(m_mutex);
        request.number = ++m_newest;
        m_requests.push_back(std::move(request));
        if (m_requests.size() > most)
            m_requests.pop_front();
    }

    /// The newest of that id, which a client may have chosen itself.
    std::optional<RefusedRequest> find(const QString &id) const
    {
        const std::scoped_lock lock(m_mutex);
        for (auto next = m_requests.rbegin(); next != m_requests.rend(); ++next) {
            if (next->id == id)
                return *next;
        }
        return std::nullopt;
    }

    /// All of them. A copy: whoever looks through them holds up no request.
    QList<RefusedRequest> newestFirst() const
    {
        const std::scoped_lock lock(m_mutex);
        return QList<RefusedRequest>(m_requests.crbegin(), m_requests.crend());
    }

private:
    mutable std::mutex m_mutex;
    std::deque<RefusedRequest> m_requests; ///< Oldest first.
    qint64 m_newest = 0;
};

} // namespace warder
