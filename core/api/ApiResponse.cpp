#include "core/api/ApiResponse.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QJsonObject toJson(const Fault &fault)
{
    QJsonArray location;
    for (const QJsonValue &step : fault.location)
        location.append(step);
    QJsonObject object {{u"type"_s, fault.type}, {u"loc"_s, location}, {u"msg"_s, fault.message}};
    if (fault.input)
        object.insert("input"_L1, *fault.input);
    if (!fault.context.isEmpty())
        object.insert("ctx"_L1, fault.context);
    return object;
}

QJsonValue detailOf(const Error &error)
{
    if (error.faults.isEmpty())
        return error.text.isEmpty() ? QString(textOf(error.code)) : error.text; // Error::detail is for the log only
    QJsonArray faults;
    for (const Fault &fault : error.faults)
        faults.append(toJson(fault));
    return faults;
}

} // namespace

ApiResponse ApiResponse::json(int status, const QJsonObject &object)
{
    ApiResponse response {.status = status, .headers = {}, .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
    response.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json");
    return response;
}

ApiResponse ApiResponse::bytes(const QByteArray &type, const QByteArray &body)
{
    ApiResponse response {.status = 200, .headers = {}, .body = body};
    response.headers.append(QHttpHeaders::WellKnownHeader::ContentType, type);
    return response;
}

ApiResponse ApiResponse::redirect(int status, const QByteArray &url)
{
    Q_ASSERT(status == 302 || status == 303 || status == 307);
    ApiResponse response {.status = status};
    const QByteArray escaped = url.toPercentEncoding(":/?#[]@!$&'()*+,;="); // RFC 3986 §2.2; escapes are escaped, too
    response.headers.append(QHttpHeaders::WellKnownHeader::Location, QByteArray(escaped).replace("%25", "%"));
    response.headers.append(QHttpHeaders::WellKnownHeader::CacheControl, "no-store");
    return response;
}

ApiResponse ApiResponse::error(const Error &error)
{
    const int status = statusOf(error.code);
    QJsonObject body {{u"detail"_s, detailOf(error)}, {u"code"_s, nameOf(error.code)}};
    if (error.code == ErrorCode::ReauthenticationRequired)
        body.insert("methods"_L1, QJsonArray::fromStringList(error.methods));
    ApiResponse response = json(status, body);
    if (status == 401) // RFC 6750 §3: an error is named only to who brought a token
        response.headers.append(QHttpHeaders::WellKnownHeader::WWWAuthenticate,
                                error.code == ErrorCode::InvalidToken ? "Bearer error=\"invalid_token\"" : "Bearer");
    if (error.code == ErrorCode::UnsupportedEncoding) // RFC 9110 §15.5.16
        response.headers.append(QHttpHeaders::WellKnownHeader::AcceptEncoding, "identity");
    if (status == 429 || status == 503)
        response.headers.append(QHttpHeaders::WellKnownHeader::RetryAfter,
                                QByteArray::number(std::max<qint64>(1, error.retryAfter.count())));
    return response;
}

} // namespace warder
