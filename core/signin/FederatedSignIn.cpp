#include "core/signin/FederatedSignIn.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/audit/AuditStore.h"
#include "core/base/Bytes.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Identities.h"
#include "core/crypto/Primitives.h"
#include "core/federation/Federation.h"
#include "core/federation/Providers.h"
#include "core/signin/FirstStep.h"
#include "core/signin/IdentityChanges.h"
#include "core/signin/Registration.h"
#include "core/signin/SessionOpener.h"
#include "core/storage/Database.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto attemptPurpose = ChallengePurpose::Provider;

// Members of an attempt's sealed data, beside those of AuthorizationAttempt.
constexpr auto providerMember = "provider"_L1;
constexpr auto redirectMember = "redirect_to"_L1;
constexpr auto cookieMember = "by_cookie"_L1;
constexpr auto browserMember = "browser"_L1; // base64url of the SHA-256 of the browser's secret

std::unexpected<Error> noAttempt(const QString &why)
{
    return std::unexpected(Error {.code = ErrorCode::InvalidLink, .detail = why, .text = u"This sign-in is over: begin again"_s});
}

QJsonObject dataOf(const FederatedStart &wanted, const AuthorizationAttempt &attempt, const QByteArray &browser)
{
    QJsonObject data = attempt.toJson();
    data.insert(providerMember, wanted.provider);
    data.insert(redirectMember, wanted.redirectTo);
    data.insert(cookieMember, wanted.byCookie);
    data.insert(browserMember, QString::fromLatin1(toBase64Url(*Challenges::idOf(browser))));
    return data;
}

FederatedWishes wishesIn(const Challenge &attempt)
{
    return {.redirectTo = attempt.data[redirectMember].toString(), .byCookie = attempt.data[cookieMember].toBool()};
}

/// Whether the browser that returns is the one that was sent, and from where it was sent to: else somebody could sign another person in as
/// themselves (login CSRF), or have one provider's code taken for another's (mix-up, RFC 9700 §4.4).
bool belongs(const Challenge &attempt, const FederatedReturn &given)
{
    const auto browser = Challenges::idOf(given.browser);
    const QByteArray expected = attempt.data[browserMember].toString().toLatin1();
    return browser && equalInConstantTime(toBase64Url(*browser), expected) && attempt.data[providerMember] == given.provider;
}

/// The address in a form that an account may have; nothing where there is none.
std::optional<EmailAddress> addressOf(const ForeignIdentity &foreign)
{
    const auto parsed = EmailAddress::parse(foreign.email);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

/// Whether the account's own address is proven by this sign-in.
bool provesAddress(const User &user, const Provider &provider, const Identity &identity)
{
    const auto own = EmailAddress::parse(user.email);
    const auto told = EmailAddress::parse(identity.email);
    return provider.trustsEmail && identity.isEmailVerified && own && told && own->key == told->key;
}

SignInMethod methodOf(const Provider &provider) { return {.name = provider.name, .amr = {u"fed"_s}}; }

/// What ends a sign-in that was under way, and is nobody's fault but of those who take part in it.
bool isTold(ErrorCode code)
{
    constexpr std::array codes {ErrorCode::ProviderError,    ErrorCode::ProviderDenied,     ErrorCode::AccountExists,
                                ErrorCode::EmailNotVerified, ErrorCode::RegistrationClosed, ErrorCode::AccountDisabled};
    return std::ranges::contains(codes, code);
}

} // namespace

FederatedSignIn::FederatedSignIn(Database &database, Accounts &accounts, Challenges &challenges, Providers &providers,
                                 Federation &federation, IdentityChanges &changes, Sessions &sessions, FirstStep &firstStep,
                                 SessionOpener &opener, const Registration &registration, FederatedPolicy policy)
    : m_database(database), m_accounts(accounts), m_challenges(challenges), m_providers(providers), m_federation(federation),
      m_changes(changes), m_sessions(sessions), m_firstStep(firstStep), m_opener(opener), m_registration(registration), m_policy(policy)
{}

Result<Provider> FederatedSignIn::enabled(const QString &name) const
{
    const auto found = m_providers.find(name);
    if (!found)
        return refused(found);
    if (!*found || !(*found)->isEnabled)
        return refused(ErrorCode::NotConfigured, u"no such provider, or it is turned off"_s);
    return **found;
}

