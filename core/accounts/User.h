#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace warder {

/// A person who may sign in. Holds no secret: the password hash never leaves the accounts room.
struct User
{
    Id id;
    QString email; ///< As typed, NFC, trimmed.
    QString name;
    QStringList roles;
    bool emailVerified = false;
    bool disabled = false;
    TimePoint createdAt;
    TimePoint updatedAt;
    std::optional<TimePoint> lastSignInAt;
    TimePoint passwordChangedAt = {}; ///< Moves with every new password, also within one millisecond.
    QString passwordScheme;           ///< "argon2id", "bcrypt": which format the stored hash has.

    bool operator==(const User &) const = default;
};

} // namespace warder
