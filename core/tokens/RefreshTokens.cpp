#include "core/tokens/RefreshTokens.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto prefix = "wrt1_"_L1;
constexpr qsizetype claimSize = 24;
constexpr qsizetype macSize = 32;

/// What it holds; nothing if it is not of the form of a refresh token.
std::optional<QByteArray> bytesOfRefreshToken(QByteArrayView token)
{
    const auto bytes = token.startsWith(QByteArrayView(prefix)) ? fromBase64Url(token.sliced(prefix.size())) : std::nullopt;
    return bytes && bytes->size() == claimSize + macSize ? bytes : std::nullopt;
}

/// Different uses of one key never share a message.
QByteArray refreshMac(const SigningKey &key, QByteArrayView claim)
{
    return key.material->sign("warder/refresh/v1:"_ba + claim.toByteArray());
}

QByteArray csrfMac(const SigningKey &key, Id session) { return key.material->sign("warder/csrf/v1:"_ba + session.toBytes()); }

} // namespace

QByteArray RefreshTokens::issue(Id session, qint64 generation) const
{
    QByteArray claim = session.toBytes() + QByteArray(8, '\0');
    qToBigEndian(generation, claim.data() + 16);
    return QByteArray(prefix.data(), prefix.size()) + toBase64Url(claim + refreshMac(m_keys.ring()->signing(KeyPurpose::Refresh), claim));
}

bool RefreshTokens::isOfForm(QByteArrayView token) { return bytesOfRefreshToken(token).has_value(); }

Result<RefreshClaim> RefreshTokens::verify(QByteArrayView token, TimePoint now) const
{
    const auto bytes = bytesOfRefreshToken(token);
    if (!bytes)
        return refused(ErrorCode::InvalidToken, u"not a refresh token"_s);
    const QByteArrayView claim = QByteArrayView(*bytes).first(claimSize);
    const auto ring = m_keys.ring();
    for (const SigningKey *key : ring->verifying(KeyPurpose::Refresh, now)) {
        if (equalInConstantTime(refreshMac(*key, claim), QByteArrayView(*bytes).last(macSize)))
            return RefreshClaim {.session = Id::fromBytes(claim.first(16)).value_or(Id {}),
                                 .generation = qFromBigEndian<qint64>(claim.data() + 16)};
    }
    return refused(ErrorCode::InvalidToken, u"a refresh token this server did not issue"_s);
}

QByteArray RefreshTokens::issueCsrf(Id session) const { return toBase64Url(csrfMac(m_keys.ring()->signing(KeyPurpose::Csrf), session)); }

bool RefreshTokens::verifyCsrf(QByteArrayView token, Id session, TimePoint now) const
{
    const auto ring = m_keys.ring();
    return std::ranges::any_of(ring->verifyingCsrf(now),
                               [&](const SigningKey *key) { return equalInConstantTime(toBase64Url(csrfMac(*key, session)), token); });
}

} // namespace warder
