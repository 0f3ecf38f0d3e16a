#include "core/http/GateSpeller.h"

#include <algorithm>
#include <array>

namespace warder {
namespace {

constexpr std::array<std::string_view, 15> dropped {
    "te", "expect", "upgrade", "trailer", "forwarded", "connection", "keep-alive", "content-length", "http2-settings",
    "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "proxy-connection", "transfer-encoding", "x-forwarded-port"};

bool isDropped(std::string_view name)
{
    return equalsIgnoringCase(name.substr(0, gatefields::prefix.size()), gatefields::prefix)
        || std::ranges::any_of(dropped, [name](std::string_view other) { return equalsIgnoringCase(name, other); });
}

void appendField(std::string &out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

} // namespace

std::string spellRequest(const RequestHead &head, std::string_view body, const GateClient &client,
                         const QHostAddress &peer)
{
    std::string out;
    out.reserve(1024 + body.size());
    out.append(head.method).append(" ").append(head.target).append(" HTTP/1.1\r\n");
    for (const auto &[name, value] : head.fields) {
        if (!isDropped(name))
            appendField(out, name, value);
    }
    if (!body.empty())
        appendField(out, "content-length", std::to_string(body.size()));
    if (client.address != peer)
        appendField(out, gatefields::client, client.address.toString().toStdString());
    if (client.secure)
        appendField(out, gatefields::secure, "1");
    out.append("\r\n").append(body);
    return out;
}

} // namespace warder
