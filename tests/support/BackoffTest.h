#pragma once

#include "core/config/Settings.h"
#include "core/ratelimit/LoginBackoff.h"
#include "tests/support/FakeClock.h"

#include <memory>

namespace warder::test {

/// A test that tries passwords at one account.
class BackoffTest : public QObject
{
protected:
    /// With Warder's own rules, but for those of these names.
    std::unique_ptr<LoginBackoff> backoffWithout(const QStringList &names = {}, const BackoffPolicy &policy = {}) const
    {
        auto backoff = std::make_unique<LoginBackoff>(policy);
        QList<RateRule> rules = ownRules(Settings());
        rules.removeIf([&names](const RateRule &each) { return names.contains(each.name); });
        backoff->setRules(rules);
        return backoff;
    }
    std::unique_ptr<LoginBackoff> backoffWithoutProof(const BackoffPolicy &policy = {}) const
    {
        return backoffWithout({LoginBackoff::proofRule}, policy);
    }
    void fail(LoginBackoff &backoff, int times, const QString &address, bool known = false)
    {
        for (int i = 0; i < times; ++i)
            backoff.failed(tryFrom(address, known), m_clock.now());
    }
    /// Whether a try would be looked at; nothing comes of it.
    RateDecision ask(LoginBackoff &backoff, const QString &address, bool known = false)
    {
        LoginTry one = tryFrom(address, known);
        const auto decision = backoff.check(one, m_clock.now());
        if (decision.allowed)
            backoff.excused(one, m_clock.now());
        return decision;
    }
    LoginTry tryFrom(const QString &address, bool known = false) const
    {
        return {.address = QHostAddress(address), .account = victim, .knownAddress = known};
    }
    /// A wrong password, if it is looked at.
    bool guess(LoginBackoff &backoff, const QString &address)
    {
        LoginTry one = tryFrom(address);
        const bool looked = backoff.check(one, m_clock.now()).allowed;
        if (looked)
            backoff.failed(one, m_clock.now());
        return looked;
    }
    bool signIn(LoginBackoff &backoff, const QString &address, bool known = false)
    {
        LoginTry one = tryFrom(address, known);
        const bool looked = backoff.check(one, m_clock.now()).allowed;
        if (looked)
            backoff.succeeded(one, m_clock.now());
        return looked;
    }

    const QString victim = QStringLiteral("victim@example.org");
    FakeClock m_clock;
};

} // namespace warder::test
