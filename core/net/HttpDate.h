#pragma once

#include <string>

namespace warder {

/// The time now as RFC 9110 §5.6.7 spells it, "Mon, 23 Nov 2026 15:07:23 GMT". Any thread; each formats it once a second.
const std::string &httpDate();

} // namespace warder
