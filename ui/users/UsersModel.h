#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/PagedModel.h"

namespace warder {

/// Users by e-mail address.
class UsersModel final : public PagedModel<ListUsers, CountUsers>
{
    Q_OBJECT
public:
    static constexpr int stateColumn = 3; ///< Sorted by: admins whose password alone signs in come first.

    UsersModel(const PageContext &context, QObject *page);

    void setFilter(const QString &text);

private:
    bool isBefore(const UserView &a, const UserView &b) const override;
    bool isWanted(const UserView &user) const override;
    bool isCounted(const Change &change) const override;
    void applyOther(const Change &change) override;

    TextMatcher m_matcher {{}};
};

Csv::Fields csvFields(const UserView &user);

} // namespace warder
