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
    bool disabled = false;
    TimePoint createdAt = {};
    TimePoint updatedAt = {};
    std::optional<TimePoint> lastSignInAt = {};
    std::optional<TimePoint> invitedAt = {}; ///< When an admin last sent them a mail to set their first password.
    QString language = {};       ///< Of mails to them, BCP 47: what their browser asked for when they last signed in; empty: not known.
    QString passwordScheme = {}; ///< "argon2id", "bcrypt": which format the password's hash has; empty: no password.

    bool hasSecondFactor = false; ///< A password alone does not sign in: there is an authenticator app.

    /// Invited, and not there yet: they have set no password and never signed in.
    bool isInvited() const { return invitedAt && passwordScheme.isEmpty() && !lastSignInAt; }

    bool operator==(const User &) const = default;
};

} // namespace warder
