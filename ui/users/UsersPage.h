#pragma once

#include "ui/support/ExactCount.h"
#include "ui/support/PagedRows.h"
#include "ui/widgets/Page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class DetailsPanel;
class EmptyState;
class FilterBox;
class UsersModel;
class WorkBar;

/// Every account: finds, creates, disables, sets passwords, ends sessions.
class UsersPage final : public Page
{
    Q_OBJECT
public:
    UsersPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void focusFilter() override;
    void remember() override;
    QWidget *firstControl() override;

    /// A jump from elsewhere in the window: what it filters is not remembered over a restart.
    void filterBy(const QString &text);
    void setServerUrl(const QString &url);

protected:
    void everySecond() override;

private:
    void build();
    QWidget *makeTools();
    QWidget *makeOrders();
    void wire();
    PagedRows<UserView>::Wires wires();
    void takeFilter();
    void search();
    bool isStale() const;
    std::optional<qint64> count() const;
    void readWholeListToSort();
    QString countInWords() const;
    void exportTo(const QString &file);
    void showCounts();
    void showDetails();
    const UserView *selected() const;

    void createUser();
    void toggleDisabled();
    void editUser();
    void setPassword();
    void endSessions();
    void showSessions();

    UsersModel *m_model;
    DataTable *m_table;
    DetailsPanel *m_details;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    FilterBox *m_filter;
    QPushButton *m_create;
    QPushButton *m_disable;
    QPushButton *m_edit;
    QPushButton *m_password;
    QPushButton *m_end;
    QPushButton *m_show;
    QLabel *m_count;
    WorkBar *m_work;
    PagedRows<UserView> m_paged;
    ExactCount<qint64> m_exact;
    QString m_url;
    int m_beats = 0;
    bool m_typing = false;  ///< The search says something that was not asked for yet.
    bool m_ledHere = false; ///< Its filter was set by a jump, not by the person: of this moment only.
};

} // namespace warder
