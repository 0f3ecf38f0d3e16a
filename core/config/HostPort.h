#pragma once

#include <QHostAddress>

#include <optional>

namespace warder {

/// Where to listen. A value; any thread.
struct HostPort
{
    QHostAddress address;
    quint16 port = 0; ///< 0: the system picks one.

    bool operator==(const HostPort &) const = default;
};

/// A whole address in its usual spelling, without a zone; nothing for the short and octal forms that QHostAddress takes.
std::optional<QHostAddress> parseAddress(QStringView text);

/// `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`: what QHostAddress::parseSubnet() makes of it. Nothing for any other form.
std::optional<QPair<QHostAddress, int>> parseSubnet(QStringView text);

/// `127.0.0.1:8000`, `[::1]:8000`, `localhost:8000`. Nothing for other names: we listen on addresses.
std::optional<HostPort> parseHostPort(QStringView text);

/// The form that parseHostPort() reads.
QString toText(const HostPort &place);

} // namespace warder
