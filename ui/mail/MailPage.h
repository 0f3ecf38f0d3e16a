#pragma once

#include "core/console/orders/Mail.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/widgets/ListPage.h"

class QComboBox;

namespace warder {

class MailTransportLine;
class MailsModel;

/// What the server writes to people: the outbox, which way it leaves, a test of it, and how each kind of mail looks. The journal does not
/// tell of mails, so the list is read anew while it is in view.
class MailPage final : public ListPage
{
    Q_OBJECT
public:
    MailPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void present(const OverviewView &overview, bool answers) override;
    void filterBy(const PageFilter &wanted) override;
    void remember() override;

protected:
    void everySecond() override;

private:
    static Texts texts();
    void build();
    void setQuestion() override;
    QString countInWords(qint64 total) const override;
    void presentEmpty(EmptyState &empty) override;
    void showSelection(DetailsPanel &details) override;
    std::optional<MailState> stateShown() const;
    void readMail();
    void showLine();

    /// Those of the selection that permit it.
    QList<MailView> selectedThat(bool MailView::*permits) const;
    using Said = QString (*)(int);
    /// `left`: the state that the order gives them. `said`: what is done with so many.
    template <typename Order>
    void give(const QList<MailView> &mails, MailState left, Said said);
    /// One order takes so many; what is left follows once it is answered. `moved`: by those before; `all`: with what is left.
    template <typename Order>
    void giveNext(QList<QList<Id>> pieces, int moved, qsizetype all, Said said);
    void report(int moved, qsizetype all, Said said);
    void retry();
    void drop();
    void sendTest();
    void preview();

    MailsModel *m_model;
    MailTransportLine *m_line;
    QComboBox *m_state;
    QPushButton *m_retry;
    QPushButton *m_drop;
    std::optional<MailOverview> m_mail;
    std::optional<ProblemView> m_trouble; ///< While the mail server takes nothing.
    int m_seconds = 0;                    ///< That the page has been in view.
};

} // namespace warder
