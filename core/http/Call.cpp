#include "core/http/Call.h"

namespace warder {

QHash<QByteArray, QByteArray> cookiesOf(const QHttpHeaders &headers)
{
    QHash<QByteArray, QByteArray> cookies;
    for (const QByteArray &pair : headers.combinedValue(QHttpHeaders::WellKnownHeader::Cookie).replace(", ", "; ").split(';')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = pair.first(std::max<qsizetype>(equals, 0)).trimmed();
        if (!name.isEmpty() && !cookies.contains(name))
            cookies.insert(name, pair.sliced(equals + 1).trimmed());
    }
    return cookies;
}

} // namespace warder
