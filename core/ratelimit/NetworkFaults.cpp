#include "core/ratelimit/NetworkFaults.h"

#include "core/base/Text.h"
#include "core/ratelimit/RuleFaults.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestReason = 200;
constexpr int widestBlockedV4 = 8;
constexpr int widestBlockedV6 = 16;

/// Why nobody may block that network: a slip of the pen would shut everybody out.
QString whyNotBlocked(const Network &network)
{
    const bool isV4 = network.address.protocol() == QHostAddress::IPv4Protocol;
    const int widest = isV4 ? widestBlockedV4 : widestBlockedV6;
    if (network.bits < widest)
        return u"At most a /%1 can be blocked at once"_s.arg(widest);
    const bool holdsLoopback =
        isV4 ? network.address.isLoopback() : QHostAddress(QHostAddress::LocalHostIPv6).isInSubnet(network.address, network.bits);
    return holdsLoopback ? u"This machine's own addresses cannot be blocked"_s : QString();
}

} // namespace

QList<Fault> faultsOfNetwork(const NetworkRule &wanted, const std::optional<Network> &network, TimePoint now)
{
    QList<Fault> faults;
    if (!network)
        faults +=
            ruleFault(u"network"_s, u"A network is an address such as 203.0.113.7, or 203.0.113.0/24 or 2001:db8::/32 with nothing set "
                                    "behind the prefix"_s);
    else if (const QString why = wanted.standing == NetworkStanding::Blocked ? whyNotBlocked(*network) : QString(); !why.isEmpty())
        faults += ruleFault(u"network"_s, why);
    if (codePointCount(wanted.reason) > longestReason)
        faults += tooLongFault(u"reason"_s, longestReason, u"characters"_s);
    else if (!std::ranges::all_of(wanted.reason.toUcs4(), [](uint each) { return isPlain(each); }))
        faults += ruleFault(u"reason"_s, u"A reason is one line without characters that do not show"_s);
    if (wanted.until && *wanted.until <= now)
        faults += ruleFault(u"until"_s, u"The end lies in the past"_s);
    return faults;
}

} // namespace warder
