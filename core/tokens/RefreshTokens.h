#pragma once

#include "core/base/Id.h"
#include "core/tokens/SigningKeys.h"

namespace warder {

/// What a genuine refresh token names.
struct RefreshClaim
{
    Id session;
    qint64 generation = 0;
};

/// Makes and checks refresh tokens and CSRF tokens: HMACs, each under keys of the ring that are for them; nothing of them is stored.
/// A refresh token is `wrt1_` and base64url of session id (16 bytes) | generation (8) | HMAC-SHA256 (32). Any thread.
class RefreshTokens final
{
public:
    explicit RefreshTokens(const SigningKeys &keys) : m_keys(keys) {}

    QByteArray issue(Id session, qint64 generation) const;

    /// Whether it looks like one, whoever made it.
    static bool isOfForm(QByteArrayView token);

    /// InvalidToken for anything this server did not issue. Whether it is good now only the session can say.
    Result<RefreshClaim> verify(QByteArrayView token, TimePoint now) const;

    /// Bound to the session: a cookie set by a neighbouring site does not fit.
    QByteArray issueCsrf(Id session) const;
    bool verifyCsrf(QByteArrayView token, Id session, TimePoint now) const;

private:
    const SigningKeys &m_keys;
};

} // namespace warder
