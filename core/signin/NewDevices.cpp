#include "core/signin/NewDevices.h"

#include "core/audit/AuditStore.h"
#include "core/base/Device.h"
#include "core/credentials/Challenges.h"
#include "core/signin/AccountMails.h"
#include "core/signin/SignInAddresses.h"
#include "core/signin/SignInDevices.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> NewDevices::note(Transaction &transaction, const User &user, Id session, const Client &client, bool isTrusted, TimePoint now)
{
    const QString device = deviceOf(client.userAgent);
    const auto known = SignInDevices::find(transaction, user.id, device);
    if (!known)
        return refused(known);
    const auto isNear = SignInAddresses::knowsNetworkOf(transaction, user.id, client.address);
    if (!isNear)
        return refused(isNear);
    const bool isStrange = known->isAny && !isTrusted && !(known->isThis && *isNear);
    return SignInDevices::note(transaction, user.id, device, now).and_then([&] {
        return isStrange ? tell(transaction, user, session, client, now) : Result<void>();
    });
}

Result<void> NewDevices::tell(Transaction &transaction, const User &user, Id session, const Client &client, TimePoint now)
{
    const QString device = deviceOf(client.userAgent);
    const QString address = client.address.toString();
    const AuditEvent event {.at = now,
                            .type = audit::newDeviceSeen,
                            .actor = u"user"_s,
                            .subject = user.id,
                            .session = session,
                            .address = address,
                            .details = {{u"device"_s, device}}};
    const auto links = Challenges::countByUser(transaction, user.id, ChallengePurpose::SignInReport, now);
    if (!links)
        return refused(links);
    return AuditStore::append(transaction, event).and_then([&] {
        return *links < mostOfUser(ChallengePurpose::SignInReport)
                   ? m_mails.sendLink(transaction, user,
                                      {.kind = MailKind::NewDevice,
                                       .values = {{u"device"_s, device}, {u"address"_s, address}},
                                       .data = {{u"session"_s, session.toString()}}},
                                      now)
                   : Result<void>();
    });
}

} // namespace warder
