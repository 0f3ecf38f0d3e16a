#pragma once

#include "tests/app/WarderProcess.h"

#include <QByteArrayList>
#include <QTemporaryDir>

#include <map>
#include <memory>
#include <utility>

namespace warder::test {

/// Servers with their folders that functions of a test left as they found them: the next function of the same global row ("served")
/// goes on with them, for a start costs more than most of what a function asks. The test's thread only.
class KeptWarders final
{
public:
    using Folder = std::unique_ptr<QTemporaryDir>;
    using Warder = std::unique_ptr<WarderProcess>;

    /// For init(): gives what is kept for this row, and no longer keeps it. False, and nothing done, where nothing is.
    bool take(Folder &folder, Warder &warder);

    /// For cleanup(). False, and nothing done, after a function that failed.
    bool keep(Folder &folder, Warder &warder);

    /// For cleanupTestCase(): ends all. Whether each ended well: sanitizers have the last word.
    bool end();

private:
    std::map<bool, std::pair<Folder, Warder>> m_kept;
};

/// Whether the function that runs, or its init() or cleanup(), is one of these.
bool isFunction(const QByteArrayList &names);

} // namespace warder::test
