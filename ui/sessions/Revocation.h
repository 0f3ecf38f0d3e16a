#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"

#include <QObject>

#include <functional>

namespace warder {

class Page;
class WorkBar;

/// Ends what a list of sessions shows: asks with the number that will be ended, orders exactly that, asks again where it is another
/// one meanwhile, shows how far it is and how to stop it, and tells what became of it. GUI thread.
class Revocation final : public QObject
{
    Q_OBJECT
public:
    /// `shown`: what the list shows at the moment.
    Revocation(Page &page, Console &console, WorkBar &work, std::function<SessionFilter()> shown);

    /// `email`: of the one user whose sessions are listed. `seen`: what the list says.
    void ask(const QString &email, const SessionCounts &seen);

Q_SIGNALS:
    void over();
    void failed(const warder::Error &error);

private:
    void askAgain(const SessionFilter &shown);
    void confirmWith(const QString &remark, const SessionFilter &shown, const SessionCounts &counts);
    QString effectOn(const SessionFilter &shown) const;
    void order(const SessionFilter &shown, qint64 seen);
    void showWork(Answer<int> ending, qint64 seen);

    Page &m_page;
    Console &m_console;
    WorkBar &m_work;
    std::function<SessionFilter()> m_shown;
    QString m_email;
};

} // namespace warder
