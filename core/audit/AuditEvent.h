#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace warder {

/// The names of what is recorded.
namespace audit {
inline constexpr QLatin1StringView userRegistered {"user_registered"};
inline constexpr QLatin1StringView userCreated {"user_created"};
inline constexpr QLatin1StringView userChanged {"user_changed"};
inline constexpr QLatin1StringView userDisabled {"user_disabled"};
inline constexpr QLatin1StringView userEnabled {"user_enabled"};
inline constexpr QLatin1StringView usersImported {"users_imported"};
inline constexpr QLatin1StringView userRemoved {"user_removed"};
inline constexpr QLatin1StringView passwordChanged {"password_changed"};
inline constexpr QLatin1StringView loginSucceeded {"login_succeeded"};
inline constexpr QLatin1StringView loginFailed {"login_failed"};
inline constexpr QLatin1StringView sessionRevoked {"session_revoked"};
inline constexpr QLatin1StringView refreshReused {"refresh_reused"};
inline constexpr QLatin1StringView keyRotated {"key_rotated"};
inline constexpr QLatin1StringView keyRevoked {"key_revoked"};
inline constexpr QLatin1StringView keyImported {"key_imported"};
inline constexpr QLatin1StringView keyRestored {"key_restored"};
inline constexpr QLatin1StringView keyRemoved {"key_removed"};
inline constexpr QLatin1StringView masterKeyMoved {"master_key_moved"};
inline constexpr QLatin1StringView masterKeyRotated {"master_key_rotated"};
inline constexpr QLatin1StringView masterKeyExported {"master_key_exported"};
inline constexpr QLatin1StringView masterKeyImported {"master_key_imported"};
inline constexpr QLatin1StringView bruteForce {"brute_force"};
} // namespace audit

/// Who did what to whom, when. Holds no secret.
struct AuditEvent
{
    Id id = {}; ///< Given when it is recorded; sorts by time.
    TimePoint at;
    QString type;  ///< One of namespace audit.
    QString actor; ///< "user", "console", "command line", "system".
    std::optional<Id> subject = {};
    std::optional<Id> session = {};
    QString address = {};
    QJsonObject details = {};
};

} // namespace warder
