#include "core/api/OpenApi.h"

#include "core/api/HttpOptions.h"
#include "core/api/body/BodyReader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QJsonObject reference(const QString &schema) { return {{u"$ref"_s, u"#/components/schemas/"_s + schema}}; }

QJsonObject content(const QString &type, const QJsonObject &schema) { return {{type, QJsonObject {{u"schema"_s, schema}}}}; }

QJsonObject typeOf(FieldType type)
{
    const auto string = [](const QString &format) { return QJsonObject {{u"type"_s, u"string"_s}, {u"format"_s, format}}; };
    switch (type) {
    case FieldType::Text:     return {{u"type"_s, u"string"_s}};
    case FieldType::Email:    return string(u"email"_s);
    case FieldType::Password: return string(u"password"_s);
    case FieldType::Integer:  return {{u"type"_s, u"integer"_s}};
    case FieldType::Boolean:  return {{u"type"_s, u"boolean"_s}};
    case FieldType::TextList: return {{u"type"_s, u"array"_s}, {u"items"_s, QJsonObject {{u"type"_s, u"string"_s}}}};
    case FieldType::Object:   return {{u"type"_s, u"object"_s}};
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject schemaOf(const FieldDoc &field)
{
    const bool isList = field.type == FieldType::TextList;
    QJsonObject schema = typeOf(field.type);
    if (!field.choices.isEmpty())
        schema.insert("enum"_L1, QJsonArray::fromStringList(field.choices));
    if (field.minLength > 0)
        schema.insert(isList ? "minItems"_L1 : "minLength"_L1, field.minLength);
    if (field.maxLength > 0)
        schema.insert(isList ? "maxItems"_L1 : "maxLength"_L1, field.maxLength);
    if (field.minimum != FieldDoc().minimum)
        schema.insert("minimum"_L1, field.minimum);
    if (field.maximum != FieldDoc().maximum)
        schema.insert("maximum"_L1, field.maximum);
    if (!field.text.isEmpty())
        schema.insert("description"_L1, field.text);
    return schema;
}

QJsonObject bodySchema(const QList<FieldDoc> &fields, bool isStrict)
{
    QJsonObject properties;
    QJsonArray required;
    for (const FieldDoc &field : fields) {
        properties.insert(field.name, schemaOf(field));
        if (field.required)
            required.append(field.name);
    }
    QJsonObject schema {{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
    if (!required.isEmpty())
        schema.insert("required"_L1, required);
    if (isStrict)
        schema.insert("additionalProperties"_L1, false);
    return schema;
}

QJsonObject formSchema()
{
    return bodySchema({{.name = u"username"_s},
                       {.name = u"password"_s, .type = FieldType::Password},
                       {.name = u"grant_type"_s, .required = false},
                       {.name = u"scope"_s, .required = false},
                       {.name = u"client_id"_s, .required = false},
                       {.name = u"client_secret"_s, .type = FieldType::Password, .required = false}},
                      false);
}

QJsonObject requestBodyOf(const Route &route)
{
    QJsonObject types;
    for (const QByteArray &type : mediaTypesOf(route.body).replace(' ', "").split(',')) {
        const bool isPasswordForm = type.contains("form") && route.body == Body::JsonOrForm;
        types.insert(QString::fromLatin1(type),
                     QJsonObject {{u"schema"_s, isPasswordForm ? formSchema() : bodySchema(route.doc.fields, route.doc.isStrict)}});
    }
    const bool isRequired = route.body == Body::Json || route.body == Body::JsonOrForm || route.body == Body::Form;
    return {{u"required"_s, isRequired}, {u"content"_s, types}};
}

/// What the columns of the row imply, beside what its documentation says.
QList<int> refusalsOf(const Route &route)
{
    QList<int> statuses = route.doc.refusals;
    if (route.access != Access::Anyone)
        statuses << 401;
    if (route.access == Access::Recent || route.csrf != Csrf::None)
        statuses << 403;
    if (route.body != Body::None)
        statuses << 413 << 415 << 422;
    if (!route.doc.query.isEmpty())
        statuses << 422;
    if (!route.limit.isEmpty())
        statuses << 429;
    if (route.lane != Lane::Inline || route.access != Access::Anyone || route.doc.answer == "SessionState"_L1)
        statuses << 503; // the lane is full, or the database does not answer
    std::ranges::sort(statuses);
    statuses.erase(std::ranges::unique(statuses).begin(), statuses.end());
    return statuses;
}

QJsonObject responsesOf(const Route &route)
{
    QJsonObject success {{u"description"_s, u"Success"_s}};
    if (route.doc.answer == "text"_L1)
        success.insert("content"_L1, content(u"text/plain"_s, {{u"type"_s, u"string"_s}}));
    else if (!route.doc.answer.isEmpty())
        success.insert("content"_L1, content(u"application/json"_s, reference(route.doc.answer)));
    QJsonObject responses {{QString::number(route.doc.success), success}};
    for (const int status : route.doc.empty)
        responses.insert(QString::number(status), QJsonObject {{u"description"_s, u"Success"_s}});
    for (const int status : refusalsOf(route)) {
        const bool health = route.doc.answer == "Health"_L1;
        const QString schema = status == 422 ? u"HTTPValidationError"_s : health ? u"Health"_s : u"Error"_s;
        responses.insert(QString::number(status),
                         QJsonObject {{u"description"_s, u"Refused"_s}, {u"content"_s, content(u"application/json"_s, reference(schema))}});
    }
    return responses;
}

QJsonObject parameterOf(const QString &name, const QString &place, bool isRequired, const QJsonObject &schema)
{
    return {{u"name"_s, name}, {u"in"_s, place}, {u"required"_s, isRequired}, {u"schema"_s, schema}};
}

QJsonArray parametersOf(const Route &route)
{
    QJsonArray parameters;
    for (const QByteArray &segment : route.path.split('/')) {
        if (!segment.startsWith('{'))
            continue;
        const QString name = QString::fromLatin1(segment.sliced(1).chopped(1));
        QJsonObject schema = typeOf(FieldType::Text);
        if (name == "id"_L1)
            schema.insert("format"_L1, u"uuid"_s);
        parameters += parameterOf(name, u"path"_s, true, schema);
    }
    for (const FieldDoc &field : route.doc.query)
        parameters += parameterOf(field.name, u"query"_s, field.required, schemaOf(field));
    return parameters;
}

/// The security schemes of which one is needed; the page offers them in the order of their names.
QStringList schemesOf(Access access)
{
    switch (access) {
    case Access::Anyone:  return {};
    case Access::Pending: return {u"sign_in_ticket"_s};
    case Access::Session:
    case Access::Account:
    case Access::Recent:  return {u"bearer"_s, u"password"_s, u"session_cookie"_s};
    case Access::Client:  return {u"client"_s};
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject operationOf(const Route &route)
{
    QJsonObject operation {{u"operationId"_s, route.doc.operation},
                           {u"summary"_s, route.doc.summary},
                           {u"tags"_s, QJsonArray {route.doc.tag}},
                           {u"responses"_s, responsesOf(route)}};
    if (route.body != Body::None)
        operation.insert("requestBody"_L1, requestBodyOf(route));
    if (const QJsonArray parameters = parametersOf(route); !parameters.isEmpty())
        operation.insert("parameters"_L1, parameters);
    QJsonArray security;
    for (const QString &scheme : schemesOf(route.access))
        security += QJsonObject {{scheme, QJsonArray()}};
    operation.insert("security"_L1, security);
    return operation;
}

/// Those that some route asks for.
QJsonObject securitySchemes(const QList<Route> &routes, const HttpOptions &options, const Cookies &cookies)
{
    const auto cookie = [](const QByteArray &name) {
        return QJsonObject {{u"type"_s, u"apiKey"_s}, {u"in"_s, u"cookie"_s}, {u"name"_s, QString::fromLatin1(name)}};
    };
    const QJsonObject flow {{u"tokenUrl"_s, QString::fromUtf8(options.basePath) + u"/token"_s}, {u"scopes"_s, QJsonObject()}};
    const QJsonObject all {{u"bearer"_s, QJsonObject {{u"type"_s, u"http"_s}, {u"scheme"_s, u"bearer"_s}, {u"bearerFormat"_s, u"JWT"_s}}},
                           {u"client"_s, QJsonObject {{u"type"_s, u"http"_s}, {u"scheme"_s, u"basic"_s}}},
                           {u"password"_s, QJsonObject {{u"type"_s, u"oauth2"_s}, {u"flows"_s, QJsonObject {{u"password"_s, flow}}}}},
                           {u"session_cookie"_s, cookie(cookies.accessName())}, // a script cannot set it, so that it stands last
                           {u"sign_in_ticket"_s, cookie(cookies.ticketName())}};
    QJsonObject used;
    for (const Route &route : routes) {
        for (const QString &scheme : schemesOf(route.access))
            used.insert(scheme, all.value(scheme));
    }
    return used;
}

QJsonObject schemas()
{
    QFile file(u":/warder/openapi/schemas.json"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject infoOfWarder()
{
    return {{u"title"_s, u"Warder"_s},
            {u"version"_s, QStringLiteral(WARDER_VERSION)},
            {u"license"_s, QJsonObject {{u"name"_s, u"GPL-3.0-or-later"_s}, {u"identifier"_s, u"GPL-3.0-or-later"_s}}},
            {u"description"_s,
             u"Accounts, sessions and tokens. Refusals have the shape that FastAPI's users know, with a code beside the detail. Beside "
             "what is listed, any route but those of health may answer 429 by a limit that whoever runs the server has made, and 403 to "
             "a network that is blocked."_s}};
}

QJsonArray tags()
{
    const auto tag = [](const QString &name, const QString &text) { return QJsonObject {{u"name"_s, name}, {u"description"_s, text}}; };
    return {tag(u"Sign in"_s, u"Sessions begin, go on and end."_s), tag(u"Account"_s, u"What the signed-in user may see and change."_s),
            tag(u"System"_s, u"Keys, health and numbers."_s)};
}

} // namespace

QByteArray openApiDescription(const QList<Route> &routes, const HttpOptions &options, const Cookies &cookies)
{
    QJsonObject paths;
    for (const Route &route : routes) {
        if (route.doc.operation.isEmpty())
            continue;
        const QString path = QString::fromUtf8(options.basePath + route.path);
        QJsonObject item = paths.value(path).toObject();
        item.insert(QString::fromLatin1(nameOf(route.method)).toLower(), operationOf(route));
        paths.insert(path, item);
    }
    // The paths hold the base path already, and the host is the one that the reader asked.
    const QJsonArray servers {QJsonObject {{u"url"_s, u"/"_s}}};
    return QJsonDocument(QJsonObject {{u"openapi"_s, u"3.1.0"_s},
                                      {u"info"_s, infoOfWarder()},
                                      {u"servers"_s, servers},
                                      {u"tags"_s, tags()},
                                      {u"paths"_s, paths},
                                      {u"components"_s, QJsonObject {{u"schemas"_s, schemas()},
                                                                     {u"securitySchemes"_s, securitySchemes(routes, options, cookies)}}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace warder
