#include "core/config/HostPort.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Digits only: toInt() would also take signs and spaces.
std::optional<int> parseNumber(QStringView text, int max)
{
    const bool digits = !text.isEmpty() && text.size() <= 5 && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const int value = digits ? text.toInt() : -1;
    return value >= 0 && value <= max ? std::optional(value) : std::nullopt;
}

bool isV4(const QHostAddress &address) { return address.protocol() == QHostAddress::IPv4Protocol; }

} // namespace

std::optional<QHostAddress> parseAddress(QStringView text)
{
    const QString spelled = text.toString();
    const QHostAddress address(spelled);
    if (address.isNull() || !address.scopeId().isEmpty())
        return std::nullopt;
    if (isV4(address) && address.toString() != spelled) // "10" and "010.0.0.1" name other machines than people think
        return std::nullopt;
    return address;
}

std::optional<QPair<QHostAddress, int>> parseSubnet(QStringView text)
{
    const auto slash = text.indexOf(u'/');
    const auto address = parseAddress(slash < 0 ? text : text.first(slash));
    if (!address)
        return std::nullopt;
    const int bits = isV4(*address) ? 32 : 128;
    const auto length = slash < 0 ? std::optional(bits) : parseNumber(text.sliced(slash + 1), bits);
    return length ? std::optional(QPair(*address, *length)) : std::nullopt;
}

std::optional<HostPort> parseHostPort(QStringView text)
{
    const auto colon = text.lastIndexOf(u':');
    const auto port = colon < 0 ? std::nullopt : parseNumber(text.sliced(colon + 1), 65'535);
    if (!port)
        return std::nullopt;
    QStringView host = text.first(colon);
    const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
    if (bracketed)
        host = host.sliced(1, host.size() - 2);
    const auto address = host == "localhost"_L1 ? std::optional(QHostAddress(QHostAddress::LocalHost)) : parseAddress(host);
    if (!address || bracketed == isV4(*address))
        return std::nullopt;
    return HostPort {.address = *address, .port = quint16(*port)};
}

QString toText(const HostPort &place)
{
    const QString host = place.address.toString();
    return (isV4(place.address) ? u"%1:%2"_s : u"[%1]:%2"_s).arg(host).arg(place.port);
}

} // namespace warder
