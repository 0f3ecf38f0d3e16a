#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace warder {

/// A person who may sign in. Holds no secret.
struct User
{
    Id id = {};
    QString email = {}; ///< As typed, NFC, trimmed.
    QString name = {};
    QStringList roles = {};
    bool emailVerified = false;
    bool disabled = false; ///< Nobody may sign in to it: an admin said so, or it is deleted.
    TimePoint createdAt = {};
    TimePoint updatedAt = {};
    std::optional<TimePoint> lastSignInAt = {};
    std::optional<TimePoint> invitedAt = {}; ///< When an admin last sent them a mail to set their first password.
    QString language = {};       ///< Of mails to them, BCP 47: what their browser asked for when they last signed in; empty: not known.
    QString passwordScheme = {}; ///< "argon2id", "bcrypt": which format the password's hash has; empty: no password.

    bool hasSecondFactor = false;            ///< A password alone does not sign in: there is an authenticator app.
    bool mustChangePassword = false;         ///< The password is good for the choice of another one, and nothing else.
    std::optional<TimePoint> deletedAt = {}; ///< An admin deleted it; until `goesAt` it can be restored.
    std::optional<TimePoint> goesAt = {};    ///< Of a deleted one: when it goes for good.

    /// Invited, and not there yet: they have set no password and never signed in.
    bool isInvited() const { return invitedAt && passwordScheme.isEmpty() && !lastSignInAt; }

    bool operator==(const User &) const = default;
};

} // namespace warder
