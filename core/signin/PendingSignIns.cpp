#include "core/signin/PendingSignIns.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "core/credentials/RecoveryCodeStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/signin/AccountMails.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/FactorVerifier.h"
#include "core/signin/SessionOpener.h"
#include "core/signin/SignIn.h"
#include "core/storage/Database.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto purpose = ChallengePurpose::SecondFactor;

// Members of a ticket's sealed data.
constexpr auto methodName = "method"_L1; // of the first proof, as sessions remember it
constexpr auto methodAmr = "amr"_L1;
constexpr auto passwordSetAt = "password_set_at"_L1; // milliseconds, of a password: the ticket is good for this one alone
constexpr auto provesEmail = "proves_email"_L1;
constexpr auto mustEnrol = "enrol"_L1;
constexpr auto formerSessions = "former"_L1;

QJsonObject dataOf(const FirstProof &proof, const MissingFactor &missing, const QList<Id> &former)
{
    QJsonArray sessions;
    for (const Id &session : former)
        sessions.append(session.toString());
    QJsonObject data {{methodName, proof.method.name},
                      {methodAmr, QJsonArray::fromStringList(proof.method.amr)},
                      {provesEmail, proof.provesEmail},
                      {mustEnrol, missing.mustEnrol},
                      {formerSessions, sessions}};
    if (proof.password)
        data.insert(passwordSetAt, toMilliseconds(proof.password->setAt));
    return data;
}

std::optional<ProvenPassword> passwordOf(const Challenge &pending)
{
    if (!pending.data.contains(passwordSetAt))
        return std::nullopt;
    return ProvenPassword {
        .user = pending.user.value_or(Id {}), .setAt = fromMilliseconds(pending.data[passwordSetAt].toInteger()), .hash = {}};
}

/// A ticket of an earlier version says nothing of it: there were passwords only.
SignInMethod methodOf(const Challenge &pending, const QStringList &further)
{
    if (!pending.data.contains(methodName))
        return {.name = passwordMethod.name, .amr = passwordMethod.amr + further};
    QStringList amr;
    for (const QJsonValue &each : pending.data[methodAmr].toArray())
        amr += each.toString();
    return {.name = pending.data[methodName].toString(), .amr = amr + further};
}

QList<Id> formerOf(const Challenge &pending, const FinishWishes &wishes)
{
    QList<Id> former = wishes.former;
    for (const QJsonValue &each : pending.data[formerSessions].toArray()) {
        const auto session = Id::fromString(each.toString());
        if (session && !former.contains(*session))
            former += *session;
    }
    return former;
}

/// A passkey is asked for by one sign-in, and good for that.
PasskeyCeremony ceremonyOf(const Challenge &pending)
{
    return {.purpose = ChallengePurpose::PasskeySecondFactor, .user = pending.user, .signIn = pending.id};
}

/// A ticket for another password is not for who proved one that an admin replaced while it was checked.
Result<void> checkStillTheirs(Transaction &transaction, const FirstProof &proof)
{
    const auto stored = PasswordStore::find(transaction, proof.user.id);
    if (!stored)
        return refused(stored);
    const bool isSame = proof.password && *stored && (*stored)->setAt == proof.password->setAt;
    return isSame ? Result<void>() : refused(ErrorCode::InvalidCredentials, u"the password changed while its owner signed in"_s);
}

QString fieldOf(const FactorProof &proof)
{
    constexpr std::array names {"code"_L1, "recovery_code"_L1, "credential"_L1};
    return names.at(proof.index());
}

} // namespace

PendingSignIns::PendingSignIns(Database &database, Accounts &accounts, Challenges &challenges, TotpFactors &totp, RecoveryCodes &codes,
                               Passkeys &passkeys, const FactorVerifier &verifier, TrustedDevices &devices, SessionOpener &opener,
                               FactorChanges &changes, FactorThrottle &throttle, AccountMails &mails)
    : m_database(database), m_accounts(accounts), m_challenges(challenges), m_totp(totp), m_codes(codes), m_passkeys(passkeys),
      m_verifier(verifier), m_devices(devices), m_opener(opener), m_changes(changes), m_throttle(throttle), m_mails(mails)
{}

Result<MissingFactor> PendingSignIns::missingOf(const User &user, TimePoint now) const
{
    if (!user.hasSecondFactor && !m_changes.policy().isRequiredOf(user))
        return MissingFactor {};
    const auto methods = m_verifier.methodsOf(m_database.reader(), user.id);
    if (!methods)
        return refused(methods);
    return FactorStore::count(m_database.reader(), user.id, now).transform([&](const FactorCounts &counts) {
        MissingFactor missing {.isMissing = true, .methods = *methods, .mustEnrol = methods->isEmpty()};
        if (counts.totp > 0 && counts.recoveryCodes > 0)
            missing.methods += u"recovery_code"_s;
        return missing;
    });
}

