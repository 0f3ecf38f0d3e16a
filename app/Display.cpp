#include "app/Display.h"

#include "app/cli/ExitCode.h"

#include <QByteArray>
#include <QList>
#include <QtLogging>

#include <cstdio>
#include <unistd.h>

namespace warder {
namespace {

/// What Qt says before it is known whether there is a display.
QList<QByteArray> &heard()
{
    static QList<QByteArray> lines;
    return lines;
}

QByteArray variable(const char *name)
{
    const QByteArray value = qgetenv(name);
    return value.isEmpty() ? QByteArray(name) + " is not set" : QByteArray(name) + "=" + value.left(100);
}

void hear(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtFatalMsg) {
        heard() += message.toLocal8Bit();
        return;
    }
    QByteArray where = variable("DISPLAY") + ", " + variable("WAYLAND_DISPLAY");
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        where += ", " + variable("QT_QPA_PLATFORM");
    std::fprintf(stderr, "warder: there is no display to open the window on (%s). `warderd serve` runs Warder without a window.\n", where.constData());
    std::fflush(stderr);
    ::_exit(CannotRun);                    // nothing has been opened yet; a return would go on to abort()
}

} // namespace

void orSayThatThereIsNoDisplay(const std::function<void()> &makeApplication)
{
    qInstallMessageHandler(hear);
    makeApplication();
    qInstallMessageHandler(nullptr);
    for (const QByteArray &line : std::exchange(heard(), {}))
        std::fprintf(stderr, "%s\n", line.constData());
}

} // namespace warder
