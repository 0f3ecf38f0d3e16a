// Warder with its window.

#include "app/Display.h"
#include "app/KeychainHelper.h"
#include "app/cli/Output.h"
#include "app/desktop/DesktopProgram.h"
#include "app/desktop/ElsewhereProgram.h"
#include "core/base/RemotePlace.h"
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

/// What is wrong with a place, for people who know the system.
QString wordsOf(PlaceFault fault)
{
    switch (fault) {
    case PlaceFault::Missing:         return u"names no machine"_s;
    case PlaceFault::UserMalformed:   return u"has a user's name that may be none: letters, digits and . _ + - are"_s;
    case PlaceFault::HostMalformed:   return u"names no machine or address"_s;
    case PlaceFault::PortMalformed:   return u"has a port that is none: 1 to 65535 are; a data directory begins with /"_s;
    case PlaceFault::FolderMalformed: return u"has a data directory that is too long, or has one of : % $ \\ in it"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The other options are of a server of this machine.
int runElsewhere(const QString &name, const QStringList &options, const QString &package)
{
    if (options.size() > 1 || options.value(0) != "connect"_L1)
        return wrongUsage(u"--connect goes alone: the other options are for a server of this machine"_s);
    const auto place = RemotePlace::parse(name);
    if (!place)
        return wrongUsage(
            u"--connect %1 %2. It takes user@host, user@host:port, or either with :/data/directory"_s.arg(name, wordsOf(place.error())));
    return ElsewhereProgram(*place, package).run();
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
    const QCommandLineOption elsewhere(u"connect"_s, u"Show the server on another machine, by ssh: user@host[:port][:/data/directory]."_s,
                                       u"place"_s);
    parser.addOption(elsewhere);
    parser.process(*application);
    if (!qobject_cast<QApplication *>(application.get()))
        parser.showHelp(warder::WrongUsage); // "--help" as the value of an option
    const QString package = qEnvironmentVariable("WARDER_PACKAGE", QStringLiteral(WARDER_PACKAGE));
    if (parser.isSet(elsewhere))
        return warder::runElsewhere(parser.value(elsewhere), parser.optionNames() + parser.positionalArguments(), package);
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
                                   .package = package,
                                   .hidden = parser.isSet(hidden)})
        .run();
}
