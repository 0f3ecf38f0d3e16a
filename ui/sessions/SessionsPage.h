#pragma once

#include "core/base/Id.h"
#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

class QCheckBox;

namespace warder {

class SessionsModel;

/// Who is signed in now, as it happens; ends sessions. What stands in the list, its number and what "all shown" would end are
/// one filter's word.
class SessionsPage final : public ListPage
{
    Q_OBJECT
public:
    SessionsPage(const PageContext &context, QWidget *parent);

    /// With ended ones too, since they may be what somebody is led to, unless everything is asked for.
    void filterBy(const PageFilter &wanted) override;
    void remember() override;
    QWidget *firstControl() override;

private:
    static Texts texts();
    void setQuestion() override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    void showSelection(DetailsPanel &details) override;
    void showCount() override;
    SessionFilter shown() const;
    void setUser(std::optional<Id> user, const QString &email);
    std::optional<SessionCounts> counts() const;
    void revokeSelected();
    QString beyondSelection() const;
    void revokeShown();
    /// Of RevokeShown: asks with the number of live sessions, orders exactly that, asks again where it is another one meanwhile.
    void askToEnd(const SessionFilter &filter, const SessionCounts &seen, const QString &remark = {});
    QString whoseEnd(const SessionFilter &filter) const;
    void end(const SessionFilter &filter, qint64 seen);
    void showWork(Answer<int> ending, qint64 seen);
    void askAgain(const SessionFilter &filter);
    /// `who`: the one user whose sessions they are; empty: nobody knows, or of several.
    void confirmRevocation(const SessionCounts &what, const QString &who, const QString &effect, const QString &action,
                           std::function<void()> onYes);
    void sayRevoked(int ended);

    SessionsModel *m_model;
    QPushButton *m_userChip;
    QCheckBox *m_ended;
    QPushButton *m_revoke;
    QPushButton *m_revokeShown;
    std::optional<Id> m_user;
    QString m_email;
};

} // namespace warder
