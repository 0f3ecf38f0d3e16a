#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Activity.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

#include <optional>
#include <utility>

namespace warder {

class ActivityChoices;
class ActivityModel;
class ActivityOverTime;
class RecordCheck;

/// Who did what, as it happens: the audit record. The filter box takes a whole e-mail address or network address, the choices beside it a
/// kind and a time; a chart above the list shows how many there are over time, and one step of it can be listed alone. Who has scrolled
/// down stays there, and a button says how many are new above. Shows a record in full, checks the chain of the records, and asks why
/// something was refused. GUI thread.
class ActivityPage final : public ListPage
{
    Q_OBJECT
public:
    ActivityPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    /// With everything, of any time: of an address, a user, or a session of theirs.
    void filterBy(const PageFilter &wanted) override;
    void remember() override;
    void askWhyRefused() override;

protected:
    void showEvent(QShowEvent *event) override;
    /// A page that is low has no room for the chart.
    void resizeEvent(QResizeEvent *event) override;
    void everySecond() override;

private:
    static Texts texts();
    void build();
    void setQuestion() override;
    QString countInWords(qint64 total) const override;
    int secondsBetweenCounts() const override { return 10; }
    void presentEmpty(EmptyState &empty) override;
    Narrowings narrowings() override;
    void showSelection(DetailsPanel &details) override;

    using Span = std::pair<TimePoint, TimePoint>;

    ActivityFilter shown() const;
    void buildChoices();
    void buildChips();
    void buildOverTime();
    void buildNews();
    void buildCheck();
    QPushButton *addChip(const QString &name, const QString &tip, void (ActivityPage::*drop)());
    void dropSpan() { setSpan({}); }
    void dropSession() { m_led.session.reset(); }
    /// Lists what is from the first until the second alone; none: the time that was chosen.
    void setSpan(const std::optional<Span> &span);
    /// "Last hour" is that of now, however long ago it was chosen.
    void moveOn();
    /// Puts what was recorded since and matches.
    void follow();
    void readAnew();
    /// The rows that come at the top are out of sight.
    bool isAway() const;
    /// How many have come above since the top was in sight.
    void showNews();
    /// What was asked for when the journal had `told` so many.
    void take(const ActivityFilter &filter, const ActivityNews &news, qint64 told);
    const ActivityView *selected() const;
    void showUser();
    void showSessions();
    void narrowTo(const QString &text);
    void showRecord();

    ActivityModel *m_model;
    ActivityChoices *m_choices;
    ActivityOverTime *m_overTime;
    RecordCheck *m_check = nullptr;
    QPushButton *m_spanChip = nullptr;
    QPushButton *m_sessionChip = nullptr;
    QPushButton *m_news = nullptr;
    QPushButton *m_showUser;
    QPushButton *m_showSessions;
    QPushButton *m_onlyUser;
    QPushButton *m_onlyAddress;
    PageFilter m_led;           ///< Where somebody led here, as long as the filter says so: this account, whatever its address is by now.
    std::optional<Span> m_span; ///< The step of the chart that is listed alone.
    qint64 m_newest = 0;        ///< What the journal told last; 0: nothing yet, or the page was read anew since.
    qint64 m_lookedAt = 0;      ///< What goes up to here and matches is in the list; 0: nobody knows.
    qsizetype m_put = 0;        ///< Rows that were put since the list was read.
    bool m_isFollowing = false;
    bool m_isInside = false;  ///< The list began inside when it was last to be followed.
    std::optional<Id> m_seen; ///< The first row when the top was last in sight.
};

} // namespace warder
