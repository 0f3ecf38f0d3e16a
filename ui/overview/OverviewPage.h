#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/ServerHealth.h"
#include "ui/widgets/Page.h"

namespace warder {

class Card;
class FirstSteps;
class HappeningNow;
class RangeChart;
struct StoredChoices;
class WhatToFix;

/// Whether all is well, at a glance: the numbers and how they went in a day, what to fix next, what was answered in up to 30 days, and what
/// happens now. A server without accounts shows the first steps in place of the last two, until they are put away.
class OverviewPage final : public Page
{
    Q_OBJECT
public:
    OverviewPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void present(const OverviewView &overview, bool answers = true) override;
    void showFirstSteps() override;
    void showHowToConnect() override;
    void remember() override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void everySecond() override;
    DataTable *unseenTable() const override;

private:
    QWidget *makeCards();
    QWidget *makeChart();
    Card *makeCard(const QString &title, const QString &name);
    /// That leads to the page of that key.
    Card *makeCardTo(const QString &page, const QString &title, const QString &name);
    void presentServer(const ServerView &server, const ServerHealth &health);
    void presentKey(const OverviewView &overview);
    void presentCounts(const OverviewCounts &counts);
    void putFirstStepsAway();
    void reportStored(const StoredChoices &sent, const QStringList &waiting);
    void readTraffic();
    void readTrends();
    void presentTrends(const QList<TrendView> &halfHours);

    Card *m_state = nullptr;
    Card *m_sessions = nullptr;
    Card *m_signIns = nullptr;
    Card *m_limited = nullptr;
    Card *m_key = nullptr;
    Card *m_users = nullptr;
    WhatToFix *m_whatToFix = nullptr;
    FirstSteps *m_firstSteps = nullptr;
    RangeChart *m_chart = nullptr;
    HappeningNow *m_happening = nullptr;
    bool m_wasInView = false;   ///< And left: other pages may have mended something since.
    int m_seconds = 0;          ///< That the page has been in view.
    QWidget *m_lower = nullptr; ///< What the first steps stand in place of.
};

} // namespace warder
