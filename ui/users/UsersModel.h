#pragma once

#include "core/console/Console.h"
#include "core/console/TextMatcher.h"
#include "core/console/orders/Changes.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// Users by e-mail address, as far as they have been read. Changes touch their own row only.
class UsersModel final : public RowsModel<UserView>
{
    Q_OBJECT
public:
    UsersModel(const Clock &clock, QObject *parent);

    enum ColumnIndex { Email, Name, Roles, State, LastSignIn, Created, Scheme };

    /// Which changes concern the rows shown. Does not touch the rows.
    void setFilter(const QString &text) { m_matcher = TextMatcher(text); }
    void replaceAll(const QList<UserView> &rows);
    void append(const QList<UserView> &rows);
    void setHasMore(bool hasMore) { m_hasMore = hasMore; }
    void apply(const QList<Change> &changes);
    void take(const UserView &user);

    int rowOf(const Id &id) const;

    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && m_hasMore; }
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    void take(const UserGone &gone);
    void take(const UserSignedIn &seen);
    void take(const auto &) {}
    bool isWanted(const UserView &user) const;

    TextMatcher m_matcher {{}};
    bool m_hasMore = false;
};

} // namespace warder
