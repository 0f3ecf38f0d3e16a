#pragma once

#include "core/base/Result.h"

#include <QByteArray>

namespace warder {

/// What the browser vouches for in a ceremony of WebAuthn: clientDataJSON (L3 §5.8.1).
struct ClientData
{
    static constexpr qsizetype longest = 4096; ///< Bytes of the JSON.
    static constexpr qsizetype leastChallenge = 16;

    QString type; ///< "webauthn.create" or "webauthn.get".
    QByteArray challenge;
    QString origin;
    bool isCrossOrigin = false;            ///< In a frame of a page of another origin…
    std::optional<QString> topOrigin = {}; ///< …which browsers name since L3.

    /// InvalidInput for what is no strict JSON, lacks a member or has one of another type. Browsers add members at random, so that nobody
    /// compares with a template; those are ignored. Pure; any thread.
    static Result<ClientData> parse(QByteArrayView json);
};

} // namespace warder
