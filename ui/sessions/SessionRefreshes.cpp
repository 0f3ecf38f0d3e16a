#include "ui/sessions/SessionRefreshes.h"

#include "ui/support/Ask.h"

namespace warder {

void SessionRefreshes::askAbout(const Id &session)
{
    ask(
        m_console.ask(FindRefreshes {.session = session}), this, [this](const QList<RefreshView> &uses) { take(uses); },
        [this](const Error &error) { take(std::unexpected(error)); });
}

void SessionRefreshes::take(const Result<QList<RefreshView>> &answer)
{
    if (isWanted())
        m_uses = answer ? std::optional(*answer) : std::nullopt;
    noteAnswer(answer ? std::nullopt : std::optional(answer.error()));
}

} // namespace warder
