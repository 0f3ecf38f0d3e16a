#pragma once

#include "core/base/EnumNames.h"

#include <QStringList>

namespace warder {

/// How many rows differ in one way, and the first few of them in words for people.
struct DifferingRows
{
    static constexpr int mostNamed = 5;

    qint64 count = 0;
    QStringList first = {};

    bool operator==(const DifferingRows &) const = default;

    static void members(auto &visit, auto &v) { visit("count"_L1, v.count, "first"_L1, v.first); }
};

/// What a restore would do: what is here now and would be lost, what would come back, and what would be as it was.
struct BackupDifference
{
    DifferingRows usersLost = {};
    DifferingRows usersBack = {};
    DifferingRows usersChanged = {};
    DifferingRows sessionsLost = {}; ///< Live now; by whose they are.
    DifferingRows sessionsBack = {}; ///< Ended or gone now, and live again.
    DifferingRows keysLost = {};
    DifferingRows keysBack = {};
    DifferingRows keysChanged = {}; ///< In another state.

    bool operator==(const BackupDifference &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("users_lost"_L1, v.usersLost, "users_back"_L1, v.usersBack, "users_changed"_L1, v.usersChanged, "sessions_lost"_L1,
              v.sessionsLost, "sessions_back"_L1, v.sessionsBack, "keys_lost"_L1, v.keysLost, "keys_back"_L1, v.keysBack, "keys_changed"_L1,
              v.keysChanged);
    }
};

} // namespace warder
