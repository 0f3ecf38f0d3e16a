#pragma once

#include "core/base/Result.h"

#include <QStringList>

namespace warder {

/// For what a certificate is good: DNS names and addresses, spelt in one way, without duplicates, in the order given.
struct HostNames
{
    QStringList dns = {};       ///< Lower case, punycode; "*.dev.example" stands for one label.
    QStringList addresses = {}; ///< IPv4 and IPv6, no networks.

    QStringList all() const { return dns + addresses; }
    bool operator==(const HostNames &) const = default;

    /// localhost, 127.0.0.1, ::1 and what is given. InvalidInput names the first that is neither a host name nor an address.
    static Result<HostNames> withLocalhost(const QStringList &names);
};

} // namespace warder
