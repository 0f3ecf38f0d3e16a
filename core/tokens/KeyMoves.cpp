#include "core/tokens/KeyMoves.h"

#include "core/audit/AuditStore.h"
#include "core/storage/Transaction.h"
#include "core/tokens/KeyRules.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> KeyMoves::advance(Transaction &transaction, SealedKey next, const QString &actor, TimePoint now)
{
    const KeyPurpose purpose = next.key.purpose;
    const auto kept = purpose == KeyPurpose::Csrf ? KeyStore::keepFormerCsrf(transaction, now) : Result<void>();
    if (!kept)
        return kept;
    if (const auto retired = KeyStore::retireCurrent(transaction, purpose, now); !retired)
        return retired;
    const auto stoodBy = KeyStore::activateStandby(transaction, next, now);
    if (!stoodBy)
        return refused(stoodBy);
    if (!stoodBy->has_value()) {
        next.key.state = KeyState::Current;
        next.key.activatedAt = now;
    }
    const bool isNeeded = !stoodBy->has_value() || isPublished(next.algorithm); // what nobody else verifies needs no standby
    if (const auto inserted = isNeeded ? KeyStore::insert(transaction, next) : Result<void>(); !inserted)
        return inserted;
    return record(transaction, audit::keyRotated, stoodBy->value_or(next.key.kid), purpose, actor, now);
}

Result<void> KeyMoves::restore(Transaction &transaction, const SigningKey &key, KeyState state, const SigningKey *displaced,
                               Milliseconds life, TimePoint now)
{
    const auto standBy = [&](const QString &kid) {
        return KeyStore::revokeStandby(transaction, key.purpose, now).and_then([&] { return KeyStore::standBy(transaction, kid); });
    };
    if (state == KeyState::Standby)
        return standBy(key.kid);
    if (state == KeyState::Retiring)
        return KeyStore::verifyAgain(transaction, key.kid);
    const bool stands = displaced && KeyRules::whenDisplaced(*displaced) == KeyState::Standby;
    return (stands ? standBy(displaced->kid) : KeyStore::retireCurrent(transaction, key.purpose, now)).and_then([&] {
        return KeyStore::activateAgain(transaction, key.kid, life, now);
    });
}

Result<void> KeyMoves::checkState(Transaction &transaction, const SigningKey &key)
{
    return KeyStore::stateOf(transaction, key.kid).and_then([&key](KeyState state) {
        return state == key.state ? Result<void>() : refused(ErrorCode::Conflict, u"the key %1 has changed meanwhile"_s.arg(key.kid));
    });
}

Result<void> KeyMoves::record(Transaction &transaction, QLatin1StringView type, const QString &kid, KeyPurpose purpose,
                              const QString &actor, TimePoint now)
{
    return AuditStore::append(transaction,
                              {.at = now, .type = type, .actor = actor, .details = {{u"kid"_s, kid}, {u"purpose"_s, nameOf(purpose)}}});
}

} // namespace warder
