#pragma once

#include "core/base/Id.h"
#include "core/console/SessionMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/ListMark.h"
#include "ui/widgets/PagedModel.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace warder {

/// Sessions, newest first.
class SessionsModel final : public PagedModel<ListSessions, CountSessions>
{
    Q_OBJECT
public:
    SessionsModel(const PageContext &context, QObject *page);

    static constexpr int stateColumn = 3;
    static constexpr int methodColumn = 7;

    void setFilter(const SessionFilter &filter);
    /// Columns that say the same of every row just now: they are left out (CharactersRole 0), unless the person chose columns by hand.
    void setIdleColumns(const QSet<int> &idle);
    /// Some of the rows were opened by something else than a password alone.
    bool hasOtherMethods() const { return !m_otherMethods.isEmpty(); }
    QList<ListMark> marks() const override { return ListMarks::byAge(clock().now()); }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    int rowOf(const Id &id) const override;
    std::optional<qint64> total() const override;
    SessionCounts countRead() const override;
    /// Those that the filter shows no longer because time went by leave.
    void everySecond() override;

private:
    bool isBefore(const SessionView &a, const SessionView &b) const override { return a.id > b.id; }
    bool isBehind(const SessionView &session, const QString &place) const override;
    bool isWanted(const SessionView &session) const override;
    void applyOther(const Change &change) override;
    void end(const SessionGone &gone);
    void noteEmail(const SessionView &session);
    void noteMethod(const SessionView &session);
    void rename(const UserView &user);

    struct Owner
    {
        int sessions = 0;
        QString email; ///< Of all these; empty: they differ, as some were read before a change and some after it.
    };
    /// What countRead() has found, from then until the first of these sessions expires.
    struct Counted
    {
        SessionCounts counts;
        TimePoint from;
        TimePoint until = TimePoint::max();
    };
    Counted countLive() const;

    QHash<Id, Owner> m_owners; ///< Of the rows: most changes of users are of others, or of something else than their addresses.
    QSet<Id> m_otherMethods;   ///< Rows of hasOtherMethods().
    QSet<int> m_idle;
    SessionMatcher m_matcher {{}};
    mutable std::optional<Counted> m_counted; ///< The window asks many times a second. Empty: rows have changed since.
};

Csv::Fields csvFields(const SessionView &session);

} // namespace warder
