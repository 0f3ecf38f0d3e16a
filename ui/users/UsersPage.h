#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

namespace warder {

class UsersModel;

/// Every account: finds, creates, disables, sets passwords, ends sessions.
class UsersPage final : public ListPage
{
    Q_OBJECT
public:
    UsersPage(const PageContext &context, QWidget *parent);

    void apply(const QList<Change> &changes) override;

private:
    static Texts texts();
    void setQuestion() override;
    int secondsBetweenCounts() const override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    void showSelection(DetailsPanel &details) override;
    const UserView *selected() const;
    void putAndSelect(const UserView &user);

    void createUser();
    void toggleDisabled();
    void editUser();
    void setPassword();
    void endSessions();
    void showSessions();

    UsersModel *m_model;
    QPushButton *m_disable;
};

} // namespace warder
