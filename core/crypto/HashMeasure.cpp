#include "core/crypto/HashMeasure.h"

#include "core/crypto/PasswordHasher.h"
#include "core/platform/Process.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostHashes = 3;
constexpr Seconds longEnough {2};

} // namespace

Result<std::chrono::microseconds> measureHash(const HashingPolicy &policy, const std::function<bool(int done, int all)> &goesOn)
{
    const PasswordHasher hasher(policy);
    QList<std::chrono::microseconds> times;
    std::chrono::microseconds spent {0};
    while (times.size() < mostHashes && spent < longEnough) {
        if (!goesOn(int(times.size()), mostHashes))
            return refused(ErrorCode::Busy, u"the measuring was stopped"_s);
        const auto before = platform::threadCpuTime();
        if (const auto hash = hasher.hash(u"correct horse battery staple"); !hash)
            return refused(hash);
        times += platform::threadCpuTime() - before;
        spent += times.last();
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace warder
