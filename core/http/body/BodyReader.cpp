#include "core/http/body/BodyReader.h"

#include "core/base/StrictJson.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostFields = 64;

/// `application/json; charset=utf-8` → `application/json`
QByteArray mediaTypeOf(const QHttpHeaders &headers)
{
    return headers.combinedValue(QHttpHeaders::WellKnownHeader::ContentType).split(';').first().trimmed().toLower();
}

std::unexpected<Error> invalid(const Fault &fault)
{
    return std::unexpected(Error {.code = ErrorCode::InvalidInput, .detail = fault.message, .faults = {fault}});
}

Result<QJsonObject> readJson(const QByteArray &body)
{
    const auto value = parseStrictJson(body);
    if (!value)
        return invalid({.type = u"json_invalid"_s, .location = {u"body"_s, value.error().offset}, .message = u"JSON decode error"_s,
                        .input = QJsonObject(), .context = {{u"error"_s, value.error().message}}});
    if (!value->isObject())
        return invalid({.type = u"model_attributes_type"_s, .location = {u"body"_s},
                        .message = u"Input should be a valid dictionary or object to extract fields from"_s});
    return value->toObject();
}

/// application/x-www-form-urlencoded (URL standard §5.1); nothing for bytes that are not UTF-8.
std::optional<QString> decoded(QByteArray text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString result = decoder.decode(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
    return decoder.hasError() ? std::nullopt : std::optional(result);
}

Result<QJsonObject> readForm(const QByteArray &body)
{
    QJsonObject fields;
    for (const QByteArray &pair : body.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (pair.isEmpty())
            continue;
        const auto name = decoded(equals < 0 ? pair : pair.first(equals));
        const auto value = decoded(equals < 0 ? QByteArray() : pair.sliced(equals + 1));
        if (!name || !value || fields.contains(*name) || fields.size() >= mostFields)
            return invalid({.type = u"value_error"_s, .location = {u"body"_s}, .message = u"Value error, malformed form"_s,
                            .context = {{u"reason"_s, u"malformed form"_s}}});
        fields.insert(*name, *value);
    }
    return fields;
}

} // namespace

Result<QJsonObject> readBody(Body allowed, const QHttpHeaders &headers, const QByteArray &body)
{
    if (allowed == Body::None || (allowed == Body::Optional && body.isEmpty()))
        return QJsonObject {};
    const QByteArray type = mediaTypeOf(headers);
    if (type == "application/x-www-form-urlencoded" && allowed == Body::JsonOrForm)
        return readForm(body);
    if (type != "application/json" && !(type.startsWith("application/") && type.endsWith("+json")))
        return refused(ErrorCode::UnsupportedMediaType, u"content type %1"_s.arg(QString::fromLatin1(type.left(80))));
    if (body.isEmpty())
        return invalid({.type = u"missing"_s, .location = {u"body"_s}, .message = u"Field required"_s, .input = QJsonValue()});
    return readJson(body);
}

} // namespace warder
