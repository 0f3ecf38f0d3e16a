#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/widgets/Confirm.h"

#include <QObject>

#include <optional>

namespace warder {

class CountedOrder;

/// How somebody gets into their account, changed for them by an admin: a new password, no second factors, no sessions, another mail with an
/// invitation. Asks, with the number of sessions that end, gives the order and says what was done; none of it can be taken back, unlike
/// what UserChanges does. A part of the page of users. GUI thread.
class UserAccess final : public QObject
{
    Q_OBJECT
public:
    /// `page` hears how the orders went (AnswerListener), and is the parent.
    UserAccess(const PageContext &context, QWidget *page);

    void setPassword(const UserView &user);
    void endSessions(const UserView &user);
    void resendInvitation(const UserView &user);
    /// Nothing happens while the question before another reset is being made.
    void resetFactors(const UserView &user);

Q_SIGNALS:
    void done(const QString &text);
    void failed(const warder::Error &error);
    /// Another invitation went out: the user as the server has them now.
    void invited(const warder::UserView &user);
    /// Somebody's second factors may be others than those that were read.
    void factorsChanged();

private:
    std::optional<Confirmation> beforeEnding(const QString &email, qint64 live);
    void askToReset(const UserView &user, const FactorsView &factors);

    PageContext m_context;
    QWidget *m_page;
    CountedOrder *m_counted;
    bool m_isResetAsked = false; ///< It is being read what a reset would take.
};

} // namespace warder
