#include "core/credentials/Identities.h"

#include "core/audit/AuditStore.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int removedTogether = 1000; ///< Some 10 ms of the writer's time.

AuditEvent eventOf(QLatin1StringView type, const Identity &identity, const QString &actor, TimePoint now)
{
    return {.at = now,
            .type = type,
            .actor = actor,
            .subject = identity.user,
            .details = {{u"identity"_s, identity.id.toString()}, {u"provider"_s, identity.provider}, {u"email"_s, identity.email}}};
}

Result<void> checkRoomOf(DbConnection &connection, Id user)
{
    return IdentityStore::countByUser(connection, user).and_then([](qint64 count) -> Result<void> {
        return count < Identities::mostOfUser ? Result<void>() : refused(ErrorCode::FactorLimit, u"as many identities as one may have"_s);
    });
}

} // namespace

Result<std::optional<Identity>> Identities::find(Transaction &transaction, const ForeignIdentity &foreign)
{
    return IdentityStore::findBySubject(transaction, foreign.issuer, foreign.subject);
}

Result<Identity> Identities::link(Transaction &transaction, Id user, const QString &provider, const ForeignIdentity &foreign,
                                  const QString &actor, TimePoint now)
{
    const Identity identity {.id = Id::create(now),
                             .user = user,
                             .provider = provider,
                             .issuer = foreign.issuer,
                             .subject = foreign.subject,
                             .email = foreign.email,
                             .isEmailVerified = foreign.isEmailVerified,
                             .createdAt = now,
                             .lastUsedAt = now};
    const auto stored = checkRoomOf(transaction, user).and_then([&] { return IdentityStore::insert(transaction, identity); });
    if (!stored && stored.error().code == ErrorCode::Conflict)
        return refused(ErrorCode::IdentityTaken, u"the account at %1 is somebody's already"_s.arg(provider));
    return stored.and_then([&] { return AuditStore::append(transaction, eventOf(audit::identityLinked, identity, actor, now)); })
        .transform([&] { return identity; });
}

Result<Identity> Identities::noteUse(Transaction &transaction, const Identity &known, const QString &provider,
                                     const ForeignIdentity &foreign, TimePoint now)
{
    Identity identity = known;
    identity.provider = provider;
    identity.lastUsedAt = now;
    if (!foreign.email.isEmpty()) { // some tell it only once
        identity.email = foreign.email;
        identity.isEmailVerified = foreign.isEmailVerified;
    }
    return IdentityStore::updateUse(transaction, identity).transform([&] { return identity; });
}

Result<void> Identities::checkThere(Transaction &transaction, const Identity &identity)
{
    return IdentityStore::findById(transaction, identity.user, identity.id).and_then([](const auto &found) -> Result<void> {
        return found ? Result<void>() : refused(ErrorCode::InvalidCredentials, u"the identity was removed while its owner signed in"_s);
    });
}

Result<Identity> Identities::remove(Transaction &transaction, Id user, Id identity, const QString &actor, TimePoint now)
{
    const auto found = IdentityStore::findById(transaction, user, identity);
    if (!found)
        return refused(found);
    if (!*found)
        return refused(ErrorCode::NotFound, u"no such identity of this account"_s);
    return IdentityStore::remove(transaction, user, identity)
        .and_then([&] { return AuditStore::append(transaction, eventOf(audit::identityRemoved, **found, actor, now)); })
        .transform([&] { return **found; });
}

Result<QList<Identity>> Identities::findByUser(Id user) const { return IdentityStore::findByUser(m_database.reader(), user); }

Result<QList<IdentityStore::OfProvider>> Identities::countByProvider() const { return IdentityStore::countByProvider(m_database.reader()); }

Result<qint64> Identities::removeOfProvider(const QString &provider)
{
    for (qint64 all = 0;;) {
        const auto removed = m_database.write(
            [&](Transaction &transaction) { return IdentityStore::removeByProvider(transaction, provider, removedTogether); });
        if (!removed)
            return removed;
        all += *removed;
        if (*removed < removedTogether)
            return all;
    }
}

} // namespace warder
