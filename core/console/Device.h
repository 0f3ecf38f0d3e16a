#pragma once

#include <QString>

namespace warder {

/// A user agent in words: "Firefox on Linux", "curl", "Next.js server". Anything at all may come in. Pure; any thread.
QString deviceOf(QStringView userAgent);

} // namespace warder
