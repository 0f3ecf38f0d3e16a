#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/tokens/VerifiedTokens.h"

#include <variant>

namespace warder {

struct Call;

/// The holder of the ticket of a sign-in that still lacks a factor: may finish that sign-in and nothing else.
struct PendingCaller
{
    Id userId;
    QByteArray signIn; ///< What PendingSignIns knows it by: no secret.
};

/// A program that is known by credentials of its own.
struct ClientCaller
{
    QString id;
};

/// Who has a token of a former backend, which belongs to no session.
struct FormerCaller
{
    Id userId;
};

/// Who a request speaks for, as its route's Access wants it: nobody, or one of these. A session's holder is a Principal.
using Caller = std::variant<std::monostate, PendingCaller, Principal, ClientCaller, FormerCaller>;

/// Checks credentials that the pipeline does not know itself: tickets of pending sign-ins, secrets of clients.
template <typename Who>
class CallerSource
{
public:
    virtual ~CallerSource() = default;

    /// NotAuthenticated where no credentials were brought, InvalidToken (of a client: InvalidCredentials) for any that are not good
    /// now. `call.fields` is there, but no caller yet. Called on an HTTP thread: may read the database, must not hash or wait.
    virtual Result<Who> callerOf(const Call &call) const = 0;
};

/// What a pipeline knows callers by, beside access tokens; all must outlive it.
struct CallerSources
{
    /// Null: the pipeline's own, which asks PendingSignIns.
    const CallerSource<PendingCaller> *pending = nullptr;
    /// Null: no route may ask for such a caller.
    const CallerSource<ClientCaller> *client = nullptr;
};

} // namespace warder