Result<StartedSignIn> FederatedSignIn::start(const FederatedStart &wanted, TimePoint now)
{
    const auto provider = enabled(wanted.provider);
    if (!provider)
        return refused(provider);
    const QString callback = wanted.callback.isEmpty() ? provider->callbacks.value(0) : wanted.callback;
    if (!provider->callbacks.contains(callback))
        return std::unexpected(Error {.code = ErrorCode::InvalidInput,
                                      .detail = u"a callback that is none of the provider's"_s,
                                      .faults = {valueFault(u"callback"_s, FaultReason::CallbackUnknown)}});
    const auto metadata = m_federation.metadataOf(*provider, now);
    if (!metadata)
        return refused(metadata);
    const QByteArray browser = Challenges::idOf(wanted.browser) ? wanted.browser : toBase64Url(randomBytes(32));
    const auto attempt = AuthorizationAttempt::to(callback);
    const NewChallenge challenge {.purpose = attemptPurpose,
                                  .user = wanted.link.transform([](const Principal &owner) { return owner.userId; }),
                                  .session = wanted.link.transform([](const Principal &owner) { return owner.sessionId; }),
                                  .data = dataOf(wanted, attempt, browser),
                                  .life = m_policy.attemptLife};
    return m_challenges.open(challenge, now).transform([&](const OpenedChallenge &opened) {
        return StartedSignIn {.authorizationUrl = authorizationUrl(*provider, *metadata, attempt, opened.secret),
                              .browser = browser,
                              .life = m_policy.attemptLife};
    });
}

Result<Challenge> FederatedSignIn::find(const FederatedReturn &given, TimePoint now) const
{
    const auto id = Challenges::idOf(given.state);
    if (!id)
        return noAttempt(u"the state is none"_s);
    const auto attempt = m_challenges.find(*id, attemptPurpose, now);
    if (!attempt && attempt.error().code == ErrorCode::InvalidToken)
        return noAttempt(attempt.error().detail);
    if (attempt && !belongs(*attempt, given))
        return noAttempt(u"the attempt of another browser, or at another provider"_s);
    return attempt;
}

Result<FederatedWishes> FederatedSignIn::wishesOf(const FederatedReturn &given, TimePoint now) const
{
    return find(given, now).transform(wishesIn);
}

Result<FederatedOutcome> FederatedSignIn::finish(const FederatedReturn &given, const Client &client, const SignInBaggage &baggage,
                                                 TimePoint now)
{
    const AuthorizationResponse &response = given.response;
    const bool isOne = response.code.isEmpty() != response.error.isEmpty();
    if (!isOne || response.code.size() > AuthorizationResponse::longestCode)
        return noAttempt(u"neither a code nor an error, or both"_s);
    const auto found = find(given, now);
    if (!found)
        return refused(found);
    const auto attempt = m_challenges.take(found->id, attemptPurpose, now); // of several who return at once one goes on
    if (!attempt && attempt.error().code == ErrorCode::InvalidToken)
        return noAttempt(attempt.error().detail);
    if (!attempt)
        return refused(attempt);
    auto outcome = goOn(*attempt, given, client, baggage, now);
    if (!outcome && isTold(outcome.error().code))
        recordFailure(given, outcome.error(), client, now);
    return outcome;
}

Result<FederatedOutcome> FederatedSignIn::goOn(const Challenge &attempt, const FederatedReturn &given, const Client &client,
                                               const SignInBaggage &baggage, TimePoint now)
{
    const auto provider = enabled(given.provider);
    if (!provider)
        return refused(provider);
    const auto secret = m_providers.secretOf(*provider);
    if (!secret)
        return refused(secret);
    const auto foreign = m_federation.identify(*provider, *secret, AuthorizationAttempt::fromJson(attempt.data), given.response, now);
    if (!foreign)
        return refused(foreign);
    FederatedOutcome outcome {.wishes = wishesIn(attempt)};
    if (attempt.user)
        return link(attempt, *provider, *foreign, now).transform([&outcome] { return outcome; });
    const auto settled = m_database.write([&](Transaction &transaction) { return settle(transaction, *provider, *foreign, now); });
    if (!settled)
        return refused(settled);
    auto signIn = open(*settled, *provider, client, baggage, now);
    if (!signIn)
        return refused(signIn);
    outcome.signIn = *std::move(signIn);
    outcome.isNew = settled->isNew;
    return outcome;
}

/// The session that asked must be there still: nothing is added behind the back of who signed out.
Result<void> FederatedSignIn::link(const Challenge &attempt, const Provider &provider, const ForeignIdentity &foreign, TimePoint now)
{
    const auto linked = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto live = m_sessions.checkLive(transaction, attempt.session.value_or(Id {}), now); !live)
            return live;
        const auto known = Identities::find(transaction, foreign);
        if (!known)
            return refused(known);
        if (*known && (*known)->user == *attempt.user)
            return Identities::noteUse(transaction, **known, provider.name, foreign, now).transform([](const Identity &) {});
        return m_accounts.findWithin(transaction, *attempt.user)
            .and_then([&](const User &user) { return m_changes.link(transaction, user, provider, foreign, now); })
            .transform([](const Identity &) {});
    });
    if (!linked && (linked.error().code == ErrorCode::InvalidToken || linked.error().code == ErrorCode::NotFound))
        return noAttempt(u"the session that asked for the link has ended"_s);
    return linked;
}

