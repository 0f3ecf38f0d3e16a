#pragma once

#include "core/console/orders/Alarms.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

class QComboBox;

namespace warder {

class AlarmsModel;

/// What an admin should notice, until they say that they have: each alarm with what happened, leads to where more can be seen of it, is
/// marked as seen or done, and its address can be blocked.
class AlarmsPage final : public ListPage
{
    Q_OBJECT
public:
    AlarmsPage(const PageContext &context, QWidget *parent);

    void apply(const QList<Change> &changes) override;
    void present(const OverviewView &overview, bool answers) override;
    void filterBy(const PageFilter &wanted) override;
    void remember() override;
    QWidget *firstControl() override;

private:
    static Texts texts();
    void build();
    void buildStates();
    void buildOrders();
    void setQuestion() override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    void showSelection(DetailsPanel &details) override;
    QList<AlarmState> statesShown() const;
    /// Those of the selection that the order would change.
    QList<Id> selectedBefore(AlarmState state) const;
    const AlarmView *selected() const;
    bool stands(const AlarmView &alarm) const;

    void showPlace();
    void showUser();
    void block();
    void mark(AlarmState state);
    /// One order takes so many; what is left follows once it is answered. `marked`: by those before.
    void markNext(QList<QList<Id>> pieces, AlarmState state, int marked);
    /// How these are opened again; `left`: the state that they were given.
    Undo undoOf(const QList<Id> &alarms, AlarmState left);

    AlarmsModel *m_model;
    QComboBox *m_state;
    QPushButton *m_seen;
    QPushButton *m_done;
    QPushButton *m_user = nullptr;
    QPushButton *m_block = nullptr;
    QStringList m_problems; ///< Codes of what the server has at this moment.
    bool m_isOld = false;   ///< What is being read may be older than the newest alarm.
};

} // namespace warder
