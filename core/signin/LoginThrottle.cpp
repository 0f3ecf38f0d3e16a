#include "core/signin/LoginThrottle.h"

#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/alarms/AlarmStore.h"
#include "core/alarms/Alarms.h"
#include "core/audit/AuditStore.h"
#include "core/ratelimit/RateSubject.h"
#include "core/signin/KnownDevices.h"
#include "core/signin/SignInAddresses.h"
#include "core/signin/SignInListener.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

RaisedAlarm guessingAlarm(const BruteForce &seen, const std::optional<User> &user)
{
    return {.type = AlarmType::BruteForce,
            .about = nameOf(seen.sign),
            .at = seen.at,
            .count = std::max(seen.fromAddress, seen.atAccount),
            .address = seen.address,
            .email = user ? user->email : seen.account,
            .user = user ? user->id : Id {}};
}

} // namespace

LoginThrottle::LoginThrottle(Database &database, const Accounts &accounts, LoginBackoff &backoff, const KnownDevices &devices,
                             Alarms &alarms, SignInListener &listener)
    : m_database(database), m_accounts(accounts), m_backoff(backoff), m_devices(devices), m_alarms(alarms), m_listener(listener)
{}

LoginTry LoginThrottle::tryOf(const QString &email, const TriedFrom &from, TimePoint now) const
{
    const Id owner = m_accounts.ownerOf(email).value_or(Id {});
    const bool isKnown = SignInAddresses::contains(m_database.reader(), owner, from.address).value_or(false);
    return {.address = from.address,
            .account = EmailAddress::countedName(email),
            .knownAddress = isKnown,
            .device = m_devices.deviceOf(from.knownDevice, owner, now).value_or(QByteArray())};
}

void LoginThrottle::noteFailed(const LoginTry &one, TimePoint now)
{
    const LoginFailure failure = m_backoff.failed(one, now);
    if (const auto seen = m_guesses.failed(one.address, one.account, failure.inARow, failure.alarmAt, now))
        raise(*seen);
    if (failure.accounts > 0)
        raise(GuessWatch::stuffed(failure.network, failure.accounts, now));
}

void LoginThrottle::noteProven(const QString &email, const TriedFrom &from, TimePoint now)
{
    const LoginTry one = tryOf(email, from, now);
    m_backoff.succeeded(one, now);
    m_backoff.proven(one.account, now);
}

QByteArray LoginThrottle::deviceMark(const TriedFrom &from, Id user, TimePoint now) const
{
    return m_devices.noted(from.knownDevice, user, now);
}

std::optional<BruteForce> LoginThrottle::noteDenied(const QHostAddress &address, const QString &account, TimePoint now)
{
    return m_guesses.denied(address, account, now);
}

void LoginThrottle::noteExceeded(const QString &rule, const QHostAddress &address, const QString &account, TimePoint now)
{
    const QString from = countedAddressText(address);
    const QString who = account.left(longestAccountKey);
    m_alarms.note({.type = AlarmType::LimitExceeded, .about = rule, .at = now, .address = from, .email = who});
    m_listener.limitExceeded(rule, from, who, now);
}

void LoginThrottle::raise(const BruteForce &seen)
{
    const auto user = m_accounts.findByEmail(seen.account).value_or(std::nullopt);
    const RaisedAlarm alarm = guessingAlarm(seen, user);
    const auto recorded = m_database.write([&](Transaction &transaction) {
        return AuditStore::append(transaction, {.at = seen.at,
                                                .type = audit::bruteForce,
                                                .actor = u"system"_s,
                                                .subject = user ? std::optional(user->id) : std::nullopt,
                                                .address = seen.address,
                                                .details = {{u"email"_s, seen.account},
                                                            {u"sign"_s, nameOf(seen.sign)},
                                                            {u"denied_from_address"_s, seen.fromAddress},
                                                            {u"denied_at_account"_s, seen.atAccount}}})
            .and_then([&] { return AlarmStore::raise(transaction, alarm); });
    });
    if (!recorded)
        m_alarms.note(alarm); // until the database takes it
    log(LogLevel::Warning, "brute_force"_L1,
        {{"from"_L1, seen.address},
         {"sign"_L1, nameOf(seen.sign)},
         {"denied_from_address"_L1, seen.fromAddress},
         {"denied_at_account"_L1, seen.atAccount},
         {"recorded"_L1, recorded ? u"yes"_s : recorded.error().detail}});
    m_listener.bruteForceSeen(seen, user);
}

} // namespace warder
