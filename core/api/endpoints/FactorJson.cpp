#include "core/api/endpoints/FactorJson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QJsonObject toJson(const TotpFactor &factor)
{
    return {{u"id"_s, factor.id.toString()},
            {u"name"_s, factor.name},
            {u"created_at"_s, toText(factor.createdAt)},
            {u"last_used_at"_s, factor.lastUsedAt ? QJsonValue(toText(*factor.lastUsedAt)) : QJsonValue()}};
}

} // namespace

QJsonObject toJson(const NewTotp &totp)
{
    return {{u"id"_s, totp.id.toString()},
            {u"secret"_s, totp.secret},
            {u"uri"_s, totp.uri},
            {u"qr_svg"_s, QString::fromLatin1(totp.qrSvg)},
            {u"expires_in"_s, qint64(totp.life.count())}};
}

QJsonObject toJson(const FactorOverview &overview)
{
    QJsonArray totp;
    for (const TotpFactor &factor : overview.totp)
        totp.append(toJson(factor));
    return {{u"enabled"_s, overview.isEnabled},
            {u"required"_s, overview.isRequired},
            {u"totp"_s, totp},
            {u"passkeys"_s, overview.counts.passkeys},
            {u"recovery_codes_left"_s, overview.counts.recoveryCodes},
            {u"trusted_devices"_s, overview.counts.trustedDevices}};
}

} // namespace warder
