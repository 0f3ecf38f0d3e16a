#include "core/api/filters/Hosts.h"

#include "core/net/gate/AddressText.h"

namespace warder {
namespace {

/// "Example.com:8000" → "example.com", "[::1]:8000" → "[::1]"; the gate let only well-formed ones in.
QByteArray nameOf(QByteArrayView host)
{
    const qsizetype colon = host.endsWith(']') ? -1 : host.lastIndexOf(':');
    return host.first(colon < 0 ? host.size() : colon).toByteArray().toLower();
}

std::optional<QHostAddress> addressOf(const QByteArray &name)
{
    const std::string_view text(name.data(), std::size_t(name.size()));
    return text.starts_with('[') && text.ends_with(']') ? ipv6From(text.substr(1, text.size() - 2)) : ipv4From(text);
}

} // namespace

Hosts::Hosts(const QStringList &names)
{
    for (const QString &name : names) {
        if (!name.isEmpty())
            m_names.insert(name.toLower().toUtf8());
    }
}

bool Hosts::isOwn(QByteArrayView host) const
{
    const QByteArray name = nameOf(host);
    return isLocalName(host) || m_names.contains(name) || addressOf(name).has_value();
}

bool Hosts::isLoopback(QByteArrayView host)
{
    const auto address = addressOf(nameOf(host));
    return isLocalName(host) || (address && address->isLoopback());
}

bool Hosts::isLocalName(QByteArrayView host)
{
    const QByteArray name = nameOf(host);
    return name == "localhost" || name.endsWith(".localhost");
}

} // namespace warder
