#pragma once

#include "core/base/Error.h"
#include "core/base/Id.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/users/SideList.h"
#include "ui/widgets/RowsModel.h"

#include <optional>

namespace warder {

struct Confirmation;

template <typename Order>
class OfSelectedUser;

/// The live sessions of the one user who is selected, newest first, as it happens, and the order to end one of them. A part of the page of
/// users. GUI thread.
class UserSessions final : public SideList
{
    Q_OBJECT
public:
    static constexpr int most = 500; ///< Listed; the page of sessions has all.

    /// `page` hears how the orders went (AnswerListener).
    UserSessions(const PageContext &context, QWidget *page);

    /// Nothing: nobody.
    void select(const UserView *user);
    void readAgain();
    void apply(const QList<Change> &changes);
    /// Time went by: some may be over.
    void everySecond();

    /// "Sessions (3)", or without a number while nobody knows it.
    QString title() const;

Q_SIGNALS:
    void titleChanged();
    void done(const QString &text);
    void failed(const warder::Error &error);

private:
    void take();
    void present();
    void presentButton();
    const SessionView *selected() const;
    QString note() const;
    /// False: it is none of those that are known.
    bool renew(const SessionView &session);
    void revoke();
    Confirmation beforeRevoking(const SessionView &session) const;
    void end(const Id &session);

    PageContext m_context;
    QWidget *m_page;
    OfSelectedUser<ListSessions> *m_read;
    RowsModel<SessionView> *m_model;
    QList<SessionView> m_known; ///< As they were read, and renewed since.
    std::optional<Id> m_user;
    QString m_email;
    QString m_title;
};

} // namespace warder
