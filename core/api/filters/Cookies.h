#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/sessions/Session.h"
#include "core/sessions/Sessions.h"

namespace warder {

class RefreshTokens;

/// The three cookies of cookie delivery, that of a sign-in that lacks a factor, that of a trusted browser, that of one that has
/// signed in before, and that of one that was sent to a provider: how they are called, set and cleared. Immutable; any thread.
/// Their names begin with `prefix`, because ports do not part cookies: servers on one host would take each other's. With `insecure`
/// (plain HTTP away from localhost, development only) `__Host-` in front of it and Secure go.
class Cookies final
{
public:
    Cookies(const QByteArray &prefix, bool insecure, const RefreshTokens &tokens);

    const QByteArray &accessName() const { return m_access; }
    const QByteArray &csrfName() const { return m_csrf; }
    const QByteArray &ticketName() const { return m_ticket; } ///< Of a sign-in that still lacks a factor.

    const QByteArray &deviceName() const { return m_device; }   ///< Of a browser that needs no second factor.
    const QByteArray &attemptName() const { return m_attempt; } ///< Of a browser that was sent to a provider.

    QByteArray ticketOf(const Call &call) const { return call.cookies.value(m_ticket); }
    QByteArray deviceOf(const Call &call) const { return call.cookies.value(m_device); }
    void setTicketOn(ApiResponse &response, const QByteArray &ticket, Seconds life) const;
    void clearTicketOn(ApiResponse &response) const { setTicketOn(response, {}, Seconds {0}); }
    void setDeviceOn(ApiResponse &response, const QByteArray &secret, Seconds life) const;
    void clearDeviceOn(ApiResponse &response) const { setDeviceOn(response, {}, Seconds {0}); }

    /// What KnownDevices says of this browser.
    QByteArray knownOf(const Call &call) const { return call.cookies.value(m_known); }
    void setKnownOn(ApiResponse &response, const QByteArray &marks, Seconds life) const;

    QByteArray attemptOf(const Call &call) const { return call.cookies.value(m_attempt); }
    void setAttemptOn(ApiResponse &response, const QByteArray &secret, Seconds life) const;
    void clearAttemptOn(ApiResponse &response) const { setAttemptOn(response, {}, Seconds {0}); }

    QByteArray accessOf(const Call &call) const { return call.cookies.value(m_access); }
    QByteArray refreshOf(const Call &call) const { return call.cookies.value(m_refresh); }
    bool isCarriedBy(const Call &call) const { return call.cookies.contains(m_access) || call.cookies.contains(m_refresh); }

    void setOn(ApiResponse &response, const TokenPair &pair, TimePoint now) const;
    void clearOn(ApiResponse &response) const;

    /// The CSRF token of the session: the one that came along, or another one where that is not good any more.
    QByteArray csrfFor(const Call &call, const Session &session) const;
    void setCsrfOn(ApiResponse &response, const Session &session, const QByteArray &token, TimePoint now) const;

private:
    QByteArray line(const QByteArray &name, const QByteArray &value, qint64 maxAge, bool readable) const;

    const RefreshTokens &m_tokens;
    bool m_insecure;
    QByteArray m_access;
    QByteArray m_refresh;
    QByteArray m_csrf;
    QByteArray m_ticket;
    QByteArray m_device;
    QByteArray m_known;
    QByteArray m_attempt;
};

} // namespace warder
