#include "core/signin/FactorChanges.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/RecoveryCodeStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/credentials/WaysIn.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountMails.h"
#include "core/signin/FactorVerifier.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

AuditEvent eventOf(QLatin1StringView type, Id user, const QString &actor, TimePoint now, const QJsonObject &details = {})
{
    return {.at = now, .type = type, .actor = actor, .subject = user, .details = details};
}

QJsonObject detailsOf(const FactorsReset &reset)
{
    return {{u"totp"_s, reset.totp},
            {u"passkeys"_s, reset.passkeys},
            {u"recovery_codes"_s, reset.recoveryCodes},
            {u"trusted_devices"_s, reset.trustedDevices}};
}

/// What a mail calls one: what its owner calls it, if they do.
QJsonObject namedFactor(const QString &what, const QString &name) { return name.isEmpty() ? QJsonObject() : QJsonObject {{what, name}}; }

Result<QString> nameOfApp(Transaction &transaction, Id user, Id factor)
{
    return TotpStore::findByUser(transaction, user).transform([factor](const QList<TotpStore::Stored> &apps) {
        const auto found = std::ranges::find(apps, factor, [](const TotpStore::Stored &app) { return app.factor.id; });
        return found == apps.end() ? QString() : found->factor.name;
    });
}

/// Whether passkeys may go with a reset: a way to sign in is left.
bool isAnotherLeft(const QStringList &ways) { return ways.contains("password"_L1) || ways.contains("provider"_L1); }

/// Of the factors, in the caller's transaction.
Result<void> removeAll(Transaction &transaction, Id user, bool withPasskeys)
{
    return TotpStore::removeByUser(transaction, user)
        .and_then([&](qint64) { return RecoveryCodeStore::removeByUser(transaction, user); })
        .and_then([&](qint64) { return withPasskeys ? PasskeyStore::removeByUser(transaction, user) : Result<qint64>(0); })
        .transform([](qint64) {});
}

} // namespace

FactorChanges::FactorChanges(Database &database, Accounts &accounts, Sessions &sessions, TotpFactors &totp, RecoveryCodes &codes,
                             Passkeys &passkeys, const WaysIn &waysIn, const FactorVerifier &verifier, FactorThrottle &throttle,
                             AccountMails &mails, FactorPolicy policy)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_totp(totp), m_codes(codes), m_passkeys(passkeys),
      m_waysIn(waysIn), m_verifier(verifier), m_throttle(throttle), m_mails(mails), m_policy(std::move(policy))
{}

/// An account that is gone takes its tokens with it.
Result<User> FactorChanges::ownerOf(Id user) const
{
    auto owner = m_accounts.findById(user);
    if (!owner && owner.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::InvalidToken, u"the account is gone"_s);
    return owner;
}

/// Whatever a change of factors is, it does this as well.
Result<void> FactorChanges::changed(Transaction &transaction, Id user, TimePoint now, const std::function<Result<void>()> &write)
{
    return m_accounts.change(transaction, user, now, write)
        .and_then([&](const User &) { return TrustedDevices::forgetAll(transaction, user); })
        .and_then([&](qint64) { return Challenges::removeSignIns(transaction, user); });
}

Result<FactorOverview> FactorChanges::overview(Id user, TimePoint now) const
{
    const auto owner = ownerOf(user);
    if (!owner)
        return refused(owner);
    const auto totp = m_totp.findByUser(user);
    if (!totp)
        return refused(totp);
    const auto ways = m_waysIn.of(m_database.reader(), user);
    if (!ways)
        return refused(ways);
    return FactorStore::count(m_database.reader(), user, now).transform([&](const FactorCounts &counts) {
        return FactorOverview {.isEnabled = !totp->isEmpty(),
                               .isRequired = m_policy.isRequiredOf(*owner),
                               .passkeysStay = !isAnotherLeft(*ways),
                               .totp = *totp,
                               .counts = counts};
    });
}

/// Who is signing in has none yet.
Result<void> FactorChanges::checkSession(Transaction &transaction, std::optional<Id> session, TimePoint now) const
{
    return session ? m_sessions.checkLive(transaction, *session, now) : Result<void>();
}

Result<NewTotp> FactorChanges::beginTotp(Id user, const QString &name, std::optional<Id> session, TimePoint now)
{
    const auto check = [&](Transaction &transaction) { return checkSession(transaction, session, now); };
    return ownerOf(user).and_then([&](const User &owner) { return m_totp.begin(owner, name, now, check); });
}

Result<std::optional<FreshRecoveryCodes>> FactorChanges::codesForFirst(Id user, TimePoint now)
{
    const auto counts = FactorStore::count(m_database.reader(), user, now);
    if (!counts)
        return refused(counts);
    if (counts->totp > 0)
        return std::nullopt;
    return m_codes.prepare(user).transform([](FreshRecoveryCodes fresh) { return std::optional(std::move(fresh)); });
}

