#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/HttpOptions.h"
#include "core/api/RouteTable.h"
#include "core/base/Result.h"

namespace warder {

struct Exchange;
struct HttpRequest;
struct RequestHead;

/// The rows of a table below http.base_path. Immutable; any thread.
class RouteFinder final
{
public:
    /// Both must outlive this.
    RouteFinder(const RouteTable &table, const HttpOptions &options) : m_table(table), m_options(options) {}

    /// Notes the row, what stood for its placeholders, and the path without http.base_path. RouteNotFound; MethodNotAllowed but for
    /// OPTIONS.
    Result<void> find(Exchange &exchange, const HttpRequest &request) const;

    /// The answer to what find() refused: leads to the other spelling of its path, with or without a slash at the end, where that has
    /// a row; else `refusal`.
    Result<ApiResponse> redirectOr(const Error &refusal, const HttpRequest &request) const;

    /// The most bytes a body may have, by the row that it would find: little for a row that reads none, or a token at most.
    qint64 bodyLimit(const RequestHead &head) const;

private:
    const RouteTable &m_table;
    const HttpOptions &m_options;
};

} // namespace warder
