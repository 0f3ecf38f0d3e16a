#pragma once

#include <QHostAddress>

#include <optional>

namespace warder {

/// Where to listen. A value; any thread.
struct HostPort
{
    QHostAddress address;
    quint16 port = 0;              ///< 0: the system picks one.

    bool operator==(const HostPort &) const = default;
};

/// `127.0.0.1:8000`, `[::1]:8000`, `localhost:8000`. Nothing for other names: we listen on addresses.
std::optional<HostPort> parseHostPort(QStringView text);

/// The form that parseHostPort() reads.
QString toText(const HostPort &place);

} // namespace warder
