#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/ListPage.h"

namespace warder {

template <typename Order>
class OfSelectedUser;
class UsersModel;

/// Every account: finds, creates, disables, sets passwords, resets second factors, ends sessions.
class UsersPage final : public ListPage
{
    Q_OBJECT
public:
    UsersPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void filterBy(const PageFilter &filter) override;

private:
    static Texts texts();
    void setQuestion() override;
    int secondsBetweenCounts() const override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    void showSelection(DetailsPanel &details) override;
    const UserView *selected() const;
    void putAndSelect(const UserView &user);
    QList<DetailsPanel::Fact> factsOf(const UserView &user) const;
    void presentOrders(const UserView *user);
    void presentReset(const UserView *user);
    /// What is read of the selected user may be another now.
    void readAgain();
    QString signInOf(const UserView &user) const;

    void createUser();
    void inviteUser();
    void resendInvitation();
    void toggleDisabled();
    void editUser();
    void setPassword();
    void startReset();
    void askToReset(const UserView &user, const FactorsView &factors);
    void endSessions();
    void showSessions();

    UsersModel *m_model;
    OfSelectedUser<FindFactors> *m_factors;
    OfSelectedUser<FindIdentities> *m_identities;
    QPushButton *m_resend;
    QPushButton *m_reset;
    QPushButton *m_disable;
    bool m_isResetAsked = false; ///< The question before a reset is being made.
};

} // namespace warder
