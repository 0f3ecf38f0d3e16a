#include "core/api/filters/PendingCallers.h"

#include "core/api/Call.h"
#include "core/credentials/Challenges.h"
#include "core/signin/PendingSignIns.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray ofBody(const Call &call) { return call.fields.value("mfa_token"_L1).toString().toUtf8(); }

} // namespace

bool PendingCallers::isByCookie(const Call &call) { return ofBody(call).isEmpty(); }

Result<PendingCaller> PendingCallers::callerOf(const Call &call) const
{
    const QByteArray ticket = isByCookie(call) ? m_cookies.ticketOf(call) : ofBody(call);
    if (ticket.isEmpty())
        return refused(ErrorCode::NotAuthenticated);
    const auto signIn = Challenges::idOf(ticket);
    if (!signIn)
        return refused(ErrorCode::InvalidToken, u"not a ticket of a sign-in"_s);
    return m_signIns.ownerOf(*signIn, call.now).transform([&signIn](Id user) { return PendingCaller {.userId = user, .signIn = *signIn}; });
}

} // namespace warder
