#pragma once

#include "tests/support/CpuTime.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StillConsole.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/ListPage.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>

namespace warder::test {

enum class LongList { Users, Sessions, Activity };

/// A test of what a page with a long list costs the GUI thread. That is measured in the thread's own CPU time, and only against what the
/// same page needs for less in the same run, so that no clock and no other load decides.
class LongListTest : public QObject
{
    Q_OBJECT
protected:
    static constexpr int shortList = 1'000;
    static constexpr int longList = 20'000;
    /// Of a list twenty times as long: what is painted is the same, and nothing else that counts may be more.
    static constexpr double mostGrowth = 4;

    /// The page, in front, once it has read; the one before it must be gone.
    std::unique_ptr<ListPage> open(LongList list, int rows, StillConsole::Reading reading);
    static DataTable &tableOf(const ListPage &page);

    static double costOf(const std::function<void()> &work)
    {
        const double before = threadMilliseconds();
        work();
        return threadMilliseconds() - before;
    }
    /// Of `work` and all that follows from it at once; the least of a few times.
    static double leastCostOf(const std::function<void()> &work)
    {
        double least = std::numeric_limits<double>::max();
        for (int round = 0; round < 5; ++round) {
            least = std::min(least, costOf([&work] {
                                 work();
                                 settle();
                             }));
        }
        return least;
    }

    Scene m_scene;
    std::unique_ptr<StillConsole> m_console;

private:
    void fill(LongList list, int rows);
};

} // namespace warder::test