Result<FactorNeeded> PendingSignIns::begin(const FirstProof &proof, const MissingFactor &missing, const QList<Id> &former, TimePoint now)
{
    const FactorPolicy &policy = m_changes.policy();
    const Seconds life = missing.mustEnrol ? policy.setUpLife : policy.ticketLife;
    const NewChallenge wanted {.purpose = purpose, .user = proof.user.id, .data = dataOf(proof, missing, former), .life = life};
    const auto opened = m_database.write([&](Transaction &transaction) {
        return (proof.spend ? proof.spend(transaction) : Result<void>()).and_then([&] {
            return m_challenges.openWithin(transaction, wanted, now);
        });
    });
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::InvalidCredentials, u"the account was removed while its owner signed in"_s);
    return opened.transform([&](const OpenedChallenge &challenge) {
        return FactorNeeded {.ticket = challenge.secret, .methods = missing.methods, .enrol = missing.mustEnrol, .life = life};
    });
}

Result<PasswordChangeNeeded> PendingSignIns::beginPasswordChange(const FirstProof &proof, TimePoint now)
{
    static constexpr Seconds life = std::chrono::minutes {15};
    const NewChallenge wanted {
        .purpose = ChallengePurpose::PasswordChange, .user = proof.user.id, .data = {{u"email"_s, proof.user.email}}, .life = life};
    const auto opened = m_database.write([&](Transaction &transaction) {
        return checkStillTheirs(transaction, proof).and_then([&] { return m_challenges.openWithin(transaction, wanted, now); });
    });
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::InvalidCredentials, u"the account was removed while its owner signed in"_s);
    return opened.transform(
        [](const OpenedChallenge &challenge) { return PasswordChangeNeeded {.ticket = challenge.secret, .life = life}; });
}

Result<Id> PendingSignIns::ownerOf(const QByteArray &signIn, TimePoint now) const
{
    return m_challenges.find(signIn, purpose, now).transform([](const Challenge &pending) { return pending.user.value_or(Id {}); });
}

Result<SignedIn> PendingSignIns::finish(const QByteArray &signIn, const FactorProof &proof, const FinishWishes &wishes,
                                        const Client &client, TimePoint now)
{
    const auto owner = ownerOf(signIn, now);
    if (!owner)
        return refused(owner);
    int tries = 0; // of this ticket
    const auto attempt = [&]() -> Result<SignedIn> {
        const auto pending = m_challenges.attempt(signIn, purpose, now);
        if (!pending)
            return refused(pending);
        tries = pending->attempts;
        return look(*pending, proof, wishes, client, now);
    };
    const auto wrong = [&](qint64 inARow) {
        if ((inARow > 0 ? inARow : tries) == FactorThrottle::severalWrong)
            m_changes.warnOfGuesses(*owner, fieldOf(proof), client, now);
    };
    if (std::holds_alternative<TotpProof>(proof))
        return m_throttle.guard(*owner, now, attempt, wrong);
    auto signedIn = attempt(); // there is nothing to guess
    if (!signedIn && signedIn.error().code == ErrorCode::InvalidInput)
        wrong(0);
    return signedIn;
}

Result<SignedIn> PendingSignIns::look(const Challenge &pending, const FactorProof &proof, const FinishWishes &wishes, const Client &client,
                                      TimePoint now)
{
    const auto verified = std::visit([&](const auto &one) { return m_verifier.verify(ceremonyOf(pending), one, client, now); }, proof);
    if (!verified)
        return refused(verified);
    const QString field = fieldOf(proof);
    if (!*verified) {
        recordWrong(pending, field, client, now);
        return wrongProof(field);
    }
    const VerifiedFactor &right = **verified;
    const auto take = [&](Transaction &transaction) -> Result<void> {
        const auto taken = right.spend(transaction);
        if (!taken)
            return refused(taken);
        return *taken ? Result<void>() : wrongProof(field);
    };
    const auto signedIn = open(pending, right.name, right.amr, wishes, client, now, take);
    if (!signedIn && signedIn.error().code == ErrorCode::InvalidInput)
        recordWrong(pending, field, client, now);
    return signedIn;
}