Result<void> FactorChanges::addTotp(Transaction &transaction, Id user, const MatchedCode &code,
                                    const std::optional<FreshRecoveryCodes> &fresh, std::optional<Id> keep, TimePoint now)
{
    const AuditEvent event = eventOf(audit::factorAdded, user, u"user"_s, now, {{u"kind"_s, u"totp"_s}, {u"id"_s, code.factor.toString()}});
    return changed(transaction, user, now, [&] { return TotpFactors::confirm(transaction, user, code, now); })
        .and_then([&] { return fresh ? RecoveryCodes::store(transaction, user, *fresh) : Result<void>(); })
        .and_then([&] { return AuditStore::append(transaction, event); })
        .and_then([&] { return m_sessions.endAll(transaction, user, SessionEnd::FactorsChanged, u"user"_s, now, keep); })
        .and_then([&] { return nameOfApp(transaction, user, code.factor); })
        .and_then([&](const QString &name) { return tell(transaction, user, MailKind::FactorAdded, namedFactor(u"factor"_s, name), now); });
}

Result<void> FactorChanges::tell(Transaction &transaction, Id user, MailKind kind, const QJsonObject &values, TimePoint now)
{
    return m_accounts.findWithin(transaction, user).and_then([&](const User &owner) {
        return m_mails.notify(transaction, owner, kind, now, values);
    });
}

Result<QStringList> FactorChanges::confirmTotp(Id user, Id factor, QStringView code, Id keep, TimePoint now)
{
    const auto matched = m_totp.matchNew(user, factor, code, now);
    if (!matched)
        return refused(matched);
    if (!*matched)
        return wrongProof(u"code"_s);
    const auto fresh = codesForFirst(user, now);
    if (!fresh)
        return refused(fresh);
    const auto added = m_database.write([&](Transaction &transaction) {
        return m_sessions.checkLive(transaction, keep, now).and_then([&] {
            return addTotp(transaction, user, **matched, *fresh, keep, now);
        });
    });
    if (!added)
        return refused(added);
    return *fresh ? (*fresh)->codes : QStringList();
}

/// After a removal, in its transaction: what the settings demand is still there.
Result<void> FactorChanges::checkDemand(Transaction &transaction, const User &owner) const
{
    if (!m_policy.isRequiredOf(owner))
        return {};
    return m_verifier.methodsOf(transaction, owner.id).and_then([](const QStringList &left) -> Result<void> {
        if (!left.isEmpty())
            return {};
        return std::unexpected(Error {.code = ErrorCode::Conflict,
                                      .detail = u"the last factor, and mfa.required demands one"_s,
                                      .text = u"Two-factor authentication is required here: add another factor first"_s});
    });
}

Result<void> FactorChanges::removeTotp(Id user, Id factor, std::optional<Id> session, TimePoint now)
{
    const auto owner = ownerOf(user);
    if (!owner)
        return refused(owner);
    const AuditEvent event = eventOf(audit::factorRemoved, user, u"user"_s, now, {{u"kind"_s, u"totp"_s}, {u"id"_s, factor.toString()}});
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto live = checkSession(transaction, session, now); !live)
            return live;
        const auto name = nameOfApp(transaction, user, factor);
        if (!name)
            return refused(name);
        const auto removed = changed(transaction, user, now, [&] { return TotpFactors::remove(transaction, user, factor); }).and_then([&] {
            return checkDemand(transaction, *owner);
        });
        if (!removed)
            return removed;
        const auto apps = TotpStore::countByUser(transaction, user);
        if (!apps)
            return refused(apps);
        return (*apps == 0 ? removeAll(transaction, user, false) : Result<void>())
            .and_then([&] { return AuditStore::append(transaction, event); })
            .and_then([&] { return m_mails.notify(transaction, *owner, MailKind::FactorRemoved, now, namedFactor(u"factor"_s, *name)); });
    });
}

Result<Passkey> FactorChanges::addPasskey(const PasskeyCeremony &ceremony, const RegistrationResponse &response, const QString &name,
                                          TimePoint now)
{
    const Id user = ceremony.user.value_or(Id {});
    return m_passkeys.add(ceremony, response, name, now, [&](Transaction &transaction) {
        return checkSession(transaction, ceremony.session, now).and_then([&] {
            return tell(transaction, user, MailKind::PasskeyAdded, namedFactor(u"passkey"_s, tidyName(name)), now);
        });
    });
}

