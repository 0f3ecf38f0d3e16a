#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/NetworkStanding.h"

#include <QHostAddress>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace warder {

/// What an admin said of a network. A value; any thread.
struct NetworkRule
{
    Id id = {};
    QString network; ///< As toText(Network) writes it: "203.0.113.0/24", "2001:db8::/32", "203.0.113.7/32".
    NetworkStanding standing = NetworkStanding::Blocked;
    QString reason = {};                 ///< In the admin's words; at most 200 characters; may be empty.
    std::optional<TimePoint> until = {}; ///< Not included; none: for ever.
    TimePoint createdAt = {};
    QString createdBy = {};

    bool operator==(const NetworkRule &) const = default;
};

/// An address with the number of its bits that count. IPv4 is 0–32 also where it was mapped into IPv6.
struct Network
{
    QHostAddress address; ///< All bits behind `bits` are 0.
    int bits = 0;

    bool operator==(const Network &) const = default;
};

/// "203.0.113.0/24", or a single address. Nothing for anything else, and where bits behind the prefix are set ("203.0.113.7/24").
std::optional<Network> parseNetwork(QStringView text);
QString toText(const Network &network);

/// Answers for an address in a time that depends on how many lengths of prefixes there are, not on how many networks. The longest prefix
/// wins, and of two of the same network the exemption. Immutable; any thread.
class NetworkTable final
{
public:
    explicit NetworkTable(const QList<NetworkRule> &rules = {});
    ~NetworkTable();

    bool isEmpty() const { return !d; }
    /// Nothing where no rule holds at that time. Points into this table, or a copy of it.
    const NetworkRule *find(const QHostAddress &address, TimePoint now) const;

private:
    struct Private;
    std::shared_ptr<const Private> d;
};

} // namespace warder
