#include "ui/limits/LimitModels.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct LimitColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitColumns)
public:
    static QList<Column<RuleView>> ofRules();
    static QList<Column<LimitedView>> ofLimited();
    static QString keyInWords(const QString &key);
};

QString LimitColumns::keyInWords(const QString &key)
{
    if (key == "address"_L1)
        //: What a rate limit counts by.
        return tr("network address");
    if (key == "account"_L1)
        //: What a rate limit counts by.
        return tr("account");
    if (key == "address+account"_L1)
        //: What a rate limit counts by.
        return tr("address and account");
    if (key == "session"_L1)
        //: What a rate limit counts by.
        return tr("session");
    return key;
}

QList<double> history(const RuleView &rule) { return {rule.deniedHistory.begin(), rule.deniedHistory.end()}; }

QList<Column<RuleView>> LimitColumns::ofRules()
{
    using Row = const RuleView &;
    return {
        //: Column title: the name of a rule.
        {.title = tr("Rule"), .text = [](Row row, TimePoint) { return row.name; }},
        //: Column title: the routes a rule applies to.
        {.title = tr("Applies to"), .text = [](Row row, TimePoint) { return row.appliesTo; }},
        //: Column title: what a rule counts by (address, account).
        {.title = tr("Counts by"), .text = [](Row row, TimePoint) { return keyInWords(row.key); }},
        //: Column title: how much a rule allows; "10 in 1 min".
        {.title = tr("Allows"),
         .text = [](Row row, TimePoint) { return tr("%1 in %2").arg(UiTexts::count(row.amount), Times::lasting(row.period)); },
         .sort = [](Row row) { return double(row.amount) / double(qMax<qint64>(1, row.period.count())); }},
        //: Column title: how many requests may come at once.
        {.title = tr("Burst"),
         .text = [](Row row, TimePoint) { return UiTexts::count(row.burst); },
         .sort = [](Row row) { return row.burst; },
         .rightAligned = true},
        //: Column title: whether a rule is in force; then the two answers.
        {.title = tr("State"),
         .text = [](Row row, TimePoint) { return row.enabled ? tr("On") : tr("Off"); },
         .tone = [](Row row) { return row.enabled ? Tone::Good : Tone::Neutral; }},
        //: Column title: requests a rule allowed in the last ten minutes.
        {.title = tr("Allowed"),
         .text = [](Row row, TimePoint) { return UiTexts::count(row.allowed); },
         .sort = [](Row row) { return row.allowed; },
         .rightAligned = true},
        //: Column title: requests a rule denied in the last ten minutes.
        {.title = tr("Denied"),
         .text = [](Row row, TimePoint) { return UiTexts::count(row.denied); },
         .sort = [](Row row) { return row.denied; },
         .rightAligned = true},
        //: Column title: small bars, one a minute, of what a rule denied.
        {.title = tr("Denials, 10 min"),
         .text = [](Row row, TimePoint) { return row.deniedHistory.isEmpty() ? QString() : UiTexts::count(row.deniedHistory.last()); },
         .sort = [](Row row) { return row.denied; },
         .history = history},
    };
}

QList<Column<LimitedView>> LimitColumns::ofLimited()
{
    using Row = const LimitedView &;
    return {
        //: Column title: the address or account that is being limited.
        {.title = tr("Who"), .text = [](Row row, TimePoint) { return row.key; }, .tip = [](Row row) { return row.key; }},
        //: Column title: the rule that limits.
        {.title = tr("Rule"), .text = [](Row row, TimePoint) { return row.rule; }},
        //: Column title: since when somebody is being limited.
        {.title = tr("Since"),
         .text = [](Row row, TimePoint now) { return Times::ago(row.since, now); },
         .sort = [](Row row) { return toMilliseconds(row.since); },
         .tip = [](Row row) { return Times::exact(row.since); },
         .ageing = true},
        //: Column title: a countdown until somebody may try again.
        {.title = tr("Free in"),
         .text = [](Row row, TimePoint now) { return Times::countdown(row.until, now); },
         .sort = [](Row row) { return toMilliseconds(row.until); },
         .tip = [](Row row) { return Times::exact(row.until); },
         .ageing = true},
        //: Column title: how many requests were denied.
        {.title = tr("Denied"),
         .text = [](Row row, TimePoint) { return UiTexts::count(row.denials); },
         .sort = [](Row row) { return row.denials; },
         .rightAligned = true},
    };
}

} // namespace

bool operator==(const RuleView &a, const RuleView &b)
{
    const auto parts = [](const RuleView &rule) {
        return std::tie(rule.name, rule.appliesTo, rule.key, rule.amount, rule.period, rule.burst, rule.enabled, rule.allowed, rule.denied,
                        rule.deniedHistory);
    };
    return parts(a) == parts(b);
}

RulesModel::RulesModel(const Clock &clock, QObject *parent) : RowsModel(clock, LimitColumns::ofRules(), parent) {}

void RulesModel::replaceAll(const QList<RuleView> &rules)
{
    updateTo(rules, [](const RuleView &rule) { return rule.name; });
}

LimitedModel::LimitedModel(const Clock &clock, QObject *parent) : RowsModel(clock, LimitColumns::ofLimited(), parent) {}

void LimitedModel::replaceAll(const QList<LimitedView> &limited)
{
    updateTo(limited, [](const LimitedView &row) { return std::pair(row.rule, row.key); });
}

void LimitedModel::dropOver()
{
    for (int row = int(rows().size()) - 1; row >= 0; --row) {
        if (rows()[row].until <= clock().now())
            removeAt(row);
    }
}

} // namespace warder
