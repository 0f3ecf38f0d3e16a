#include "core/signin/PasskeySignIn.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/signin/SessionOpener.h"
#include "core/storage/Database.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const PasskeyCeremony withoutName {.purpose = ChallengePurpose::PasskeyLogin};

/// What the caller's fault is looks like any other; what is ours does not.
Error alike(const Error &error)
{
    constexpr std::array theirs {ErrorCode::InvalidInput, ErrorCode::InvalidToken, ErrorCode::AccountDisabled, ErrorCode::NotFound};
    return std::ranges::contains(theirs, error.code) ? Error {.code = ErrorCode::InvalidCredentials, .detail = error.detail} : error;
}

} // namespace

PasskeySignIn::PasskeySignIn(Database &database, Accounts &accounts, Passkeys &passkeys, SessionOpener &opener)
    : m_database(database), m_accounts(accounts), m_passkeys(passkeys), m_opener(opener)
{}

Result<PasskeyOptions> PasskeySignIn::begin(TimePoint now) { return m_passkeys.begin(withoutName, now); }

Result<TokenPair> PasskeySignIn::finish(const Result<AssertionResponse> &response, const Client &client, TimePoint now,
                                        const QList<Id> &former)
{
    auto proven = response.and_then([&](const AssertionResponse &given) { return m_passkeys.prove(withoutName, given, now); });
    const auto user = proven.and_then([this](const ProvenPasskey &held) { return check(held); });
    const auto pair = user.and_then([&](const User &owner) { return open(owner, *proven, client, now, former); });
    if (pair)
        return pair;
    const Error error = alike(pair.error());
    if (error.code == ErrorCode::InvalidCredentials)
        recordFailure(client, now);
    return std::unexpected(error);
}

Result<User> PasskeySignIn::check(const ProvenPasskey &proven) const
{
    const auto user = m_accounts.findById(proven.user);
    if (user && user->disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    return user;
}

Result<TokenPair> PasskeySignIn::open(const User &user, const ProvenPasskey &proven, const Client &client, TimePoint now,
                                      const QList<Id> &former)
{
    const ProvenSignIn signIn {
        .user = user, .method = passkeyMethod, .details = {{u"method"_s, passkeyMethod.name}}, .also = [&](Transaction &transaction) {
            return m_passkeys.noteUse(transaction, proven, client.address.toString(), now);
        }};
    return m_opener.open(signIn, client, former, now);
}

/// Nobody is named: whose passkey it claimed to be is not known, or may not be told apart by what it costs.
void PasskeySignIn::recordFailure(const Client &client, TimePoint now)
{
    AuditStore::record(m_database, {{.at = now,
                                     .type = audit::loginFailed,
                                     .actor = u"user"_s,
                                     .address = client.address.toString(),
                                     .details = {{u"method"_s, passkeyMethod.name}}}});
}

} // namespace warder
