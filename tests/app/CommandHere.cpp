#include "tests/app/CommandHere.h"

#include "app/cli/CommandLineProgram.h"
#include "core/assembly/Core.h"
#include "core/base/Clock.h"
#include "core/base/Sanitizers.h"
#include "core/config/Settings.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <QScopeGuard>

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

/// The thread sanitizer takes the lock of a future of Qt's for none: a child is told not to speak of it.
#if WARDER_SANITIZED(thread)
constexpr bool needsChild = true;
#else
constexpr bool needsChild = false;
#endif

/// stdin as the program reads it, by its descriptor and by its name, while it lives.
class TypedInput final
{
public:
    explicit TypedInput(const QByteArray &input) : m_file(std::tmpfile()), m_descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
    {
        if (!m_file || std::fwrite(input.constData(), 1, size_t(input.size()), m_file) != size_t(input.size()))
            qFatal("cannot write what is typed");
        std::rewind(m_file);
        ::dup2(::fileno(m_file), STDIN_FILENO);
        m_before = std::exchange(stdin, m_file);
    }
    ~TypedInput()
    {
        ::dup2(m_descriptor, STDIN_FILENO);
        ::close(m_descriptor);
        std::fclose(std::exchange(stdin, m_before));
    }
    Q_DISABLE_COPY_MOVE(TypedInput)

private:
    FILE *m_file;
    int m_descriptor;
    FILE *m_before = nullptr;
};

/// stdout or stderr by its name, while it lives. The descriptor stays: a sanitizer's words are for who reads the test.
class CaughtOutput final
{
public:
    explicit CaughtOutput(FILE *&stream) : m_stream(stream), m_before(std::exchange(stream, ::open_memstream(&m_text, &m_size)))
    {
        if (!m_stream)
            qFatal("cannot catch what is printed");
    }
    ~CaughtOutput()
    {
        std::fclose(std::exchange(m_stream, m_before));
        std::free(m_text);
    }
    Q_DISABLE_COPY_MOVE(CaughtOutput)

    QByteArray text() const
    {
        std::fflush(m_stream);
        return {m_text, qsizetype(m_size)};
    }

private:
    char *m_text = nullptr;
    size_t m_size = 0;
    FILE *&m_stream;
    FILE *m_before;
};

/// What main() does before the application. QCA reads its plugins anew for each who comes when nobody holds them.
void setUpHere()
{
    static std::unique_ptr<CryptoLibraries> libraries;
    if (libraries)
        return;
    libraries = std::make_unique<CryptoLibraries>();
    qAddPostRoutine([] { libraries.reset(); });
    QCoreApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.startsWith("WARDER_"_L1))
            qunsetenv(name.toUtf8().constData());
    }
}

} // namespace

ProgramAnswer runHere(const QStringList &arguments, const QByteArray &input, const Places &places)
{
    if (needsChild)
        return runWarderd(arguments, {.input = input});
    setUpHere();
    const TypedInput in(input);
    const CaughtOutput out(stdout);
    const CaughtOutput err(stderr);
    const auto leaving = qScopeGuard([mask = ::umask(077), handler = qInstallMessageHandler(nullptr)] {
        qInstallMessageHandler(handler);
        ::umask(mask);
    });
    const int code = runCommandLine(QStringList {u"warderd"_s} + arguments, places);
    return {.code = code, .out = out.text(), .err = err.text()};
}

bool makeDataHere(const QString &dataDirectory)
{
    setUpHere();
    const auto leaving = qScopeGuard([mask = ::umask(077)] { ::umask(mask); });
    const SystemClock clock {};
    return DataDirectory::open(dataDirectory)
        .and_then([&clock](DataDirectory directory) { return Core::open(std::move(directory), Settings {}, clock); })
        .has_value();
}

} // namespace warder::test
