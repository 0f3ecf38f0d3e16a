#include "app/Display.h"

#include "app/cli/ExitCode.h"

#include <QByteArray>
#include <QString>
#include <QtLogging>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace warder {
namespace {

constexpr std::chrono::seconds patience {20};

/// Keeps what is written to stderr, by Qt and by the libraries below it, until it is known whether there is a display.
class HeldStderr final
{
public:
    HeldStderr() : m_stderr(::dup(STDERR_FILENO)), m_held(std::tmpfile())
    {
        if (m_held)
            ::dup2(::fileno(m_held), STDERR_FILENO);
    }
    ~HeldStderr()
    {
        giveBack();
        std::array<char, 4096> part {};
        if (m_held)
            std::rewind(m_held);
        while (m_held) {
            const size_t size = std::fread(part.data(), 1, part.size(), m_held);
            if (size == 0 || ::write(STDERR_FILENO, part.data(), size) < 0)
                break;
        }
        if (m_held)
            std::fclose(m_held);
        ::close(m_stderr);
    }
    void giveBack() const { ::dup2(m_stderr, STDERR_FILENO); }

private:
    int m_stderr;
    FILE *m_held;
};

const HeldStderr *held = nullptr;

QByteArray variable(const char *name)
{
    const QByteArray value = qgetenv(name);
    return value.isEmpty() ? QByteArray(name) + " is not set" : QByteArray(name) + "=" + value.left(100);
}

[[noreturn]] void endWithoutDisplay(const char *how)
{
    QByteArray where = variable("DISPLAY") + ", " + variable("WAYLAND_DISPLAY");
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        where += ", " + variable("QT_QPA_PLATFORM");
    std::fflush(stderr);
    held->giveBack();
    std::fprintf(stderr, "warder: there is no display to open the window on (%s)%s. `warderd serve` runs Warder without a window.\n",
                 where.constData(), how);
    std::fflush(stderr);
    ::_exit(CannotRun); // nothing has been opened yet; a return would go on to abort()
}

void handleMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtFatalMsg) {
        std::fprintf(stderr, "%s\n", message.toLocal8Bit().constData());
        return;
    }
    endWithoutDisplay("");
}

/// X11's libraries wait as long as TCP does for a machine that is switched off, two minutes, and for ever for a server that stands.
void watchConnection(const std::stop_token &opened)
{
    std::mutex mutex;
    std::condition_variable_any waking;
    std::unique_lock lock(mutex);
    waking.wait_for(lock, opened, patience, [] { return false; });
    if (!opened.stop_requested())
        endWithoutDisplay(": it has not answered for 20 seconds");
}

} // namespace

void orSayThatThereIsNoDisplay(const std::function<void()> &makeApplication)
{
    const HeldStderr holding;
    held = &holding;
    qInstallMessageHandler(handleMessage);
    std::jthread watching(watchConnection);
    makeApplication();
    watching = {}; // asks it to stop, and waits for that
    qInstallMessageHandler(nullptr);
    std::fflush(stderr);
    held = nullptr;
}

} // namespace warder
