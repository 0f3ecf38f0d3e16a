#include "core/platform/ProcessSetup.h"

#include "core/base/Sanitizers.h"

#include <QByteArray>
#include <QtEnvironmentVariables>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <fcntl.h>
#include <langinfo.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace warder {
namespace {

/// The lowest free descriptor is the next one opened: without this a socket would become stdout, and lines would go into it.
void openStandardStreams()
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) != stream)
            _exit(4); // no /dev/null: there is nowhere to say so
    }
}

bool speaksUtf8()
{
    const locale_t own = newlocale(LC_ALL_MASK, "", nullptr);
    if (!own)
        return false;
    const bool utf8 = std::string_view(nl_langinfo_l(CODESET, own)) == "UTF-8";
    freelocale(own);
    return utf8;
}

/// Qt complains on stderr of every other locale, or of one that this machine lacks, and then does the same.
void chooseUtf8()
{
    if (speaksUtf8())
        return;
    if (qEnvironmentVariableIsSet("LC_ALL")) {
        qputenv("LANG", qgetenv("LC_ALL")); // the language stays
        qunsetenv("LC_ALL");
    }
    qputenv("LC_CTYPE", "C.UTF-8");
    if (!speaksUtf8())
        qputenv("LC_ALL", "C.UTF-8");
}

} // namespace

void setUpProcess()
{
    openStandardStreams();
    chooseUtf8();
    umask(077);
    for (const int failedWrite : {SIGPIPE, SIGXFSZ}) // the write itself says what is wrong
        std::signal(failedWrite, SIG_IGN);
    const rlimit none {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    rlimit descriptors {};
    if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) { // the soft limit is low for the sake of programs that use select()
        descriptors.rlim_cur = descriptors.rlim_max;
        setrlimit(RLIMIT_NOFILE, &descriptors);
    }
#if defined(__linux__) && !WARDER_SANITIZED(address) && !WARDER_SANITIZED(thread)
    prctl(PR_SET_DUMPABLE, 0); // LeakSanitizer must be able to trace
#endif
    qputenv("QT_NO_THREADED_GLIB", "1");
}

} // namespace warder
