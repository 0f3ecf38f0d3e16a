#pragma once

#include "core/base/Clock.h"
#include "core/config/Settings.h"

namespace warder {

/// What settings decide about the questions to providers.
struct FederationPolicy
{
    bool allowsPrivate = false; ///< Providers may be in networks of our own; else only in the internet (isPublicAddress()).

    Milliseconds longestCall = Seconds {5};        ///< How long one answer is waited for; no setting, as those that follow.
    Milliseconds longestWalk = Seconds {20};       ///< All answers of one sign-in together: less than half of http.handler_timeout.
    Seconds documentLife = std::chrono::hours {1}; ///< How long a discovery document is kept.
    Seconds keyLife = std::chrono::minutes {10};   ///< How long the keys of a provider are kept.
    Seconds keyRest = std::chrono::minutes {1};    ///< Asked for an unknown key no sooner after the last time.
    Seconds failureRest {10};                      ///< A provider that gave no document is not asked again for so long.
    int mostAtOnce = 8;                            ///< Questions to one provider: a silent one leaves seats to the others.

    static FederationPolicy from(const Settings &settings) { return {.allowsPrivate = settings.get<"oauth.allow_private">()}; }
};

} // namespace warder
