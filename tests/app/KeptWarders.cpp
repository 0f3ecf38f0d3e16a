#include "tests/app/KeptWarders.h"

#include "app/cli/ExitCode.h"

#include <QTest>

namespace warder::test {
namespace {

/// The two global rows that tests of commands have: on the database alone, and through a server.
bool thisRow()
{
    QFETCH_GLOBAL(bool, served);
    return served;
}

} // namespace

bool KeptWarders::take(Folder &folder, Warder &warder)
{
    auto kept = m_kept.extract(thisRow());
    if (!kept)
        return false;
    warder = std::move(kept.mapped().second);
    folder = std::move(kept.mapped().first);
    return true;
}

bool KeptWarders::keep(Folder &folder, Warder &warder)
{
    if (QTest::currentTestFailed())
        return false;
    m_kept[thisRow()] = std::pair(std::move(folder), std::move(warder));
    return true;
}

bool KeptWarders::end()
{
    bool endedWell = true;
    for (const auto &[row, kept] : m_kept) {
        if (kept.second->isRunning() && kept.second->stop() != Done)
            endedWell = false;
    }
    m_kept.clear();
    return endedWell;
}

bool isFunction(const QByteArrayList &names) { return names.contains(QByteArray(QTest::currentTestFunction())); }

} // namespace warder::test
