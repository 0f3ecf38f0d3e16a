#pragma once

#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/console/Messages.h"

#include <functional>

namespace warder {

/// Prints an answer, as JSON where that is asked for, or its refusal. Returns the exit code.
template <typename T>
int show(const CommandContext &context, const Result<T> &answer, const std::function<void(const T &)> &print)
{
    if (!answer)
        return fail(answer.error());
    if (context.json)
        printJson(toJson(*answer));
    else
        print(*answer);
    return Done;
}

} // namespace warder
