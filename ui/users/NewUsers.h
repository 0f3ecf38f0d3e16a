#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"

#include <QObject>

class QPushButton;
class QWidget;

namespace warder {

/// The ways to new accounts, a button each: creating one, inviting somebody, and importing those of another program. A part of the page of
/// users. GUI thread.
class NewUsers final : public QObject
{
    Q_OBJECT
public:
    /// `page`: the parent, also of the buttons and of what they open.
    NewUsers(const PageContext &context, QWidget *page);

    // For the page to put in their places.
    QPushButton *importButton() const { return m_import; }
    QPushButton *inviteButton() const { return m_invite; }
    QPushButton *createButton() const { return m_create; }

Q_SIGNALS:
    /// The user as the server has them now; `said`: what to say of it.
    void made(const warder::UserView &user, const QString &said);
    void imported(const QString &said);

private:
    void importFile();
    void invite();
    void create();

    PageContext m_context;
    QWidget *m_page;
    QPushButton *m_import;
    QPushButton *m_invite;
    QPushButton *m_create;
};

} // namespace warder
