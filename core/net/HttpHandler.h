#pragma once

#include "core/net/HttpRequest.h"
#include "core/net/PendingAnswer.h"

namespace warder {

struct Asker;
struct RequestHead;

/// What an HTTP thread hands a complete request to. All HTTP threads of a listener share
/// one and call it concurrently; it lives until the last of its requests is answered.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;

    /// Called on the HTTP thread `request.httpThread`; must not block. Answers now or later through `pending`, from any
    /// thread. An exception that escapes is logged and answered 500.
    virtual void handle(HttpRequest request, PendingAnswer pending) = 0;

    /// The gate answered a request itself, with this status. Called on an HTTP thread; must not throw.
    virtual void noteRefusal([[maybe_unused]] int status) {}

    /// A proxy of ours (an address, or "unix socket") does not say for whom it asks; `how` in words. Its clients then count as one. Told
    /// each time, on an HTTP thread; must not throw.
    virtual void noteHidingProxy([[maybe_unused]] const QString &proxy, [[maybe_unused]] const QString &how) {}

    /// What the gate's own refusal of a request says beside its status: `asker` as far as the head was read, perhaps not well-formed;
    /// `secure`: the connection has TLS. Called on an HTTP thread; must not throw.
    virtual QHttpHeaders refusalHeaders([[maybe_unused]] const Asker &asker, [[maybe_unused]] bool secure) const { return {}; }

    /// The most bytes a body of this request may have, asked before the first of them is read; `standard` is the
    /// listener's own limit. Called on an HTTP thread; must not throw.
    virtual qint64 bodyLimit([[maybe_unused]] const RequestHead &head, qint64 standard) const { return standard; }
};

} // namespace warder
