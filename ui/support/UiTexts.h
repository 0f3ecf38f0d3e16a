#pragma once

#include "core/base/Error.h"
#include "core/base/KeyPurpose.h"
#include "core/base/KeyState.h"
#include "core/base/RateKey.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Sessions.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// What the core says in codes, said to a person: what happened, and what to do. GUI thread.
class UiTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UiTexts)
public:
    static QString of(const Error &error);
    /// For after a sentence that says what failed: the code's own words where they say all, else what the server says, quoted.
    static QString why(const Error &error);
    static QString dataFolder(const QString &path);
    /// Where the port is set that another program uses, and that it is to be changed there; empty where it may be chosen here.
    static QString placeOf(const OtherPort &other);
    static QString of(const Fault &fault);
    static QString of(FaultReason reason);
    /// The faults of one field ("email"), a line each; empty if it has none.
    static QString faultsOf(const Error &error, const QString &field);

    /// What no code says, as a quotation, for after a sentence that says what happened: in English, without the driver's own words.
    static QString reason(const QString &said);

    /// What happened, what it means, what to do; `brief`: only what happened, in a short sentence.
    static QString of(const ProblemView &problem);
    static QString brief(const ProblemView &problem);
    static QString of(const Alarm &alarm);

    /// Why a session ended, short: "Signed out", "Refresh token reused".
    static QString endReason(const QString &reason);
    /// The same with what it means and what to do.
    static QString endExplained(const SessionView &session);

    /// "Firefox, Linux", "Unknown device".
    static QString device(const QString &device);
    /// A provider as its owner writes it, "GitHub" for "github"; another name as it is.
    static QString providerName(const QString &name);
    /// How the owner of a session proved who they are: "Password", "Password + code", "Google"; a name nobody knows stands as it is.
    static QString method(const QString &method, const QStringList &amr);

    static QString keyState(KeyState state);
    static Tone keyTone(KeyState state);
    static QString keyPurpose(KeyPurpose purpose);
    /// What a rate limit counts by.
    static QString limitKey(RateKey key);

    /// Whole phrases, each of which could stand alone: "38 live · 2 selected".
    static QString inOneLine(const QStringList &phrases) { return phrases.join(QStringLiteral(" · ")); }
    /// What something is, and its value, for screen readers: "Users: 260".
    static QString named(const QString &name, const QString &value);
    static QString count(qint64 number);
    static QString sessions(qint64 number);
    static QString users(qint64 number);
    static QString connections(qint64 number);
    /// A text from elsewhere as it can be shown: what would not show, or would turn or order the text around it, is a U+FFFD.
    static QString plain(const QString &text);
    /// The same for use inside a sentence: with places to break a line, turning the direction of nothing but itself.
    static QString foreign(const QString &text);
    /// What a person typed, likewise, but short.
    static QString quoted(const QString &typed);
    /// For a button or the label of a field, where "&" would mark a shortcut.
    static QString inLabel(const QString &text) { return QString(text).replace(u'&', QStringLiteral("&&")); }
    /// Places to break a line in words that are longer than `longest`: they would widen the window.
    static QString breakable(const QString &text, int longest);

    /// Where people reach this server, or will when it listens: an http(s) address where it has one. Empty: nobody knows.
    static QString addressOf(const ServerView &server);
    /// Lines for the .env.local of a Next.js app that signs in at `url`; empty without one. No line for what is empty.
    static QString appSettings(const QString &url, const QString &cookiesInsecure, const QString &cookiePrefix);
    /// A line for a terminal that signs somebody up at `url`; empty without one.
    static QString curlRegister(const QString &url);
    /// The same for somebody who forgot their password.
    static QString curlForgotPassword(const QString &url);
};

} // namespace warder
