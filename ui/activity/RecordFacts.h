#pragma once

#include "core/console/orders/Activity.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

namespace warder {

/// What is known of a record, in words, and as it is recorded. Pure; GUI thread.
class RecordFacts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::RecordFacts)
public:
    static QList<DetailsPanel::Fact> of(const ActivityView &record, TimePoint now);
    /// The names and values that an export of the record has, a line each.
    static QString json(const ActivityView &record);
};

} // namespace warder
