#include "ui/mail/MailsModel.h"

#include "ui/mail/MailTexts.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<Column<MailView>> mailColumns()
{
    using Row = const MailView &;
    return {
        //: Column title: the e-mail address that a mail is for.
        {.title = MailsModel::tr("To"), .characters = 25, .text = [](Row row, TimePoint) { return row.recipient; }},
        //: Column title: whether a mail has gone out.
        {.title = MailsModel::tr("State"),
         .characters = 13,
         .text = [](Row row, TimePoint) { return MailTexts::state(row); },
         .tone = [](Row row) { return MailTexts::tone(row); }},
        //: Column title: what a mail is about.
        {.title = MailsModel::tr("About"), .characters = 22, .text = [](Row row, TimePoint) { return MailTexts::kind(row); }},
        //: Column title: when a mail is tried next, or when it was sent, dropped or refused.
        {.title = MailsModel::tr("Next try, or end"), .characters = 14, .text = MailTexts::turn, .time = MailTexts::turnOf},
        //: Column title: how often a mail was handed to a mail server.
        {.title = MailsModel::tr("Tries"), .characters = 7, .number = [](Row row) { return qint64(row.attempts); }},
        //: Column title: what the mail server said last about a mail.
        {.title = MailsModel::tr("Last answer"), .characters = 26, .text = [](Row row, TimePoint) { return row.lastLine; }},
        //: Column title: when a mail was written into the outbox.
        {.title = MailsModel::tr("Written"), .characters = 13, .time = [](Row row) { return std::optional(row.createdAt); }},
    };
}

} // namespace

MailsModel::MailsModel(const PageContext &context, QObject *page) : PagedModel(context, mailColumns(), page) {}

void MailsModel::setFilter(const QString &text, std::optional<MailState> state)
{
    m_matcher = TextMatcher(text);
    m_state = state;
    setQuestions({.text = text, .state = state}, {});
}

std::optional<qint64> MailsModel::total() const
{
    if (isSearching() || !wasLoaded())
        return std::nullopt;
    if (!hasMore())
        return rows().size();
    const auto mail = isCountable() ? counts() : std::nullopt;
    return mail ? std::optional(MailTexts::numberOf(m_state, *mail)) : std::nullopt;
}

bool MailsModel::isWanted(const MailView &mail) const { return m_matcher.isIn(mail.recipient) && (!m_state || mail.state == *m_state); }

Csv::Fields csvFields(const MailView &mail)
{
    return {{u"id"_s, mail.id.toString()},
            {u"kind"_s, mail.kind},
            {u"is_request"_s, mail.isRequest ? u"true"_s : u"false"_s},
            {u"recipient"_s, mail.recipient},
            {u"language"_s, mail.language},
            {u"state"_s, nameOf(mail.state)},
            {u"attempts"_s, QString::number(mail.attempts)},
            {u"created_at"_s, Csv::time(mail.createdAt)},
            {u"due_at"_s, Csv::time(mail.dueAt)},
            {u"use_by"_s, Csv::time(mail.useBy)},
            {u"ended_at"_s, Csv::time(mail.endedAt)},
            {u"last_line"_s, mail.lastLine}};
}

} // namespace warder
