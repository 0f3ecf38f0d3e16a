#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/sessions/Client.h"

namespace warder {

class AccountMails;
class Transaction;

/// Tells owners of sign-ins that do not look like theirs: with a kind of browser that the account has not signed in with yet, or from
/// a network that is none of its own (SignInAddresses::knowsNetworkOf()). Not of the first that is on record, and not in a browser that
/// proved to be theirs. A mail has a link that ends all sessions (SignInReports); whoever has as many of them as one may have
/// (mostOfUser()) gets no more, since a thief could void the first ones otherwise.
///
/// Joins the caller's job.
class NewDevices final
{
public:
    explicit NewDevices(AccountMails &mails) : m_mails(mails) {}

    /// One sign-in. Before SessionOpener notes its address. `isTrusted`: in a browser that needs no second factor for a while.
    Result<void> note(Transaction &transaction, const User &user, Id session, const Client &client, bool isTrusted, TimePoint now);

private:
    Result<void> tell(Transaction &transaction, const User &user, Id session, const Client &client, TimePoint now);

    AccountMails &m_mails;
};

} // namespace warder
