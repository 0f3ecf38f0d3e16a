#include "core/tokens/KeyRules.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using KeyRules::Outcome;

std::unexpected<Error> forbidden(const SigningKey &key, const QString &why)
{
    return refused(ErrorCode::Conflict, u"the key %1 %2"_s.arg(key.kid, why));
}

bool isSpent(const SigningKey &key, TimePoint now) { return key.verifyUntil && *key.verifyUntil <= now; }

Result<Outcome> rotated(const SigningKey &key)
{
    if (key.state != KeyState::Current)
        return forbidden(key, u"does not sign: only a key that signs is rotated"_s);
    return KeyState::Retiring;
}

Result<Outcome> revoked(const SigningKey &key)
{
    if (key.state == KeyState::Revoked)
        return forbidden(key, u"is revoked already"_s);
    return KeyState::Revoked;
}

/// After a revocation.
Result<Outcome> verifyingAgain(const SigningKey &key, const KeyRing &ring, TimePoint now)
{
    if (isSpent(key, now))
        return forbidden(key, u"signed nothing that would still be alive: there is nothing to take back"_s);
    if (key.activatedAt || key.purpose == KeyPurpose::Former)
        return KeyState::Retiring;
    const SignatureAlgorithm next = ring.algorithmOf(key.purpose);
    if (key.material->algorithm() != next)
        return forbidden(key, u"is for %1, and the next key is to be for %2: it would never sign"_s.arg(nameOf(key.material->algorithm()),
                                                                                                        nameOf(next)));
    return KeyState::Standby;
}

Result<Outcome> restored(const SigningKey &key, const KeyRing &ring, TimePoint now)
{
    switch (key.state) {
    case KeyState::Standby: return forbidden(key, u"stands by: nothing was done that could be taken back"_s);
    case KeyState::Current: return forbidden(key, u"signs: to take its rotation back, restore the key that signed before"_s);
    case KeyState::Retiring:
        if (key.purpose == KeyPurpose::Former)
            return forbidden(key, u"is a former backend's secret, which never signs here"_s);
        if (isSpent(key, now))
            return forbidden(key, u"is not published any more: what it would sign from now on nobody could verify"_s);
        return KeyState::Current;
    case KeyState::Revoked: return verifyingAgain(key, ring, now);
    }
    Q_UNREACHABLE_RETURN({});
}

Result<Outcome> removed(const SigningKey &key, TimePoint now)
{
    switch (key.state) {
    case KeyState::Standby: return forbidden(key, u"is to sign next: revoke it first"_s);
    case KeyState::Current: return forbidden(key, u"signs: rotate it first"_s);
    case KeyState::Retiring:
        if (!isSpent(key, now))
            return forbidden(key, u"verifies what is still alive: wait for its end, or revoke it first"_s);
        return Outcome();
    case KeyState::Revoked: return Outcome();
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

Result<KeyRules::Outcome> KeyRules::outcomeOf(KeyMove move, const SigningKey &key, const KeyRing &ring, TimePoint now)
{
    switch (move) {
    case KeyMove::Rotate:  return rotated(key);
    case KeyMove::Revoke:  return revoked(key);
    case KeyMove::Restore: return restored(key, ring, now);
    case KeyMove::Remove:  return removed(key, now);
    }
    Q_UNREACHABLE_RETURN({});
}

QList<KeyMove> KeyRules::movesOf(const SigningKey &key, const KeyRing &ring, TimePoint now)
{
    QList<KeyMove> moves;
    for (const KeyMove move : {KeyMove::Rotate, KeyMove::Revoke, KeyMove::Restore, KeyMove::Remove}) {
        if (outcomeOf(move, key, ring, now))
            moves += move;
    }
    return moves;
}

KeyState KeyRules::whenDisplaced(const SigningKey &current) { return current.hasSigned() ? KeyState::Retiring : KeyState::Standby; }

} // namespace warder
