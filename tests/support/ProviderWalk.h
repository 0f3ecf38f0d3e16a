#pragma once

#include "tests/support/ApiClient.h"
#include "tests/support/LyingProvider.h"

namespace warder::test {

using namespace Qt::StringLiterals;

/// What an app hands to POST /oauth/finish for somebody whom it sent to where `started` said, and who agreed there.
inline QJsonObject broughtBack(LyingProvider &provider, const ClientResponse &started)
{
    const auto back = provider.authorize(started["authorization_url"_L1].toString().toLatin1());
    QJsonObject body {{QStringLiteral("state"), QString::fromLatin1(back.state)}, {QStringLiteral("code"), back.response.code}};
    if (const QJsonValue attempt = started["attempt"_L1]; attempt.isString())
        body.insert("attempt"_L1, attempt);
    return body;
}

} // namespace warder::test
