#pragma once

#include "core/base/Error.h"
#include "core/console/SessionQuery.h"
#include "core/console/orders/Sessions.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

#include <optional>

namespace warder {

/// What is said of sessions, and before and after they are ended. Pure; GUI thread.
class SessionTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::SessionTexts)
public:
    static QList<DetailsPanel::Fact> facts(const SessionView &session, TimePoint now);
    /// The uses of its refresh token, newest first, back to the sign-in; none where it was not used yet.
    static QList<DetailsPanel::Fact> chain(const SessionView &session, const QList<RefreshView> &uses, TimePoint now);
    /// In place of these, while they are read or could not be.
    static DetailsPanel::Fact unread(const std::optional<Error> &failure);

    /// Why a token of the filter finds nothing, and what it takes.
    static QString fault(const session_query::BadToken &bad);

    /// `who`: the one user whose sessions they are; empty: nobody knows, or of several.
    static QString question(qint64 sessions, const QString &who);
    /// What follows for so many users.
    static QString signedOut(qint64 users);
    /// Of an order to all that are shown: whom it leaves alone.
    static QString laterOnesStay();
    /// Which live sessions end. `email`: of the filter's user.
    static QString whoseEnd(const SessionFilter &filter, const QString &email);
    static QString notRead(qint64 sessions);
    static QString tooMany(qint64 sessions);

    static QString ending(qint64 sessions);
    static QString revoked(qint64 sessions);
    static QString stopped();
    static QString countChanged();
    static QString nothingLeft();
    static QString noneLive();
    static QString busy();
};

} // namespace warder
