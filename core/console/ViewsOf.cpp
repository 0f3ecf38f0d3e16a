#include "core/console/ViewsOf.h"

#include "core/base/Device.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/sessions/RefreshChain.h"

namespace warder {

SessionView viewOf(const Session &session, const QString &email)
{
    return {.id = session.id,
            .userId = session.userId,
            .email = email,
            .device = deviceOf(session.userAgent),
            .userAgent = session.userAgent,
            .address = session.address,
            .method = session.method,
            .amr = session.amr,
            .openedAt = session.openedAt,
            .lastSeenAt = session.lastSeenAt,
            .expiresAt = std::min(session.expiresAt, session.idleExpiresAt),
            .generation = session.generation,
            .graceHits = session.graceHits,
            .endedAt = session.revokedAt,
            .endReason = session.revokedReason ? nameOf(*session.revokedReason) : QString(),
            .lastAddress = session.lastAddress};
}

QList<RefreshView> refreshesOf(const Session &session)
{
    const QString device = deviceOf(session.userAgent);
    QList<RefreshView> views;
    for (const RefreshStep &step : refresh_chain::stepsOf(session.refreshes))
        views.prepend({.what = step.what,
                       .generation = step.generation,
                       .at = step.at,
                       .address = step.address.value_or(session.address),
                       .device = step.device.value_or(device),
                       .times = step.times});
    return views;
}

UserView viewOf(const User &user)
{
    return {.id = user.id,
            .email = user.email,
            .name = user.name,
            .roles = user.roles,
            .disabled = user.disabled,
            .emailVerified = user.emailVerified,
            .createdAt = user.createdAt,
            .lastSignInAt = user.lastSignInAt,
            .passwordScheme = user.passwordScheme,
            .secondFactor = user.hasSecondFactor,
            .invitedAt = user.isInvited() ? user.invitedAt : std::nullopt,
            .mustChangePassword = user.mustChangePassword,
            .deletedAt = user.deletedAt,
            .goesAt = user.goesAt};
}

KeyView viewOf(const SigningKey &key, qint64 sessions)
{
    return {.kid = key.kid,
            .purpose = key.purpose,
            .algorithm = nameOf(key.material->algorithm()),
            .state = key.state,
            .createdAt = key.createdAt,
            .activatedAt = key.activatedAt,
            .retiredAt = key.retiredAt,
            .verifyUntil = key.verifyUntil,
            .sessions = sessions};
}

TrafficView viewOf(const TrafficPoint &point)
{
    return {.from = point.from,
            .ok = point.succeeded + point.redirected,
            .refused = point.refused,
            .limited = point.limited,
            .failed = point.failed,
            .signIns = point.signIns,
            .failedSignIns = point.failedSignIns,
            .p50 = point.p50,
            .p99 = point.p99};
}

RuleView viewOf(const KnownRule &known)
{
    const RateRule &rule = known.rule;
    return {.name = rule.name,
            .title = rule.title,
            .counts = rule.counts,
            .routes = rule.routes,
            .appliesTo = {},
            .key = rule.key,
            .amount = rule.rate.amount,
            .period = rule.rate.period,
            .burst = rule.rate.burst,
            .longest = rule.longest,
            .action = rule.action,
            .enabled = rule.enabled,
            .isOwn = known.isOwn,
            .isEdited = known.isEdited,
            .lockedBy = known.lockedBy,
            .setting = known.isOwn ? settingOf(rule.name) : QString(),
            .allowedHistory = {},
            .deniedHistory = {}};
}

HeldBackView viewOf(const HeldBack &heldBack)
{
    return {.address = heldBack.address,
            .account = heldBack.account,
            .rules = heldBack.rules,
            .since = heldBack.since,
            .until = heldBack.until,
            .denials = heldBack.denials,
            .signIns = heldBack.signIns,
            .tried = heldBack.tried,
            .accounts = heldBack.accounts};
}

LimitPoint viewOf(const RatePoint &point) { return {.from = point.from, .allowed = point.allowed, .denied = point.denied}; }

BusyKeyView viewOf(const BusyKey &key) { return {.who = key.who, .decisions = key.decisions, .error = key.error, .denied = key.denied}; }

NetworkView viewOf(const NetworkRule &rule)
{
    return {.id = rule.id,
            .network = rule.network,
            .standing = rule.standing,
            .reason = rule.reason,
            .until = rule.until,
            .createdAt = rule.createdAt,
            .createdBy = rule.createdBy};
}

WhatIfView viewOf(const WhatIf &whatIf)
{
    return {.from = whatIf.from,
            .to = whatIf.to,
            .requests = whatIf.requests,
            .denied = whatIf.denied,
            .addresses = whatIf.addresses,
            .accounts = whatIf.accounts,
            .signIns = whatIf.signIns,
            .deniedNow = whatIf.deniedNow};
}

ProblemView viewOf(const Problem &problem)
{
    return {.code = problem.code, .detail = problem.detail, .since = problem.since, .down = problem.down};
}

namespace {

/// What the table says of a setting beside its value.
SettingView withRules(SettingView view, const SettingDefinition &definition)
{
    const SettingRules &rules = definition.rules;
    const bool isBounded = definition.type == SettingType::Integer || definition.type == SettingType::Duration;
    view.type = definition.type;
    view.effect = definition.effect;
    view.secret = rules.secret;
    view.choices = rules.choices.toString().split(u", "_s, Qt::SkipEmptyParts);
    if (isBounded && rules.min != SettingRules().min)
        view.least = rules.min;
    if (isBounded && rules.max != SettingRules().max)
        view.most = rules.max;
    view.mayBeNever = rules.orZero;
    return view;
}

SettingView viewOfSetting(const SettingDescription &one, const QString &text)
{
    SettingView view {.key = one.key,
                      .value = one.value,
                      .defaultValue = one.defaultValue,
                      .source = one.source,
                      .sourceName = one.sourceName,
                      .text = text};
    if (const auto &next = one.waiting)
        view.waiting = WaitingSettingView {.value = next->value, .source = next->source, .sourceName = next->sourceName};
    return withRules(std::move(view), *findSetting(one.key));
}

} // namespace

Alarm alarmOf(const RaisedAlarm &raised)
{
    const auto aboutOf = [&raised](AlarmType type) { return raised.type == type ? raised.about : QString(); };
    return {.at = raised.at,
            .type = raised.type,
            .sessionId = raised.session,
            .userId = raised.user,
            .email = raised.email,
            .address = raised.address,
            .openedFrom = raised.openedFrom,
            .count = int(raised.count),
            .sign = fromName<GuessSign>(aboutOf(AlarmType::BruteForce)).value_or(GuessSign::Denials),
            .rule = aboutOf(AlarmType::LimitExceeded),
            .problem = aboutOf(AlarmType::Problem),
            .detail = raised.detail};
}

AlarmView viewOf(const StoredAlarm &stored)
{
    return {.id = stored.id,
            .alarm = alarmOf(stored.raised),
            .lastAt = stored.raised.lastAt,
            .times = stored.raised.times,
            .state = stored.state,
            .changedAt = stored.changedAt,
            .changedBy = stored.changedBy};
}

QList<SettingView> viewsOf(const Settings &settings, const QString &masterKeyPlace)
{
    const QString now = masterKeyPlace.isEmpty() ? u" There is none yet."_s : u" It is %1."_s.arg(masterKeyPlace);
    QList<SettingView> views;
    for (const SettingDescription &one : settings.describe())
        views += viewOfSetting(one, one.key == "keys.master_key_sources"_L1 ? one.text + now : one.text);
    return views;
}

} // namespace warder
