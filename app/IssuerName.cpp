#include "app/IssuerName.h"

#include "core/assembly/Core.h"
#include "core/config/ServerUrl.h"

#include <algorithm>

namespace warder {

bool IssuerName::isLacking(const Settings &settings) const
{
    const QList<ListenPoint> points = listenPointsFrom(settings);
    const auto first = std::ranges::find_if_not(points, &ListenPoint::isUnix);
    return !m_isTaken && settings.get<"tokens.issuer">().isEmpty() && first != points.end() && first->place.port == 0;
}

void IssuerName::takeFrom(const QList<ListenPoint> &places)
{
    const Settings settings = m_core.settings.get();
    if (!settings.get<"tokens.issuer">().isEmpty())
        return;
    m_core.tokenPolicy.issuer = ownUrl(places, settings);
    m_isTaken = true;
}

} // namespace warder
