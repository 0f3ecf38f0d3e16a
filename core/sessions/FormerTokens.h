#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

namespace warder {

class Accounts;
class Database;
class SigningKeys;
struct SigningKey;

/// Access tokens of the backend that was there before this server, for as long as its secret is in the ring (KeyPurpose::Former): HS256, no
/// `kid`, the claims `sub` (an account's e-mail address or id) and `exp`, as python-jose writes them. They belong to no session, so
/// that nothing but the account can end them: who has one may see who they are, and do nothing else. Any thread (reads only).
class FormerTokens final
{
public:
    FormerTokens(const SigningKeys &keys, const Accounts &accounts, Database &database)
        : m_keys(keys), m_accounts(accounts), m_database(database)
    {}

    /// Whether a token could be one: without a `kid`, which every token of this server has. Cheap where the ring has no such secret.
    bool mayBe(QByteArrayView token, TimePoint now) const;

    /// Whose token it is. InvalidToken for one that is not good now, whose account is gone, younger or disabled, or has had its password
    /// changed or its sessions ended as a whole since the secret was imported; a fault of ours is told as what it is.
    Result<User> ownerOf(QByteArrayView token, TimePoint now) const;

private:
    Result<User> checked(const User &user, const SigningKey &key) const;

    const SigningKeys &m_keys;
    const Accounts &m_accounts;
    Database &m_database;
};

} // namespace warder
