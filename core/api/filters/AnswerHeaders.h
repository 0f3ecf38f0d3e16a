#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/HttpOptions.h"
#include "core/api/filters/Cookies.h"
#include "core/api/filters/Origins.h"

namespace warder {

struct Asker;
struct Exchange;

/// What answers say beside what their endpoints do: id, safety, CORS, caching, limits, and what a refusal's status asks for. Immutable; any
/// thread.
class AnswerHeaders final
{
public:
    /// All must outlive this.
    AnswerHeaders(const HttpOptions &options, const Origins &origins, const Cookies &cookies)
        : m_options(options), m_origins(origins), m_cookies(cookies)
    {}

    /// `refusal`: of what `response` tells; null for a success.
    void addTo(ApiResponse &response, const Exchange &exchange, const Error *refusal) const;

    /// Of a refusal by the gate: see HttpHandler::refusalHeaders().
    QHttpHeaders ofGate(const Asker &asker, bool secure) const;

private:
    void addRefusalTo(ApiResponse &response, const Exchange &exchange, const Error &refusal) const;
    void addTransportTo(QHttpHeaders &headers, QByteArrayView host, bool secure) const;

    const HttpOptions &m_options;
    const Origins &m_origins;
    const Cookies &m_cookies;
};

} // namespace warder
