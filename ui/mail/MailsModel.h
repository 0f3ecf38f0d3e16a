#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Mail.h"
#include "ui/PageContext.h"
#include "ui/support/Csv.h"
#include "ui/widgets/PagedModel.h"

namespace warder {

/// The outbox, newest first. How many mails match a text is known only of a list that is read to its end: the server counts states, not
/// recipients.
class MailsModel final : public PagedModel<ListMails, ReadMail>
{
    Q_OBJECT
public:
    MailsModel(const PageContext &context, QObject *page);

    void setFilter(const QString &text, std::optional<MailState> state);
    std::optional<qint64> total() const override;
    bool isCountable() const override { return !hasMore() || m_matcher.isEmpty(); }

private:
    bool isBefore(const MailView &a, const MailView &b) const override { return a.id > b.id; }
    bool isWanted(const MailView &mail) const override;
    /// The journal does not tell of mails: their number is another one when the list was read anew.
    bool isCounted(const Change &) const override { return false; }

    TextMatcher m_matcher {{}};
    std::optional<MailState> m_state;
};

Csv::Fields csvFields(const MailView &mail);

} // namespace warder
