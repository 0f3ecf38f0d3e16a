#pragma once

#include "core/base/Id.h"
#include "core/base/NetworkStanding.h"
#include "core/base/RateAction.h"
#include "core/base/RateCount.h"
#include "core/base/RateKey.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

struct RuleView
{
    QString name;  ///< "login_per_address"
    QString title; ///< Empty: one of Warder's own, which pages have words for.
    RateCount counts = RateCount::Requests;
    QStringList routes; ///< Selectors, as RateRule::routes.
    QString appliesTo;  ///< "POST /login, POST /token"; empty where no server is to serve them.
    RateKey key = RateKey::Address;
    qint64 amount = 0; ///< 0: off.
    Seconds period {0};
    qint64 burst = 0;
    Seconds longest {0};
    RateAction action = RateAction::Deny;
    bool enabled = true;
    bool isOwn = true;
    bool isEdited = false;
    QString lockedBy;    ///< Empty: may be edited.
    QString setting;     ///< "rate_limit.login_per_address"; empty: none.
    double load = 0;     ///< Of the fullest bucket, 0–1.
    qint64 heldBack = 0; ///< How many it holds back now.
    qint64 allowed = 0;  ///< In the last ten minutes.
    qint64 denied = 0;
    qint64 allowedTotal = 0; ///< Since the server started, as `/metrics` tells.
    qint64 deniedTotal = 0;
    QList<qint64> allowedHistory; ///< One number for each of the last ten minutes, oldest first.
    QList<qint64> deniedHistory;

    bool operator==(const RuleView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("name"_L1, v.name, "title"_L1, v.title, "counts"_L1, v.counts, "routes"_L1, v.routes, "applies_to"_L1, v.appliesTo, "key"_L1,
              v.key, "amount"_L1, v.amount, "period"_L1, v.period, "burst"_L1, v.burst, "longest"_L1, v.longest, "action"_L1, v.action,
              "enabled"_L1, v.enabled, "own"_L1, v.isOwn, "edited"_L1, v.isEdited, "locked_by"_L1, v.lockedBy, "setting"_L1, v.setting,
              "load"_L1, v.load, "held_back"_L1, v.heldBack, "allowed"_L1, v.allowed, "denied"_L1, v.denied, "allowed_total"_L1,
              v.allowedTotal, "denied_total"_L1, v.deniedTotal, "allowed_history"_L1, v.allowedHistory, "denied_history"_L1,
              v.deniedHistory);
    }
};

struct LimitPoint
{
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;
    static void members(auto &visit, auto &v) { visit("from"_L1, v.from, "allowed"_L1, v.allowed, "denied"_L1, v.denied); }
};

/// What one rule denied, step by step.
struct RuleDenialsView
{
    QString rule;  ///< Empty: all others together.
    QString title; ///< As RuleView::title; empty of a rule that is gone.
    QList<qint64> denied;

    bool operator==(const RuleDenialsView &) const = default;
    static void members(auto &visit, auto &v) { visit("rule"_L1, v.rule, "title"_L1, v.title, "denied"_L1, v.denied); }
};

struct DenialsView
{
    TimePoint from;   ///< When the first step begins, at a whole multiple of its length; the last one runs.
    Seconds step {0}; ///< As long as those of the traffic in the same time.
    QList<RuleDenialsView> rules;

    bool operator==(const DenialsView &) const = default;
    static void members(auto &visit, auto &v) { visit("from"_L1, v.from, "step"_L1, v.step, "rules"_L1, v.rules); }
};

/// See HeldBack.
struct HeldBackView
{
    QString address;
    QString account;
    QStringList rules;
    TimePoint since;
    TimePoint until;
    qint64 denials = 0;
    qint64 signIns = 0;
    QStringList tried;
    qint64 accounts = 0;

    bool operator==(const HeldBackView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("address"_L1, v.address, "account"_L1, v.account, "rules"_L1, v.rules, "since"_L1, v.since, "until"_L1, v.until, "denials"_L1,
              v.denials, "sign_ins"_L1, v.signIns, "tried"_L1, v.tried, "accounts"_L1, v.accounts);
    }
};

