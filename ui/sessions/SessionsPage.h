#pragma once

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
class SessionsModel;

/// Who is signed in now, as it happens; ends sessions.
class SessionsPage final : public Page
{
    Q_OBJECT
public:
    SessionsPage(const Desk &desk, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void focusFilter() override;
    void remember() override;
    QWidget *firstControl() override;

    /// Shows what matches; ended ones too.
    void filterBy(const QString &text, bool withEnded);
    /// For the line to try in an empty list.
    void setServerUrl(const QString &url);

protected:
    void beat() override;

private:
    void build();
    QWidget *makeTools();
    PagedRows<SessionView>::Wires wires();
    SessionFilter filter() const;
    void takeFilter();
    void showCounts();
    void showDetails();
    void showEmptiness();
    void revokeSelected();
    void revokeShown();

    SessionsModel *m_model;
    DataTable *m_table;
    DetailsPanel *m_details;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    FilterBox *m_filter;
    QCheckBox *m_ended;
    QPushButton *m_revoke;
    QPushButton *m_revokeShown;
    QLabel *m_count;
    PagedRows<SessionView> m_paged;
    QString m_url;
    bool m_ledHere = false;        ///< Its filter was set by a jump, not by the person: of this moment only.
};

} // namespace warder
