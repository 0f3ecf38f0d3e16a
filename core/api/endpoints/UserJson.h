#pragma once

#include "core/accounts/User.h"
#include "core/sessions/Session.h"

#include <QJsonObject>

namespace warder {

/// `{id, email, name, roles, email_verified, created_at}`: the User of the description.
QJsonObject toJson(const User &user);

/// `{id, device…}`: one of the caller's own sessions.
QJsonObject toJson(const Session &session, Id current);

} // namespace warder
