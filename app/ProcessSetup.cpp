#include "app/ProcessSetup.h"

#include <QtEnvironmentVariables>

#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace warder {

void setUpProcess()
{
    umask(077);
    const rlimit none {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    rlimit descriptors {};
    if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) { // the soft limit is low for the sake of programs that use select()
        descriptors.rlim_cur = descriptors.rlim_max;
        setrlimit(RLIMIT_NOFILE, &descriptors);
    }
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    prctl(PR_SET_DUMPABLE, 0); // LeakSanitizer must be able to trace
#endif
    qputenv("QT_NO_THREADED_GLIB", "1");
}

} // namespace warder
