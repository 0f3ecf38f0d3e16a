#include "tests/ui/support/FakeConsole.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace warder::test {

Result<TuningView> FakeConsole::stepOf(const TuneHashing &order) const
{
    const auto tuning = tuningFor(order, hashing);
    if (!tuning)
        return refused(tuning);
    QList<HashTrial> tried = trialsOf(order.tried);
    if (const auto next = tuning->next(tried)) {
        const bool isBcrypt = next->algorithm == HashingPolicy::Algorithm::Bcrypt;
        const double work = isBcrypt ? std::ldexp(1.0, next->bcryptCost) : double(next->memoryKib) * next->iterations;
        tried += HashTrial {.policy = *next, .time = std::chrono::microseconds(qint64(work * microsecondsOfWork))};
    }
    return viewOfTuning(*tuning, tried);
}

void FakeConsole::teachHashing()
{
    teach<ReadHashing>([this](const auto &) { return Play<ReadHashing> {u"hashing"_s, hashing}; });
    teach<TuneHashing>([this](const TuneHashing &order) {
        return Play<TuneHashing> {u"tuneHashing %1 %2 after %3"_s.arg(order.target.count()).arg(order.memoryMib).arg(order.tried.size()),
                                  stepOf(order)};
    });
}

} // namespace warder::test
