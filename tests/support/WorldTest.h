#pragma once

#include "core/assembly/CorePolicies.h"
#include "tests/support/FakeClock.h"
#include "tests/support/World.h"

#include <memory>

namespace warder::test {

/// A test with a world for each function, in a folder that goes with it.
class WorldTest : public QObject
{
    Q_OBJECT
protected Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup()
    {
        m_world.reset();
        m_folder.reset();
    }

protected:
    /// The server starts anew, on what is on disk.
    void reopen(const CorePolicies &policies = quickPolicies)
    {
        m_world.reset();
        m_world = std::make_unique<World>(m_folder->path(), m_clock, policies);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<World> m_world;
};

} // namespace warder::test
