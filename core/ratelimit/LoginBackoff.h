#pragma once

#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateDecision.h"
#include "core/ratelimit/RateRule.h"

#include <QHostAddress>

#include <memory>

namespace warder {

class LimiterStatistics;

/// The numbers behind docs/sign-in.md that are in no rule.
struct BackoffPolicy
{
    int triesOfNewcomer = 2; ///< Looked at although the account makes others wait, for each network that has not failed there yet…
    Rate newcomers {.amount = 50, .period = std::chrono::hours {24}, .burst = 50}; ///< …as long as no more of them fail at one account.
    Seconds newcomerMemory = std::chrono::days {7};                                ///< After so long a network is a newcomer again.
    /// A fifth each for pairs, accounts, networks at accounts, networks, and accounts whose codes are guessed; who must wait is
    /// forgotten last.
    size_t capacity = 100'000;
};

/// What somebody wants looked at: a password, or the six digits of an app or of a mail, which count for the account alone.
enum class TriedSecret { Password, AppCode, MailCode };

/// Somebody who wants a password, or a code, looked at.
struct LoginTry
{
    QHostAddress address;
    QString account;           ///< The normalised e-mail that was typed, known or not.
    bool knownAddress = false; ///< The account has signed in from there before (false for an account that does not exist).
    QByteArray device = {};    ///< The browser's name at that account (KnownDevices), where it has signed in to it before.
    TriedSecret secret = TriedSecret::Password;

    // Set by check().
    bool newcomer = false; ///< Let through as such.
    bool isBegun = false;  ///< Being looked at.
    bool isExempt = false; ///< An admin said so of its network: nothing counts.

    bool isKnown() const { return knownAddress || !device.isEmpty(); }
};

/// What a wrong password, or code, brought about.
struct LoginFailure
{
    qint64 inARow = 0;    ///< So often have strangers failed at the account in a row by now, this one with them; 0 of no stranger. Of
                          ///< codes: anybody, as long as the rule remembers; 0 without the rule.
    qint64 accounts = 0;  ///< Its network is held back from now on, after so many accounts; else 0.
    QString network = {}; ///< Which that is.
    qint64 alarmAt = 25;  ///< So many in a row are an alarm: long before proofRule holds.

    bool operator==(const LoginFailure &) const = default;
};

/// Slows down guessing passwords without giving anybody a way to lock out somebody else, by the rules that count wrong passwords or
/// accounts:
/// - `login_backoff`: failures of one address at one account (of a known device: of that device).
/// - `login_backoff_account`: of all addresses and devices together that the account never signed in from. While those must wait, a
///   network that has not failed at the account yet still gets its first tries, within a budget of the account.
/// - `login_proof`: after so many of these in a row strangers are not looked at any more until somebody proves to be the owner in
///   another way (NIST SP 800-63B-4 §3.2.2). Known addresses and devices are.
/// - `login_stuffing`: networks that failed at many accounts; known addresses and devices of an account are let through all the
///   same.
/// - `mfa_backoff`: wrong codes of one account, which nobody gets to without its password or its mail.
/// Any thread; bounded.
class LoginBackoff final
{
public:
    static constexpr QLatin1StringView addressRule {"login_backoff"};
    static constexpr QLatin1StringView accountRule {"login_backoff_account"};
    static constexpr QLatin1StringView proofRule {"login_proof"};
    static constexpr QLatin1StringView stuffingRule {"login_stuffing"};

    /// Without rules nobody waits.
    explicit LoginBackoff(const BackoffPolicy &policy = {});
    ~LoginBackoff();

    /// Every decision is counted there, under the rules' names. Before the first check().
    void adopt(LimiterStatistics &statistics);
    /// From now on; what was counted stays. Others than the five are of no interest.
    void setRules(const QList<RateRule> &rules);
    /// Exempt ones never wait with a password, and what they do there counts for nothing.
    void setNetworks(const NetworkTable &networks);

    /// Before the password is looked at. A denied try is not counted as a failure. One that is let through must come back by
    /// failed(), succeeded() or excused(): until then no second one profits from the same permission. Denied by proofRule:
    /// RateDecision::needsProof.
    RateDecision check(LoginTry &one, TimePoint now);

    /// The password was wrong, or there is no such account.
    LoginFailure failed(const LoginTry &one, TimePoint now);

    /// The password was right. Forgets the failures of this address and device; what others did at the account stays.
    void succeeded(const LoginTry &one, TimePoint now);

    /// Neither: a fault of ours.
    void excused(const LoginTry &one, TimePoint now);
    /// What `attempt`, which looks at the password, gives; if it throws, the try is excused.
    template <typename Attempt>
    auto excusedIfThrown(const LoginTry &one, TimePoint now, Attempt &attempt)
    {
        try {
            return attempt();
        } catch (...) {
            excused(one, now);
            throw;
        }
    }

    /// Its owner proved it otherwise: by a mail's link, a passkey, a provider, a second factor, a new password by mail. What strangers
    /// failed at the account is forgotten; not what newcomers have used of its budget, nor who has to wait by what they did themselves.
    void proven(const QString &account, TimePoint now);

    /// Forgets all that holds back this pair (either may be empty), as it stands in LimiterStatistics::heldBack(); whether there
    /// was anything.
    bool unblock(const QString &address, const QString &account, TimePoint now);

    /// What outlives a restart: waits of more than a minute, and counts of proofRule beyond half of what it allows.
    QList<KeptWait> waitsToKeep(TimePoint now) const;
    void restore(const QList<KeptWait> &waits, TimePoint now);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
