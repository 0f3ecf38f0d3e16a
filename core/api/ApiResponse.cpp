#include "core/api/ApiResponse.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What a client reads; Error::detail is for the log only.
QString textOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:         return u"Invalid input"_s;
    case ErrorCode::InvalidCredentials:   return u"Invalid credentials"_s;
    case ErrorCode::NotAuthenticated:     return u"Not authenticated"_s;
    case ErrorCode::InvalidToken:         return u"Could not validate credentials"_s;
    case ErrorCode::AccountDisabled:      return u"Account disabled"_s;
    case ErrorCode::MissingRole:          return u"Not enough permissions"_s;
    case ErrorCode::CsrfFailed:
    case ErrorCode::OriginRefused:        return u"CSRF check failed"_s;
    case ErrorCode::EmailTaken:           return u"Email already exists"_s;
    case ErrorCode::NotFound:
    case ErrorCode::RouteNotFound:        return u"Not Found"_s;
    case ErrorCode::MethodNotAllowed:     return u"Method Not Allowed"_s;
    case ErrorCode::BadRequest:           return u"Bad Request"_s;
    case ErrorCode::BodyTooLarge:         return u"Content Too Large"_s;
    case ErrorCode::UnsupportedMediaType: return u"Unsupported Media Type"_s;
    case ErrorCode::UnsupportedEncoding:  return u"Unsupported Media Type: send the body uncompressed"_s;
    case ErrorCode::RegistrationClosed:   return u"Registration is closed"_s;
    case ErrorCode::LimitReached:         return u"Too Many Requests"_s;
    case ErrorCode::Conflict:             return u"Conflict"_s;
    case ErrorCode::Busy:
    case ErrorCode::StorageUnavailable:   return u"Service Unavailable"_s;
    case ErrorCode::ConfigInvalid:
    case ErrorCode::AlreadyRunning:
    case ErrorCode::StorageFailure:
    case ErrorCode::CryptoFailure:
    case ErrorCode::Internal:             return u"Internal Server Error"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

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
        return error.text.isEmpty() ? textOf(error.code) : error.text;
    QJsonArray faults;
    for (const Fault &fault : error.faults)
        faults.append(toJson(fault));
    return faults;
}

} // namespace

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:         return 422;
    case ErrorCode::InvalidCredentials:   return 401;
    case ErrorCode::NotAuthenticated:     return 401;
    case ErrorCode::InvalidToken:         return 401;
    case ErrorCode::AccountDisabled:      return 403;
    case ErrorCode::MissingRole:          return 403;
    case ErrorCode::CsrfFailed:           return 403;
    case ErrorCode::OriginRefused:        return 403;
    case ErrorCode::EmailTaken:           return 409;
    case ErrorCode::NotFound:             return 404;
    case ErrorCode::RouteNotFound:        return 404;
    case ErrorCode::MethodNotAllowed:     return 405;
    case ErrorCode::BadRequest:           return 400;
    case ErrorCode::BodyTooLarge:         return 413;
    case ErrorCode::UnsupportedMediaType: return 415;
    case ErrorCode::UnsupportedEncoding:  return 415;
    case ErrorCode::RegistrationClosed:   return 403;
    case ErrorCode::LimitReached:         return 429;
    case ErrorCode::Conflict:             return 409;
    case ErrorCode::Busy:                 return 503;
    case ErrorCode::ConfigInvalid:        return 500;
    case ErrorCode::AlreadyRunning:       return 500;
    case ErrorCode::StorageUnavailable:   return 503;
    case ErrorCode::StorageFailure:       return 500;
    case ErrorCode::CryptoFailure:        return 500;
    case ErrorCode::Internal:             return 500;
    }
    Q_UNREACHABLE_RETURN(500);
}

ApiResponse ApiResponse::json(int status, const QJsonObject &object)
{
    ApiResponse reply {.status = status, .headers = {}, .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
    reply.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json");
    return reply;
}

ApiResponse ApiResponse::bytes(const QByteArray &type, const QByteArray &body)
{
    ApiResponse reply {.status = 200, .headers = {}, .body = body};
    reply.headers.append(QHttpHeaders::WellKnownHeader::ContentType, type);
    return reply;
}

ApiResponse ApiResponse::error(const Error &error)
{
    const int status = statusOf(error.code);
    ApiResponse reply = json(status, {{u"detail"_s, detailOf(error)}, {u"code"_s, nameOf(error.code)}});
    if (status == 401) // RFC 6750 §3: an error is named only to who brought a token
        reply.headers.append(QHttpHeaders::WellKnownHeader::WWWAuthenticate,
                             error.code == ErrorCode::InvalidToken ? "Bearer error=\"invalid_token\"" : "Bearer");
    if (error.code == ErrorCode::UnsupportedEncoding) // RFC 9110 §15.5.16
        reply.headers.append(QHttpHeaders::WellKnownHeader::AcceptEncoding, "identity");
    if (status == 429 || status == 503)
        reply.headers.append(QHttpHeaders::WellKnownHeader::RetryAfter, QByteArray::number(std::max<qint64>(1, error.retryAfter.count())));
    return reply;
}

} // namespace warder
