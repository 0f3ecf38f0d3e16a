#pragma once

#include "core/api/Call.h"
#include "core/base/Clock.h"

namespace warder {

struct HttpRequest;

/// What a request says before its route is known: all of a Call but placeholders, body, query and caller; its path is whole. Takes the
/// header fields out of `request`. Pure but for the id of who brings none of their own; any thread.
Call readCall(HttpRequest &request, TimePoint now);

} // namespace warder
