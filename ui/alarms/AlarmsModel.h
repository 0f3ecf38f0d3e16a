#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/orders/Alarms.h"
#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/PagedModel.h"

namespace warder {

/// The alarms, by when they began, newest first. The journal tells that there are others, not which: the page reads them anew.
class AlarmsModel final : public PagedModel<ListAlarms, CountAlarms>
{
    Q_OBJECT
public:
    AlarmsModel(const PageContext &context, QObject *page);

    /// `states`: none, any of them.
    void setFilter(const QString &text, const QList<AlarmState> &states);

private:
    bool isBefore(const AlarmView &a, const AlarmView &b) const override { return a.id > b.id; }
    bool isWanted(const AlarmView &alarm) const override;
    bool isCounted(const Change &) const override { return false; }

    TextMatcher m_matcher {{}};
    QList<AlarmState> m_states;
};

Csv::Fields csvFields(const AlarmView &alarm);

} // namespace warder
