#pragma once

#include <QString>

namespace warder {

/// Where a machine has what an installation brings. main() takes those of the build; tests bring their own.
struct Places
{
    QString systemData;   ///< The data directory of the system's server.
    QString systemConfig; ///< The file of that server's settings.
    QString shared;       ///< The folder of what is handed out: the Next.js starter and its package.

    /// `shared` is found from where the program stands, so that an installation can be moved. Needs the application object.
    static Places ofBuild();
};

} // namespace warder
