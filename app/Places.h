#pragma once

#include <QString>

namespace warder {

/// Where a machine has what an installation brings. main() takes those of the build; tests bring their own.
struct Places
{
    QString systemData;   ///< The data directory of the system's server.
    QString systemConfig; ///< The file of that server's settings.

    static Places ofBuild();
};

} // namespace warder
