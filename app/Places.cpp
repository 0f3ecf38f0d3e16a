#include "app/Places.h"

namespace warder {

Places Places::ofBuild()
{
    return {.systemData = QStringLiteral(WARDER_SYSTEM_DATA_DIR),
            .systemConfig = QStringLiteral(WARDER_SYSTEM_CONFIG_DIR "/warder.conf")};
}

} // namespace warder
