#include "core/ratelimit/RateRule.h"

#include "core/config/Settings.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

template <SettingKey key>
RateRule rule(const Settings &settings, const QString &route, RateKey whom)
{
    const Rate rate = settings.get<key>();
    return {.name = key.definition().key.toString().section(u'.', 1),
            .route = route,
            .key = whom,
            .rate = rate,
            .enabled = settings.get<"rate_limit.enabled">() && !rate.isOff()};
}

} // namespace

QList<RateRule> rateRulesFrom(const Settings &settings)
{
    // clang-format off: a row a rule
    return {
        rule<"rate_limit.login_per_address">(settings, u"login"_s, RateKey::Address),
        rule<"rate_limit.login_per_account">(settings, u"login"_s, RateKey::AddressAndAccount),
        rule<"rate_limit.register_per_address">(settings, u"register"_s, RateKey::Address),
        rule<"rate_limit.refresh_per_address">(settings, u"refresh"_s, RateKey::Address),
        rule<"rate_limit.refresh_per_session">(settings, u"refresh"_s, RateKey::Session),
        rule<"rate_limit.account_per_address">(settings, u"account"_s, RateKey::Address),
    };
    // clang-format on
}

} // namespace warder
