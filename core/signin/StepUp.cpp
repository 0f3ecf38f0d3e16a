#include "core/signin/StepUp.h"

#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Sessions.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/FactorThrottle.h"
#include "core/signin/SignIn.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

AuditEvent eventOf(const Principal &who, const Client &client, QLatin1StringView type, TimePoint now)
{
    return {
        .at = now, .type = type, .actor = u"user"_s, .subject = who.userId, .session = who.sessionId, .address = client.address.toString()};
}

/// A passkey is asked for by one session, and good for that.
PasskeyCeremony ceremonyOf(const Principal &who)
{
    return {.purpose = ChallengePurpose::Reauthentication, .user = who.userId, .session = who.sessionId};
}

bool isWrong(const Error &error) { return error.code == ErrorCode::InvalidCredentials || error.code == ErrorCode::InvalidInput; }

} // namespace

StepUp::StepUp(Database &database, Passwords &passwords, Passkeys &passkeys, const FactorVerifier &verifier, FactorThrottle &throttle,
               Sessions &sessions, FactorChanges &changes)
    : m_database(database), m_passwords(passwords), m_passkeys(passkeys), m_verifier(verifier), m_throttle(throttle), m_sessions(sessions),
      m_changes(changes)
{}

Result<QStringList> StepUp::methodsOf(Id user) const
{
    const auto password = PasswordStore::find(m_database.reader(), user);
    if (!password)
        return refused(password);
    return m_verifier.methodsOf(m_database.reader(), user).transform([&](const QStringList &factors) {
        return (*password ? QStringList {passwordMethod.name} : QStringList()) + factors;
    });
}

Result<PasskeyOptions> StepUp::beginPasskey(const Principal &who, TimePoint now) { return m_passkeys.begin(ceremonyOf(who), now); }

Result<void> StepUp::confirm(const Principal &who, const StepUpProof &proof, const Client &client, TimePoint now)
{
    const auto attempt = [&] { return look(who, proof, client, now); };
    const auto wrong = [&](qint64 inARow) {
        if (inARow == FactorThrottle::severalWrong)
            m_changes.warnOfGuesses(who.userId, u"code"_s, client, now);
    };
    return std::holds_alternative<TotpProof>(proof) ? m_throttle.guard(who.userId, now, attempt, wrong) : attempt();
}

Result<void> StepUp::look(const Principal &who, const StepUpProof &proof, const Client &client, TimePoint now)
{
    const auto proven = std::visit([&](const auto &given) { return prove(who, given, client, now); }, proof);
    AuditEvent event = eventOf(who, client, audit::reauthenticated, now);
    const auto written = proven.and_then([&](const Proven &right) {
        event.details = {{u"method"_s, right.method}};
        return m_database.write([&](Transaction &transaction) {
            return right.use(transaction)
                .and_then([&] { return m_sessions.prove(transaction, who.sessionId, right.amr, now); })
                .and_then([&] { return AuditStore::append(transaction, event); });
        });
    });
    if (!written && isWrong(written.error()))
        AuditStore::record(m_database, {eventOf(who, client, audit::reauthenticationFailed, now)});
    return written;
}

Result<StepUp::Proven> StepUp::prove(const Principal &who, const PasswordProof &proof, const Client &, TimePoint now) const
{
    const auto right = m_passwords.check(who.userId, proof.password);
    if (!right)
        return refused(right);
    return Proven {.method = passwordMethod.name, .amr = passwordMethod.amr, .use = [this, right = *right, now](Transaction &transaction) {
                       return m_passwords.noteUse(transaction, right, now);
                   }};
}

Result<StepUp::Proven> StepUp::prove(const Principal &who, const TotpProof &proof, const Client &client, TimePoint now) const
{
    return provenBy(m_verifier.verify(ceremonyOf(who), proof, client, now), u"code"_s);
}

Result<StepUp::Proven> StepUp::prove(const Principal &who, const PasskeyProof &proof, const Client &client, TimePoint now) const
{
    return provenBy(m_verifier.verify(ceremonyOf(who), proof, client, now), u"credential"_s);
}

Result<StepUp::Proven> StepUp::provenBy(const Result<std::optional<VerifiedFactor>> &verified, const QString &field)
{
    if (!verified)
        return refused(verified);
    if (!*verified)
        return wrongProof(field);
    return Proven {.method = (*verified)->name,
                   .amr = (*verified)->amr,
                   .use = [field, spend = (*verified)->spend](Transaction &transaction) -> Result<void> {
                       const auto spent = spend(transaction);
                       if (!spent)
                           return refused(spent);
                       return *spent ? Result<void>() : wrongProof(field);
                   }};
}

} // namespace warder
