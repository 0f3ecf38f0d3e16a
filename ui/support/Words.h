#pragma once

#include "core/base/Error.h"
#include "core/console/Views.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// What the core says in codes, said to a person: what happened, and what to do. GUI thread.
class Words final
{
    Q_DECLARE_TR_FUNCTIONS(warder::Words)
public:
    static QString of(const Error &error);
    /// The faults of one field ("email"), a line each; empty if it has none.
    static QString faultsOf(const Error &error, const QString &field);

    static QString of(ServerState state);
    static Tone toneOf(ServerState state);

    /// Why a session ended, short: "Signed out", "Token reused".
    static QString endReason(const QString &reason);
    /// The same with what it means and what to do.
    static QString endExplained(const SessionView &session);

    static QString keyState(const QString &state);
    static Tone keyTone(const QString &state);
    static QString keyPurpose(const QString &purpose);

    static QString count(qint64 number);
    static QString sessions(qint64 number);
    static QString users(qint64 number);

    /// Lines for the .env.local of a Next.js app that signs in at this server; an empty `url` is the usual one.
    static QString appSettings(const QString &url, const QString &cookiesInsecure);
    /// A line for a terminal that signs somebody up on this server.
    static QString curlRegister(const QString &url);
};

} // namespace warder
