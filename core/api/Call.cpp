#include "core/api/Call.h"

#include <QSet>

#include <utility>

namespace warder {
namespace {

/// Browsers keep 180 a site.
constexpr int mostPairs = 512;

/// A browser holds one cookie of such a name at most (RFC 6265bis §4.1.3.2).
bool isUnique(const QByteArray &name) { return name.startsWith("__Host-"); }

} // namespace

QHash<QByteArray, QByteArray> cookiesOf(const QHttpHeaders &headers)
{
    QHash<QByteArray, QByteArray> cookies;
    QSet<QByteArray> disputed;
    int pairs = 0;
    for (const QByteArray &field : headers.values(QHttpHeaders::WellKnownHeader::Cookie)) {
        for (qsizetype at = 0, end = 0; at < field.size() && pairs < mostPairs; at = end + 1) {
            const qsizetype next = field.indexOf(';', at);
            end = next < 0 ? field.size() : next;
            const QByteArrayView pair = QByteArrayView(field).sliced(at, end - at);
            const qsizetype equals = pair.indexOf('=');
            if (equals <= 0)
                continue;
            ++pairs;
            const QByteArrayView name = pair.first(equals).trimmed();
            const QByteArrayView value = pair.sliced(equals + 1).trimmed();
            const auto known = cookies.constFind(QByteArray::fromRawData(name.data(), name.size()));
            if (known == cookies.cend() && !name.isEmpty())
                cookies.insert(name.toByteArray(), value.toByteArray());
            else if (known != cookies.cend() && isUnique(known.key()) && *known != value)
                disputed.insert(known.key());
        }
    }
    for (const QByteArray &name : std::as_const(disputed))
        cookies.remove(name);
    return cookies;
}

} // namespace warder
