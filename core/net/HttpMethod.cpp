#include "core/net/HttpMethod.h"

#include "core/base/EnumNames.h"

namespace warder {
namespace {

/// In the order of the enumeration.
constexpr std::array<QByteArrayView, 7> names {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

} // namespace

QByteArrayView nameOf(HttpMethod method) { return names.at(std::size_t(method)); }

std::optional<HttpMethod> methodFromName(QByteArrayView name) { return findByName<HttpMethod>(names, name); }

} // namespace warder
