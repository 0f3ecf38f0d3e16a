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
    QString passwordScheme = {}; ///< "argon2id", "bcrypt": which format the password's hash has; empty: no password.

    bool operator==(const User &) const = default;
};

} // namespace warder
