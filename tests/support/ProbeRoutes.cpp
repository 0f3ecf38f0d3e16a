#include "tests/support/ProbeRoutes.h"

#include "core/api/OpenApi.h"
#include "core/api/body/Fields.h"
#include "core/api/filters/Authorization.h"
#include "tests/support/SchemaCheck.h"

#include <QTest>

#include <variant>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

constexpr auto Get = HttpMethod::Get;
constexpr auto Post = HttpMethod::Post;

RouteDoc docOf(const QString &operation) { return {.operation = operation, .summary = operation, .tag = u"Probe"_s}; }

/// Who the pipeline says it is.
Result<ApiResponse> tellCaller(const Call &call)
{
    QJsonObject answer {{u"kind"_s, qint64(call.caller.index())}};
    if (const auto *pending = std::get_if<PendingCaller>(&call.caller))
        answer.insert("user"_L1, pending->userId.toString());
    if (const auto *session = std::get_if<Principal>(&call.caller))
        answer.insert("email"_L1, session->email);
    if (const auto *client = std::get_if<ClientCaller>(&call.caller))
        answer.insert("client"_L1, client->id);
    return ApiResponse::json(200, answer);
}

Result<ApiResponse> tellPath(const Call &call)
{
    return ApiResponse::json(200, {{u"org"_s, call.inPath("org")}, {u"member"_s, call.inPath("member")}});
}

/// What the fields hold, read by their descriptions.
Result<ApiResponse> echo(Fields fields)
{
    QJsonObject answer;
    for (const FieldDoc &field : probeFields()) {
        std::optional<QJsonValue> value;
        switch (field.type) {
        case FieldType::Text:
        case FieldType::Email:
        case FieldType::Password: value = fields.text(field); break;
        case FieldType::Integer:  value = fields.integer(field); break;
        case FieldType::Boolean:  value = fields.boolean(field); break;
        case FieldType::TextList: value = fields.texts(field).transform(QJsonArray::fromStringList); break;
        case FieldType::Object:   value = fields.object(field); break;
        }
        if (value)
            answer.insert(field.name, *value);
    }
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return ApiResponse::json(200, answer);
}

Result<ApiResponse> redirect(const Call &call)
{
    Fields query = Fields::ofQuery(call.query);
    const auto status = query.integer({.name = u"status"_s, .type = FieldType::Integer});
    const QString to = query.required("to"_L1);
    if (const auto error = query.refusal())
        return std::unexpected(*error);
    return ApiResponse::redirect(int(*status), to.toUtf8());
}

/// The pattern of the description that a path is asked by.
QString patternOf(const QByteArray &path)
{
    const QByteArrayList steps = path.split('?').first().split('/');
    if (steps.value(2) != "orgs" || steps.size() < 5)
        return QString::fromLatin1(path.split('?').first());
    const QString start = u"/probe/orgs/{org}/members"_s;
    return steps.size() == 5 ? start : start + (steps[5] == "me" ? u"/me"_s : u"/{member}"_s);
}

} // namespace

Result<PendingCaller> PendingProbe::callerOf(const Call &call) const
{
    const QByteArray inBody = call.fields.value("mfa_token"_L1).toString().toUtf8();
    const QByteArray ticket = inBody.isEmpty() ? call.cookies.value("__Host-warder_mfa") : inBody;
    if (ticket.isEmpty())
        return refused(ErrorCode::NotAuthenticated);
    return ticket == goodTicket ? Result<PendingCaller>(PendingCaller {}) : refused(ErrorCode::InvalidToken);
}

Result<ClientCaller> ClientProbe::callerOf(const Call &call) const
{
    if (!call.headers.contains(QHttpHeaders::WellKnownHeader::Authorization))
        return refused(ErrorCode::NotAuthenticated);
    const auto given = basicOf(call.headers);
    const bool isGood = given && given->id == probeClient && given->secret == probeSecret;
    return isGood ? Result<ClientCaller>(ClientCaller {.id = given->id}) : refused(ErrorCode::InvalidCredentials);
}

QList<FieldDoc> probeFields()
{
    return {{.name = u"word"_s, .required = false, .minLength = 2, .maxLength = 5},
            {.name = u"kind"_s, .required = false, .choices = {u"a"_s, u"b"_s}},
            {.name = u"count"_s, .type = FieldType::Integer, .required = true, .minimum = 1, .maximum = 100},
            {.name = u"any"_s, .type = FieldType::Integer, .required = false},
            {.name = u"flag"_s, .type = FieldType::Boolean, .required = false},
            {.name = u"names"_s, .type = FieldType::TextList, .required = false, .minLength = 1, .maxLength = 3},
            {.name = u"credential"_s, .type = FieldType::Object, .required = false},
            {.name = u"new_password"_s, .type = FieldType::Password, .required = false, .minLength = 8},
            {.name = u"mfa_token"_s, .required = false, .maxLength = 5},
            {.name = u"pin"_s, .type = FieldType::Integer, .required = false, .maximum = 9}};
}

