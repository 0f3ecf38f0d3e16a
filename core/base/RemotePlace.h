#pragma once

#include "core/base/EnumNames.h"

#include <expected>

namespace warder {

/// What is wrong with the name of a place.
enum class PlaceFault { Missing, UserMalformed, HostMalformed, PortMalformed, FolderMalformed };

template <>
inline constexpr std::array namesOf<PlaceFault> {"missing"_L1, "user_malformed"_L1, "host_malformed"_L1, "port_malformed"_L1,
                                                 "folder_malformed"_L1};

/// Where a server runs on another machine, as `ssh` reaches it: `ann@example.com`, `example.com:2222`, `root@[::1]:22:/var/lib/warder`.
/// What it holds is an argument of a program and may be looked at by shells of the person's ssh configuration, so nothing that is
/// special to either is taken. Pure; any thread.
struct RemotePlace
{
    /// Bytes of the longest data directory: the name of a socket in it must fit an address of the system's.
    static constexpr qsizetype longestFolder = 94;

    QString user = {};          ///< Empty: ssh decides.
    QString host = {};          ///< A name, an address, or a `Host` of the person's ssh configuration.
    int port = 0;               ///< 0: ssh decides.
    QString dataDirectory = {}; ///< Absolute, there; empty: that of the warderd there.

    static std::expected<RemotePlace, PlaceFault> parse(const QString &text);

    /// Nothing: it may be gone to.
    std::optional<PlaceFault> fault() const;
    /// What parse() reads.
    QString toText() const;

    bool operator==(const RemotePlace &) const = default;
};

} // namespace warder
