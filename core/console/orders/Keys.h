#pragma once

#include "core/base/KeyMove.h"
#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// Something that a key permits now.
struct KeyMoveView
{
    KeyMove move = KeyMove::Rotate;
    std::optional<KeyState> to = {}; ///< The state it leads to; nothing: the key is gone.

    bool operator==(const KeyMoveView &) const = default;

    static void members(auto &visit, auto &v) { visit("move"_L1, v.move, "to"_L1, v.to); }
};

struct KeyView
{
    QString kid;
    KeyPurpose purpose = KeyPurpose::Access;
    QString algorithm;
    KeyState state = KeyState::Standby;
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt = {}; ///< When it signed first.
    std::optional<TimePoint> retiredAt = {};   ///< When it signed last.
    std::optional<TimePoint> verifyUntil = {}; ///< Until then tokens signed with it stay good.
    std::optional<TimePoint> rotatesAt = {};   ///< Of the current key: from then on it is replaced without anybody's doing, if ever.
    qint64 sessions = 0; ///< Live ones that hold a token it signed: how many its revocation concerns; of a CSRF key at most.
    std::optional<QString> nextAlgorithm = {}; ///< Of the current key: the next one is for this other algorithm.
    std::optional<KeyState> displacedTo = {};  ///< Of the current key: what becomes of it when a former one signs again in its place.
    QList<KeyMoveView> moves = {};

    bool operator==(const KeyView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("kid"_L1, v.kid, "purpose"_L1, v.purpose, "algorithm"_L1, v.algorithm, "state"_L1, v.state, "created_at"_L1, v.createdAt,
              "activated_at"_L1, v.activatedAt, "retired_at"_L1, v.retiredAt, "verify_until"_L1, v.verifyUntil, "rotates_at"_L1,
              v.rotatesAt, "sessions"_L1, v.sessions, "next_algorithm"_L1, v.nextAlgorithm, "displaced_to"_L1, v.displacedTo, "moves"_L1,
              v.moves);
    }
};

using ListKeys = OrderFor<QList<KeyView>, "keys.list">;

/// Nobody is signed out: the old key keeps verifying until its verifyUntil.
struct RotateKey : OrderFor<KeyView, "keys.rotate">
{
    KeyPurpose purpose = KeyPurpose::Access;
    std::optional<QString> kid = {}; ///< The key that the person saw signing: Conflict where it does so no more. Nothing: whichever signs.
    static void members(auto &visit, auto &v) { visit("purpose"_L1, v.purpose, "kid"_L1, v.kid); }
};

/// At once: an access key's sessions must refresh, a refresh key's sessions end, a CSRF key's pages need another token. A current key is
/// rotated first. `sessions` of
/// the answer: how many it was.
struct RevokeKey : OrderFor<KeyView, "keys.revoke">
{
    QString kid;
    static void members(auto &visit, auto &v) { visit("kid"_L1, v.kid); }
};

struct KeyRestored
{
    KeyView key;
    std::optional<KeyView> displaced = {}; ///< The key that had signed, where `key` signs again in its place.
    qint64 ended = 0;                      ///< Sessions that its revocation ended: they stay ended.

    static void members(auto &visit, auto &v) { visit("key"_L1, v.key, "displaced"_L1, v.displaced, "ended"_L1, v.ended); }
};

/// Takes back that a key was rotated or revoked.
struct RestoreKey : OrderFor<KeyRestored, "keys.restore">
{
    QString kid;
    static void members(auto &visit, auto &v) { visit("kid"_L1, v.kid); }
};

/// Deletes a key that nothing alive was signed with, or that is revoked; for good. Answers it as it was.
struct RemoveKey : OrderFor<KeyView, "keys.remove">
{
    QString kid;
    static void members(auto &visit, auto &v) { visit("kid"_L1, v.kid); }
};

/// Takes a key that was made elsewhere as the one that will sign access tokens next; what stood by before is revoked, having signed
/// nothing.
struct ImportKey : OrderFor<KeyView, "keys.import">
{
    QString key;                           ///< The file's text: PEM or JWK (core/crypto/KeyReader.h).
    QString passphrase = {};               ///< Where that is encrypted.
    std::optional<QString> algorithm = {}; ///< Of an RSA key that does not say it: RS256 (default) or PS256.
    static void members(auto &visit, auto &v) { visit("key"_L1, v.key, "passphrase"_L1, v.passphrase, "algorithm"_L1, v.algorithm); }
};

/// Takes the secret (SECRET_KEY) of the backend that was there before, to verify its access tokens for a while: who has one sees who they
/// are (GET /me) and does nothing else. Whoever knows the secret can do so in anybody's name.
struct ImportFormerSecret : OrderFor<KeyView, "keys.import_former">
{
    QString secret;
    Seconds lasting {0}; ///< 30 days at most.
    static void members(auto &visit, auto &v) { visit("secret"_L1, v.secret, "lasting"_L1, v.lasting); }
};

/// Somebody who fetched the public keys since the server started.
struct KeyConsumerView
{
    QString address;
    QString userAgent;
    TimePoint fetchedAt;
    QStringList kids;      ///< That the last answer held.
    bool isCurrent = true; ///< They are those that are published now.

    static void members(auto &visit, auto &v)
    {
        visit("address"_L1, v.address, "user_agent"_L1, v.userAgent, "fetched_at"_L1, v.fetchedAt, "kids"_L1, v.kids, "is_current"_L1,
              v.isCurrent);
    }
};

/// The latest first, at most 64; of this process, which may have started a moment ago.
using ListKeyConsumers = OrderFor<QList<KeyConsumerView>, "keys.consumers">;

using KeyOrders = std::tuple<ListKeys, ListKeyConsumers, RotateKey, RevokeKey, RestoreKey, RemoveKey, ImportKey, ImportFormerSecret>;

} // namespace warder
