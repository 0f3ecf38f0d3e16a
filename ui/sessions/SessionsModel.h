#pragma once

#include "core/console/Console.h"
#include "core/console/SessionMatcher.h"
#include "core/console/orders/Changes.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// Sessions, newest first, one row each, as far as they have been read. Changes touch their own row only.
class SessionsModel final : public RowsModel<SessionView>
{
    Q_OBJECT
public:
    SessionsModel(const Clock &clock, QObject *parent);

    enum ColumnIndex { User, Device, Address, State, LastSeen, Started, Expires, Method };

    /// Which changes concern the rows shown. Does not touch the rows.
    void setFilter(const SessionFilter &filter) { m_matcher = SessionMatcher(filter); }

    void replaceAll(const QList<SessionView> &rows);
    void append(const QList<SessionView> &rows);
    /// The rows below the last one are not read yet: changes of those are left for later.
    void setHasMore(bool hasMore) { m_hasMore = hasMore; }
    void apply(const QList<Change> &changes);
    /// Those that the filter shows no longer because time went by; whether there were any.
    bool dropExpired();

    int rowOf(const Id &id) const;
    int liveCount() const;
    /// Of the rows that have been read.
    SessionCounts counts() const;

    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && m_hasMore; }
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    void take(const SessionView &session);
    void take(const SessionGone &gone);
    void take(const UserView &user);
    void take(const UserGone &gone);
    void take(const auto &) {}
    void removeById(const Id &id);
    int placeOf(const Id &id) const;

    SessionMatcher m_matcher {{}};
    bool m_hasMore = false;
};

} // namespace warder
