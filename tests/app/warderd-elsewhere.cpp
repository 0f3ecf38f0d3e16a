// `warderd` on a machine that is a folder: what the build says of the system lies below the variable TEST_ROOT.

#include "app/cli/CommandLineProgram.h"
#include "core/platform/ProcessSetup.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    warder::setUpProcess();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"warderd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    const QString root = qEnvironmentVariable("TEST_ROOT");
    return warder::runCommandLine(QCoreApplication::arguments(), {.systemData = root + "/var/lib/warder"_L1,
                                                                  .systemConfig = root + "/etc/warder/warder.conf"_L1,
                                                                  .shared = root + "/usr/share/warder"_L1});
}
