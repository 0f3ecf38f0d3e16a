#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/api/FieldDoc.h"
#include "core/api/Lanes.h"
#include "core/base/Result.h"
#include "core/net/HttpMethod.h"

#include <functional>

namespace warder {

using Handler = std::function<Result<ApiResponse>(const Call &)>;

/// Looks at a request before its handler does, on lane outbound, where it may wait for another server: so no seat of the route's own lane
/// is held by one that is slow. What it refuses is answered; what it lets pass the handler judges anew. No more than advice: where that
/// lane is full, the request goes on unseen.
using Screening = std::function<Result<void>(const Call &)>;

/// Who may call.
enum class Access {
    Anyone,
    Pending, ///< The holder of the ticket of a sign-in that still lacks a factor; else 401. What changes something has Csrf::Origin.
    Session, ///< A good access token, by Bearer or cookie; else 401.
    Account, ///< The same, or by Bearer a token of a former backend (FormerTokens): only for what tells somebody who they are.
    Recent,  ///< The same, and its owner proved within HttpOptions::freshFor who they are (POST /reauthenticate); else 403.
    Client,  ///< A program with credentials of its own, by HTTP Basic; else 401. Csrf::Origin, too: browsers keep such credentials.
};

/// Whether such a row looks for a session by an access token.
constexpr bool wantsSession(Access access) { return access == Access::Session || access == Access::Account || access == Access::Recent; }

/// What the body may be.
enum class Body {
    None,     ///< Not read.
    Optional, ///< JSON, or nothing at all.
    Json,
    Beacon,     ///< Optional, and JSON may call itself text/plain: what navigator.sendBeacon() can send.
    JsonOrForm, ///< Also application/x-www-form-urlencoded, as OAuth2 password clients send it, or multipart/form-data.
    Form,       ///< application/x-www-form-urlencoded alone: what a page of somebody else makes a browser post.
};

/// What a request that a browser sends with our cookies must prove.
enum class Csrf {
    None,   ///< Changes nothing.
    Origin, ///< An allowed origin: what opens or renews a session (login CSRF).
    Token,  ///< The origin and the X-CSRF-Token of the session.
};

/// What /openapi.json says about a route beside what the columns say.
struct RouteDoc
{
    QString operation; ///< operationId
    QString summary;
    QString tag;
    QList<FieldDoc> fields = {}; ///< Of the body.
    QString answer = {};         ///< Name of the schema of a success; empty: no body.
    int success = 200;
    QList<int> refusals = {};   ///< Beside those that the columns imply.
    QList<int> empty = {};      ///< Further successes, which have no body.
    bool isStrict = false;      ///< Members that it does not name are refused.
    QList<FieldDoc> query = {}; ///< Empty: the query is not read.
};

/// One row of the public surface: everything that decides about a request stands in it.
struct Route
{
    HttpMethod method;
    QByteArray path; ///< "/orgs/{org}/members/{member}": a placeholder is a whole segment.
    Access access;
    Lane lane;
    Body body;
    Csrf csrf;
    QString limit; ///< The group by which rate-limit rules name it beside its path; empty: none.
    Handler handler;
    RouteDoc doc;
    QByteArray cacheControl = "no-store";
    Screening screening = {}; ///< Empty: none.
};

} // namespace warder
