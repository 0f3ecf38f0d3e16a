#pragma once

#include "core/http/HttpRequest.h"

class QHttpServerRequest;

namespace warder {

/// Copies what QHttpServer parsed out of a re-spelled request, and takes the gate's own fields off it.
HttpRequest toHttpRequest(const QHttpServerRequest &asked, int httpThread);

} // namespace warder