struct BusyKeyView
{
    QString who;
    qint64 decisions = 0;
    qint64 error = 0;
    qint64 denied = 0;
    bool operator==(const BusyKeyView &) const = default;
    static void members(auto &visit, auto &v)
    {
        visit("who"_L1, v.who, "decisions"_L1, v.decisions, "error"_L1, v.error, "denied"_L1, v.denied);
    }
};

struct NetworkView
{
    Id id;
    QString network;
    NetworkStanding standing = NetworkStanding::Blocked;
    QString reason;
    std::optional<TimePoint> until;
    TimePoint createdAt;
    QString createdBy;

    bool operator==(const NetworkView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "network"_L1, v.network, "standing"_L1, v.standing, "reason"_L1, v.reason, "until"_L1, v.until,
              "created_at"_L1, v.createdAt, "created_by"_L1, v.createdBy);
    }
};

struct WhatIfView
{
    TimePoint from;
    TimePoint to;
    qint64 requests = 0;
    qint64 denied = 0;
    qint64 addresses = 0;
    qint64 accounts = 0;
    qint64 signIns = 0;
    qint64 deniedNow = 0;
    bool isCut = false;     ///< There is no room for what was recorded before `from`.
    bool tellsOnly = false; ///< The rule holds nobody back: `denied` are those that it would have told of.

    bool operator==(const WhatIfView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("from"_L1, v.from, "to"_L1, v.to, "requests"_L1, v.requests, "denied"_L1, v.denied, "addresses"_L1, v.addresses,
              "accounts"_L1, v.accounts, "sign_ins"_L1, v.signIns, "denied_now"_L1, v.deniedNow, "cut"_L1, v.isCut, "tells_only"_L1,
              v.tellsOnly);
    }
};

/// A change of a rule, or a new one; members without a value stay as they are. A new one needs amount and period; its burst is its amount
/// where it is not said.
struct RuleWish
{
    QString name;
    std::optional<QString> title = {};
    std::optional<QStringList> routes = {};
    std::optional<RateKey> key = {};
    std::optional<qint64> amount = {};
    std::optional<Seconds> period = {};
    std::optional<qint64> burst = {};
    std::optional<Seconds> longest = {};
    std::optional<RateAction> action = {};
    std::optional<bool> enabled = {};
    static void members(auto &visit, auto &v)
    {
        visit("name"_L1, v.name, "title"_L1, v.title, "routes"_L1, v.routes, "key"_L1, v.key, "amount"_L1, v.amount, "period"_L1, v.period,
              "burst"_L1, v.burst, "longest"_L1, v.longest, "action"_L1, v.action, "enabled"_L1, v.enabled);
    }
};

using ListRules = OrderFor<QList<RuleView>, "limits.rules">;

/// What groups and routes a rule may be given: "login" with its routes, then each route.
struct SelectorView
{
    QString selector;
    QString appliesTo;
    static void members(auto &visit, auto &v) { visit("selector"_L1, v.selector, "applies_to"_L1, v.appliesTo); }
};
using ListSelectors = OrderFor<QList<SelectorView>, "limits.selectors">;

/// InvalidInput with a fault at each member that cannot be ("amount", "routes", …); Conflict with a fault at "name" where that is taken, or
/// there are too many.
struct AddRule : OrderFor<RuleView, "limits.rule_add">
{
    RuleWish wish;
    static void members(auto &visit, auto &v) { visit("wish"_L1, v.wish); }
};

/// InvalidInput as for a new one; NotFound; Conflict where RuleView::lockedBy says so.
struct EditRule : OrderFor<RuleView, "limits.rule_edit">
{
    RuleWish wish;
    static void members(auto &visit, auto &v) { visit("wish"_L1, v.wish); }
};

/// One of Warder's own is as the settings say again, any other is gone. NotFound.
struct RemoveRule : OrderFor<void, "limits.rule_remove">
{
    QString rule; ///< Its name.
    static void members(auto &visit, auto &v) { visit("name"_L1, v.rule); }
};

