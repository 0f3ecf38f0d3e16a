#include "tests/support/Browser.h"

namespace warder::test {

ClientResponse Browser::send(QByteArrayView method, QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers)
{
    QByteArray token;
    for (auto cookie = m_jar.cbegin(); cookie != m_jar.cend(); ++cookie) {
        if (cookie.key().endsWith("warder_csrf"))
            token = cookie.value();
    }
    const QByteArrayList proof = token.isEmpty() ? QByteArrayList {} : QByteArrayList {"X-CSRF-Token: " + token};
    return sendWithoutToken(method, path, body, headers + proof);
}

ClientResponse Browser::sendWithoutToken(QByteArrayView method, QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers)
{
    const QByteArrayList origin = m_origin.isEmpty() ? QByteArrayList {} : QByteArrayList {"Origin: " + m_origin};
    return kept(m_client.send(method, path, body, withCookies(headers + origin)));
}

ClientResponse Browser::get(QByteArrayView path, const QByteArrayList &headers) { return kept(m_client.get(path, withCookies(headers))); }

QByteArrayList Browser::withCookies(const QByteArrayList &headers) const
{
    QByteArrayList pairs;
    for (auto cookie = m_jar.cbegin(); cookie != m_jar.cend(); ++cookie)
        pairs += cookie.key() + '=' + cookie.value();
    return pairs.isEmpty() ? headers : headers + QByteArrayList {"Cookie: " + pairs.join("; ")};
}

ClientResponse Browser::kept(const ClientResponse &answer)
{
    for (const QByteArray &line : answer.headers("set-cookie")) {
        const QByteArray pair = line.first(line.indexOf(';'));
        const QByteArray name = pair.first(pair.indexOf('='));
        if (line.contains("Max-Age=0"))
            m_jar.remove(name);
        else
            m_jar.insert(name, pair.sliced(name.size() + 1));
    }
    return answer;
}

} // namespace warder::test
