#include "core/base/Device.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Names = std::pair<QLatin1StringView, QLatin1StringView>;

/// The first that occurs wins: most browsers also claim to be the ones below them.
constexpr std::array programs {
    Names {"Edg/"_L1, "Edge"_L1},
    Names {"OPR/"_L1, "Opera"_L1},
    Names {"Vivaldi/"_L1, "Vivaldi"_L1},
    Names {"SamsungBrowser/"_L1, "Samsung Internet"_L1},
    Names {"Firefox/"_L1, "Firefox"_L1},
    Names {"FxiOS/"_L1, "Firefox"_L1},
    Names {"CriOS/"_L1, "Chrome"_L1},
    Names {"Chrome/"_L1, "Chrome"_L1},
    Names {"Safari/"_L1, "Safari"_L1},
    Names {"curl/"_L1, "curl"_L1},
    Names {"Next.js"_L1, "Next.js"_L1},
    Names {"undici"_L1, "Node.js"_L1},
    Names {"node"_L1, "Node.js"_L1},
    Names {"python-requests"_L1, "Python"_L1},
    Names {"python-httpx"_L1, "Python"_L1},
    Names {"okhttp"_L1, "OkHttp"_L1},
    Names {"Dart/"_L1, "Dart"_L1},
    Names {"Go-http-client"_L1, "Go"_L1},
    Names {"PostmanRuntime"_L1, "Postman"_L1},
    Names {"wrk"_L1, "wrk"_L1},
};

constexpr std::array systems {
    Names {"iPhone"_L1, "iPhone"_L1},   Names {"iPad"_L1, "iPad"_L1},      Names {"Android"_L1, "Android"_L1},
    Names {"Windows"_L1, "Windows"_L1}, Names {"Mac OS X"_L1, "macOS"_L1}, Names {"CrOS"_L1, "ChromeOS"_L1},
    Names {"Linux"_L1, "Linux"_L1},
};

QString firstIn(const auto &names, QStringView text)
{
    for (const auto &[mark, name] : names) {
        if (text.contains(mark))
            return name;
    }
    return {};
}

} // namespace

QString deviceOf(QStringView userAgent)
{
    const QString program = firstIn(programs, userAgent);
    const QString system = firstIn(systems, userAgent);
    if (program.isEmpty() && system.isEmpty())
        return userAgent.left(userAgent.size() > 40 && userAgent[39].isHighSurrogate() ? 39 : 40).toString();
    return program.isEmpty() || system.isEmpty() ? program + system : program + u", "_s + system;
}

} // namespace warder
