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
inline constexpr QLatin1StringView usersImportBegun {"users_import_begun"}; ///< One that is written in several pieces.
inline constexpr QLatin1StringView usersImported {"users_imported"};
inline constexpr QLatin1StringView usersImportUndone {"users_import_undone"}; ///< What was written of it went again.
inline constexpr QLatin1StringView userDeleted {"user_deleted"};              ///< Out of reach, and to be removed later.
inline constexpr QLatin1StringView userRestored {"user_restored"};            ///< A deletion was taken back.
inline constexpr QLatin1StringView userRemoved {"user_removed"};              ///< For good.
inline constexpr QLatin1StringView userInvited {"user_invited"};              ///< A mail to set the first password, each time it is sent.
inline constexpr QLatin1StringView emailVerified {"email_verified"};
inline constexpr QLatin1StringView emailChangeAsked {"email_change_asked"}; ///< The change itself is a userChanged.
inline constexpr QLatin1StringView passwordChanged {"password_changed"};
inline constexpr QLatin1StringView passwordResetAsked {"password_reset_asked"};
inline constexpr QLatin1StringView passwordReset {"password_reset"}; ///< By a link of a mail.
inline constexpr QLatin1StringView loginSucceeded {"login_succeeded"};
inline constexpr QLatin1StringView loginFailed {"login_failed"};
inline constexpr QLatin1StringView factorAdded {"second_factor_added"};
inline constexpr QLatin1StringView factorRemoved {"second_factor_removed"};
inline constexpr QLatin1StringView factorFailed {"second_factor_failed"};   ///< A wrong one, behind a right password.
inline constexpr QLatin1StringView factorGuessed {"second_factor_guessed"}; ///< Several in a row: somebody may know the password.
inline constexpr QLatin1StringView factorsReset {"second_factors_reset"};
inline constexpr QLatin1StringView recoveryCodesRenewed {"recovery_codes_renewed"};
inline constexpr QLatin1StringView recoveryCodeUsed {"recovery_code_used"};
inline constexpr QLatin1StringView deviceRemembered {"device_remembered"};
inline constexpr QLatin1StringView devicesForgotten {"devices_forgotten"};
inline constexpr QLatin1StringView reauthenticated {"reauthenticated"};
inline constexpr QLatin1StringView reauthenticationFailed {"reauthentication_failed"};
inline constexpr QLatin1StringView newDeviceSeen {"new_device_seen"};
inline constexpr QLatin1StringView signInReported {"sign_in_reported"}; ///< "This wasn't me", by a link of a mail.
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
inline constexpr QLatin1StringView backupCreated {"backup_created"};
inline constexpr QLatin1StringView backupRestored {"backup_restored"}; ///< In the database that was restored.
inline constexpr QLatin1StringView restoreUndone {"restore_undone"};
inline constexpr QLatin1StringView settingsChanged {"settings_changed"}; ///< In the window or by a command, not in a file.
inline constexpr QLatin1StringView passkeyAdded {"passkey_added"};
inline constexpr QLatin1StringView passkeyRenamed {"passkey_renamed"};
inline constexpr QLatin1StringView passkeyRemoved {"passkey_removed"};
inline constexpr QLatin1StringView passkeyCounterBack {"passkey_counter_back"};
inline constexpr QLatin1StringView identityLinked {"identity_linked"}; ///< An account at a provider signs in to the subject's.
inline constexpr QLatin1StringView identityRemoved {"identity_removed"};
inline constexpr QLatin1StringView providerAdded {"provider_added"};
inline constexpr QLatin1StringView providerChanged {"provider_changed"};
inline constexpr QLatin1StringView providerRemoved {"provider_removed"};
inline constexpr QLatin1StringView limitAdded {"limit_added"};
inline constexpr QLatin1StringView limitChanged {"limit_changed"};
inline constexpr QLatin1StringView limitRemoved {"limit_removed"}; ///< Of one of Warder's own: it is as the settings say again.
inline constexpr QLatin1StringView networkAdded {
    "network_added"}; ///< Exempt from limits, or blocked; also in place of what was said before.
inline constexpr QLatin1StringView networkRemoved {"network_removed"};
inline constexpr QLatin1StringView mailRetried {"mail_retried"};
inline constexpr QLatin1StringView mailDropped {"mail_dropped"};
inline constexpr QLatin1StringView mailTested {"mail_tested"};
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
