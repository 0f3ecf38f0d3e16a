#include "core/ratelimit/RateRule.h"

#include "core/config/Settings.h"
#include "core/ratelimit/LoginBackoff.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::chrono::hours memory {12}; ///< So long after the last wrong password all are forgotten.
constexpr qint64 freePerAddress = 4;
constexpr qint64 freePerAccount = 19;
constexpr qint64 freeCodes = 10;
constexpr std::chrono::hours heldAfterStuffing {1};

template <SettingKey key>
RateRule ofRequests(const Settings &settings, const QString &group, RateKey whom)
{
    const Rate rate = settings.get<key>();
    return {.name = key.definition().key.toString().section(u'.', 1),
            .routes = {group},
            .key = whom,
            .rate = rate,
            .enabled = settings.get<"rate_limit.enabled">() && !rate.isOff()};
}

RateRule ofFailures(const Settings &settings, QLatin1StringView name, RateKey whom, qint64 free, Seconds longest)
{
    return {.name = name,
            .counts = RateCount::WrongPasswords,
            .key = whom,
            .rate = {.amount = free, .period = memory, .burst = free},
            .longest = longest,
            .enabled = settings.get<"rate_limit.enabled">() && settings.get<"rate_limit.login_backoff">()};
}

template <SettingKey key>
RateRule ofGuesses(const Settings &settings, QLatin1StringView name, RateCount counts, RateKey whom, Seconds longest)
{
    const Rate rate = settings.get<key>();
    return {.name = name,
            .counts = counts,
            .key = whom,
            .rate = rate,
            .longest = longest,
            .enabled = settings.get<"rate_limit.enabled">() && !rate.isOff()};
}

} // namespace

QList<RateRule> ownRules(const Settings &settings)
{
    using enum RateKey;
    using Backoff = LoginBackoff;
    const Seconds longest = settings.get<"rate_limit.login_backoff_longest">();
    // clang-format off: a row a rule
    return {
        ofRequests<"rate_limit.login_per_address">(settings, u"login"_s, Address),
        ofRequests<"rate_limit.login_per_account">(settings, u"login"_s, AddressAndAccount),
        ofFailures(settings, Backoff::addressRule, AddressAndAccount, freePerAddress, longest),
        ofFailures(settings, Backoff::accountRule, Account, freePerAccount, 4 * longest),
        ofGuesses<"rate_limit.login_proof">(settings, Backoff::proofRule, RateCount::WrongPasswords, Account, Seconds {0}),
        ofGuesses<"rate_limit.login_stuffing">(settings, Backoff::stuffingRule, RateCount::Accounts, Network, heldAfterStuffing),
        ofRequests<"rate_limit.mfa_per_address">(settings, u"mfa"_s, Address),
        ofFailures(settings, mfaBackoffRule, Account, freeCodes, longest),
        ofRequests<"rate_limit.passkey_per_address">(settings, u"passkey"_s, Address),
        ofRequests<"rate_limit.oauth_per_address">(settings, u"oauth"_s, Address),
        ofRequests<"rate_limit.register_per_address">(settings, u"register"_s, Address),
        ofRequests<"rate_limit.mail_per_address">(settings, u"mail"_s, Address),
        ofRequests<"rate_limit.refresh_per_address">(settings, u"refresh"_s, Address),
        ofRequests<"rate_limit.refresh_per_session">(settings, u"refresh"_s, Session),
        ofRequests<"rate_limit.account_per_address">(settings, u"account"_s, Address),
    };
    // clang-format on
}

QString settingOf(const QString &rule)
{
    static const QStringList own = [] {
        QStringList names;
        for (const RateRule &each : ownRules(Settings()))
            names += each.name;
        return names;
    }();
    const QString key = u"rate_limit."_s + rule;
    return own.contains(rule) && findSetting(key) ? key : QString();
}

QStringList settingsBehind(const QString &rule)
{
    const bool followsBackoff = rule == LoginBackoff::addressRule || rule == LoginBackoff::accountRule || rule == mfaBackoffRule;
    if (followsBackoff)
        return {u"rate_limit.login_backoff"_s, u"rate_limit.login_backoff_longest"_s};
    const QString setting = settingOf(rule);
    return setting.isEmpty() ? QStringList() : QStringList {setting};
}

} // namespace warder
