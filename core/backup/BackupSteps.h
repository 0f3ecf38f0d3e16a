#pragma once

#include <QtTypes>

#include <functional>

namespace warder {

/// Whom long work on backups tells how far it is, and asks whether it shall stop; either may be empty. Called on the thread that works.
struct BackupSteps
{
    std::function<void(qint64 done, qint64 all)> progress = {};
    std::function<bool()> stop = {};

    void report(qint64 done, qint64 all) const
    {
        if (progress)
            progress(done, all);
    }
    bool isStopped() const { return stop && stop(); }
};

} // namespace warder
