#include "core/net/gate/ProxyComplaint.h"

#include "core/net/gate/ThreadConnections.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestHop = 100;

QString inWords(HidesBy how)
{
    switch (how) {
    case HidesBy::UnreadableHop:        return u"X-Forwarded-For ends in no address"_s;
    case HidesBy::NoField:              return u"no X-Forwarded-For"_s;
    case HidesBy::NoHeader:             return u"no PROXY header that can be read"_s;
    case HidesBy::HeaderWithoutAddress: return u"a PROXY header without an address"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

void complainOfProxy(ThreadConnections &connections, const GatePeer &proxy, HidesBy how, std::string_view hop)
{
    const QString who = proxy.isUnix ? u"unix socket"_s : proxy.address.toString();
    connections.handler().noteHidingProxy(who, inWords(how));
    if (connections.counts().mayComplainOf(proxy, int(how)))
        log(LogLevel::Warning, "proxy_hides_clients"_L1,
            {{"proxy"_L1, who},
             {"by"_L1, inWords(how)},
             {"said"_L1, QString::fromLatin1(hop.data(), qsizetype(hop.size())).left(longestHop)},
             {"means"_L1, u"its clients share one address and its limits"_s}});
}

} // namespace warder
