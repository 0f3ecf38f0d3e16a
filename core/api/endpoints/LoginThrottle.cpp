#include "core/api/endpoints/LoginThrottle.h"

#include "core/api/Lanes.h"
#include "core/ratelimit/GuessWatch.h"
#include "core/sessions/SessionService.h"

namespace warder {

void noteDeniedGuess(const Services &services, const QHostAddress &address, const QString &account, TimePoint now)
{
    const auto seen = services.guesses.denied(address, account, now);
    if (seen) // recording waits for the writer, which an HTTP thread never does
        (void)services.lanes.run(Lane::Light, [&sessions = services.sessions, seen = *seen] { sessions.noteBruteForce(seen); });
}

} // namespace warder
