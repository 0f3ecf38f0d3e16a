#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/Since.h"
#include "core/console/TextMatcher.h"
#include "core/console/orders/Sessions.h"

#include <QHostAddress>

#include <optional>
#include <utility>

namespace warder {

/// Says of a session whether a filter shows it. Pure; any thread.
class SessionMatcher final
{
public:
    static constexpr std::chrono::days endedKept {1};

    /// InvalidInput for a text that is too long, an address that is none, and a time that is none.
    static Result<void> check(const SessionFilter &filter);

    explicit SessionMatcher(const SessionFilter &filter);

    bool matches(const SessionView &session, TimePoint now) const;

    /// It shows few of many, wherever in the list they stand: who reads the list in its order may read all of it for a page. Those that
    /// ended stay in the table for a month, and are shown for a day.
    bool isSelective() const
    {
        const bool showsEnded = m_state ? *m_state == SessionState::Ended : m_ended;
        return looksInTexts() || m_since || (showsEnded && !m_user) || m_state == SessionState::Ended;
    }

    /// Sessions leave it only because time goes by, though they live.
    bool movesOn() const { return m_since && m_since->movesOn(); }

    /// The parts of it, for texts that are folded already.
    bool isOfUser(const Id &user) const { return !m_user || *m_user == user; }
    bool isInTime(TimePoint openedAt, TimePoint expiresAt, std::optional<TimePoint> endedAt, TimePoint now) const;
    bool isInWords(QByteArrayView email, QByteArrayView address, QByteArrayView device) const;

private:
    bool looksInTexts() const { return !m_text.isEmpty() || !m_device.isEmpty() || m_email || m_network; }
    bool isFrom(QByteArrayView address) const;

    std::optional<Id> m_user;
    bool m_ended;
    std::optional<SessionState> m_state;
    TextMatcher m_text;
    TextMatcher m_address; ///< The same, or the usual form of an IPv6 address that was typed in another.
    TextMatcher m_device;
    std::optional<QByteArray> m_email;                     ///< Folded.
    std::optional<std::pair<QHostAddress, int>> m_network; ///< Of an address that is none: nobody's.
    QByteArray m_host;                                     ///< Of one address, its text.
    std::optional<Since> m_since;                          ///< Of a time that is none: nobody's.
};

} // namespace warder
