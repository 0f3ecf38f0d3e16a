#pragma once

#include "core/base/Result.h"
#include "core/console/Views.h"

namespace warder {

/// The listener as the console sees it; the app's composition root implements it. Any thread.
class ServerControl
{
public:
    virtual ~ServerControl() = default;
    virtual ServerView view() const = 0;
    /// Success also when it listens already. A refusal says why in words.
    virtual Result<void> start() = 0;
    virtual Result<void> stop() = 0;
};

} // namespace warder
