#pragma once

#include "core/federation/Checked.h"
#include "core/federation/CodeExchange.h"
#include "core/federation/ForeignIdentity.h"
#include "core/federation/Provider.h"
#include "core/federation/ProviderCalls.h"
#include "core/federation/ProviderMetadata.h"

namespace warder {

/// Who somebody is, from what each kind of provider tells. Those that ask block for one or two answers.
namespace provider_profile {

/// From the claims of an id_token, and where that has no address from the userinfo endpoint, which must speak of the same subject (OpenID
/// Connect Core §5.3.2). `user`: AuthorizationResponse::user.
Checked<ForeignIdentity> ofIdToken(const Provider &provider, const ProviderMetadata &metadata, const QJsonObject &claims,
                                   const ProviderTokens &tokens, const QString &user, const ProviderCalls &calls);

/// From the API of one that has no id_token: GitHub's number of an account, with the address that is primary and verified; Discord's.
Checked<ForeignIdentity> ofApi(const Provider &provider, const ProviderMetadata &metadata, const ProviderTokens &tokens,
                               const ProviderCalls &calls);

/// Whether the address in these claims is verified by one whose word counts. Some send the text "true". Google's word counts for addresses
/// that it gives out itself: of gmail.com, and of its customers' domains (`hd`); others it saw once, and they may be somebody else's by
/// now. Microsoft's counts for none: the admin of a directory writes there what they like. Pure.
bool isEmailVerified(ProviderKind kind, const QJsonObject &claims);

/// "Ann Ä" of what Apple posts beside the code; empty for anything else. Pure.
QString nameIn(const QString &user);

} // namespace provider_profile
} // namespace warder
