#include "core/mail/MailLimits.h"

#include "core/ratelimit/Gcra.h"

#include <algorithm>

namespace warder {

bool mail_limits::isAskedFor(MailKind kind)
{
    using enum MailKind;
    switch (kind) {
    case VerifyEmail:
    case ResetPassword:
    case EmailChangeConfirm: // to an address of which nobody knows whose it is
    case SignInLink:
    case AccountExists:        return true;
    case PasswordChanged:
    case EmailChangeNotice:
    case EmailChanged:
    case NewDevice:
    case FactorAdded:
    case FactorRemoved:
    case RecoveryCodeUsed:
    case RecoveryCodesRenewed:
    case SecondFactorGuessed:
    case PasskeyAdded:
    case PasskeyRemoved:
    case IdentityLinked:
    case IdentityRemoved:
    case Invitation:
    case Test:                 break;
    }
    return false;
}

bool mail_limits::hasRoom(const RecipientLimit &limit, const QList<TimePoint> &earlier, TimePoint now)
{
    if (earlier.size() >= limit.aDay)
        return false;
    MicroTime used {};
    for (const TimePoint each : earlier)
        used = decide(used, limit.rate, each).tat;
    return decide(used, limit.rate, now).allowed;
}

Milliseconds mail_limits::pauseAfter(int attempts, double chance)
{
    constexpr int fourthPowers = 5; // 4⁵ times 10 s is beyond the longest pause
    const Milliseconds whole =
        std::min<Milliseconds>(longestPause, Seconds {10} * (1LL << (2 * std::clamp(attempts - 1, 0, fourthPowers))));
    return Milliseconds(qint64(double(whole.count()) * (0.8 + 0.4 * chance)));
}

} // namespace warder