/// What the rule would have done, had it been so: nothing is changed. `isNew`: it is no change of one. Refused as the change itself would
/// be, and Conflict for a rule that does not count requests.
struct TryRule : OrderFor<WhatIfView, "limits.what_if">
{
    static constexpr bool onlyReads = true;
    RuleWish wish;
    bool isNew = false;
    static void members(auto &visit, auto &v) { visit("wish"_L1, v.wish, "new"_L1, v.isNew); }
};

/// Oldest first: by second for windows up to ten minutes, by minute up to a day, by hour up to 30 days (`longest`, and no further).
/// NotFound for a rule that there is not.
struct ReadLimitHistory : OrderFor<QList<LimitPoint>, "limits.history">
{
    static constexpr Seconds longest = std::chrono::days {30};
    QString rule = {}; ///< Empty: all together.
    Seconds window {0};
    static void members(auto &visit, auto &v) { visit("rule"_L1, v.rule, "window"_L1, v.window); }
};

/// What the rules denied in that time (ReadLimitHistory::longest at most), each for itself: those that denied most, the first of them
/// first, and all others together. None that denied nothing.
struct ReadDenials : OrderFor<DenialsView, "limits.denials">
{
    static constexpr bool onlyReads = true;
    static constexpr qsizetype most = 6; ///< That stand for themselves.
    Seconds window {0};
    static void members(auto &visit, auto &v) { visit("window"_L1, v.window); }
};

/// Who is held back now, and who was within the window (at most `longest`; 0: only now). Longest still to wait first, and not more than
/// `most`.
struct ListHeldBack : OrderFor<QList<HeldBackView>, "limits.held_back">
{
    static constexpr Seconds longest = std::chrono::hours {24};
    static constexpr qsizetype most = 1000;
    Seconds window {0};
    QString who = {}; ///< An address, a network or an e-mail address, in any spelling: only rows of that address or account. Empty: all.
    static void members(auto &visit, auto &v) { visit("window"_L1, v.window, "who"_L1, v.who); }
};

/// The keys that the rule counted most in the last hour, busiest first. NotFound.
struct ListBusyKeys : OrderFor<QList<BusyKeyView>, "limits.busy">
{
    QString rule;
    static void members(auto &visit, auto &v) { visit("rule"_L1, v.rule); }
};

/// Whom a HeldBackView is about.
struct HeldBackPair
{
    QString address;
    QString account;
    static void members(auto &visit, auto &v) { visit("address"_L1, v.address, "account"_L1, v.account); }
};

/// Each pair by all rules that hold it; also after a restart. Answers how many of them were held back; NotFound where none was.
struct Unblock : OrderFor<int, "limits.unblock">
{
    static constexpr qsizetype most = ListHeldBack::most;
    QList<HeldBackPair> who; ///< At most `most`.

    static Unblock of(const QList<HeldBackView> &rows)
    {
        Unblock order;
        for (const HeldBackView &row : rows)
            order.who += {.address = row.address, .account = row.account};
        return order;
    }
    static void members(auto &visit, auto &v) { visit("who"_L1, v.who); }
};

/// Those that are over are left out.
using ListNetworks = OrderFor<QList<NetworkView>, "limits.networks">;

/// InvalidInput and Conflict with faults, see Limits::addNetwork(); a network that is there already is exchanged.
struct AddNetwork : OrderFor<NetworkView, "limits.network_add">
{
    QString network;
    NetworkStanding standing = NetworkStanding::Blocked;
    QString reason = {};
    std::optional<TimePoint> until = {};
    static void members(auto &visit, auto &v)
    {
        visit("network"_L1, v.network, "standing"_L1, v.standing, "reason"_L1, v.reason, "until"_L1, v.until);
    }
};

/// NotFound.
struct RemoveNetwork : OrderFor<void, "limits.network_remove">
{
    Id id;
    static void members(auto &visit, auto &v) { visit("id"_L1, v.id); }
};

using LimitOrders = std::tuple<ListRules, ListSelectors, AddRule, EditRule, RemoveRule, TryRule, ReadLimitHistory, ReadDenials,
                               ListHeldBack, ListBusyKeys, Unblock, ListNetworks, AddNetwork, RemoveNetwork>;

} // namespace warder
