#include "core/http/Call.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A browser holds one cookie of such a name at most (RFC 6265bis §4.1.3.2).
bool isUnique(const QByteArray &name) { return name.startsWith("__Host-"); }

} // namespace

QHash<QByteArray, QByteArray> cookiesOf(const QHttpHeaders &headers)
{
    QHash<QByteArray, QByteArray> cookies;
    QSet<QByteArray> disputed;
    for (const QByteArray &field : headers.values(QHttpHeaders::WellKnownHeader::Cookie)) {
        for (const QLatin1StringView pair : QLatin1StringView(field).tokenize(';'_L1)) {
            const qsizetype equals = pair.indexOf('='_L1);
            if (equals <= 0)
                continue;
            const QByteArray name = QByteArrayView(pair.data(), equals).trimmed().toByteArray();
            const QByteArray value = QByteArrayView(pair.data(), pair.size()).sliced(equals + 1).trimmed().toByteArray();
            if (cookies.contains(name) && isUnique(name) && cookies.value(name) != value)
                disputed.insert(name);
            if (!name.isEmpty() && !cookies.contains(name))
                cookies.insert(name, value);
        }
    }
    for (const QByteArray &name : disputed)
        cookies.remove(name);
    return cookies;
}

} // namespace warder
