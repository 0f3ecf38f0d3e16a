#include "core/api/endpoints/UserJson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {

QJsonObject toJson(const User &user)
{
    return {{u"id"_s, user.id.toString()},
            {u"email"_s, user.email},
            {u"name"_s, user.name},
            {u"roles"_s, QJsonArray::fromStringList(user.roles)},
            {u"email_verified"_s, user.emailVerified},
            {u"created_at"_s, toText(user.createdAt)}};
}

QJsonObject toJson(const Session &session, Id current)
{
    return {{u"id"_s, session.id.toString()},
            {u"device"_s, session.userAgent},
            {u"address"_s, session.address},
            {u"method"_s, session.method},
            {u"amr"_s, QJsonArray::fromStringList(session.amr)},
            {u"created_at"_s, toText(session.openedAt)},
            {u"authenticated_at"_s, toText(session.authenticatedAt)},
            {u"last_seen_at"_s, toText(session.lastSeenAt)},
            {u"expires_at"_s, toText(std::min(session.expiresAt, session.idleExpiresAt))},
            {u"current"_s, session.id == current}};
}

} // namespace warder
