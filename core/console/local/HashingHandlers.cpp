#include "core/base/Workers.h"
#include "core/config/LiveSettings.h"
#include "core/console/HashingViews.h"
#include "core/console/local/LocalConsole.h"
#include "core/crypto/HashMeasure.h"
#include "core/platform/Process.h"

namespace warder {
namespace {

HashingView hashingOf(const ConsoleContext &console)
{
    const Settings settings = console.settings.get();
    return viewOfHashing(HashingPolicy::from(settings), threadsFor(settings.get<"passwords.hashing_threads">()), threadsFor(0));
}

Result<HashingView> hashing(ConsoleContext &console, const ReadHashing &) { return hashingOf(console); }

Result<TuningView> tune(ConsoleContext &console, const TuneHashing &order, Errand &errand)
{
    const auto tuning = tuningFor(order, hashingOf(console));
    if (!tuning)
        return refused(tuning);
    QList<HashTrial> tried = trialsOf(order.tried);
    if (const auto wanted = tuning->next(tried)) {
        platform::standBack(); // this thread does nothing else
        const auto time = measureHash(*wanted, [&console, &errand](int done, int all) {
            errand.reportProgress(done, all);
            return !errand.isCanceled() && !console.isClosing;
        });
        if (!time)
            return refused(time);
        tried += HashTrial {.policy = *wanted, .time = *time};
    }
    return viewOfTuning(*tuning, tried);
}

} // namespace

void LocalConsole::addHashingHandlers()
{
    add(hashing);
    addLong(m_tunings, tune);
}

} // namespace warder
