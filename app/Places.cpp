#include "app/Places.h"

#include <QCoreApplication>
#include <QDir>

namespace warder {

Places Places::ofBuild()
{
    return {.systemData = QStringLiteral(WARDER_SYSTEM_DATA_DIR),
            .systemConfig = QStringLiteral(WARDER_SYSTEM_CONFIG_DIR "/warder.conf"),
            .shared = QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/" WARDER_SHARED_DIR))};
}

} // namespace warder
