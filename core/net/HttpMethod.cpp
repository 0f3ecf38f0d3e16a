#include "core/net/HttpMethod.h"

#include <algorithm>
#include <array>

namespace warder {
namespace {

/// In the order of the enumeration.
constexpr std::array<QByteArrayView, 7> names {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

} // namespace

QByteArrayView nameOf(HttpMethod method) { return names.at(std::size_t(method)); }

std::optional<HttpMethod> methodFromName(QByteArrayView name)
{
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return HttpMethod(found - names.begin());
}

} // namespace warder
