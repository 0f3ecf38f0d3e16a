#include "core/base/Bytes.h"

namespace warder {

constexpr auto urlOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray toBase64Url(QByteArrayView bytes) { return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(urlOptions); }

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromRawData(text.data(), text.size()),
                                                        urlOptions | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || toBase64Url(*decoded) != text)
        return std::nullopt;
    return *decoded;
}

} // namespace warder
