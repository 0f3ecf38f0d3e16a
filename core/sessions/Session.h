#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace warder {

/// Why a session ended before its time. Stored by name.
enum class SessionEnd {
    Logout,
    LogoutAll,
    Admin,
    PasswordChanged,
    AccountDisabled,
    AccountRemoved,
    Reuse,
    User,
    SignedInAgain,
    TooMany,
    KeyRevoked
};

QString nameOf(SessionEnd end);
std::optional<SessionEnd> sessionEndFromName(QStringView name);

/// One sign-in of one user on one device: the only thing the database keeps of refresh tokens.
struct Session
{
    Id id;
    Id userId;
    qint64 generation = 0; ///< Of the refresh token that is good now; grows by one with each rotation.
    TimePoint openedAt;
    TimePoint rotatedAt; ///< When `generation` became current.
    TimePoint lastSeenAt;
    TimePoint idleExpiresAt;
    TimePoint expiresAt; ///< Absolute.
    std::optional<TimePoint> revokedAt;
    std::optional<SessionEnd> revokedReason;
    qint64 graceHits = 0; ///< How often the previous token came back within the grace window.
    QString userAgent;
    QString address;                ///< Where it was opened.
    QString lastAddress = {};       ///< Where it was last refreshed; after a reuse: where the spent token came from. May be empty.
    QString method;                 ///< "password"; later "passkey", "google", …
    QStringList amr = {};           ///< How its owner proved who they are: RFC 8176 §2, such as "pwd".
    TimePoint authenticatedAt = {}; ///< When they last did.

    bool operator==(const Session &) const = default;
};

} // namespace warder
