#pragma once

#include "ui/support/ExactCount.h"
#include "ui/support/PagedRows.h"
#include "ui/widgets/Page.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class DetailsPanel;
class EmptyState;
class FilterBox;
class Revocation;
class SessionsModel;
class WorkBar;

/// Who is signed in now, as it happens; ends sessions. What stands in the list, its number and what "all shown" would end are
/// one filter's word.
class SessionsPage final : public Page
{
    Q_OBJECT
public:
    SessionsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void focusFilter() override;
    void remember() override;
    QWidget *firstControl() override;

    /// Jumps, from elsewhere in the window: what they filter is not remembered over a restart.
    void filterBy(const QString &text, bool withEnded);
    void showSessionsOf(Id user, const QString &email);
    /// For the line to try in an empty list.
    void setServerUrl(const QString &url);

protected:
    void everySecond() override;

private:
    void build();
    void wire();
    QWidget *makeTools();
    QWidget *makeFoot();
    PagedRows<SessionView>::Wires wires();
    SessionFilter filter() const;
    void setUser(std::optional<Id> user, const QString &email);
    void takeFilter();
    void jump();
    void search();
    bool isStale() const;
    std::optional<SessionCounts> counts() const;
    void readWholeListToSort();
    void showCounts();
    QString countsInWords(const std::optional<SessionCounts> &counts) const;
    void showDetails();
    void showEmptiness();
    void revokeSelected();
    void revokeShown();
    QString beyondSelection() const;
    void exportTo(const QString &file);

    SessionsModel *m_model;
    DataTable *m_table;
    DetailsPanel *m_details;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    FilterBox *m_filter;
    QPushButton *m_userChip;
    QCheckBox *m_ended;
    QPushButton *m_revoke;
    QPushButton *m_revokeShown;
    QLabel *m_count;
    WorkBar *m_work;
    Revocation *m_revocation;
    PagedRows<SessionView> m_paged;
    ExactCount<SessionCounts> m_exact;
    QString m_url;
    std::optional<Id> m_user;
    QString m_email;
    bool m_typing = false;  ///< The filter says something that was not asked for yet.
    bool m_ledHere = false; ///< Its filter was set by a jump, not by the person: of this moment only.
};

} // namespace warder
