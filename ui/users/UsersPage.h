#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

namespace warder {

class BulkMenu;
class Chips;
class NewUsers;
class UserAccess;
class UserBulk;
class UserButtons;
class UserChanges;
class UserDetails;
class UserTabs;
class UsersModel;

/// Every account: finds, creates, imports, edits in place, disables, sets passwords, resets second factors, ends sessions, deletes and
/// restores; many at once. Beside the list one account, with its sessions and its last records.
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
    void addTools();
    void addButtons();
    void addBulkMenu();
    void wire();
    void wireOrders();
    void wireTabs();
    void readWhetherToVerify();
    UserFilter shown() const;
    void setQuestion() override;
    int secondsBetweenCounts() const override;
    void everySecond() override;
    /// Of the accounts, or of the deleted ones, whichever were chosen.
    void clearFilter() override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    Narrowings narrowings() override;
    void showSelection(DetailsPanel &details) override;
    void presentSeveral(DetailsPanel &details, qsizetype number) const;
    const UserView *selected() const;
    void putAndSelect(const UserView &user);
    /// After a change: a user who is not in this list any more leaves the selection to the next one.
    void putAndStay(const UserView &user);
    /// Whom somebody was led to, as soon as the list is read.
    void selectSought();

    void editUser(const UserView &user);
    void deleteUser();
    void changeMany(AccountAct act);
    /// Goes to the page of that name, which shows what is of the selected user alone.
    void goToPageOf(const QString &page);

    UsersModel *m_model;
    UserDetails *m_details;
    UserTabs *m_tabs = nullptr;
    Chips *m_which; ///< Accounts, or deleted ones.
    NewUsers *m_newUsers = nullptr;
    UserChanges *m_changes;
    UserAccess *m_access;
    UserButtons *m_buttons = nullptr;
    UserBulk *m_bulk = nullptr;
    BulkMenu *m_bulkMenu = nullptr;
    std::optional<Id> m_sought;
};

} // namespace warder
