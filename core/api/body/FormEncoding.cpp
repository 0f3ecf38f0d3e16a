#include "core/api/body/FormEncoding.h"

#include "core/base/Text.h"

#include <cctype>

namespace warder {
namespace {

bool isHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)); }

} // namespace

std::optional<QString> formText(QByteArrayView encoded)
{
    return fromUtf8(QByteArray::fromPercentEncoding(encoded.toByteArray().replace('+', ' ')));
}

std::optional<QString> strictFormText(QByteArrayView encoded)
{
    for (qsizetype at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 3)) {
        if (at + 2 >= encoded.size() || !isHex(encoded[at + 1]) || !isHex(encoded[at + 2]))
            return std::nullopt;
    }
    return formText(encoded);
}

bool forEachPair(QByteArrayView pairs, const std::function<bool(QByteArrayView, QByteArrayView)> &visit)
{
    while (!pairs.isEmpty()) {
        const qsizetype next = pairs.indexOf('&');
        const QByteArrayView pair = pairs.first(next < 0 ? pairs.size() : next);
        pairs = pairs.sliced(next < 0 ? pairs.size() : next + 1);
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView name = equals < 0 ? pair : pair.first(equals);
        if (!pair.isEmpty() && !visit(name, equals < 0 ? QByteArrayView() : pair.sliced(equals + 1)))
            return false;
    }
    return true;
}

} // namespace warder
