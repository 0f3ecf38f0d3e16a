#pragma once

#include "core/api/ApiContext.h"
#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/api/body/Fields.h"
#include "core/signin/FederatedSignIn.h"

namespace warder {

/// Where browsers are sent that reach this server themselves. Any thread.

/// `redirect_to` of a body or a query: a path of the site that asks, "/" where there is none. A fault is noted for what other programs
/// could take for another site's (RFC 9700 §4.11): no path, two slashes or a backslash at its start, more than 2000 characters, what is not
/// printable.
QString redirectFrom(Fields &fields);

/// This server's own callback for a provider; empty where it does not know what it is called.
QString ownCallback(const ApiContext &api, const QString &provider);

/// NotConfigured where there is no frontend to send anybody to. For the beginning: a session that nobody is told of helps nobody.
Result<void> checkFrontend(const ApiContext &api);

/// To the frontend's sign-in page, which says what is wrong (`error`) and may go on to where the browser was to go.
ApiResponse toLogin(const ApiContext &api, const Error &error, const QString &redirectTo);

/// To where it was to go, with the cookies of its session; to the sign-in page where a second factor is still to come.
ApiResponse toFrontend(const ApiContext &api, const Call &call, const FederatedOutcome &outcome);

} // namespace warder
