#include "core/http/gate/ProxyComplaint.h"

#include "core/http/gate/Census.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {

void complainOfProxy(Census &census, const QHostAddress &proxy, const QString &what)
{
    if (census.mayComplainOf(proxy))
        log(LogLevel::Warning, "proxy_hides_clients"_L1, {{"proxy"_L1, proxy.toString()}, {"said"_L1, what.left(120)},
                                                          {"means"_L1, u"its clients share one address and its limits"_s},
                                                          {"advice"_L1, u"let it send X-Forwarded-For with the client's address"_s}});
}

} // namespace warder
