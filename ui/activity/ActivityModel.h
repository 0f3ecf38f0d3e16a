#pragma once

#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/ListMark.h"
#include "ui/widgets/PagedModel.h"

namespace warder {

/// Records of who did what, newest first. The journal tells only that there are new ones: whoever hears recorded() has the server say which
/// of them the filter shows, and puts those, so that nobody but the server judges that. GUI thread.
class ActivityModel final : public PagedModel<ListActivity, CountActivity>
{
    Q_OBJECT
public:
    ActivityModel(const PageContext &context, QObject *page);

    void setFilter(const ActivityFilter &filter) { setQuestions({.filter = filter}, {.filter = filter}); }
    /// Time went by: the same filter, of a span that begins later. What is older leaves.
    void moveOn(const ActivityFilter &filter);
    QList<ListMark> marks() const override { return ListMarks::byAge(clock().now()); }
    /// What is newer than the first row is read when somebody goes there, and put no more.
    void beginHere();
    /// The greatest number among the rows; 0 without rows.
    qint64 newestNumber() const;

Q_SIGNALS:
    /// The record goes up to that number now.
    void recorded(qint64 newest);

private:
    bool isBefore(const ActivityView &a, const ActivityView &b) const override { return a.id > b.id; }
    bool isBehind(const ActivityView &record, const QString &place) const override;
    bool isWanted(const ActivityView &) const override { return true; }
    bool isCounted(const Change &change) const override { return std::holds_alternative<ActivityRecorded>(change); }
    void applyOther(const Change &change) override;
    bool removeBefore(TimePoint begin);

    TimePoint m_countedFrom {}; ///< Where the span began when the list was last to be counted because of that.
};

Csv::Fields csvFields(const ActivityView &record);

} // namespace warder