Result<SignedIn> PendingSignIns::open(const Challenge &pending, const QString &name, const QStringList &amr, const FinishWishes &wishes,
                                      const Client &client, TimePoint now, const std::function<Result<void>(Transaction &)> &take)
{
    const auto user = m_accounts.findById(*pending.user);
    if (!user)
        return refused(ErrorCode::InvalidToken, u"the account is gone"_s);
    SignedIn signedIn;
    const auto record = [&](Transaction &transaction, QLatin1StringView type) {
        return AuditStore::append(transaction,
                                  {.at = now, .type = type, .actor = u"user"_s, .subject = user->id, .address = client.address.toString()});
    };
    const auto remember = [&](Transaction &transaction) -> Result<void> {
        const auto device = m_devices.remember(transaction, user->id, client.userAgent, now);
        signedIn.device = device.value_or(QByteArray());
        return device.and_then(
            [&](const QByteArray &secret) { return secret.isEmpty() ? Result<void>() : record(transaction, audit::deviceRemembered); });
    };
    const auto countCodes = [&](Transaction &transaction) -> Result<void> {
        const auto left = RecoveryCodeStore::countByUser(transaction, user->id);
        signedIn.recoveryCodesLeft = left.value_or(0);
        return left.and_then([&](qint64) { return record(transaction, audit::recoveryCodeUsed); }).and_then([&] {
            return m_mails.notify(transaction, *user, MailKind::RecoveryCodeUsed, now, {{u"left"_s, *left}});
        });
    };
    const ProvenSignIn proven {.user = *user,
                               .method = methodOf(pending, amr),
                               .password = passwordOf(pending),
                               .provesEmail = pending.data[provesEmail].toBool(),
                               .details = {{u"second_factor"_s, name}},
                               .also = [&](Transaction &transaction) {
                                   return m_challenges.spend(transaction, pending.id, purpose, now)
                                       .and_then([&](const Challenge &) { return take(transaction); })
                                       .and_then([&] { return wishes.rememberDevice ? remember(transaction) : Result<void>(); })
                                       .and_then([&] { return name == "recovery_code"_L1 ? countCodes(transaction) : Result<void>(); });
                               }};
    auto tokens = m_opener.open(proven, client, formerOf(pending, wishes), now);
    if (!tokens && tokens.error().code == ErrorCode::InvalidCredentials) // the ticket died with what it was given for
        return refused(ErrorCode::InvalidToken, tokens.error().detail);
    if (!tokens)
        return refused(tokens);
    signedIn.tokens = *std::move(tokens);
    return signedIn;
}

Result<PasskeyOptions> PendingSignIns::beginPasskey(const QByteArray &signIn, TimePoint now)
{
    return m_challenges.find(signIn, purpose, now).and_then([&](const Challenge &pending) {
        return m_passkeys.begin(ceremonyOf(pending), now);
    });
}

/// Only the ticket of somebody who has no factor may add one.
Result<Challenge> PendingSignIns::enrolling(const Result<Challenge> &pending) const
{
    if (pending && !pending->data[mustEnrol].toBool())
        return refused(ErrorCode::InvalidToken, u"the account has a factor to sign in with"_s);
    return pending;
}

Result<NewTotp> PendingSignIns::beginTotp(const QByteArray &signIn, const QString &name, TimePoint now)
{
    return enrolling(m_challenges.find(signIn, purpose, now)).and_then([&](const Challenge &pending) {
        return m_changes.beginTotp(*pending.user, name, std::nullopt, now).transform([&](NewTotp totp) {
            totp.life = std::min(totp.life, std::chrono::floor<Seconds>(pending.expiresAt - now));
            return totp;
        });
    });
}

Result<SignedIn> PendingSignIns::confirmTotp(const QByteArray &signIn, Id factor, QStringView code, const FinishWishes &wishes,
                                             const Client &client, TimePoint now)
{
    const auto pending = enrolling(m_challenges.find(signIn, purpose, now)).and_then([&](const Challenge &) {
        return m_challenges.attempt(signIn, purpose, now);
    });
    if (!pending)
        return refused(pending);
    const auto matched = m_totp.matchNew(*pending->user, factor, code, now);
    if (!matched)
        return refused(matched);
    if (!*matched)
        return wrongProof(u"code"_s);
    const auto fresh = m_codes.prepare(*pending->user);
    if (!fresh)
        return refused(fresh);
    const auto add = [&](Transaction &transaction) -> Result<void> {
        const auto methods = m_verifier.methodsOf(transaction, *pending->user);
        if (!methods)
            return refused(methods);
        if (!methods->isEmpty())
            return refused(ErrorCode::InvalidToken, u"a factor was added meanwhile"_s);
        return m_changes.addTotp(transaction, *pending->user, **matched, *fresh, std::nullopt, now);
    };
    auto signedIn = open(*pending, u"totp"_s, {u"otp"_s}, wishes, client, now, add);
    if (signedIn)
        signedIn->recoveryCodes = fresh->codes;
    return signedIn;
}

void PendingSignIns::recordWrong(const Challenge &pending, const QString &name, const Client &client, TimePoint now)
{
    AuditStore::record(m_database, {{.at = now,
                                     .type = audit::factorFailed,
                                     .actor = u"user"_s,
                                     .subject = pending.user,
                                     .address = client.address.toString(),
                                     .details = {{u"field"_s, name}}}});
}

} // namespace warder
