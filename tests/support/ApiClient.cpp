#include "tests/support/ApiClient.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QByteArray cookieLine(const ClientResponse &answer, const QByteArray &name)
{
    for (const QByteArray &line : answer.headers("set-cookie")) {
        if (line.startsWith(name + '='))
            return line;
    }
    return {};
}

} // namespace

QByteArrayList ClientResponse::headers(QByteArrayView name) const
{
    QByteArrayList found;
    for (const auto &[known, value] : raw.headers) {
        if (known == name)
            found += value;
    }
    return found;
}

QJsonObject ClientResponse::json() const { return QJsonDocument::fromJson(raw.body).object(); }

QByteArray ClientResponse::everything() const
{
    QByteArray all;
    for (const auto &[name, value] : raw.headers)
        all += name + ": " + value + '\n';
    return all + raw.body;
}

QByteArray ClientResponse::cookieAttributes(const QByteArray &name) const
{
    const QByteArray line = cookieLine(*this, name);
    return line.isEmpty() ? QByteArray() : line.sliced(line.indexOf(';'));
}

std::optional<QByteArray> ClientResponse::cookieValue(const QByteArray &name) const
{
    const QByteArray line = cookieLine(*this, name);
    return line.isEmpty() ? std::nullopt : std::optional(line.first(line.indexOf(';')).sliced(name.size() + 1));
}

QString faultsOf(const ClientResponse &answer)
{
    QStringList faults;
    for (const QJsonValue fault : answer["detail"_L1].toArray()) {
        const QJsonArray location = fault["loc"_L1].toArray();
        faults += fault["type"_L1].toString() + u' ' + location.last().toVariant().toString();
    }
    return faults.join(u", "_s);
}

ClientResponse ApiClient::askOn(RawHttp &connection, QByteArrayView method, QByteArrayView path, const QByteArrayList &headers,
                                QByteArrayView body)
{
    if (!connection.send(RawHttp::request(method, path, headers, body)))
        return {};
    return {.raw = connection.read(method == "HEAD").value_or(RawAnswer {})};
}

ClientResponse ApiClient::ask(QByteArrayView method, QByteArrayView path, const QByteArrayList &headers, QByteArrayView body) const
{
    RawHttp connection(m_port);
    return askOn(connection, method, path, headers, body);
}

ClientResponse ApiClient::send(QByteArrayView method, QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers) const
{
    return ask(method, path, QByteArrayList {"Content-Type: application/json"} + headers,
               QJsonDocument(body).toJson(QJsonDocument::Compact));
}

ClientResponse ApiClient::post(QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers) const
{
    return send("POST", path, body, headers);
}

ClientResponse ApiClient::postForm(QByteArrayView path, const QByteArray &form, const QByteArrayList &headers) const
{
    return ask("POST", path, QByteArrayList {"Content-Type: application/x-www-form-urlencoded"} + headers, form);
}

QByteArray bearer(const QByteArray &token) { return "Authorization: Bearer " + token; }

QByteArray bearer(const QJsonValue &token) { return bearer(token.toString().toLatin1()); }

} // namespace warder::test
