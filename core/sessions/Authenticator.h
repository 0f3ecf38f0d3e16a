#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

#include <QStringList>

namespace warder {

class Revocations;
class TokenVerifier;

/// Who a request speaks for, once its access token has been checked.
struct Principal
{
    Id userId;
    Id sessionId;
    QString email;
    QStringList roles;
    TimePoint expiresAt;                   ///< Of the access token.
};

/// Says whether an access token is good now: signature, time, and that its session has not been ended.
/// Any thread; takes microseconds; never touches the database.
class Authenticator final
{
public:
    Authenticator(const TokenVerifier &verifier, const Revocations &revocations);

    /// InvalidToken with the reason in the detail for anything that is not good now.
    Result<Principal> authenticate(QByteArrayView accessToken, TimePoint now) const;

private:
    const TokenVerifier &m_verifier;
    const Revocations &m_revocations;
};

} // namespace warder
