#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Page.h"

class QStackedWidget;

namespace warder {

class BusyKeysList;
class Chips;
class HeldBackList;
class LimitChart;
class NetworksList;
class RulesList;

/// The rules of the rate limiter, to be edited, and below them one of four views: whom they hold back, the networks that are exempt or
/// blocked, what a rule did, whom it counts most. Reads the rules and the view in sight once a second.
class LimitsPage final : public Page
{
    Q_OBJECT
public:
    LimitsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    QWidget *firstControl() override;

protected:
    void everySecond() override;

private:
    enum View { HeldBack, Networks, History, Busiest };

    /// What became of several who are unblocked at once.
    struct Unblocking
    {
        qsizetype missing = 0; ///< Answers.
        QList<HeldBackView> freed = {};
        std::optional<Error> error = {}; ///< The newest.
    };

    void build();
    QWidget *makeViews();
    void wireRules();
    void wireViews();
    void readRules();
    /// What stands in the view that is in sight.
    void readView();
    void readHeldBack();
    void readHistory();
    void readBusiest();
    /// Whether the view in sight changes so seldom, or is so long, that each second is too often.
    bool isSlow() const;

    void addRule();
    void editRule(const RuleView &rule);
    void switchRule(const RuleView &rule);
    void removeRule(const RuleView &rule);
    void reportEdited(const RuleView &before, const RuleView &after);
    void unblock(const QList<HeldBackView> &rows);
    /// Counts an answer, and says after the last one what became of all.
    void reportUnblocked(Unblocking &all);
    void addNetwork(NetworkStanding standing, const QString &network);
    void removeNetwork(const NetworkView &network);
    /// As it was before it was exchanged or removed.
    void giveBack(const NetworkView &network);

    /// An order that cannot go wrong for a reason of its own, after which the page is read anew.
    template <typename Order>
    void give(const Order &order)
    {
        giveOrder(order, [this](const auto &...) { refresh(); });
    }
    /// Says what is done, and keeps how to take it back: `undo` asks first.
    void tell(const QString &said, const Confirmation &question, std::function<void()> back);
    void undo();

    RulesList *m_rules;
    Chips *m_view;
    QStackedWidget *m_stack;
    HeldBackList *m_heldBack;
    NetworksList *m_networks;
    LimitChart *m_chart;
    BusyKeysList *m_busiest;
    std::function<void()> m_undo;
    int m_seconds = 0; ///< That the page has been in view.
};

} // namespace warder
