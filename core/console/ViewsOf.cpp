#include "core/console/ViewsOf.h"

#include "core/base/Device.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

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
            .invitedAt = user.isInvited() ? user.invitedAt : std::nullopt};
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

QList<SettingView> viewsOf(const Settings &settings, const QString &masterKeyPlace)
{
    const QString now = masterKeyPlace.isEmpty() ? u" There is none yet."_s : u" It is %1."_s.arg(masterKeyPlace);
    QList<SettingView> views;
    for (const SettingDescription &one : settings.describe())
        views += SettingView {.key = one.key,
                              .value = one.value,
                              .defaultValue = one.defaultValue,
                              .source = one.source,
                              .sourceName = one.sourceName,
                              .text = one.key == "keys.master_key_sources"_L1 ? one.text + now : one.text};
    return views;
}

} // namespace warder