QList<Route> ProbeRoutes::routes()
{
    const QList<FieldDoc> target {{.name = u"status"_s, .type = FieldType::Integer}, {.name = u"to"_s}};
    const QList<FieldDoc> ticket {{.name = u"mfa_token"_s, .required = false}};
    RouteDoc fields = docOf(u"fields"_s);
    fields.fields = probeFields();
    RouteDoc query = docOf(u"query"_s);
    query.query = probeFields();
    RouteDoc pending = docOf(u"pending"_s);
    pending.fields = ticket;
    RouteDoc away = docOf(u"redirect"_s);
    away.query = target;
    const Handler slow = [this](const Call &) -> Result<ApiResponse> {
        m_goOn.acquire();
        return ApiResponse::noContent();
    };
    const Handler tellBody = [](const Call &call) {
        return echo(Fields(call.fields, call.header("Content-Type").startsWith("application/x-www-form-urlencoded"_L1)));
    };
    const Handler echoQuery = [](const Call &call) { return echo(Fields::ofQuery(call.query)); };
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/probe/anyone", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellCaller, docOf(u"anyone"_s)},
        {Post, "/probe/pending", Access::Pending, Lane::Inline, Body::Optional, Csrf::Origin, {}, tellCaller, pending},
        {Get, "/probe/session", Access::Session, Lane::Inline, Body::None, Csrf::None, {}, tellCaller, docOf(u"session"_s)},
        {Post, "/probe/recent", Access::Recent, Lane::Inline, Body::None, Csrf::Token, {}, tellCaller, docOf(u"recent"_s)},
        {Post, "/probe/client", Access::Client, Lane::Inline, Body::None, Csrf::Origin, {}, tellCaller, docOf(u"client"_s)},
        {Post, "/probe/fields", Access::Anyone, Lane::Inline, Body::JsonOrForm, Csrf::None, {}, tellBody, fields},
        {Get, "/probe/query", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, echoQuery, query},
        {Get, "/probe/redirect", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, redirect, away, "public, max-age=300"},
        {Get, "/probe/orgs/{org}/members", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellPath, docOf(u"members"_s)},
        {Get, "/probe/orgs/{org}/members/{member}", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellPath, docOf(u"member"_s)},
        {HttpMethod::Delete, "/probe/orgs/{org}/members/{member}", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellPath,
         docOf(u"leave"_s)},
        {Get, "/probe/orgs/{org}/members/me", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellCaller, docOf(u"own"_s)},
        {Get, "/probe/outbound", Access::Anyone, Lane::Outbound, Body::None, Csrf::None, {}, slow, docOf(u"outbound"_s)},
        {Get, "/probe/light", Access::Anyone, Lane::Light, Body::None, Csrf::None, {}, tellCaller, docOf(u"light"_s)},
    };
    // clang-format on
}

ApiOptions ProbeRoutes::options()
{
    ApiOptions options;
    options.lanes = {.outboundThreads = 2, .outboundQueue = 1};
    options.callers = {.pending = &m_pending, .client = &m_clients};
    options.routes = [this](const ApiContext &api) {
        const QList<Route> probes = routes();
        const QByteArray description = openApiDescription(probes, api.options, api.cookies);
        const Handler describe = [description](const Call &) -> Result<ApiResponse> {
            return ApiResponse::bytes("application/json", description);
        };
        return publicRoutes(api) + probes
               + QList<Route> {{Get, "/probe/openapi.json", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, describe, {}}};
    };
    return options;
}

ProbeServer::ProbeServer() : m_server(m_routes.options()), m_description(m_server.client().get("/probe/openapi.json").json()) {}

ClientResponse ProbeServer::ask(const QByteArray &request, const QByteArrayList &headers, const QByteArray &body) const
{
    const QByteArray method = request.split(' ').first();
    const QByteArray path = request.sliced(method.size() + 1);
    const auto answer = m_server.client().ask(method, path, headers, body);
    const QJsonValue responses = m_description["paths"_L1][patternOf(path)][QString::fromLatin1(method.toLower())]["responses"_L1];
    const QJsonValue response = responses[QString::number(answer.status())];
    const bool isOfTheRoute = answer.status() / 100 != 3 && !QList {400, 404, 405}.contains(answer.status());
    if (isOfTheRoute && responses.isObject()) {
        if (!response.isObject())
            QTest::qFail(qPrintable(u"%1 of %2 is not described"_s.arg(answer.status()).arg(QString::fromLatin1(request))), __FILE__,
                         __LINE__);
        const QJsonValue schema = response["content"_L1]["application/json"_L1]["schema"_L1];
        if (schema.isObject() && schemaFault(m_description, schema.toObject(), answer.json()) != QString())
            QTest::qFail(qPrintable(schemaFault(m_description, schema.toObject(), answer.json())), __FILE__, __LINE__);
    }
    return answer;
}

} // namespace warder::test
