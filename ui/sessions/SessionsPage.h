#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Sessions.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

#include <optional>

class QCheckBox;

namespace warder {

class SessionEnding;
class SessionMenu;
class SessionRefreshes;
class SessionsModel;

/// Who is signed in now, as it happens; ends sessions. What stands in the list, its number and what "all shown" would end are
/// one filter's word.
class SessionsPage final : public ListPage
{
    Q_OBJECT
public:
    SessionsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    /// With ended ones too, since they may be what somebody is led to, unless everything is asked for.
    void filterBy(const PageFilter &wanted) override;
    void remember() override;
    QWidget *firstControl() override;

private:
    static Texts texts();
    void addTools();
    void wire();
    void wireOrders();
    void setQuestion() override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    QString filterFault() const override;
    Narrowings narrowings() override;
    void showSelection(DetailsPanel &details) override;
    void showCount() override;
    void everySecond() override;
    SessionFilter shown() const { return meantBy(filter()); }
    /// What the list is asked for by where that stands in the filter.
    SessionFilter meantBy(const QString &typed) const;
    /// Sessions that end do not tell the rest of themselves: a list of those alone is read anew.
    bool showsEndedAlone() const;
    void setUser(std::optional<Id> user, const QString &email);
    std::optional<SessionCounts> counts() const;
    const SessionView *selected() const;
    void showDetailsOf(const SessionView &session, DetailsPanel &details);
    void chooseColumns();

    /// Of the filter what a person would type; and this user alone, if there is one.
    void showOnly(const SessionFilter &filter, std::optional<Id> user, const QString &email);
    void retype(const QString &filter);
    void revokeSelected();
    QString beyondSelection() const;
    void revokeShown();

    SessionsModel *m_model;
    SessionRefreshes *m_refreshes;
    QPushButton *m_userChip;
    QCheckBox *m_ended;
    QPushButton *m_revoke;
    QPushButton *m_revokeShown;
    SessionMenu *m_menu = nullptr;
    SessionEnding *m_ending = nullptr;
    std::optional<Id> m_user;
    QString m_email;
    bool m_saysMethod = false; ///< The list that was asked for has had something else than passwords.
    int m_secondsUnread = 0;   ///< Of showsEndedAlone().
};

} // namespace warder
