// Warder without a window: `serve`, and the admin's command line.

#include "app/KeychainHelper.h"
#include "app/Places.h"
#include "app/cli/CommandLineProgram.h"
#include "core/platform/ProcessSetup.h"
#include "core/sealing/EnvironmentKey.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    warder::setUpProcess();
    warder::takeEnvironmentKey();
    if (warder::isKeychainHelper(argc, argv))
        return warder::runKeychainHelper(argc, argv);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("warderd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    return warder::runCommandLine(QCoreApplication::arguments(), warder::Places::ofBuild());
}
