#pragma once

#include "core/api/ApiContext.h"
#include "core/api/ApiResponse.h"
#include "core/base/Result.h"

namespace warder {

class AddressWatch;
struct Exchange;

/// What stays of requests: the counts, the log's line, the refusals for whoever asks why, and what sign-ins tell limiter and address watch.
/// Any thread; waits for nothing.
class RequestRecord final
{
public:
    /// Both must outlive this.
    RequestRecord(const ApiContext &api, AddressWatch &watch) : m_api(api), m_watch(watch) {}

    /// What a request meant that the limiter let through: to the record of *What if*, and to the watch over addresses.
    void noteOutcome(const Exchange &exchange, const Result<ApiResponse> &result) const;

    /// `refusal`: of what the answer tells; null for a success. Call before the answer goes out: who has one finds it counted.
    void noteAnswer(const Exchange &exchange, int status, const Error *refusal) const;

    /// The gate answered by itself: counted among the requests, although no route ever saw it.
    void noteRefusal(int status) const;

private:
    void remember(const Exchange &exchange, int status, const Error &refusal) const;

    const ApiContext &m_api;
    AddressWatch &m_watch;
};

} // namespace warder
