#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"
#include "ui/limits/LimitTexts.h"
#include "ui/limits/LimitUndos.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Page.h"

class QStackedWidget;

namespace warder {

class BusyKeysList;
class Chips;
class DenialsChart;
class HeldBackList;
class NetworksList;
class RangeChart;
class RulesList;

/// The rules of the rate limiter, to be edited, and below them one of five views: whom they hold back, the networks that are exempt or
/// blocked, what a rule did, which rules denied how much, whom a rule counts most. Reads the rules and the view in sight once a second.
class LimitsPage final : public Page
{
    Q_OBJECT
public:
    LimitsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    /// Shows who is held back; of an address or an account whether it is or was.
    void filterBy(const PageFilter &filter) override;
    QWidget *firstControl() override;

protected:
    void everySecond() override;

private:
    enum View { HeldBack, Networks, History, ByRule, Busiest };

    void build();
    QWidget *makeViews();
    void wireRules();
    void wireViews();
    void readRules();
    /// What stands in the view that is in sight.
    void readView();
    void readHeldBack();
    void readHistory();
    void readDenials();
    void readBusiest();
    /// Whether the view in sight changes so seldom, or is so long, that each second is too often.
    bool isSlow() const;

    void addRule();
    void editRule(const RuleView &rule);
    void switchRule(const RuleView &rule);
    void removeRule(const RuleView &rule);
    void reportEdited(const RuleView &before, const RuleView &after);
    void unblock(const QList<HeldBackView> &rows);
    void addNetwork(NetworkStanding standing, const QString &network);
    void removeNetwork(const NetworkView &network);

    // How what was done is taken back; `left`: how things were left by it.
    template <typename Back>
    Undo undoOfRule(const QString &what, const RuleView &left, const Confirmation &question, const Back &back)
    {
        return undoBy(WayBack<ListRules, Back> {
            .what = what,
            .about = QStringLiteral("rule/") + left.name,
            .read = {},
            .stands = [left](const QList<RuleView> &rules) { return LimitUndos::isStill(left, rules); },
            .question = [question](const QList<RuleView> &) { return question; },
            .back = back,
        });
    }
    template <typename Back>
    Undo undoOfRemoval(const RuleView &removed, const Back &back)
    {
        return undoBy(WayBack<ListRules, Back> {
            .what = LimitUndos::removed(removed),
            .about = QStringLiteral("rule/") + removed.name,
            .read = {},
            .stands = [removed](const QList<RuleView> &rules) { return LimitUndos::isStillRemoved(removed, rules); },
            .question = [removed](const QList<RuleView> &) { return LimitTexts::beforeUndo(removed); },
            .back = back,
        });
    }

    RulesList *m_rules;
    Chips *m_view;
    QStackedWidget *m_stack;
    HeldBackList *m_heldBack;
    NetworksList *m_networks;
    RangeChart *m_chart;
    DenialsChart *m_denials;
    BusyKeysList *m_busiest;
    int m_seconds = 0; ///< That the page has been in view.
};

} // namespace warder
