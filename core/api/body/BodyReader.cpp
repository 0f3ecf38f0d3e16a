#include "core/api/body/BodyReader.h"

#include "core/api/body/FormEncoding.h"
#include "core/api/body/Multipart.h"
#include "core/base/StrictJson.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Known = QHttpHeaders::WellKnownHeader;

constexpr qsizetype mostFields = 64;
constexpr int mostNames = 512; // of a JSON body: thousands cost several times what a body of their size does

/// `application/json; charset=utf-8` → `application/json`
QByteArray mediaTypeOf(const QHttpHeaders &headers)
{
    const auto types = headers.values(Known::ContentType);
    return types.size() == 1 ? types.first().split(';').first().trimmed().toLower() : types.join(','); // two are none of ours
}

/// "identity" is what a body is without (RFC 9110 §8.4.1).
bool isEncoded(const QHttpHeaders &headers)
{
    return headers.contains(Known::ContentEncoding)
           && headers.combinedValue(Known::ContentEncoding).trimmed().compare("identity", Qt::CaseInsensitive) != 0;
}

bool isJson(const QByteArray &type) { return type == "application/json" || (type.startsWith("application/") && type.endsWith("+json")); }

std::unexpected<Error> unsupported(Body allowed, const QByteArray &type)
{
    return std::unexpected(
        Error {.code = ErrorCode::UnsupportedMediaType,
               .detail = u"content type %1"_s.arg(QString::fromLatin1(type.left(80))),
               .text = u"Unsupported Media Type: send "_s + QString::fromLatin1(mediaTypesOf(allowed).replace(", ", " or "))});
}

std::unexpected<Error> invalid(const Fault &fault)
{
    return std::unexpected(Error {.code = ErrorCode::InvalidInput, .detail = fault.message, .faults = {fault}});
}

Result<QJsonObject> readJson(const QByteArray &body)
{
    const auto value = parseStrictJson(body, {.names = mostNames});
    if (!value)
        return invalid({.type = u"json_invalid"_s,
                        .location = {u"body"_s, value.error().offset},
                        .message = u"JSON decode error"_s,
                        .input = QJsonObject(),
                        .context = {{u"error"_s, value.error().message}}});
    if (!value->isObject())
        return invalid({.type = u"model_attributes_type"_s,
                        .location = {u"body"_s},
                        .message = u"Input should be a valid dictionary or object to extract fields from"_s});
    return value->toObject();
}

Result<QJsonObject> readForm(const QByteArray &body)
{
    QJsonObject fields;
    const bool isForm = forEachPair(body, [&fields](QByteArrayView encodedName, QByteArrayView encodedValue) {
        const auto name = formText(encodedName);
        const auto value = formText(encodedValue);
        if (!name || !value || fields.contains(*name) || fields.size() >= mostFields)
            return false;
        fields.insert(*name, *value);
        return true;
    });
    if (isForm)
        return fields;
    return invalid({.type = u"value_error"_s,
                    .location = {u"body"_s},
                    .message = u"Value error, malformed form"_s,
                    .context = {{u"reason"_s, u"malformed form"_s}}});
}

Result<QJsonObject> readParts(const QHttpHeaders &headers, const QByteArray &body)
{
    if (auto fields = readMultipart(headers.value(Known::ContentType).toByteArray(), body))
        return *std::move(fields);
    return invalid({.type = u"value_error"_s,
                    .location = {u"body"_s},
                    .message = u"Value error, malformed form, or one with files"_s,
                    .context = {{u"reason"_s, u"malformed form, or one with files"_s}}});
}

} // namespace

QByteArray mediaTypesOf(Body allowed)
{
    switch (allowed) {
    case Body::None:       return {};
    case Body::Json:
    case Body::Optional:   return "application/json";
    case Body::Beacon:     return "application/json, text/plain";
    case Body::JsonOrForm: return "application/json, application/x-www-form-urlencoded, multipart/form-data";
    case Body::Form:       return "application/x-www-form-urlencoded";
    }
    Q_UNREACHABLE_RETURN({});
}

Result<QJsonObject> readBody(Body allowed, const QHttpHeaders &headers, const QByteArray &body)
{
    const QByteArray type = mediaTypeOf(headers);
    const bool mayBeEmpty = allowed == Body::Optional || allowed == Body::Beacon || type.isEmpty();
    if (allowed == Body::None || (body.isEmpty() && mayBeEmpty))
        return QJsonObject {};
    if (isEncoded(headers))
        return refused(ErrorCode::UnsupportedEncoding, u"a body with Content-Encoding"_s);
    if (type == "application/x-www-form-urlencoded" && (allowed == Body::JsonOrForm || allowed == Body::Form))
        return readForm(body);
    if (type == "multipart/form-data" && allowed == Body::JsonOrForm)
        return readParts(headers, body);
    if (allowed == Body::Form || (!isJson(type) && !(type == "text/plain" && allowed == Body::Beacon)))
        return unsupported(allowed, type);
    if (body.isEmpty())
        return invalid({.type = u"missing"_s, .location = {u"body"_s}, .message = u"Field required"_s, .input = QJsonValue()});
    return readJson(body);
}

} // namespace warder
