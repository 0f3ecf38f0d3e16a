#pragma once

#include "core/console/UserMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/ListMark.h"
#include "ui/widgets/PagedModel.h"

#include <memory>

namespace warder {

/// Users by e-mail address.
class UsersModel final : public PagedModel<ListUsers, CountUsers>
{
    Q_OBJECT
public:
    // What somebody may edit in place.
    static constexpr int emailColumn = 0;
    static constexpr int nameColumn = 1;
    static constexpr int rolesColumn = 2;
    static constexpr int stateColumn = 3;    ///< Sorted by: admins whose password alone signs in come first.
    static constexpr int passwordColumn = 6; ///< Left out while all that were read are stored in one way.

    UsersModel(const PageContext &context, QObject *page);

    void setFilter(const UserFilter &filter);
    /// Whether nobody can sign in before their address is verified: then it is a state that it is not.
    void setMustVerify(bool mustVerify);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QList<ListMark> marks() const override { return ListMarks::byLetter(); }

private:
    /// `mustVerify`: for the columns, which the model has from its beginning.
    UsersModel(const PageContext &context, const std::shared_ptr<bool> &mustVerify, QObject *page);

    bool hasOtherScheme(int first, int last) const;
    void countSchemesSoon();
    void countSchemes();
    bool isBefore(const UserView &a, const UserView &b) const override;
    bool isBehind(const UserView &user, const QString &place) const override { return user.email.toCaseFolded() > place; }
    bool isWanted(const UserView &user) const override;
    bool isCounted(const Change &change) const override;
    void applyOther(const Change &change) override;

    UserMatcher m_matcher {UserFilter()};
    std::shared_ptr<bool> m_mustVerify;
    QString m_scheme; ///< Of the first row that has one: "argon2id".
    bool m_hasMixedSchemes = false;
    bool m_countsSchemes = false; ///< Soon.
};

Csv::Fields csvFields(const UserView &user);

} // namespace warder