Result<void> FactorChanges::removePasskey(Id user, Id passkey, std::optional<Id> session, TimePoint now)
{
    const auto owner = ownerOf(user);
    if (!owner)
        return refused(owner);
    return m_database.write([&](Transaction &transaction) {
        QString name;
        const auto remove = [&] {
            return m_passkeys.remove(transaction, user, passkey, now).transform([&](const Passkey &gone) { name = gone.name; });
        };
        const auto guarded = [&] { return m_waysIn.guard(transaction, user, remove); };
        return checkSession(transaction, session, now)
            .and_then([&] { return changed(transaction, user, now, guarded); })
            .and_then([&] { return checkDemand(transaction, *owner); })
            .and_then([&] { return m_mails.notify(transaction, *owner, MailKind::PasskeyRemoved, now, namedFactor(u"passkey"_s, name)); });
    });
}

Result<QStringList> FactorChanges::renewRecoveryCodes(Id user, std::optional<Id> session, TimePoint now)
{
    const auto fresh = m_codes.prepare(user);
    if (!fresh)
        return refused(fresh);
    const auto stored = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto live = checkSession(transaction, session, now); !live)
            return live;
        const auto apps = TotpStore::countByUser(transaction, user);
        if (!apps)
            return refused(apps);
        if (*apps == 0)
            return std::unexpected(Error {.code = ErrorCode::Conflict,
                                          .detail = u"no app that codes could stand in for"_s,
                                          .text = u"Set up an authenticator app first"_s});
        return RecoveryCodes::store(transaction, user, *fresh)
            .and_then([&] { return Challenges::removeSignIns(transaction, user); })
            .and_then([&] { return AuditStore::append(transaction, eventOf(audit::recoveryCodesRenewed, user, u"user"_s, now)); })
            .and_then([&] { return tell(transaction, user, MailKind::RecoveryCodesRenewed, {}, now); });
    });
    if (!stored)
        return refused(stored);
    return fresh->codes;
}

/// Of what an admin took away; which ones they were is known to their owner.
Result<void> FactorChanges::tellReset(Transaction &transaction, const User &owner, const FactorsReset &gone, TimePoint now)
{
    return (gone.totp > 0 ? m_mails.notify(transaction, owner, MailKind::FactorRemoved, now) : Result<void>()).and_then([&] {
        return gone.passkeys > 0 ? m_mails.notify(transaction, owner, MailKind::PasskeyRemoved, now) : Result<void>();
    });
}

/// The answer is "wrong" whether that works or not.
void FactorChanges::warnOfGuesses(Id user, const QString &field, const Client &client, TimePoint now)
{
    AuditEvent event = eventOf(audit::factorGuessed, user, u"user"_s, now, {{u"field"_s, field}});
    event.address = client.address.toString();
    AuditStore::record(m_database, {event});
    const auto warned =
        m_database.write([&](Transaction &transaction) { return tell(transaction, user, MailKind::SecondFactorGuessed, {}, now); });
    if (!warned)
        log(LogLevel::Warning, "mail_not_queued"_L1,
            {{"kind"_L1, nameOf(MailKind::SecondFactorGuessed)}, {"why"_L1, warned.error().detail}});
}

Result<void> FactorChanges::forgetDevices(Id user, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto forgotten = TrustedDevices::forgetAll(transaction, user);
        if (!forgotten || *forgotten == 0)
            return forgotten.transform([](qint64) {});
        return AuditStore::append(transaction,
                                  eventOf(audit::devicesForgotten, user, u"user"_s, now, {{u"trusted_devices"_s, *forgotten}}));
    });
}

Result<FactorsReset> FactorChanges::reset(Id user, const QString &actor, TimePoint now, std::optional<qint64> seen)
{
    const auto done = m_database.write([&](Transaction &transaction) -> Result<FactorsReset> {
        const auto owner = m_accounts.findWithin(transaction, user);
        if (!owner)
            return refused(owner);
        const auto counts = FactorStore::count(transaction, user, now);
        if (!counts)
            return refused(counts);
        const auto ways = m_waysIn.of(transaction, user);
        if (!ways)
            return refused(ways);
        const bool withPasskeys = isAnotherLeft(*ways);
        const FactorsReset gone {.totp = counts->totp,
                                 .passkeys = withPasskeys ? counts->passkeys : 0,
                                 .recoveryCodes = counts->recoveryCodes,
                                 .trustedDevices = counts->trustedDevices};
        if (gone.totp + gone.passkeys + gone.recoveryCodes + gone.trustedDevices == 0)
            return gone;
        return m_sessions.checkNumber(transaction, user, seen, now)
            .and_then([&] { return changed(transaction, user, now, [&] { return removeAll(transaction, user, withPasskeys); }); })
            .and_then([&] { return AuditStore::append(transaction, eventOf(audit::factorsReset, user, actor, now, detailsOf(gone))); })
            .and_then([&] { return m_sessions.endAll(transaction, user, SessionEnd::FactorsChanged, actor, now); })
            .and_then([&] { return tellReset(transaction, *owner, gone, now); })
            .transform([&gone] { return gone; });
    });
    if (done)
        m_throttle.forget(user, now);
    return done;
}

} // namespace warder
