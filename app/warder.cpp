// Warder with its window.

#include "app/Display.h"
#include "app/KeychainHelper.h"
#include "app/cli/Output.h"
#include "app/desktop/DesktopProgram.h"
#include "core/platform/ProcessSetup.h"
#include "core/sealing/EnvironmentKey.h"

#include <QApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What is only told needs no display.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const auto isQuestion = [](const QByteArray &word) {
        return word == "--help" || word == "-h" || word == "--help-all" || word == "--version" || word == "-v";
    };
    if (std::any_of(argv, argv + argc, isQuestion))
        return std::make_unique<QCoreApplication>(argc, argv);
    std::unique_ptr<QApplication> application;
    orSayThatThereIsNoDisplay([&] { application = std::make_unique<QApplication>(argc, argv); });
    setUpDesktopApplication();
    return application;
}

} // namespace
} // namespace warder

int main(int argc, char **argv)
{
    warder::setUpProcess();
    warder::takeEnvironmentKey();
    if (warder::isKeychainHelper(argc, argv))
        return warder::runKeychainHelper(argc, argv);
    const auto application = warder::makeApplication(argc, argv);
    QApplication::setApplicationName(u"warder"_s);
    QApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Warder: an authentication server with its console. `warderd --help` tells of the command line."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(warder::startOptions());
    const QCommandLineOption hidden(u"hidden"_s, u"Start without a window: in the tray, or minimised where there is none."_s);
    parser.addOption(hidden);
    parser.process(*application);
    if (!qobject_cast<QApplication *>(application.get()))
        parser.showHelp(warder::WrongUsage); // "--help" as the value of an option
    const auto options = warder::startOptionsFrom(parser);
    if (!options)
        return warder::refuseToStart({}, options.error(), warder::WrongUsage);
    if (const QStringList words = parser.positionalArguments(); !words.isEmpty()) {
        warder::printError(
            {.code = warder::ErrorCode::InvalidInput,
             .detail = u"no such argument: %1. The window takes options only, commands are warderd's"_s.arg(words.join(u' '))});
        return warder::WrongUsage;
    }
    return warder::DesktopProgram({.options = *options,
                                   .systemDataDirectory = QStringLiteral(WARDER_SYSTEM_DATA_DIR),
                                   .package = qEnvironmentVariable("WARDER_PACKAGE", QStringLiteral(WARDER_PACKAGE)),
                                   .hidden = parser.isSet(hidden)})
        .run();
}
