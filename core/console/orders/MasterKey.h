#pragma once

#include "core/base/MasterKeySource.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// Of the key that all others are sealed under; never the key itself.
struct MasterKeyView
{
    MasterKeySource source = MasterKeySource::File;
    QString place;                  ///< For people: "the file /var/lib/warder/master.key".
    int version = 1;                ///< One more with each rotation.
    QString checkCode;              ///< Stands on what was exported, too: "8587-7295".
    QString whyReadOnly = {};       ///< Why Warder cannot rotate it there; empty where it can.
    QStringList alsoAt = {};        ///< Where a key lies besides, which is not used: places to tidy.
    bool couldBeInKeychain = false; ///< A new one would go there, if the keychain of whoever runs this works; this one did not.

    bool operator==(const MasterKeyView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("source"_L1, v.source, "place"_L1, v.place, "version"_L1, v.version, "check_code"_L1, v.checkCode, "why_read_only"_L1,
              v.whyReadOnly, "also_at"_L1, v.alsoAt, "could_be_in_keychain"_L1, v.couldBeInKeychain);
    }
};

/// A key for the safe: secret.
struct ExportedMasterKey
{
    QString text; ///< "KEY CODE"

    static void members(auto &visit, auto &v) { visit("master_key"_L1, v.text); }
};

using ReadMasterKey = OrderFor<MasterKeyView, "master_key.read">;

/// Proven at the new place before it leaves the old one.
struct MoveMasterKey : OrderFor<MasterKeyView, "master_key.move">
{
    MasterKeySource to = MasterKeySource::File;
    static void members(auto &visit, auto &v) { visit("to"_L1, v.to); }
};

/// A new one; everything that is sealed is sealed anew. Nobody notices, but copies of the database from before need the former key.
using RotateMasterKey = OrderFor<MasterKeyView, "master_key.rotate">;

using ExportMasterKey = OrderFor<ExportedMasterKey, "master_key.export">;

/// Puts it back. InvalidInput, with what is mistyped, for another one than this database's.
struct ImportMasterKey : OrderFor<MasterKeyView, "master_key.import">
{
    QString text;                           ///< As it was exported; secret.
    std::optional<MasterKeySource> to = {}; ///< Where it is now, unless this says otherwise.
    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "to"_L1, v.to); }
};

using MasterKeyOrders = std::tuple<ReadMasterKey, MoveMasterKey, RotateMasterKey, ExportMasterKey, ImportMasterKey>;

} // namespace warder
