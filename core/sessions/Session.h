#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"
#include "core/base/Id.h"

#include <QStringList>

#include <array>

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
    KeyRevoked,
    FactorsChanged,
    Reported, ///< Its owner said by mail that it was not them.
};

template <>
inline constexpr std::array namesOf<SessionEnd> {
    "logout"_L1, "logout_all"_L1,      "admin"_L1,    "password_changed"_L1, "account_disabled"_L1, "account_removed"_L1, "reuse"_L1,
    "user"_L1,   "signed_in_again"_L1, "too_many"_L1, "key_revoked"_L1,      "factors_changed"_L1,  "reported"_L1};

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
    std::optional<TimePoint> revokedAt = {};
    std::optional<SessionEnd> revokedReason = {};
    qint64 graceHits = 0; ///< How often the previous token came back within the grace window.
    QString userAgent;
    QString address;                ///< Where it was opened.
    QString lastAddress = {};       ///< Where it was last refreshed; after a reuse: where the spent token came from. May be empty.
    QString method;                 ///< "password", "passkey", "email"; later "google", …
    QStringList amr = {};           ///< How its owner proved who they are: RFC 8176 §2, such as "pwd".
    TimePoint authenticatedAt = {}; ///< When they last did; a refresh is no proof.
    QString refreshes = {};         ///< How its refresh token was used lately, for refresh_chain; empty: not yet.

    bool operator==(const Session &) const = default;
};

} // namespace warder
