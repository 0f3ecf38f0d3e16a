#include "ui/support/ServerHealth.h"

#include "ui/support/UiTexts.h"

namespace warder {
namespace {

/// As far as the state alone says it.
ServerHealth ofState(ServerState state)
{
    switch (state) {
    //: State of the server, in the status bar and on a card.
    case ServerState::Stopped: return {.tone = Tone::Neutral, .word = UiTexts::tr("Stopped")};
    //: State of the server, in the status bar and on a card.
    case ServerState::Starting: return {.tone = Tone::Warning, .word = UiTexts::tr("Starting")};
    //: State of the server, in the status bar and on a card.
    case ServerState::Running: return {.tone = Tone::Good, .word = UiTexts::tr("Running")};
    //: State of the server, in the status bar and on a card.
    case ServerState::Paused: return {.tone = Tone::Warning, .word = UiTexts::tr("Paused")};
    //: State of the server, in the status bar and on a card.
    case ServerState::Stopping: return {.tone = Tone::Warning, .word = UiTexts::tr("Stopping")};
    case ServerState::Failed:
        return {.tone = Tone::Bad,
                //: State of the server, in the status bar and on a card: it could not start.
                .word = UiTexts::tr("Failed"),
                //: Why a server failed.
                .reason = UiTexts::tr("It does not listen.")};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

ServerHealth healthOf(const ServerView &server, bool answers)
{
    if (!answers)
        return {.tone = Tone::Warning,
                //: State of a server that does not answer the window.
                .word = UiTexts::tr("No answer"),
                //: Why it matters that a server does not answer the window.
                .reason = UiTexts::tr("What you see is old.")};
    ServerHealth health = ofState(server.state);
    if (server.state != ServerState::Running || server.problems.isEmpty())
        return health;
    const auto down = std::ranges::find_if(server.problems, &ProblemView::down);
    const bool isDown = down != server.problems.end();
    health.reason = UiTexts::brief(isDown ? *down : server.problems.first());
    health.tone = isDown ? Tone::Bad : Tone::Warning;
    if (isDown)
        //: State of a server that runs, but refuses what people ask of it.
        health.word = UiTexts::tr("Down");
    return health;
}

QString ServerHealth::sentence() const
{
    //: State of the server (%1, one word), and a sentence that says what is wrong: "Down. The disk is full."
    return reason.isEmpty() ? word : UiTexts::tr("%1. %2").arg(word, reason);
}

} // namespace warder
