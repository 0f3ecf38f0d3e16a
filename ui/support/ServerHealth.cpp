#include "ui/support/ServerHealth.h"

#include "ui/support/UiTexts.h"

namespace warder {

ServerHealth healthOf(const ServerView &server, bool answers)
{
    if (!answers)
        //: State of a server that does not answer the window, short; and why that matters.
        return {.tone = Tone::Warning, .word = UiTexts::tr("No answer"), .reason = UiTexts::tr("what you see is old")};
    ServerHealth health {.tone = UiTexts::toneOf(server.state), .word = UiTexts::of(server.state), .reason = {}};
    if (server.state == ServerState::Failed)
        //: Why a server failed, short.
        health.reason = UiTexts::tr("it does not listen");
    if (server.state != ServerState::Running || server.problems.isEmpty())
        return health;
    const auto down = std::ranges::find_if(server.problems, &ProblemView::down);
    const bool isDown = down != server.problems.end();
    health.reason = UiTexts::brief(isDown ? *down : server.problems.first());
    health.tone = isDown ? Tone::Bad : Tone::Warning;
    health.serves = !isDown;
    if (isDown)
        //: State of a server that runs, but refuses what people ask of it.
        health.word = UiTexts::tr("Down");
    return health;
}

QString ServerHealth::sentence() const
{
    if (reason.isEmpty())
        return word;
    if (serves)
        //: State of the server and what is wrong with it: "Running, but the clock jumped".
        return UiTexts::tr("%1, but %2").arg(word, reason);
    //: State of the server and the reason: "Down: the disk is full".
    return UiTexts::tr("%1: %2").arg(word, reason);
}

} // namespace warder
