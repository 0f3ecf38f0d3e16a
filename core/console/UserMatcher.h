#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/orders/Users.h"

namespace warder {

/// The one judge of a UserFilter, as UserStore::page() reads it. Pure; any thread.
class UserMatcher final
{
public:
    explicit UserMatcher(const UserFilter &filter) : m_text(filter.text), m_deleted(filter.deleted) {}

    bool matches(const UserView &user) const
    {
        return user.deletedAt.has_value() == m_deleted && (m_text.isIn(user.email) || m_text.isIn(user.name));
    }

private:
    TextMatcher m_text;
    bool m_deleted;
};

} // namespace warder
