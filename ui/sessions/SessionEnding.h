#pragma once

#include "core/base/Error.h"
#include "core/base/Id.h"
#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"
#include "ui/PageContext.h"

#include <QObject>

class QWidget;

namespace warder {

class WorkBar;

/// Which sessions an order is about, by a filter.
struct SessionsToEnd
{
    SessionFilter filter;
    QString email = {};  ///< Of filter.user.
    QString action = {}; ///< The word on the button.
};

/// Ends sessions: says exactly which, asks, orders, shows how far a long order is, stops it, and asks again where their number changed
/// meanwhile. A part of the page of sessions. GUI thread.
class SessionEnding final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostChosen = 10'000; ///< Sessions that are ended one by one, in one message.

    /// `page` hears how the orders went (AnswerListener), and is the parent.
    SessionEnding(const PageContext &context, WorkBar &work, QWidget *page);

    /// All live ones that the filter shows. `seen`: how many the person saw; `listed`: some of them, the first ones, ended ones among them.
    void startShown(const SessionsToEnd &which, const SessionCounts &seen, const QList<SessionView> &listed);
    /// The same of a filter that the list does not show: they are counted first.
    void startCounted(const SessionsToEnd &which);
    /// These, which are live. `who`: their user, or empty; `remark`: before the effect.
    void startChosen(const QList<SessionView> &sessions, const QString &remark);

Q_SIGNALS:
    /// See Page::done().
    void done(const QString &text);
    void failed(const warder::Error &error);
    /// An order is about to be given.
    void beginning();
    /// A long order is over.
    void workEnded();

private:
    /// Else says why not.
    bool mayBegin();
    void askToEnd(const SessionsToEnd &which, const SessionCounts &seen, const QList<SessionView> &listed, const QString &remark);
    /// Of the users of the first that are live, each once.
    QStringList namesIn(const QList<SessionView> &sessions) const;
    /// Counts them, and asks.
    void count(const SessionsToEnd &which, const QString &remark, const QString &ifNone);
    void give(const SessionsToEnd &which, const SessionCounts &seen);
    void giveChosen(const QList<Id> &sessions);
    void reportError(const SessionsToEnd &which, const Error &error, bool wasStopped);

    PageContext m_context;
    WorkBar &m_work;
    QWidget *m_page;
    bool m_isCounting = false;
};

} // namespace warder
