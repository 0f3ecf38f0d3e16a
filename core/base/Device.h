#pragma once

#include <QString>

namespace warder {

/// The names in a user agent, which are the same in all languages: "Firefox, Linux", "curl"; empty for an empty one. Anything at all may
/// come in. Pure; any thread.
QString deviceOf(QStringView userAgent);

} // namespace warder