/// Whose account it is: one that is linked already, else by the address, as the table in docs/sign-in.md has it.
Result<FederatedSignIn::Settled> FederatedSignIn::settle(Transaction &transaction, const Provider &provider, const ForeignIdentity &foreign,
                                                         TimePoint now)
{
    const auto known = Identities::find(transaction, foreign);
    if (!known)
        return refused(known);
    if (!*known)
        return settleUnknown(transaction, provider, foreign, now);
    const auto user = m_accounts.findWithin(transaction, (*known)->user);
    if (!user)
        return refused(user);
    if (user->disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    return Identities::noteUse(transaction, **known, provider.name, foreign, now).transform([&](const Identity &identity) {
        return Settled {.user = *user, .identity = identity};
    });
}

Result<FederatedSignIn::Settled> FederatedSignIn::settleUnknown(Transaction &transaction, const Provider &provider,
                                                                const ForeignIdentity &foreign, TimePoint now)
{
    const auto address = addressOf(foreign);
    const bool isProven = address && foreign.isEmailVerified && provider.trustsEmail;
    const auto twin = address ? m_accounts.findByEmailWithin(transaction, address->text) : Result<std::optional<User>>();
    if (!twin)
        return refused(twin);
    if (*twin)
        return settleByAddress(transaction, **twin, provider, foreign, isProven, now);
    if (isProven)
        return settleNew(transaction, provider, foreign, now);
    return std::unexpected(Error {.code = ErrorCode::EmailNotVerified,
                                  .detail = u"an address that is not proven, or none"_s,
                                  .text = u"The provider does not confirm your e-mail address"_s});
}

/// An account whose own address is not proven may be that of somebody who registered it first, and waits for its owner to come
/// (pre-hijacking).
Result<FederatedSignIn::Settled> FederatedSignIn::settleByAddress(Transaction &transaction, const User &user, const Provider &provider,
                                                                  const ForeignIdentity &foreign, bool isProven, TimePoint now)
{
    if (!isProven && !m_registration.tellsWhoIsThere()) // else who may claim any address could ask for whom there are accounts
        return std::unexpected(Error {.code = ErrorCode::EmailNotVerified,
                                      .detail = u"an address that is not proven"_s,
                                      .text = u"The provider does not confirm your e-mail address"_s});
    if (!isProven || !user.emailVerified || !m_policy.linksByEmail)
        return refused(ErrorCode::AccountExists, u"an account has the address, and may not be linked by it"_s);
    if (user.disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    return m_changes.link(transaction, user, provider, foreign, now).transform([&](const Identity &identity) {
        return Settled {.user = user, .identity = identity};
    });
}

Result<FederatedSignIn::Settled> FederatedSignIn::settleNew(Transaction &transaction, const Provider &provider,
                                                            const ForeignIdentity &foreign, TimePoint now)
{
    if (!m_registration.isOpen())
        return refused(ErrorCode::RegistrationClosed, u"accounts.registration is closed"_s);
    const QString name = nameFault(u"name"_s, foreign.name) ? QString() : foreign.name;
    const User wanted {.email = foreign.email, .name = name, .emailVerified = true};
    return m_accounts.insert(transaction, wanted, u"user"_s, now).and_then([&](const User &user) {
        return Identities::link(transaction, user.id, provider.name, foreign, u"user"_s, now).transform([&](const Identity &identity) {
            return Settled {.user = user, .identity = identity, .isNew = true};
        });
    });
}

Result<SignInOutcome> FederatedSignIn::open(const Settled &settled, const Provider &provider, const Client &client,
                                            const SignInBaggage &baggage, TimePoint now)
{
    const auto spend = [identity = settled.identity, now](Transaction &transaction) {
        return Identities::checkThere(transaction, identity).and_then([&] {
            return Providers::noteSignIn(transaction, identity.provider, now);
        });
    };
    const FirstProof proof {.user = settled.user,
                            .method = methodOf(provider),
                            .provesEmail = provesAddress(settled.user, provider, settled.identity),
                            .details = {{u"method"_s, provider.name}},
                            .spend = spend};
    auto outcome = m_policy.asksSecondFactor ? m_firstStep.take(proof, client, baggage, now) : openWhole(proof, client, baggage, now);
    if (!outcome && outcome.error().code == ErrorCode::InvalidCredentials) // 401 would say that a session is over
        return noAttempt(outcome.error().detail);
    return outcome;
}

/// Whatever factors the account has: the provider is trusted to have asked for its own.
Result<SignInOutcome> FederatedSignIn::openWhole(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now)
{
    const ProvenSignIn whole {
        .user = proof.user, .method = proof.method, .provesEmail = proof.provesEmail, .details = proof.details, .also = proof.spend};
    return m_opener.open(whole, client, baggage.former, now).transform([](TokenPair tokens) {
        return SignInOutcome(SignedIn {.tokens = std::move(tokens)});
    });
}

void FederatedSignIn::recordFailure(const FederatedReturn &given, const Error &error, const Client &client, TimePoint now)
{
    AuditStore::record(m_database, {{.at = now,
                                     .type = audit::loginFailed,
                                     .actor = u"user"_s,
                                     .address = client.address.toString(),
                                     .details = {{u"method"_s, given.provider}, {u"why"_s, nameOf(error.code)}}}});
}

} // namespace warder
