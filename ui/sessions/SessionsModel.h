#pragma once

#include "core/base/Id.h"
#include "core/console/SessionMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/PagedModel.h"

namespace warder {

/// Sessions, newest first.
class SessionsModel final : public PagedModel<ListSessions, CountSessions>
{
    Q_OBJECT
public:
    SessionsModel(const PageContext &context, QObject *page);

    void setFilter(const SessionFilter &filter);

    int rowOf(const Id &id) const override;
    std::optional<qint64> total() const override;
    SessionCounts countRead() const override;
    /// Those that the filter shows no longer because time went by leave.
    void everySecond() override;

private:
    bool isBefore(const SessionView &a, const SessionView &b) const override { return a.id > b.id; }
    bool isWanted(const SessionView &session) const override;
    void applyOther(const Change &change) override;
    void end(const SessionGone &gone);
    void rename(const UserView &user);

    SessionMatcher m_matcher {{}};
};

Csv::Fields csvFields(const SessionView &session);

} // namespace warder
