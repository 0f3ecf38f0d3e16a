#include "ui/limits/DenialsChart.h"

#include "ui/limits/LimitTexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array plotsOfRules {Plot::Rule1, Plot::Rule2, Plot::Rule3, Plot::Rule4, Plot::Rule5, Plot::Rule6, Plot::OtherRules};

QString nameOfRule(const RuleDenialsView &rule)
{
    if (rule.rule.isEmpty())
        //: Name of an area in a chart, and of a column: what all rules together denied that have none of their own there.
        return DenialsChart::tr("All others");
    return rule.title.isEmpty() ? LimitTexts::name(rule.rule) : rule.title;
}

} // namespace

DenialsChart::DenialsChart(const Clock &clock, QWidget *parent) : QObject(parent)
{
    static_assert(plotsOfRules.size() == places);
    RangeChart::Tab tab {.title = {},
                         //: Name of a chart, for screen readers.
                         .name = tr("Requests denied by each rule"),
                         .lines = {}};
    for (const Plot plot : plotsOfRules)
        tab.lines += {.name = {}, .column = {}, .plot = plot};
    //: Title above a chart of what each rule denied, and the name of its table.
    m_chart = new RangeChart(tr("Denied by rule"), u"limitDenials"_s, {tab}, clock, parent);
    connect(m_chart, &RangeChart::rangeChanged, this, [this] { m_rules.fill({}); }); // of another time others may be the most
}

void DenialsChart::givePlaces(const QList<RuleDenialsView> &rules)
{
    for (QString &rule : m_rules) {
        if (!std::ranges::contains(rules, rule, &RuleDenialsView::rule))
            rule.clear();
    }
    for (const RuleDenialsView &each : rules) {
        if (each.rule.isEmpty() || std::ranges::contains(m_rules, each.rule))
            continue;
        if (const auto free = std::ranges::find(m_rules, QString()); free != m_rules.end())
            *free = each.rule;
    }
}

const RuleDenialsView *DenialsChart::ruleAt(const QList<RuleDenialsView> &rules, size_t at) const
{
    const bool isOfOthers = at >= m_rules.size();
    if (!isOfOthers && m_rules.at(at).isEmpty())
        return nullptr;
    const auto found = std::ranges::find(rules, isOfOthers ? QString() : m_rules.at(at), &RuleDenialsView::rule);
    return found == rules.end() ? nullptr : &*found;
}

void DenialsChart::present(const DenialsView &view, TimePoint now)
{
    givePlaces(view.rules);
    QStringList names;
    QList<RangeChart::Point> points;
    for (size_t at = 0; at < places; ++at) {
        const RuleDenialsView *rule = ruleAt(view.rules, at);
        names += rule ? nameOfRule(*rule) : QString();
        for (qsizetype step = 0; rule && step < rule->denied.size(); ++step) {
            if (step == points.size())
                points += RangeChart::Point {.from = view.from + view.step * step, .values = QList<double>(qsizetype(places), -1.0)};
            points[step].values[qsizetype(at)] = double(rule->denied[step]);
        }
    }
    m_chart->nameLines(names);
    //: In place of the name of a rule, above a chart of what each of them denied.
    m_chart->setSubject(view.rules.isEmpty() ? tr("Nothing was denied in that time") : QString());
    m_chart->present(points, now);
}

} // namespace warder
