#include "core/ratelimit/RuleFaults.h"

#include "core/base/Text.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/StuffedNetworks.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestTitle = 80;
constexpr qsizetype mostRoutes = 16;
constexpr qint64 mostRequests = 1'000'000;
constexpr Seconds longestPeriod = std::chrono::days {30};
constexpr Seconds longestWait = std::chrono::days {1};

QStringView pathOf(QStringView text) { return text.sliced(text.indexOf(u' ') + 1); }

/// Of "POST /login" the method; empty where there is none.
QStringView methodOf(QStringView text) { return text.first(std::max<qsizetype>(text.indexOf(u' '), 0)); }

bool matches(QStringView selector, const LimitedRoute &route)
{
    const QStringView wanted = pathOf(selector);
    const QStringView method = methodOf(selector);
    const QStringView path = pathOf(route.title);
    if (!wanted.startsWith(u'/'))
        return !route.group.isEmpty() && selector == route.group;
    if (!method.isEmpty() && method != methodOf(route.title))
        return false;
    return wanted.endsWith("/*"_L1) ? path.startsWith(wanted.chopped(1)) : path == wanted;
}

bool isWellFormed(const QString &selector)
{
    static const QRegularExpression form(
        u"\\A([a-z][a-z0-9_-]{0,62}|((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) )?/[A-Za-z0-9._~{}/-]{0,199}\\*?)\\z"_s);
    return form.match(selector).hasMatch() && (!selector.endsWith(u'*') || selector.endsWith("/*"_L1));
}

QString faultOfSelector(const QString &selector, const QList<LimitedRoute> &routes)
{
    if (!isWellFormed(selector))
        return u"%1 is neither a group such as login, nor a path such as /me/password, POST /login or /me/*"_s.arg(shortened(selector, 80));
    const bool isKnown = routes.isEmpty() || std::ranges::any_of(routes, [&](const LimitedRoute &each) { return matches(selector, each); });
    return isKnown ? QString() : u"%1 names no route of this server"_s.arg(selector);
}

void judgeName(const RateRule &rule, QList<Fault> &faults)
{
    static const QRegularExpression form(u"\\A[a-z][a-z0-9_]{0,62}\\z"_s);
    if (!form.match(rule.name).hasMatch())
        faults += ruleFault(u"name"_s, u"A name begins with a letter a–z and goes on with at most 62 of a–z, 0–9 and _"_s);
    if (codePointCount(rule.title) > longestTitle)
        faults += tooLongFault(u"title"_s, longestTitle, u"characters"_s);
    else if (!std::ranges::all_of(rule.title.toUcs4(), [](uint each) { return isPlain(each); }))
        faults += ruleFault(u"title"_s, u"A title is one line without characters that do not show"_s);
}

void judgeRoutes(const RateRule &rule, const QList<LimitedRoute> &routes, QList<Fault> &faults)
{
    if (rule.counts != RateCount::Requests) {
        if (!rule.routes.isEmpty())
            faults += ruleFault(u"routes"_s, u"This rule holds wherever a password is looked at: it takes no routes"_s);
        return;
    }
    if (rule.routes.isEmpty() || rule.routes.size() > mostRoutes) {
        faults += ruleFault(u"routes"_s, u"Name 1 to %1 groups or paths that the rule applies to"_s.arg(mostRoutes));
        return;
    }
    for (const QString &selector : rule.routes) {
        if (const QString fault = faultOfSelector(selector, routes); !fault.isEmpty())
            faults += ruleFault(u"routes"_s, fault);
        else if (rule.routes.count(selector) > 1)
            return void(faults += ruleFault(u"routes"_s, u"%1 is named twice"_s.arg(selector)));
    }
}

void judgeRate(const RateRule &rule, QList<Fault> &faults)
{
    const qint64 most = rule.counts == RateCount::Accounts ? StuffedNetworks::mostAccounts : mostRequests;
    if (rule.rate.amount < 0 || rule.rate.amount > most)
        faults += ruleFault(u"amount"_s, u"An amount is 1 to %1, or 0 for a rule that is off"_s.arg(most));
    if (rule.rate.period < Seconds {1} || rule.rate.period > longestPeriod)
        faults += ruleFault(u"period"_s, u"A period is one second to 30 days"_s);
    const bool hasBurst = rule.counts != RateCount::WrongPasswords && !rule.rate.isOff();
    if (hasBurst && (rule.rate.burst < 1 || rule.rate.burst > mostRequests))
        faults += ruleFault(u"burst"_s, u"A burst is 1 to %1 at once"_s.arg(mostRequests));
}

void judgeWait(const RateRule &rule, QList<Fault> &faults)
{
    const bool waits = rule.counts != RateCount::Requests && rule.name != LoginBackoff::proofRule;
    if (waits && (rule.longest < Seconds {1} || rule.longest > longestWait))
        faults += ruleFault(u"longest"_s, u"The longest wait is one second to one day"_s);
    if (!waits && rule.longest != Seconds {0})
        faults += ruleFault(u"longest"_s, u"This rule has no longest wait: it follows from amount and period"_s);
    if (rule.counts != RateCount::Requests && rule.action != RateAction::Deny)
        faults += ruleFault(u"action"_s, u"What counts wrong passwords can only make the next try wait"_s);
    const bool isByNetwork = rule.key == RateKey::Network;
    if (rule.counts == RateCount::Accounts && !isByNetwork)
        faults += ruleFault(u"key"_s, u"Different accounts are counted by network"_s);
    if (rule.counts == RateCount::WrongPasswords && (isByNetwork || rule.key == RateKey::Session))
        faults += ruleFault(u"key"_s, u"Wrong passwords are counted by address or by account"_s);
}

} // namespace

Fault ruleFault(const QString &member, const QString &words)
{
    return {.type = u"value_error"_s, .location = {u"body"_s, member}, .message = words};
}

bool appliesTo(const RateRule &rule, const LimitedRoute &route)
{
    return std::ranges::any_of(rule.routes, [&](const QString &selector) { return matches(selector, route); });
}

QList<Fault> faultsOf(const RateRule &rule, const QList<LimitedRoute> &routes)
{
    QList<Fault> faults;
    judgeName(rule, faults);
    judgeRoutes(rule, routes, faults);
    judgeRate(rule, faults);
    judgeWait(rule, faults);
    return faults;
}

} // namespace warder
