#pragma once

#include "core/accounts/AccountFaults.h"
#include "core/api/ApiContext.h"
#include "core/api/Call.h"
#include "core/api/FieldDoc.h"
#include "core/api/Route.h"
#include "core/credentials/PasswordPolicy.h"
#include "core/net/HttpMethod.h"

/// What the lists of routes are written with.
namespace warder::routes {

inline constexpr auto Get = HttpMethod::Get;
inline constexpr auto Post = HttpMethod::Post;
inline constexpr auto Patch = HttpMethod::Patch;
inline constexpr auto Delete = HttpMethod::Delete;

inline const FieldDoc email {.name = QStringLiteral("email"), .type = FieldType::Email};
inline const FieldDoc password {.name = QStringLiteral("password"), .type = FieldType::Password};
inline const FieldDoc name {.name = QStringLiteral("name"), .required = false, .maxLength = longestName};
inline const FieldDoc delivery {.name = QStringLiteral("token_delivery"),
                                .required = false,
                                .text = QStringLiteral("In the body, or as HttpOnly cookies."),
                                .choices = {QStringLiteral("body"), QStringLiteral("cookie")}};
inline const FieldDoc formerToken {.name = QStringLiteral("refresh_token"),
                                   .required = false,
                                   .text = QStringLiteral("Of a session that this one takes the place of; it ends. Or the cookies.")};

inline const FieldDoc code {.name = QStringLiteral("code"), .text = QStringLiteral("Six digits of the authenticator app.")};
inline const FieldDoc factorId {.name = QStringLiteral("id"), .text = QStringLiteral("Of the app that is being set up.")};

/// One of several that would do.
FieldDoc anyOf(FieldDoc field);
/// The rules for a new one; what was set under other rules still signs in.
FieldDoc newPassword(const QString &field, const PasswordPolicy &policy);
FieldDoc newEmail();

/// The context is the pipeline's, which outlives its routes.
Handler on(const ApiContext &api, Endpoint &endpoint);
/// Where new passwords are looked up among breached ones.
Screening breachesOf(const ApiContext &api, Result<void> (&screening)(const ApiContext &, const Call &));

} // namespace warder::routes
