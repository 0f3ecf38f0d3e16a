#pragma once

#include "core/base/Error.h"
#include "core/console/Change.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// What the core says in codes, said to a person: what happened, and what to do. GUI thread.
class UiTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UiTexts)
public:
    static QString of(const Error &error);
    /// Why the program cannot start.
    static QString ofStart(const Error &error);
    /// The faults of one field ("email"), a line each; empty if it has none.
    static QString faultsOf(const Error &error, const QString &field);

    /// A clause from elsewhere as a sentence: a capital, one full stop, nothing of the database driver's own.
    static QString sentence(const QString &clause);

    /// What happened, what it means, what to do; `brief`: a clause that goes on after "Running, but".
    static QString of(const ProblemView &problem);
    static QString brief(const ProblemView &problem);
    static QString of(const Alarm &alarm);

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
    static QString connections(qint64 number);
    /// "21.4 requests a second".
    static QString rate(double requestsPerSecond);
    /// What a person typed, for use inside a sentence: short, and with its own direction of writing.
    static QString quoted(const QString &typed);

    /// Where people reach this server, or will when it listens: an http(s) address where it has one. Empty: nobody knows.
    static QString addressOf(const ServerView &server);
    /// Lines for the .env.local of a Next.js app that signs in at `url`; empty without one.
    static QString appSettings(const QString &url, const QString &cookiesInsecure);
    /// A line for a terminal that signs somebody up at `url`; empty without one.
    static QString curlRegister(const QString &url);
};

} // namespace warder
