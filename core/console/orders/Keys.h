#pragma once

#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

struct KeyView
{
    QString kid;
    KeyPurpose purpose = KeyPurpose::Access;
    QString algorithm;
    KeyState state = KeyState::Standby;
    TimePoint createdAt;
    std::optional<TimePoint> activatedAt = {};
    std::optional<TimePoint> retiredAt = {};
    std::optional<TimePoint> verifyUntil = {}; ///< Until then tokens signed with it stay good.
    std::optional<TimePoint> rotatesAt = {};   ///< Of the current key: from then on it is replaced without anybody's doing, if ever.
    qint64 sessions = 0;                       ///< Live ones that hold a token it signed: how many its revocation concerns.

    bool operator==(const KeyView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("kid"_L1, v.kid, "purpose"_L1, v.purpose, "algorithm"_L1, v.algorithm, "state"_L1, v.state, "created_at"_L1, v.createdAt,
              "activated_at"_L1, v.activatedAt, "retired_at"_L1, v.retiredAt, "verify_until"_L1, v.verifyUntil, "rotates_at"_L1,
              v.rotatesAt, "sessions"_L1, v.sessions);
    }
};

using ListKeys = OrderFor<QList<KeyView>, "keys.list">;

/// Nobody is signed out: the old key keeps verifying until its verifyUntil.
struct RotateKey : OrderFor<KeyView, "keys.rotate">
{
    KeyPurpose purpose = KeyPurpose::Access;
    static void members(auto &visit, auto &v) { visit("purpose"_L1, v.purpose); }
};

/// At once: an access key's sessions must refresh, a refresh key's sessions end. A current key is rotated first. `sessions` of
/// the answer: how many it was.
struct RevokeKey : OrderFor<KeyView, "keys.revoke">
{
    QString kid;
    static void members(auto &visit, auto &v) { visit("kid"_L1, v.kid); }
};

using KeyOrders = std::tuple<ListKeys, RotateKey, RevokeKey>;

} // namespace warder
