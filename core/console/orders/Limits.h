#pragma once

#include "core/base/RateKey.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

struct RuleView
{
    QString name;      ///< "login_per_address"
    QString appliesTo; ///< "POST /login, POST /token"; empty where no server is to serve them.
    RateKey key = RateKey::Address;
    qint64 amount = 0;
    Seconds period {0};
    qint64 burst = 0;
    bool enabled = true;
    qint64 allowed = 0; ///< In the last ten minutes.
    qint64 denied = 0;
    QList<qint64> deniedHistory; ///< One number for each of the last ten minutes, oldest first.

    bool operator==(const RuleView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("name"_L1, v.name, "applies_to"_L1, v.appliesTo, "key"_L1, v.key, "amount"_L1, v.amount, "period"_L1, v.period, "burst"_L1,
              v.burst, "enabled"_L1, v.enabled, "allowed"_L1, v.allowed, "denied"_L1, v.denied, "denied_history"_L1, v.deniedHistory);
    }
};

struct LimitPoint
{
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;
    static void members(auto &visit, auto &v) { visit("from"_L1, v.from, "allowed"_L1, v.allowed, "denied"_L1, v.denied); }
};

struct LimitedView
{
    QString rule;
    QString key; ///< Who: an address, an account, or both.
    TimePoint since;
    TimePoint until;
    qint64 denials = 0;

    bool operator==(const LimitedView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("rule"_L1, v.rule, "key"_L1, v.key, "since"_L1, v.since, "until"_L1, v.until, "denials"_L1, v.denials);
    }
};

using ListRules = OrderFor<QList<RuleView>, "limits.rules">;

struct ReadLimitHistory : OrderFor<QList<LimitPoint>, "limits.history">
{
    QString rule = {}; ///< Empty: all together.
    Seconds window {0};
    static void members(auto &visit, auto &v) { visit("rule"_L1, v.rule, "window"_L1, v.window); }
};

/// Who is limited now.
using ListLimited = OrderFor<QList<LimitedView>, "limits.limited">;

struct Unblock : OrderFor<void, "limits.unblock">
{
    QString rule;
    QString key;
    static void members(auto &visit, auto &v) { visit("rule"_L1, v.rule, "key"_L1, v.key); }
};

using LimitOrders = std::tuple<ListRules, ReadLimitHistory, ListLimited, Unblock>;

} // namespace warder
