#include "core/api/filters/Authorization.h"

#include "core/api/body/FormEncoding.h"

#include <algorithm>

namespace warder {
namespace {

std::optional<QByteArray> behind(QByteArrayView scheme, const QHttpHeaders &headers)
{
    const QByteArray header = headers.combinedValue(QHttpHeaders::WellKnownHeader::Authorization); // of two none is right
    if (QByteArrayView(header).first(std::min(header.size(), scheme.size())).compare(scheme, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return header.sliced(scheme.size()).trimmed();
}

} // namespace

QByteArray accessTokenOf(const Call &call, const Cookies &cookies) { return bearerOf(call.headers).value_or(cookies.accessOf(call)); }

std::optional<QByteArray> bearerOf(const QHttpHeaders &headers) { return behind("Bearer ", headers); }

std::optional<ClientCredentials> basicOf(const QHttpHeaders &headers)
{
    const auto given = behind("Basic ", headers);
    const auto pair = QByteArray::fromBase64Encoding(given.value_or(QByteArray()), QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = pair ? (*pair).indexOf(':') : -1;
    if (colon < 0 || (*pair).toBase64() != *given) // one spelling, as of every credential
        return std::nullopt;
    const auto id = strictFormText((*pair).first(colon));
    const auto secret = strictFormText((*pair).sliced(colon + 1));
    return id && secret ? std::optional<ClientCredentials>({.id = *id, .secret = *secret}) : std::nullopt;
}

} // namespace warder
