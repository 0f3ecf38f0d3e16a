#include "core/http/Call.h"

#include <QSet>

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
        for (const QByteArray &pair : field.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            const QByteArray name = pair.first(std::max<qsizetype>(equals, 0)).trimmed();
            const QByteArray value = pair.sliced(equals + 1).trimmed();
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
