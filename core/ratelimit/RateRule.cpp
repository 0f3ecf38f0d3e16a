#include "core/ratelimit/RateRule.h"

#include "core/config/Settings.h"

using namespace Qt::StringLiterals;

namespace warder {

QString nameOf(RateKey key)
{
    switch (key) {
    case RateKey::Address:           return u"address"_s;
    case RateKey::Account:           return u"account"_s;
    case RateKey::AddressAndAccount: return u"address+account"_s;
    case RateKey::Session:           return u"session"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QList<RateRule> rateRulesFrom(const Settings &settings)
{
    QList<RateRule> rules {
        {.name = u"login_per_address"_s, .route = u"login"_s, .appliesTo = u"POST /login"_s, .key = RateKey::Address},
        {.name = u"login_per_account"_s, .route = u"login"_s, .appliesTo = u"POST /login"_s, .key = RateKey::AddressAndAccount},
        {.name = u"register_per_address"_s, .route = u"register"_s, .appliesTo = u"POST /register"_s, .key = RateKey::Address},
        {.name = u"refresh_per_address"_s, .route = u"refresh"_s, .appliesTo = u"POST /refresh"_s, .key = RateKey::Address},
        {.name = u"refresh_per_session"_s, .route = u"refresh"_s, .appliesTo = u"POST /refresh"_s, .key = RateKey::Session},
        {.name = u"account_per_address"_s, .route = u"account"_s, .appliesTo = u"/me and /logout"_s, .key = RateKey::Address},
    };
    for (RateRule &rule : rules) {
        const QByteArray key = "rate_limit." + rule.name.toLatin1();
        rule.rate = settings.rate(QLatin1StringView(key));
        rule.enabled = settings.boolean("rate_limit.enabled"_L1) && !rule.rate.isOff();
    }
    return rules;
}

} // namespace warder
