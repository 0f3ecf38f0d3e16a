#include "core/net/gate/ProxyHeader.h"
#include "tests/fuzz/Check.h"

#include <vector>

using namespace warder;
using namespace warder::fuzz;

/// A verdict is final: no further byte may change it, and none but the header's own may be needed for it.
namespace {

std::expected<ProxyHeader, ProxyFault> parseCopy(std::string_view bytes)
{
    const std::vector<char> copy(bytes.begin(), bytes.end()); // of its own size: reading past it is noticed
    return parseProxyHeader({copy.data(), copy.size()});
}

void checkSame(const std::expected<ProxyHeader, ProxyFault> &one, const std::expected<ProxyHeader, ProxyFault> &other)
{
    check(one.has_value() == other.has_value(), "the pieces change the verdict");
    if (!one)
        return check(one.error() == other.error(), "the pieces change the fault");
    check(one->size == other->size && one->client == other->client && one->port == other->port, "the pieces change the header");
}

void checkHeader(const ProxyHeader &header, std::string_view bytes)
{
    const bool isText = bytes.starts_with("PROXY ");
    check(header.size <= (isText ? 107 : longestProxyHeader), "a header beyond the limit");
    check(!isText || bytes.substr(0, header.size).ends_with("\r\n"), "a line without its end");
    check(!header.client.isNull() || header.port == 0, "a port of nobody");
    check(header.client.scopeId().isEmpty(), "an address with a scope");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const auto whole = parseCopy(bytes);
    if (whole)
        checkHeader(*whole, bytes);
    for (std::size_t length = 0; length < size; ++length) {
        const auto part = parseCopy(bytes.substr(0, length));
        const bool isVerdict = part || part.error() == ProxyFault::Malformed;
        check(!whole || (isVerdict == (length >= whole->size)), "a header that is complete too early or too late");
        if (isVerdict)
            return checkSame(part, whole), 0;
    }
    check(whole || whole.error() == ProxyFault::Malformed || size < longestProxyHeader, "waits for more than there can be");
    return 0;
}
