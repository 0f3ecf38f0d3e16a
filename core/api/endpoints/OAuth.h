#pragma once

#include "core/api/ApiContext.h"
#include "core/api/FieldDoc.h"

namespace warder {

/// What routes below /oauth ask for, in a body or in a query.
namespace oauth_fields {
const FieldDoc &link();
const FieldDoc &code();
const FieldDoc &state();
const FieldDoc &issuer();
const FieldDoc &error();
const FieldDoc &user();
} // namespace oauth_fields

/// Sign-ins by providers, for an app that talks to the browser itself: it sends people to a provider, and hands over what they bring back.
Endpoint providersEndpoint;
Endpoint startOAuthEndpoint;
Endpoint finishOAuthEndpoint;

/// The same for browsers that reach this server themselves. They are answered by redirects, errors among them.
Endpoint authorizeEndpoint;
Endpoint callbackEndpoint;
Endpoint postedCallbackEndpoint; ///< What a provider makes a browser post (form_post): the browser asks again, with its cookies.

} // namespace warder
